"""The same filters for tiles: of the FilterSet only what an address names is made, since tiles are asked for often and with few."""

from functools import cache, lru_cache
from typing import Any

from django.http import QueryDict

from proposals.filters import ProposalFilter
from proposals.models import Proposal
from proposals.querysets import ProposalQuerySet
from proposals.tallies import Wanted

#: What these mean follows from their text alone: no row of the database decides whether they are right.
_TEXT_ALONE = frozenset({"plan_year", "channel", "sector", "stage", "outcome"})


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


class TalliedFilter(ProposalFilter):
    """Right filters that the tallies answer, read before: no form, no queryset."""

    region_code, needs_proposals = "", False

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted

    def or_refuse(self) -> ProposalFilter:
        """Itself."""
        return self

    def wanted(self) -> Wanted:
        """What the tallies are asked."""
        return self._wanted


def lean(data: QueryDict) -> ProposalFilter:
    """The filters of an address, made as cheaply as they can be."""
    names = tuple((name, tuple(values)) for name, values in data.lists() if any(values))
    wanted = _read(names) if _TEXT_ALONE.issuperset(name for name, _values in names) else None
    return TalliedFilter(wanted) if wanted else LeanFilter(data, queryset=Proposal.objects.public())


@lru_cache(maxsize=512)
def _read(names: tuple[tuple[str, tuple[str, ...]], ...]) -> Wanted | None:
    """What the tallies are asked by these texts; None where one is wrong."""
    data = QueryDict(mutable=True)
    for name, values in names:
        data.setlist(name, values)
    filters = LeanFilter(data, queryset=Proposal.objects.none())
    return filters.wanted() if filters.is_valid() else None
