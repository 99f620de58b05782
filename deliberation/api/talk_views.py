"""Following, the inbox, reports, appeals and the public figures, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.refusals import Missing
from deliberation import policy
from deliberation.api import talk_serializers as shapes
from deliberation.api.serializers import CommentSerializer
from deliberation.api.views import TalkView
from deliberation.follows import reading as following
from deliberation.follows import services as follows
from deliberation.models import Notice
from deliberation.moderation import queue
from deliberation.moderation.appealing import appeal
from deliberation.moderation.deciding import approve_comment
from deliberation.moderation.reporting import report_comment
from deliberation.notices import inbox
from deliberation.notices.kinds import reason_of, sentence
from deliberation.questions import reading
from geo import codes
from geo.api.pagination import CursorPages, Pages
from geo.models import Region


class FollowsView(TalkView):
    """What the asker follows."""

    @extend_schema(operation_id="follows", responses=shapes.FollowPage)
    def get(self, request: Request) -> Response:
        """Everything, newest first, by cursor."""
        pages = Pages()
        page = pages.paginate_queryset(following.follows_of(policy.signed_in(request.user)), request)
        return pages.get_paginated_response(shapes.FollowSerializer(page, many=True).data)

    @extend_schema(operation_id="follow", request=shapes.FollowBody, responses=shapes.FollowSerializer)
    def post(self, request: Request) -> Response:
        """Follow one more; the same again changes nothing."""
        user, sent = policy.signed_in(request.user), shapes.FollowBody(data=request.data)
        sent.is_valid(raise_exception=True)
        values = sent.validated_data
        new = follows.follow(actor=user, proposal_id=values["proposal"], region_code=values["region"], sector=values["sector"])
        return Response(shapes.FollowSerializer(new).data)


class FollowView(TalkView):
    """One thing that is followed."""

    @extend_schema(operation_id="unfollow", request=None, responses={204: None})
    def delete(self, request: Request, follow_id: int) -> Response:
        """End it; again changes nothing."""
        follows.unfollow(actor=policy.signed_in(request.user), follow_id=follow_id)
        return Response(status=204)


class InboxView(TalkView):
    """What the asker was told."""

    @extend_schema(operation_id="inbox", responses=shapes.NoticePage)
    def get(self, request: Request) -> Response:
        """Newest first."""
        user, pages = policy.signed_in(request.user), CursorPages()
        rows = pages.paginate_queryset(inbox.inbox(user), request)
        told = shapes.NoticeSerializer([_told(row) for row in rows], many=True).data
        return Response({"next": pages.next_link(), "previous": pages.previous_link(), "unread": inbox.unread(user), "results": told})

    @extend_schema(operation_id="read_inbox", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Mark everything as read."""
        inbox.read_all(actor=policy.signed_in(request.user))
        return Response(status=204)


class ApproveView(TalkView):
    """Letting a comment through that waited."""

    @extend_schema(operation_id="approve_comment", request=None, responses=CommentSerializer)
    def post(self, request: Request, comment_id: UUID) -> Response:
        """Moderators of the region; again changes nothing."""
        policy.signed_in(request.user)
        return Response(CommentSerializer(approve_comment(comment_id=comment_id, actor=request.user)).data)


class ReportView(TalkView):
    """Asking the moderators to look at a comment."""

    @extend_schema(operation_id="report_comment", request=shapes.ReportBody, responses={204: None})
    def post(self, request: Request, comment_id: UUID) -> Response:
        """Once a person; again changes nothing."""
        user, sent = policy.signed_in(request.user), shapes.ReportBody(data=request.data)
        sent.is_valid(raise_exception=True)
        report_comment(comment_id=comment_id, actor=user, **sent.validated_data)
        return Response(status=204)


class AppealView(TalkView):
    """Asking once for another look at one's own hidden comment."""

    @extend_schema(operation_id="appeal", request=shapes.AppealBody, responses={204: None})
    def post(self, request: Request, comment_id: UUID) -> Response:
        """Another moderator than the one who hid it decides; again changes nothing."""
        user, sent = policy.signed_in(request.user), shapes.AppealBody(data=request.data)
        sent.is_valid(raise_exception=True)
        appeal(comment_id=comment_id, actor=user, words=sent.validated_data["words"])
        return Response(status=204)


class RegionTalkView(TalkView):
    """How a region answers, and what its moderators do."""

    @extend_schema(operation_id="region_talk", responses=shapes.RegionTalk)
    def get(self, request: Request, code: str) -> Response:  # noqa: ARG002 - as the framework calls it
        """Figures of the last year, with their date and denominators."""
        if not codes.is_code(code) or not Region.objects.filter(pk=code).exists():
            raise Missing
        figures = reading.figures(code)
        answer: dict[str, Any] = {
            "as_of": figures.as_of,
            "since": figures.since,
            "questions": figures,
            "offices": reading.figures_by_office(code),
            "moderation": queue.months_of(code),
        }
        return Response(shapes.RegionTalk(answer).data)


def _told(notice: Notice) -> dict[str, Any]:
    news = notice.news
    return {
        "id": notice.pk,
        "kind": news.kind,
        "sentence": sentence(news.kind, news.facts),
        "reason": reason_of(news.facts),
        "path": news.path,
        "proposal": news.proposal_id,
        "at": notice.at,
        "seen_at": notice.seen_at,
    }
