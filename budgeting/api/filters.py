"""What the lists of this room can be narrowed to."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from budgeting.models import AllocationRun, Ceiling
from budgeting.models.ceiling import FundingSource
from geo import codes


class CeilingFilter(django_filters.FilterSet):
    """`?plan_year=2028&region=61.12&funding_source=district_budget`; a region covers everything below it."""

    plan_year = django_filters.NumberFilter(min_value=2000, max_value=2100)
    region = django_filters.CharFilter(method="in_region")
    funding_source = django_filters.ChoiceFilter(choices=FundingSource.choices)
    agency = django_filters.NumberFilter(field_name="agency_id", min_value=1, max_value=2**31 - 1)
    parent = django_filters.NumberFilter(field_name="parent_id", min_value=1, max_value=2**31 - 1)
    path = "region__code"

    class Meta:
        model = Ceiling
        fields = ("plan_year", "region", "funding_source", "agency", "parent")

    def in_region(self, rows: QuerySet[Any], name: str, code: str) -> QuerySet[Any]:  # noqa: ARG002 - as the library calls it
        """The region and everything below it."""
        if not codes.is_code(code):
            raise ValidationError({"region": [_("Write an official code, for example 61.12.")]})
        return rows.filter(Q(**{self.path: code}) | Q(**{f"{self.path}__startswith": code + "."}))


class RunFilter(CeilingFilter):
    """The same by the run's ceiling, and `ceiling`, `status`."""

    plan_year = django_filters.NumberFilter(field_name="ceiling__plan_year", min_value=2000, max_value=2100)
    funding_source = django_filters.ChoiceFilter(field_name="ceiling__funding_source", choices=FundingSource.choices)
    agency = django_filters.NumberFilter(field_name="ceiling__agency_id", min_value=1, max_value=2**31 - 1)
    parent = django_filters.NumberFilter(field_name="ceiling__parent_id", min_value=1, max_value=2**31 - 1)
    ceiling = django_filters.NumberFilter(field_name="ceiling_id", min_value=1, max_value=2**31 - 1)
    status = django_filters.ChoiceFilter(choices=AllocationRun.Status.choices)
    path = "ceiling__region__code"

    class Meta:
        model = AllocationRun
        fields = ("ceiling", "status", "plan_year", "region", "funding_source")
