"""Statements and questions over HTTP."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from deliberation.api.serializers import RangeQuery
from deliberation.api.talk_serializers import AppealBody
from deliberation.api.views import TalkView
from deliberation.floor import reading, services
from deliberation.floor.api.serializers import (
    AgreedBody,
    AnswerBody,
    QuestionBody,
    ReasonBody,
    SaidPage,
    SaidSerializer,
    SettleBody,
    StatementBody,
)
from deliberation.floor.services.statements import Hall
from deliberation.meetings.rows import loaded_meeting
from deliberation.models import Said
from deliberation.policy import signed_in


def told(said: Said, request: Request) -> Any:
    """One, as this reader may see it."""
    return SaidSerializer(reading.veiled([said], request.user, said.meeting)[0]).data


class StatementsView(TalkView):
    """What was said in a meeting."""

    @extend_schema(operation_id="meeting_statements", parameters=[RangeQuery], responses=SaidPage)
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """Statements, questions and answers in order; `?after=SEQ` is what a page asks that missed something."""
        meeting = loaded_meeting(meeting_id)
        part = RangeQuery(data=request.query_params)
        part.is_valid(raise_exception=True)
        found = reading.said(meeting, request.user, **part.validated_data)
        return Response({"more": len(found) == part.validated_data["limit"], "results": SaidSerializer(found, many=True).data})

    @extend_schema(operation_id="record_statement", request=StatementBody, responses={200: SaidSerializer, 201: SaidSerializer})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Write down what was said, one's own or (note-taker) the hall's; the same `id` again answers what is there."""
        signed_in(request.user)
        sent = StatementBody(data=request.data)
        sent.is_valid(raise_exception=True)
        values, given = sent.validated_data, sent.validated_data["hall"]
        hall = Hall(given["turn"], given["line"], given["name"]) if given else None
        said, is_new = services.record_statement(
            said_id=values["id"], meeting_id=meeting_id, actor=request.user, body=values["body"], hall=hall, item_id=values["item"]
        )
        return Response(told(said, request), status=201 if is_new else 200)


class QuestionsView(TalkView):
    """Questions from outside."""

    @extend_schema(operation_id="ask_meeting", request=QuestionBody, responses={200: SaidSerializer, 201: SaidSerializer})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Ask something of the meeting; the same `id` again answers what is there."""
        signed_in(request.user)
        sent = QuestionBody(data=request.data)
        sent.is_valid(raise_exception=True)
        values = sent.validated_data
        said, is_new = services.ask_question(
            said_id=values["id"], meeting_id=meeting_id, actor=request.user, body=values["body"], item_id=values["item"]
        )
        return Response(told(said, request), status=201 if is_new else 200)


class AnswerView(TalkView):
    """Answering a question."""

    @extend_schema(operation_id="answer_question_in_meeting", request=AnswerBody, responses={200: SaidSerializer, 201: SaidSerializer})
    def post(self, request: Request, said_id: UUID) -> Response:
        """Answer it; of an office, as the official answer."""
        signed_in(request.user)
        sent = AnswerBody(data=request.data)
        sent.is_valid(raise_exception=True)
        values = sent.validated_data
        said, is_new = services.answer(said_id=values["id"], question_id=said_id, actor=request.user, body=values["body"])
        return Response(told(said, request), status=201 if is_new else 200)


class SettleView(TalkView):
    """What the chair does with a question."""

    @extend_schema(operation_id="settle_question", request=SettleBody, responses=SaidSerializer)
    def post(self, request: Request, said_id: UUID) -> Response:
        """Take it up, or leave it for later."""
        signed_in(request.user)
        sent = SettleBody(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(told(services.settle_question(said_id=said_id, actor=request.user, state=sent.validated_data["state"]), request))


class AgreeView(TalkView):
    """The same question."""

    @extend_schema(operation_id="agree_with_question", request=None, responses=AgreedBody)
    def put(self, request: Request, said_id: UUID) -> Response:
        """You have it too; again changes nothing."""
        return Response({"agreed": services.agree(said_id=said_id, actor=request.user)})


class HideStatementView(TalkView):
    """Hiding what was said."""

    @extend_schema(operation_id="hide_statement", request=ReasonBody, responses=SaidSerializer)
    def post(self, request: Request, said_id: UUID) -> Response:
        """Hide it with a reason; again changes nothing."""
        signed_in(request.user)
        sent = ReasonBody(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(told(services.hide_statement(said_id=said_id, actor=request.user, reason=sent.validated_data["reason"]), request))


class AppealStatementView(TalkView):
    """Asking once for another look at one's own hidden words."""

    @extend_schema(operation_id="appeal_statement", request=AppealBody, responses={204: None})
    def post(self, request: Request, said_id: UUID) -> Response:
        """A moderator who did not hide it decides; again changes nothing."""
        signed_in(request.user)
        sent = AppealBody(data=request.data)
        sent.is_valid(raise_exception=True)
        services.appeal_statement(said_id=said_id, actor=request.user, words=sent.validated_data["words"])
        return Response(status=204)
