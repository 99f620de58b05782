"""The same filters for tiles: of the FilterSet only what an address names is made, since tiles are asked for often and with few."""

from functools import cache
from typing import Any

from django.http import QueryDict

from proposals.filters import ProposalFilter
from proposals.models import Proposal
from proposals.querysets import ProposalQuerySet


class _Cleaned(dict[str, Any]):
    """Cleaned values; a filter that was not made says what an empty one would."""

    def __missing__(self, name: str) -> Any:
        return _empty()[name]


@cache
def _empty() -> dict[str, Any]:
    """What each filter says when nothing is asked; it never changes while a process runs."""
    nothing = ProposalFilter({}, queryset=Proposal.objects.none())
    nothing.is_valid()
    return dict(nothing.form.cleaned_data)


class LeanFilter(ProposalFilter):
    """`LeanFilter(request.GET, queryset=...)` answers everything as `ProposalFilter` does."""

    def __init__(self, data: QueryDict, *, queryset: ProposalQuerySet) -> None:
        named = {name for name, values in data.lists() if any(values)}
        every: dict[str, Any] = vars(type(self))["base_filters"]
        self.base_filters = {name: kept for name, kept in every.items() if name in named}
        super().__init__(data, queryset=queryset)

    def is_valid(self) -> bool:
        """Whether every value is right."""
        if not super().is_valid():
            return False
        if not isinstance(self.form.cleaned_data, _Cleaned):
            self.form.cleaned_data = _Cleaned(self.form.cleaned_data)
        return True
