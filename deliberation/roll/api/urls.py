"""Addresses of the roll, below `/api/v1/meetings/{uuid}/roll/`."""

from django.urls import path

from deliberation.roll.api import verbs, views

urlpatterns = [
    path("", views.CountsView.as_view(), name="roll"),
    path("lines/", views.LinesView.as_view(), name="roll-lines"),
    path("names/", views.SuggestionsView.as_view(), name="roll-names"),
    path("me/", verbs.SelfView.as_view(), name="roll-me"),
    path("me/beat/", verbs.BeatView.as_view(), name="roll-beat"),
    path("door/", verbs.DoorView.as_view(), name="roll-door"),
    path("lines/<uuid:line_id>/", verbs.LineView.as_view(), name="roll-line"),
    path("lines/<uuid:line_id>/stay/", verbs.StayView.as_view(), name="roll-stay"),
    path("lines/<uuid:line_id>/merge/", verbs.MergeView.as_view(), name="roll-merge"),
    path("lines/<uuid:line_id>/namesake/", verbs.NamesakeView.as_view(), name="roll-namesake"),
]
