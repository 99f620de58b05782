"""Proposals by the route that their money takes, as lists and files ask for them."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from budgeting.models import RouteDecision
from budgeting.models.ceiling import FundingSource
from budgeting.routes.lookup import with_code, with_route, with_source
from budgeting.routes.words import SHORT
from geo import codes
from geo.codes import Level
from proposals.models import Proposal
from proposals.stages import Outcome

#: What has no way to go any more, or has arrived.
_GONE = (Outcome.WITHDRAWN, Outcome.MERGED, Outcome.SPLIT)


class RouteFilter(django_filters.FilterSet):
    """`?plan_year=2028&region=61.12&route=VILLAGE_TOO_LARGE&funding_source=district_budget&chosen=1`."""

    plan_year = django_filters.NumberFilter(min_value=2000, max_value=2100)
    region = django_filters.CharFilter(method="in_region")
    route = django_filters.ChoiceFilter(choices=SHORT, method="by_row")
    funding_source = django_filters.ChoiceFilter(choices=FundingSource.choices, method="by_money")
    chosen = django_filters.ChoiceFilter(choices=[("1", "1")], method="chosen_by_hand")

    class Meta:
        model = Proposal
        fields = ("plan_year", "region", "route", "funding_source", "chosen")

    def in_region(self, rows: Any, name: str, code: str) -> QuerySet[Any]:  # noqa: ARG002 - as the library calls it
        """The region and everything below it."""
        if not codes.is_code(code):
            raise Invalid({"region": [_("Write an official code, for example 61.12.")]})
        return rows.within(code)

    def by_row(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        """Those that this row of the table speaks about."""
        return with_code(rows).filter(route_code=value)

    def by_money(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        """Those that this money is to pay for, by an official's choice or by the table."""
        return with_source(rows).filter(route_source=value)

    def chosen_by_hand(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        """Only those for which an official chose another route; the few decisions are asked for first, not each proposal for its own."""
        return rows.filter(pk__in=RouteDecision.objects.order_by().values("proposal"))


def routes(asked: Any) -> Any:
    """Public proposals with their routes, last changed first. Raises Invalid (400) with every filter that is wrong."""
    rows = Proposal.objects.public().exclude(outcome__in=_GONE).for_cards().select_related("dictionary_entry")
    _within_reach(asked)
    found = RouteFilter(asked, queryset=with_route(rows).order_by("-changed_at", "-id"))
    if not found.is_valid():
        raise Invalid({name: [str(sentence) for sentence in sentences] for name, sentences in found.form.errors.items()})
    return found.qs


def _within_reach(asked: Any) -> None:
    """A route is calculated, proposal by proposal: narrowing to one is for a kabupaten, whose table it is. Raises Invalid for wider."""
    code = asked.get("region", "")
    if any(asked.get(name) for name in ("route", "funding_source")) and not (codes.is_code(code) and codes.ancestor(code, Level.DISTRICT)):
        raise Invalid({"region": [_("Choose a kabupaten or a smaller region.")]})
