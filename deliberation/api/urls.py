"""Addresses of the deliberation room, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, include, path

from deliberation.api.views import CommentsView, HideView, SupportView

urlpatterns: list[URLPattern | URLResolver] = [
    path("proposals/<uuid:proposal_id>/support/", SupportView.as_view(), name="support"),
    path("proposals/<uuid:proposal_id>/comments/", CommentsView.as_view(), name="comments"),
    path("comments/<uuid:comment_id>/hide/", HideView.as_view(), name="hide-comment"),
    path("", include("deliberation.floor.api.urls")),
]
