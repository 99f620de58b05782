"""Descent and history over HTTP: the graph, the versions, carrying over, dividing."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.refusals import Invalid, Refusal
from geo.api.pagination import CursorPages
from proposals import policy, services, versions
from proposals.api.lineage_rows import CarryOverBody, LineageSerializer, SplitBody, VersionPage, VersionSerializer
from proposals.api.serializers import ProposalSerializer
from proposals.api.views import RegisterView
from proposals.descent import reading as descent
from proposals.models import Proposal

_CONFLICT = OpenApiResponse(description="Somebody was faster, or it stands elsewhere: the message says what happened.")


def _seen(request: Request, proposal_id: UUID) -> Proposal:
    """The proposal's place, if this person may see it; 404 otherwise."""
    proposal = Proposal.objects.filter(pk=proposal_id).first()
    if proposal is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    policy.may_see(request.user, proposal).or_refuse()
    return proposal


def _told(request: Request, keys: list[UUID]) -> list[dict[str, Any]]:
    found = ProposalSerializer.rows(Proposal.objects.all()).in_bulk(keys)
    return [dict(ProposalSerializer(found[key], context={"request": request}).data) for key in keys]


class LineageView(RegisterView):
    """What a proposal came from and what came of it."""

    @extend_schema(operation_id="lineage", responses=LineageSerializer)
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """Ancestors and descendants, bounded: `more` counts the steps that are not shown."""
        return Response(LineageSerializer(descent.descent_of(_seen(request, proposal_id), request.user)).data)


class VersionsView(RegisterView):
    """Every version of a proposal."""

    @extend_schema(
        operation_id="versions",
        parameters=[OpenApiParameter("cursor", str), OpenApiParameter("page_size", int)],
        responses=VersionPage,
    )
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """Newest first, by cursor; versions of a draft only for those who write it."""
        rows, pages = versions.visible(_seen(request, proposal_id), request.user), CursorPages()
        page = pages.paginate_queryset(rows, request)
        shown = versions.told(page, rows)
        told = [{**VersionSerializer(one.version).data, "changed": [difference.name for difference in one.differences]} for one in shown]
        return pages.get_paginated_response(told)


class CarryOverView(RegisterView):
    """Carrying over what a year did not fund."""

    @extend_schema(operation_id="carry_over", request=CarryOverBody, responses={200: ProposalSerializer, 201: ProposalSerializer, 409: _CONFLICT})
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """A new draft of the village for a later year; answers the draft."""
        sent = request.data if isinstance(request.data, dict) else {}
        year: Any = sent.get("plan_year")
        draft, created = services.carry_over(proposal_id=proposal_id, actor=request.user, plan_year=year, draft_id=_uuid(sent.get("id")))
        return Response(_told(request, [draft.pk])[0], status=201 if created else 200)


class SplitView(RegisterView):
    """Dividing a proposal."""

    @extend_schema(operation_id="split", request=SplitBody, responses={201: ProposalSerializer(many=True), 409: _CONFLICT})
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """Close it and go on in its parts; answers the parts, in the order sent."""
        sent = request.data if isinstance(request.data, dict) else {}
        # of what shape they are, the service says
        version: Any = sent.get("version")
        parts: Any = sent.get("parts")
        made = services.split(
            proposal_id=proposal_id,
            actor=request.user,
            version=version,
            reason=sent.get("reason") or "",
            parts=parts,
        )
        return Response(_told(request, [part.pk for part in made]), status=201)


def _uuid(value: Any) -> UUID | None:
    if value is None or value == "":
        return None
    try:
        return UUID(str(value))
    except ValueError:
        raise Invalid({"id": [_("This is no UUID.")]}) from None
