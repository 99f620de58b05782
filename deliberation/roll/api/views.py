"""The roll over HTTP: counts for everybody, names for those who may read them, lines by their senders' UUIDs."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from accounts.refusals import Invalid
from deliberation.api.views import TalkView
from deliberation.meetings.rows import loaded_meeting
from deliberation.policy import signed_in
from deliberation.roll import listing, policy
from deliberation.roll.api.serializers import AtQuery, LettersQuery, LinesBody, LineSerializer, RollQuery, answered
from deliberation.roll.reading import snapshot
from deliberation.roll.services.entering import Sent, enter_all
from proposals import capture_words
from proposals.api.throttles import SuggestThrottle

_CONFLICT = OpenApiResponse(description="The meeting's state does not allow it, or somebody was first; the message says so.")


def checked(body: type, data: Any) -> Any:
    """The validated values; raises the shape's own 400."""
    sent = body(data=data)
    sent.is_valid(raise_exception=True)
    return sent.validated_data


class CountsView(TalkView):
    """Who is there, counted."""

    @extend_schema(operation_id="roll_counts", parameters=[AtQuery], responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """Totals, hall and online, women, elements, quorum and women's share with what is short; `?at=` of another moment."""
        meeting = loaded_meeting(meeting_id)
        exact = bool(policy.may_read_names(request.user, meeting))
        return Response(snapshot(meeting, checked(AtQuery, request.query_params)["at"], exact=exact))


class LinesView(TalkView):
    """The lines of a roll."""

    @extend_schema(operation_id="roll", parameters=[RollQuery], responses=LineSerializer(many=True))
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """In the order of their numbers; for those who keep the roll and the officials of the region."""
        meeting = loaded_meeting(meeting_id)
        policy.may_read_names(request.user, meeting).or_refuse()
        part = checked(RollQuery, request.query_params)
        rows = listing.lines(meeting, after=part["after"], limit=part["limit"])
        full = len(rows) == part["limit"]
        following = replace_query_param(request.build_absolute_uri(), "after", rows[-1].number) if full else None
        return Response({"next": following, "previous": None, "results": LineSerializer(rows, many=True).data})

    @extend_schema(operation_id="enter_on_roll", request=LinesBody, responses={200: OpenApiTypes.OBJECT, 409: _CONFLICT})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Put people on the roll, also what was captured without signal; each line has its own answer, repeating changes nothing."""
        user = signed_in(request.user)
        body = checked(LinesBody, request.data)
        sent = [_sent(line, body["device_time"]) for line in body["lines"]]
        answers = enter_all(meeting_id=meeting_id, actor=user, sent=sent, source=body["source"])
        return Response({"results": [answered(one) for one in answers]})


class SuggestionsView(APIView):
    """Names from earlier rolls."""

    throttle_classes = (SuggestThrottle,)

    @extend_schema(operation_id="roll_suggestions", parameters=[LettersQuery], responses={200: OpenApiTypes.OBJECT, 409: _CONFLICT})
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """Who was on an earlier roll of this region and is not on this one yet; for those who write it."""
        meeting = loaded_meeting(meeting_id)
        policy.may_write(request.user, meeting).or_refuse()
        found = listing.suggestions(meeting, checked(LettersQuery, request.query_params)["q"])
        return Response({"results": [one._asdict() for one in found]})


def _sent(line: dict[str, Any], device_time: str) -> Sent:
    """A line of the body; raises Invalid for the whole where its identifier or times have no shape: a program made it."""
    told = capture_words.read({"captured_at": line.get("captured_at"), "device_time": device_time})
    left = capture_words.read({"captured_at": line.get("left_at"), "device_time": device_time or None})
    try:
        return Sent(UUID(str(line.get("id", ""))), line, told, left.captured_at if left else None)
    except ValueError:
        raise Invalid({"id": [_("Send each line under a UUID of its own.")]}) from None
