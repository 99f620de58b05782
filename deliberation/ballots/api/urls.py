"""Addresses of ballots, below `/api/v1/ballots/`; `{id}/vote/` stands first of all addresses (musrenbang/api.py)."""

from django.urls import path

from deliberation.ballots.api.views import BallotsView, BallotView, FileView, StepView

urlpatterns = [
    path("", BallotsView.as_view(), name="ballots"),
    path("<uuid:ballot_id>/", BallotView.as_view(), name="ballot"),
    path("<uuid:ballot_id>/steps/", StepView.as_view(), name="step-ballot"),
    path("<uuid:ballot_id>/files/<str:kind>", FileView.as_view(), name="ballot-file"),
]
