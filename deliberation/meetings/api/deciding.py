"""Decisions, the order and mandates, by programs."""

from dataclasses import asdict
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deliberation.api.views import TalkView
from deliberation.meetings import listing, rows
from deliberation.meetings.api.bodies import DecisionBody, EndBody, MandateBody, OrderBody, SyncBody, word_of
from deliberation.meetings.api.rows import DecisionPage, DecisionRow, MandatePage, MandateRow, RankRow, RankSheet, SyncReport
from deliberation.meetings.api.views import CONFLICT, read
from deliberation.meetings.services import electing
from deliberation.meetings.services.deciding import decide
from deliberation.meetings.services.ranking import Place, set_order
from deliberation.meetings.services.syncing import sync
from deliberation.models import Decision, Mandate, Ranking
from deliberation.policy import signed_in
from geo.api.pagination import Pages


class DecisionsView(TalkView):
    """The decisions of a meeting."""

    @extend_schema(operation_id="meeting_decisions", responses=DecisionPage)
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """The record's items, newest first, by cursor."""
        found = listing.decisions_of(rows.loaded_meeting(meeting_id))
        pages = Pages()
        return pages.get_paginated_response(DecisionRow(pages.paginate_queryset(found, request), many=True).data)

    @extend_schema(operation_id="decide", request=DecisionBody, responses={200: DecisionRow, 201: DecisionRow, 409: CONFLICT})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Write a decision down; the same `id` again answers the one that is there."""
        signed_in(request.user)
        made, is_new = decide(meeting_id=meeting_id, actor=request.user, word=word_of(read(DecisionBody, request.data)))
        row = Decision.objects.select_related("proposal", "decided_by", "recorded_by").get(pk=made.pk)
        return Response(DecisionRow(row).data, status=201 if is_new else 200)


class SyncView(TalkView):
    """Decisions captured without signal."""

    @extend_schema(operation_id="sync_decisions", request=SyncBody, responses=SyncReport)
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Take what can be taken; one line for each, in the order that was sent. Sent again nothing is counted twice."""
        signed_in(request.user)
        words = [word_of(dict(line)) for line in read(SyncBody, request.data)["decisions"]]
        lines = [asdict(line) for line in sync(meeting_id=meeting_id, actor=request.user, words=words)]
        return Response({"results": lines})


class OrderView(TalkView):
    """The order of what a meeting forwards."""

    @extend_schema(operation_id="meeting_ranking", responses=RankSheet)
    def get(self, _request: Request, meeting_id: UUID) -> Response:
        """The places, and the version to send with the next order."""
        meeting = rows.loaded_meeting(meeting_id)
        found = Ranking.objects.filter(meeting=meeting).select_related("proposal").order_by("place")
        return Response({"version": meeting.ranked, "results": RankRow(found, many=True).data})

    @extend_schema(operation_id="set_meeting_ranking", request=OrderBody, responses={200: RankSheet, 409: CONFLICT})
    def put(self, request: Request, meeting_id: UUID) -> Response:
        """Set the whole order; the same again changes nothing."""
        signed_in(request.user)
        sent = read(OrderBody, request.data)
        order = [Place(row["proposal"], row["reason"]) for row in sent["order"]]
        set_order(meeting_id=meeting_id, actor=request.user, order=order, version=sent["version"])
        return self.get(request, meeting_id)


class MandatesView(TalkView):
    """The delegates of a meeting."""

    @extend_schema(operation_id="meeting_mandates", responses=MandatePage)
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """Those who speak here and those whom the meeting elected, by cursor."""
        found = listing.mandates_of(rows.loaded_meeting(meeting_id))
        pages = Pages()
        return pages.get_paginated_response(MandateRow(pages.paginate_queryset(found, request), many=True).data)

    @extend_schema(operation_id="give_mandate", request=MandateBody, responses={200: MandateRow, 201: MandateRow, 409: CONFLICT})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Write a delegate down; the same person again is the one that is there."""
        signed_in(request.user)
        sent = read(MandateBody, request.data)
        verb = electing.accept if sent.get("region") else electing.elect
        made, is_new = verb(meeting_id=meeting_id, actor=request.user, fields=sent)
        return Response(MandateRow(_known(made.pk)).data, status=201 if is_new else 200)


class MandateView(TalkView):
    """One mandate."""

    @extend_schema(operation_id="end_mandate", request=EndBody, responses=MandateRow)
    def post(self, request: Request, mandate_id: int) -> Response:
        """End it with a reason; ending it again changes nothing."""
        signed_in(request.user)
        ended = electing.end_mandate(mandate_id=mandate_id, actor=request.user, reason=read(EndBody, request.data)["reason"])
        return Response(MandateRow(_known(ended.pk)).data)


def _known(pk: int) -> Mandate:
    return Mandate.objects.select_related("region").defer("region__boundary", "region__outline").get(pk=pk)
