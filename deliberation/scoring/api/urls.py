"""Addresses of scoring, below `/api/v1/scoring/`."""

from django.urls import path

from deliberation.scoring.api.views import PanelStepView, PanelsView, PanelView, SheetView, TieView

urlpatterns = [
    path("", PanelsView.as_view(), name="panels"),
    path("<uuid:panel_id>/", PanelView.as_view(), name="panel"),
    path("<uuid:panel_id>/steps/", PanelStepView.as_view(), name="step-panel"),
    path("<uuid:panel_id>/sheet/", SheetView.as_view(), name="score-sheet"),
    path("<uuid:panel_id>/ties/", TieView.as_view(), name="declare-tie"),
]
