"""One proposal over HTTP: read, write, move, photos."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from rest_framework.views import APIView

from accounts.refusals import Invalid, Refusal
from proposals import capture_words, policy, services
from proposals.api.parsers import ObjectParser
from proposals.api.serializers import (
    CorrectionBody,
    DraftBody,
    MoveBody,
    ProposalSerializer,
    RecommendationSerializer,
)
from proposals.api.throttles import WriteThrottle
from proposals.models import Proposal

_CONFLICT = OpenApiResponse(description="Somebody was faster, or it stands elsewhere: the message says what happened.")


def visible(request: Request, proposal_id: UUID) -> Proposal:
    """The proposal, if this person may see it; 404 otherwise."""
    proposal = ProposalSerializer.rows(Proposal.objects.all()).filter(pk=proposal_id).first()
    if proposal is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    policy.may_see(request.user, proposal).or_refuse()
    return proposal


def _told(request: Request, proposal_id: UUID) -> dict[str, Any]:
    return dict(ProposalSerializer(visible(request, proposal_id), context={"request": request}).data)


def _object(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; an empty body is an empty object."""
    return request.data if isinstance(request.data, dict) else {}


def _version(sent: dict[str, Any]) -> int:
    """The version that was read: a guess is never made for it."""
    version = sent.get("version")
    if isinstance(version, bool) or not isinstance(version, int):
        raise Invalid({"version": [_("Send the version that you have read, a whole number.")]})
    return version


class RegisterView(APIView):
    """What all views of the register share."""

    parser_classes: tuple[type[BaseParser], ...] = (ObjectParser,)
    throttle_classes = (AnonRateThrottle, UserRateThrottle, WriteThrottle)


class ProposalView(RegisterView):
    """One proposal under its UUID."""

    @extend_schema(operation_id="proposal", responses=ProposalSerializer)
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """A proposal with every step; a draft only for those who write it."""
        return Response(_told(request, proposal_id))

    @extend_schema(operation_id="save_draft", request=DraftBody, responses={200: ProposalSerializer, 201: ProposalSerializer, 409: _CONFLICT})
    def put(self, request: Request, proposal_id: UUID) -> Response:
        """Make or rewrite a draft under your own UUID; repeating it changes nothing."""
        sent = _object(request)
        _proposal, created = services.save_draft(proposal_id=proposal_id, actor=request.user, fields=sent, told=capture_words.read(sent))
        return Response(_told(request, proposal_id), status=201 if created else 200)

    @extend_schema(operation_id="correct_proposal", request=CorrectionBody, responses={200: ProposalSerializer, 409: _CONFLICT})
    def patch(self, request: Request, proposal_id: UUID) -> Response:
        """Correct a draft or what was returned: only the fields sent change."""
        sent = _object(request)
        services.edit(proposal_id=proposal_id, actor=request.user, version=_version(sent), fields=sent)
        return Response(_told(request, proposal_id))


class MovesView(RegisterView):
    """The road of a proposal, and the next step on it."""

    @extend_schema(operation_id="moves", responses=RecommendationSerializer(many=True))
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """Every step in order."""
        return Response(RecommendationSerializer(visible(request, proposal_id).recommendations.all(), many=True).data)

    @extend_schema(operation_id="move", request=MoveBody, responses={200: ProposalSerializer, 409: _CONFLICT})
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """Make a move; answers the proposal as it stands afterwards."""
        services.move(proposal_id=proposal_id, actor=request.user, **_move_of(_object(request)))
        return Response(_told(request, proposal_id))


def _move_of(sent: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the service; a version is always asked for."""
    texts = {name: sent.get(name) or "" for name in ("reason_code", "reason", "responsible")}
    numbers = {"version": _version(sent), "volume": sent.get("volume"), "amount": sent.get("amount")}
    others = {"agency_id": sent.get("agency"), "target_id": _uuid(sent.get("target")), "told": capture_words.read(sent)}
    return {"name": sent.get("move"), **texts, **numbers, **others, **_refused(sent)}


def _refused(sent: dict[str, Any]) -> dict[str, Any]:
    """Documents whose "not applicable" a return does not take."""
    documents = sent.get("refused_answers")
    return {"refused_answers": documents} if isinstance(documents, list) else {}


def _uuid(value: Any) -> UUID | None:
    if value is None or value == "":
        return None
    try:
        return UUID(str(value))
    except ValueError:
        raise Invalid({"target": [_("There is no such proposal.")]}) from None
