"""Motions over HTTP."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deliberation.api.views import TalkView
from deliberation.floor import reading, services
from deliberation.floor.api.serializers import HallCountBody, MotionList, MotionSerializer, MotionVoteBody, PutBody
from deliberation.meetings.rows import loaded_meeting
from deliberation.policy import signed_in


class MotionsView(TalkView):
    """The motions of a meeting."""

    @extend_schema(operation_id="motions", responses=MotionList)
    def get(self, _request: Request, meeting_id: UUID) -> Response:
        """All of them, at most the newest 100."""
        return Response(
            {"next": None, "previous": None, "results": MotionSerializer(reading.motions(loaded_meeting(meeting_id))[:100], many=True).data}
        )

    @extend_schema(operation_id="put_motion", request=PutBody, responses={200: MotionSerializer, 201: MotionSerializer})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Put one; the same `id` again changes nothing."""
        signed_in(request.user)
        sent = PutBody(data=request.data)
        sent.is_valid(raise_exception=True)
        values = sent.validated_data
        motion, is_new = services.put_motion(
            motion_id=values["id"], meeting_id=meeting_id, actor=request.user, text=values["text"], manner=values["manner"], item_id=values["item"]
        )
        return Response(MotionSerializer(motion).data, status=201 if is_new else 200)


class OpenView(TalkView):
    """Opening the vote."""

    @extend_schema(operation_id="open_motion", request=None, responses=MotionSerializer)
    def post(self, request: Request, motion_id: UUID) -> Response:
        """Open it; again changes nothing."""
        return Response(MotionSerializer(services.open_motion(motion_id=motion_id, actor=request.user)).data)


class CloseView(TalkView):
    """Closing the vote."""

    @extend_schema(operation_id="close_motion", request=None, responses=MotionSerializer)
    def post(self, request: Request, motion_id: UUID) -> Response:
        """Close it and answer with its result; again changes nothing."""
        return Response(MotionSerializer(services.close_motion(motion_id=motion_id, actor=request.user)).data)


class TakeBackView(TalkView):
    """Taking a motion back."""

    @extend_schema(operation_id="withdraw_motion", request=None, responses=MotionSerializer)
    def post(self, request: Request, motion_id: UUID) -> Response:
        """Take it back before it is opened; again changes nothing."""
        return Response(MotionSerializer(services.withdraw_motion(motion_id=motion_id, actor=request.user)).data)


class VoteView(TalkView):
    """One's own vote."""

    @extend_schema(operation_id="vote_on_motion", request=MotionVoteBody, responses=MotionSerializer)
    def put(self, request: Request, motion_id: UUID) -> Response:
        """Vote; a raised hand may be changed until the close, a secret vote is given once."""
        signed_in(request.user)
        sent = MotionVoteBody(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(MotionSerializer(services.vote(motion_id=motion_id, actor=request.user, choice=sent.validated_data["choice"])).data)


class HallView(TalkView):
    """The hall's hands."""

    @extend_schema(operation_id="count_hall", request=HallCountBody, responses=MotionSerializer)
    def put(self, request: Request, motion_id: UUID) -> Response:
        """Type what was counted; it may be corrected until the close."""
        signed_in(request.user)
        sent = HallCountBody(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(MotionSerializer(services.count_hall(motion_id=motion_id, actor=request.user, counts=dict(sent.validated_data))).data)
