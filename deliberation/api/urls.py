"""Addresses of the deliberation room, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, include, path

from deliberation.api.talk_views import AppealView, ApproveView, FollowsView, FollowView, InboxView, RegionTalkView, ReportView
from deliberation.api.views import CommentsView, HideView, SupportView

urlpatterns: list[URLPattern | URLResolver] = [
    path("proposals/<uuid:proposal_id>/support/", SupportView.as_view(), name="support"),
    path("proposals/<uuid:proposal_id>/comments/", CommentsView.as_view(), name="comments"),
    path("comments/<uuid:comment_id>/hide/", HideView.as_view(), name="hide-comment"),
    path("comments/<uuid:comment_id>/approve/", ApproveView.as_view(), name="approve-comment"),
    path("comments/<uuid:comment_id>/report/", ReportView.as_view(), name="report-comment"),
    path("comments/<uuid:comment_id>/appeal/", AppealView.as_view(), name="appeal"),
    path("follows/", FollowsView.as_view(), name="follows"),
    path("follows/<int:follow_id>/", FollowView.as_view(), name="follow"),
    path("inbox/", InboxView.as_view(), name="inbox"),
    path("regions/<str:code>/talk/", RegionTalkView.as_view(), name="region-talk"),
    path("ballots/", include("deliberation.ballots.api.urls")),
    path("scoring/", include("deliberation.scoring.api.urls")),
    path("", include("deliberation.meetings.api.urls")),
    path("", include("deliberation.floor.api.urls")),
    path("meetings/<uuid:meeting_id>/documents/", include("deliberation.records.api.urls")),
    path("meetings/<uuid:meeting_id>/roll/", include("deliberation.roll.api.urls")),
]
