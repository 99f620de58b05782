"""Ballots by programs and by the page's own scripts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.refusals import Missing
from deliberation.api.views import TalkView
from deliberation.ballots import policy, reading
from deliberation.ballots.api import plain
from deliberation.ballots.api.serializers import (
    BallotDetail,
    BallotQuery,
    BallotSerializer,
    DraftBody,
    ReceiptSerializer,
    StepBody,
    VoteBody,
)
from deliberation.ballots.services.casting import cast_vote
from deliberation.ballots.services.closing import close_ballot
from deliberation.ballots.services.making import Draft, save_draft
from deliberation.ballots.services.opening import open_ballot, withdraw_candidate
from deliberation.ballots.services.publishing import annul_ballot, publish_ballot
from deliberation.models import BallotFile
from deliberation.policy import signed_in
from geo import codes
from geo.api.pagination import CursorPages

_CONFLICT = OpenApiResponse(description="The state does not allow it, somebody was first, or you have voted: the message says which.")
_PLAIN = ("title", "purpose", "scope", "kind", "secrecy", "plan_year", "opens_at", "closes_at", "shows_turnout")
_LIMITS = ("most", "budget", "points_total", "points_each")


class BallotsView(TalkView, GenericAPIView):
    """All ballots that the asker may know of."""

    serializer_class = BallotSerializer
    pagination_class = CursorPages
    filter_backends: Any = ()

    @extend_schema(operation_id="ballots", parameters=[BallotQuery], responses=BallotSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The last to close first; `region` covers everything below and above it."""
        asked = BallotQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        inside = codes.is_code(wanted["region"])
        found = reading.touching(wanted["region"], request.user) if inside else reading.visible(request.user)
        if wanted["region"] and not inside:
            found = found.none()
        found = found.filter(state=wanted["state"]) if wanted["state"] else found
        found = found.filter(meeting=wanted["meeting"]) if wanted["meeting"] else found
        page = self.paginate_queryset(found.order_by("-closes_at", "-id"))
        return self.get_paginated_response(BallotSerializer(page, many=True).data)


class BallotView(TalkView):
    """One ballot."""

    @extend_schema(operation_id="ballot", responses=BallotDetail)
    def get(self, request: Request, ballot_id: UUID) -> Response:
        """With who stands; the result is null until it is published."""
        return Response(BallotDetail(reading.loaded(ballot_id, request.user)).data)

    @extend_schema(operation_id="draft_ballot", request=DraftBody, responses={200: BallotDetail, 201: BallotDetail, 409: _CONFLICT})
    def put(self, request: Request, ballot_id: UUID) -> Response:
        """Make or rewrite a draft under your own UUID."""
        signed_in(request.user)
        sent = DraftBody(data=request.data)
        sent.is_valid(raise_exception=True)
        values = sent.validated_data
        draft = Draft(
            **{
                name: values[name] for name in ("title", "purpose", "scope", "kind", "secrecy", "plan_year", "opens_at", "closes_at", "shows_turnout")
            },
            region_code=values["region"],
            meeting_id=values["meeting"],
            limits={name: values[name] for name in _LIMITS},
            proposals=tuple(values["proposals"]),
        )
        _kept, created = save_draft(ballot_id=ballot_id, actor=request.user, draft=draft, version=values["version"])
        return Response(BallotDetail(reading.loaded(ballot_id, request.user)).data, status=201 if created else 200)


class StepView(TalkView):
    """Opening, closing, publishing, annulling, withdrawing a candidate."""

    @extend_schema(operation_id="step_ballot", request=StepBody, responses={200: BallotDetail, 409: _CONFLICT})
    def post(self, request: Request, ballot_id: UUID) -> Response:
        """Do it; doing it again changes nothing where that makes sense."""
        signed_in(request.user)
        sent = StepBody(data=request.data)
        sent.is_valid(raise_exception=True)
        _step(ballot_id, request.user, **sent.validated_data)
        return Response(BallotDetail(reading.loaded(ballot_id, request.user)).data)


class VoteView(TalkView):
    """The asker's own vote."""

    def dispatch(self, request: HttpRequest, *values: Any, **names: Any) -> HttpResponseBase:  # type: ignore[override]
        """An ordinary vote goes the short way; everything else is told by the framework."""
        return plain.take(request, names["ballot_id"], self.get_throttles()) or super().dispatch(request, *values, **names)  # type: ignore[arg-type]

    @extend_schema(operation_id="vote", request=VoteBody, responses={200: ReceiptSerializer, 201: ReceiptSerializer, 409: _CONFLICT})
    def put(self, request: Request, ballot_id: UUID) -> Response:
        """Vote once; the same nonce again is the same vote and answers the same receipt."""
        signed_in(request.user)
        sent = VoteBody(data=request.data)
        sent.is_valid(raise_exception=True)
        values = sent.validated_data
        marks = [(mark["number"], mark["value"]) for mark in values["marks"]]
        receipt = cast_vote(ballot_id=ballot_id, actor=request.user, marks=marks, nonce=values["nonce"], abstains=values["abstains"])
        return Response(**plain.answer_of(receipt))


class FileView(TalkView):
    """The published files."""

    @extend_schema(operation_id="ballot_file", responses={(200, "text/plain"): OpenApiTypes.STR})
    def get(self, request: Request, ballot_id: UUID, kind: str) -> HttpResponse:
        """Byte for byte as it was published; 404 before."""
        ballot = reading.loaded(ballot_id, request.user)
        kept = BallotFile.objects.filter(ballot=ballot, kind=kind).first() if policy.may_read_results(ballot) else None
        if kept is None:
            raise Missing
        return HttpResponse(kept.body.encode(), content_type="text/plain; charset=utf-8")


def _step(ballot_id: UUID, actor: Any, *, step: str, reason: str, number: int, version: int | None) -> None:
    if step == "open":
        open_ballot(ballot_id=ballot_id, actor=actor, version=version)
    elif step == "close":
        close_ballot(ballot_id=ballot_id, actor=actor, reason=reason)
    elif step == "publish":
        publish_ballot(ballot_id=ballot_id, actor=actor)
    elif step == "withdraw":
        withdraw_candidate(ballot_id=ballot_id, number=number, actor=actor, reason=reason)
    else:
        annul_ballot(ballot_id=ballot_id, actor=actor, reason=reason)
