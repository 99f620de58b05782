"""Turns over HTTP."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deliberation.api.views import TalkView
from deliberation.floor import reading, rows, services
from deliberation.floor.api.serializers import AskBody, FloorBody, GrantBody, OrderBody, PlaceSerializer, TurnSerializer
from deliberation.floor.services.turns import Speaker
from deliberation.meetings.rows import loaded_meeting
from deliberation.models import Meeting
from deliberation.policy import signed_in


def floor(meeting: Meeting) -> dict[str, object]:
    """Who speaks and who waits now."""
    chosen, item = rows.floor_of(meeting), reading.item_in_hand(meeting)
    speaking = reading.speaking(item)
    return {
        "order": chosen.order,
        "seconds": chosen.seconds,
        "speaking": TurnSerializer(speaking).data if speaking else None,
        "queue": PlaceSerializer([one._asdict() for one in reading.queue(meeting, item)], many=True).data,
    }


class FloorView(TalkView):
    """The queue of a meeting."""

    @extend_schema(operation_id="meeting_floor", responses=FloorBody)
    def get(self, _request: Request, meeting_id: UUID) -> Response:
        """Who speaks, and who waits in which order and why."""
        return Response(floor(loaded_meeting(meeting_id)))

    @extend_schema(operation_id="ask_for_floor", request=AskBody, responses={200: TurnSerializer, 201: TurnSerializer})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Ask to speak on the item in hand; the same `id` again changes nothing."""
        signed_in(request.user)
        sent = AskBody(data=request.data)
        sent.is_valid(raise_exception=True)
        given = sent.validated_data["speaker"]
        speaker = Speaker(given["line"], given["name"], given["sex"]) if given else None
        turn, is_new = services.ask_for_floor(turn_id=sent.validated_data["id"], meeting_id=meeting_id, actor=request.user, speaker=speaker)
        return Response(TurnSerializer(turn).data, status=201 if is_new else 200)

    @extend_schema(operation_id="choose_speaking_order", request=OrderBody, responses=FloorBody)
    def patch(self, request: Request, meeting_id: UUID) -> Response:
        """Choose how speakers are called."""
        signed_in(request.user)
        sent = OrderBody(data=request.data)
        sent.is_valid(raise_exception=True)
        services.choose_order(meeting_id=meeting_id, actor=request.user, **sent.validated_data)
        return Response(floor(loaded_meeting(meeting_id)))


class GrantView(TalkView):
    """Calling a speaker."""

    @extend_schema(operation_id="grant_floor", request=GrantBody, responses=TurnSerializer)
    def post(self, request: Request, turn_id: UUID) -> Response:
        """Call this person; out of the queue's order with a reason."""
        signed_in(request.user)
        sent = GrantBody(data=request.data)
        sent.is_valid(raise_exception=True)
        turn = services.grant_floor(turn_id=turn_id, actor=request.user, reason=sent.validated_data["reason"])
        return Response(TurnSerializer(turn).data)


class EndView(TalkView):
    """Ending a turn."""

    @extend_schema(operation_id="end_turn", request=None, responses=TurnSerializer)
    def post(self, request: Request, turn_id: UUID) -> Response:
        """End it; again changes nothing."""
        return Response(TurnSerializer(services.end_turn(turn_id=turn_id, actor=request.user)).data)


class WithdrawView(TalkView):
    """Taking a request back."""

    @extend_schema(operation_id="withdraw_request", request=None, responses=TurnSerializer)
    def post(self, request: Request, turn_id: UUID) -> Response:
        """Take it back; again changes nothing."""
        return Response(TurnSerializer(services.withdraw_request(turn_id=turn_id, actor=request.user)).data)
