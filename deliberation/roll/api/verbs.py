"""What is done to one line of the roll, and what people do for themselves, over HTTP."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from accounts.refusals import Missing
from deliberation.api.views import TalkView
from deliberation.meetings.policy import may_record
from deliberation.meetings.rows import loaded_meeting
from deliberation.models import Attendance
from deliberation.policy import signed_in
from deliberation.roll import door, listing
from deliberation.roll.api.serializers import CodeBody, CorrectionBody, IntoBody, LineSerializer, ReasonBody, SelfBody, StayBody
from deliberation.roll.api.views import checked
from deliberation.roll.services import correcting, joining, moving
from deliberation.words import Mode

_CONFLICT = OpenApiResponse(description="The meeting's state does not allow it, or somebody was first; the message says so.")


class LineView(TalkView):
    """One line."""

    @extend_schema(operation_id="correct_roll_line", request=CorrectionBody, responses={200: LineSerializer, 409: _CONFLICT})
    def patch(self, request: Request, meeting_id: UUID, line_id: UUID) -> Response:
        """Write it anew, from this version of it."""
        user, sent = signed_in(request.user), checked(CorrectionBody, request.data)
        return _told(correcting.correct(meeting_id=meeting_id, line_id=line_id, actor=user, version=sent["version"], sent=sent))

    @extend_schema(operation_id="strike_roll_line", request=ReasonBody, responses={200: LineSerializer, 409: _CONFLICT})
    def delete(self, request: Request, meeting_id: UUID, line_id: UUID) -> Response:
        """Strike it, with a reason; it stays and counts no more."""
        user, sent = signed_in(request.user), checked(ReasonBody, request.data)
        return _told(correcting.strike(meeting_id=meeting_id, line_id=line_id, actor=user, reason=sent["reason"]))


class StayView(TalkView):
    """Arriving and leaving."""

    @extend_schema(operation_id="move_on_roll", request=StayBody, responses={200: LineSerializer, 409: _CONFLICT})
    def post(self, request: Request, meeting_id: UUID, line_id: UUID) -> Response:
        """The person comes, in the hall or online, or leaves; again changes nothing."""
        user, sent = signed_in(request.user), checked(StayBody, request.data)
        if sent["verb"] == "leave":
            return _told(moving.leave(meeting_id=meeting_id, line_id=line_id, actor=user, at=sent["at"]))
        return _told(moving.arrive(meeting_id=meeting_id, line_id=line_id, actor=user, mode=sent["mode"], at=sent["at"]))


class MergeView(TalkView):
    """Two lines, one person."""

    @extend_schema(operation_id="merge_roll_lines", request=IntoBody, responses={200: LineSerializer, 409: _CONFLICT})
    def post(self, request: Request, meeting_id: UUID, line_id: UUID) -> Response:
        """The line goes into the one with this number."""
        user, sent = signed_in(request.user), checked(IntoBody, request.data)
        return _told(correcting.merge(meeting_id=meeting_id, line_id=line_id, actor=user, into=sent["into"]))


class NamesakeView(TalkView):
    """Two lines, two people."""

    @extend_schema(operation_id="tell_namesakes_apart", request=None, responses={200: LineSerializer})
    def post(self, request: Request, meeting_id: UUID, line_id: UUID) -> Response:
        """The line is somebody else with the same name; it is not asked about again."""
        return _told(correcting.tell_apart(meeting_id=meeting_id, line_id=line_id, actor=signed_in(request.user)))


class SelfView(TalkView):
    """The asker's own part."""

    @extend_schema(operation_id="own_roll_line", responses={200: LineSerializer})
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """What the roll says of you."""
        row = listing.own_line(loaded_meeting(meeting_id), signed_in(request.user))
        if row is None:
            raise Missing
        return Response(LineSerializer(row).data)

    @extend_schema(operation_id="join_roll", request=SelfBody, responses={200: LineSerializer, 409: _CONFLICT})
    def put(self, request: Request, meeting_id: UUID) -> Response:
        """Come: into the hall by the code at its door, or online; again changes nothing."""
        user, sent = signed_in(request.user), checked(SelfBody, request.data)
        if sent["mode"] == Mode.HALL:
            return _told(joining.check_in(meeting_id=meeting_id, actor=user, code=sent["code"], sent=sent))
        return _told(joining.join_online(meeting_id=meeting_id, actor=user, sent=sent))

    @extend_schema(operation_id="leave_roll", responses={204: None})
    def delete(self, request: Request, meeting_id: UUID) -> Response:
        """Go."""
        joining.leave_online(meeting_id=meeting_id, actor=signed_in(request.user))
        return Response(status=204)


class BeatView(APIView):
    """The heartbeat of an online participant's page."""

    # a beat a minute and page: counted for itself it would use up what the person may write
    throttle_classes = (UserRateThrottle,)

    @extend_schema(operation_id="roll_heartbeat", request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """The page is still open, once a minute; `{"there": false}` asks it to join again."""
        return Response({"there": joining.beat(meeting_id=meeting_id, actor=signed_in(request.user))})


class DoorView(TalkView):
    """The door of the hall."""

    @extend_schema(operation_id="door_code", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """The code that the door shows now, and when it changes; for those who keep the roll."""
        meeting = loaded_meeting(meeting_id)
        may_record(request.user, meeting).or_refuse()
        return Response(door.shows(meeting.pk))

    @extend_schema(operation_id="admit_by_code", request=CodeBody, responses={200: LineSerializer, 409: _CONFLICT})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Let somebody in by their own code; again changes nothing."""
        user, sent = signed_in(request.user), checked(CodeBody, request.data)
        return _told(joining.admit(meeting_id=meeting_id, actor=user, code=sent["code"]))


def _told(row: Attendance) -> Response:
    return Response(LineSerializer(row).data)
