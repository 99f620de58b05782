"""Meetings, their steps and their agenda, by programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from deliberation.api.views import TalkView
from deliberation.meetings import agenda, listing, rows
from deliberation.meetings.api.bodies import ActBody, ItemBody, MeetingQuery, MeetingStepBody, PlanBody
from deliberation.meetings.api.rows import ItemPage, ItemRow, MeetingDetail, MeetingPage, MeetingRow
from deliberation.meetings.services import arranging
from deliberation.meetings.services.inviting import invite
from deliberation.meetings.services.planning import plan
from deliberation.meetings.services.stepping import step
from deliberation.models import Meeting
from deliberation.policy import signed_in
from geo.api.pagination import CursorPages, Pages

CONFLICT = OpenApiResponse(description="The state does not allow it, or somebody was faster; the message says what happened.")


def read(kind: type[Serializer[Any]], data: Any) -> dict[str, Any]:
    """The body's values; raises 400 by field."""
    body = kind(data=data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class MeetingsView(TalkView):
    """The list of meetings."""

    @extend_schema(operation_id="meetings", parameters=[MeetingQuery], responses=MeetingPage)
    def get(self, request: Request) -> Response:
        """All meetings, newest first; filters as on the page."""
        asked = read(MeetingQuery, request.query_params)
        found = listing.filtered(rows.known(), region=asked["region"], kind=asked["kind"], year=asked["plan_year"], state=asked["state"])
        pages = CursorPages()
        page = pages.paginate_queryset(found.order_by("-starts_at", "-id"), request)
        return pages.get_paginated_response(MeetingRow(page, many=True).data)


class MeetingView(TalkView):
    """One meeting."""

    @extend_schema(operation_id="meeting", responses=MeetingDetail)
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """The meeting, with what you may do with it now."""
        return _answer(request, rows.loaded_meeting(meeting_id))

    @extend_schema(operation_id="plan_meeting", request=PlanBody, responses={200: MeetingDetail, 201: MeetingDetail, 409: CONFLICT})
    def put(self, request: Request, meeting_id: UUID) -> Response:
        """Plan it under your own UUID, or change its plan with the version that you read; the same again changes nothing."""
        signed_in(request.user)
        sent = read(PlanBody, request.data)
        made, is_new = plan(meeting_id=meeting_id, actor=request.user, version=sent.pop("version", None), fields=sent)
        return _answer(request, rows.loaded_meeting(made.pk), 201 if is_new else 200)


class StepsView(TalkView):
    """The steps of a meeting."""

    @extend_schema(operation_id="step_meeting", request=MeetingStepBody, responses={200: MeetingDetail, 409: CONFLICT})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Open, adjourn, close, cancel or invite; a meeting that stands there already stays as it is."""
        signed_in(request.user)
        sent = read(MeetingStepBody, request.data)
        if (name := sent.pop("step")) == "invite":
            return _answer(request, invite(meeting_id=meeting_id, actor=request.user))
        return _answer(request, step(meeting_id=meeting_id, name=name, actor=request.user, **sent))


class AgendaView(TalkView):
    """The agenda of a meeting."""

    @extend_schema(operation_id="meeting_agenda", responses=ItemPage)
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """The items in their order, by cursor."""
        pages = Pages()
        page = pages.paginate_queryset(agenda.items(rows.loaded_meeting(meeting_id)), request)
        return pages.get_paginated_response(ItemRow(page, many=True).data)

    @extend_schema(operation_id="add_to_agenda", request=ItemBody, responses={200: ItemPage, 409: CONFLICT})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Add an item, or without one bring the agenda up to date with what waits; answers the first items."""
        signed_in(request.user)
        sent = read(ItemBody, request.data)
        if sent["number"] or sent["title"]:
            arranging.add(meeting_id=meeting_id, actor=request.user, **sent)
        else:
            arranging.fill(meeting_id=meeting_id, actor=request.user)
        return self.get(request, meeting_id)


class ItemView(TalkView):
    """One item of the agenda."""

    @extend_schema(operation_id="act_on_item", request=ActBody, responses={200: ItemRow, 409: CONFLICT})
    def post(self, request: Request, meeting_id: UUID, item_id: int) -> Response:
        """Move it up or down, take it in hand, say that it is done or skipped, or let it wait again."""
        signed_in(request.user)
        sent, chosen = read(ActBody, request.data), {"meeting_id": meeting_id, "item_id": item_id, "actor": request.user}
        if sent["do"] in ("up", "down"):
            arranging.shift(**chosen, by=-1 if sent["do"] == "up" else 1, seen_at=sent["position"])  # type: ignore[arg-type]
        elif sent["do"] == "hand":
            arranging.put_in_hand(**chosen)  # type: ignore[arg-type]
        else:
            arranging.leave(**chosen, state=sent["do"])  # type: ignore[arg-type]
        return Response(ItemRow(agenda.items(rows.loaded_meeting(meeting_id)).get(pk=item_id)).data)

    @extend_schema(operation_id="remove_from_agenda", responses={204: None, 409: CONFLICT})
    def delete(self, request: Request, meeting_id: UUID, item_id: int) -> Response:
        """Take it off; again changes nothing."""
        arranging.remove(meeting_id=meeting_id, item_id=item_id, actor=signed_in(request.user))
        return Response(status=204)


def _answer(request: Request, meeting: Meeting, status: int = 200) -> Response:
    return Response(MeetingDetail(meeting, context={"request": request}).data, status=status)
