"""What lists of works can be narrowed to: one set for the page, the API and the files."""

from typing import Any

import django_filters
from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from budgeting.models import FundedWork
from budgeting.models.ceiling import FundingSource
from budgeting.words import Origin
from budgeting.works.querysets import FundedWorkQuerySet
from budgeting.works.reading import LATE_ORDER, NOT_STARTED, ORDER, SILENT_ORDER, STATES
from geo import codes
from proposals.words import Sector

_ONLY = [("1", "1")]
_STATE_WORDS = [(state, state) for state in STATES]


class WorkFilter(django_filters.FilterSet):
    """`?region=61.12&plan_year=2028&state=disputed&late=1`; a region covers everything below it."""

    region = django_filters.CharFilter(method="in_region")
    plan_year = django_filters.NumberFilter(min_value=2000, max_value=2100)
    state = django_filters.ChoiceFilter(choices=_STATE_WORDS, method="in_state")
    funding_source = django_filters.ChoiceFilter(choices=FundingSource.choices)
    agency = django_filters.NumberFilter(field_name="agency_id", min_value=1, max_value=2**31 - 1)
    sector = django_filters.ChoiceFilter(choices=Sector.choices)
    origin = django_filters.ChoiceFilter(choices=Origin.choices)
    late = django_filters.ChoiceFilter(choices=_ONLY, method="only")
    silent = django_filters.ChoiceFilter(choices=_ONLY, method="only")
    unanswered = django_filters.ChoiceFilter(choices=_ONLY, method="only")

    class Meta:
        model = FundedWork
        fields = ("region", "plan_year", "state", "funding_source", "agency", "sector", "origin", "late", "silent", "unanswered")

    def in_region(self, rows: FundedWorkQuerySet, name: str, code: str) -> FundedWorkQuerySet:  # noqa: ARG002 - as the library calls it
        """The region and everything below it."""
        if not codes.is_code(code):
            raise Invalid({"region": [_("Write an official code, for example 61.12.")]})
        return rows.within(code)

    def in_state(self, rows: FundedWorkQuerySet, name: str, state: str) -> FundedWorkQuerySet:  # noqa: ARG002 - as the library calls it
        """Works that stand there."""
        return rows.filter(realisation="" if state == NOT_STARTED else state)

    def only(self, rows: FundedWorkQuerySet, name: str, value: str) -> FundedWorkQuerySet:  # noqa: ARG002 - as the library calls it
        """Late ones, silent ones, or disputed ones that nobody answered."""
        return {"late": rows.late, "silent": rows.silent, "unanswered": rows.owing_an_answer}[name]()

    def or_refuse(self) -> "WorkFilter":
        """Itself; raises Invalid for values that are none."""
        if not self.is_valid():
            raise Invalid({name: [str(one) for one in errors] for name, errors in self.form.errors.items()})
        return self

    def found(self) -> Any:
        """The works in the order of lists; late and silent ones by how long they are."""
        asked = self.or_refuse().form.cleaned_data
        order = LATE_ORDER if asked["late"] else SILENT_ORDER if asked["silent"] else ORDER
        return self.qs.order_by(*order)
