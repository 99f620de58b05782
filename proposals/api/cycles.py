"""Plan years for programs: every date and rule, with what it rests on and whether somebody confirmed it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import clock
from accounts.refusals import Invalid, Missing
from geo import codes
from geo.api.pagination import CursorPages
from proposals.models import Cycle, StageWindow
from proposals.windows import state_of

STATES = ("ahead", "waiting", "open", "ended", "closed", "undated")
_YEARS = range(2000, 2101)


class StageSerializer(serializers.ModelSerializer):
    """A stage's window and rules."""

    name = serializers.CharField(source="title", read_only=True, help_text="The kabupaten's own name, or ours.")
    state = serializers.SerializerMethodField()
    closed_in = serializers.SerializerMethodField(help_text="Codes of the regions that closed it for themselves.")
    verified_by: serializers.StringRelatedField[Any] = serializers.StringRelatedField(help_text="Null where nobody did.", allow_null=True)
    required_documents = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = StageWindow
        fields = (
            "stage", "name", "position", "state", "opens_at", "closes_at", "closed_at", "closed_in", "needs_ceilings", "late_grace_hours",
            "quorum_people", "quorum_regions_percent", "quorum_elements", "women_percent", "quota_blocks", "delegates", "required_documents",
            "legal_basis", "verified_by", "verified_at", "version", "changed_at",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, window: StageWindow) -> str:
        """How it stands now."""
        return state_of(window, clock.now())

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_closed_in(self, window: StageWindow) -> list[str]:
        """In the order of the codes."""
        return sorted(window.closed_in)


class CycleSerializer(serializers.ModelSerializer):
    """A kabupaten's plan year. Feed it with `rows`."""

    verified_by: serializers.StringRelatedField[Any] = serializers.StringRelatedField(help_text="Null where nobody did.", allow_null=True)
    stages = StageSerializer(source="windows", many=True, read_only=True)

    class Meta:
        model = Cycle
        fields = (
            "id", "region", "plan_year", "legal_basis", "verified_by", "verified_at", "citizens_may_propose", "support_opens_at",
            "support_closes_at", "ceilings_published_at", "measure_tolerance_percent", "duplicate_radius_m",
            "answer_days", "answer_basis", "version", "stages",
        )  # fmt: skip
        read_only_fields = fields


def rows() -> QuerySet[Cycle]:
    """Plan years with their stages, newest first; three queries however many."""
    return Cycle.objects.select_related("verified_by").prefetch_related("windows__verified_by").order_by("-plan_year", "id")


class CyclesView(ListAPIView):
    """Plan years, newest first."""

    serializer_class = CycleSerializer
    pagination_class = CursorPages
    filter_backends = ()

    @extend_schema(
        operation_id="cycles",
        parameters=[
            OpenApiParameter("region", str, description="Official code: its kabupaten's years, or of a province those of its kabupaten."),
            OpenApiParameter("plan_year", int),
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Every kabupaten's plan years with their stages."""
        return self.list(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        """What was asked for."""
        found = rows()
        if code := self.request.query_params.get("region", ""):
            if not codes.is_code(code):
                raise Invalid({"region": [_("Write an official code, for example 61.12.")]})
            found = found.filter(Q(region_id__in=codes.lineage(code)) | Q(region__code__startswith=f"{code}."))
        if year := self.request.query_params.get("plan_year", ""):
            if not (year.isascii() and year.isdigit() and int(year[:9]) in _YEARS and len(year) == 4):
                raise Invalid({"plan_year": [_("Write the plan year as a year, for example 2028.")]})
            found = found.filter(plan_year=int(year))
        return found


class CycleView(APIView):
    """One plan year."""

    @extend_schema(operation_id="cycle", responses=CycleSerializer)
    def get(self, request: Request, cycle_id: int) -> Response:
        """A plan year with its stages."""
        found = rows().filter(pk=cycle_id).first() if cycle_id < 2**63 else None
        if found is None:
            raise Missing
        return Response(CycleSerializer(found, context={"request": request}).data)
