"""The room's state and its events: what a phone asks again and again, so both are small and cost little."""

from uuid import UUID

from django.http import JsonResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from deliberation.floor import reading
from deliberation.floor.api.serializers import EventsBody, EventsQuery, RoomBody
from deliberation.floor.live_urls import may_listen
from deliberation.meetings.rows import loaded_meeting
from proposals.polling import poll_room


class PolledView(APIView):
    """Asked by a whole hall behind one address: not counted against anybody."""

    throttle_classes = ()


class EventsView(PolledView):
    """What happened in a meeting, numbered without gaps."""

    @extend_schema(operation_id="meeting_events", parameters=[EventsQuery], responses=EventsBody)
    def get(self, request: Request, meeting_id: UUID) -> JsonResponse:
        """The events after a number, at most 200; the same that the socket tells."""
        return poll_room(request, meeting_id, may_listen)  # type: ignore[arg-type]  # asked for its GET, user and META alone


class RoomView(PolledView):
    """The state of a meeting's room in one small answer."""

    @extend_schema(operation_id="meeting_room", responses={200: RoomBody, 304: OpenApiResponse(description="Nothing changed since this `ETag`.")})
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """Item in hand, who speaks, who waits, the open vote, who is there, the last decisions; with an `ETag`."""
        meeting = loaded_meeting(meeting_id)
        tag = f'"{reading.stamp(meeting)}"'
        same = request.headers.get("If-None-Match", "") in (tag, f"W/{tag}")
        answer = Response(status=304) if same else Response(reading.room(meeting))
        answer["ETag"], answer["Cache-Control"] = tag, "no-cache"
        return answer
