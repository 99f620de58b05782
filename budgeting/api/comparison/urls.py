"""Addresses of comparisons, changes by hand and answers below /api/v1/."""

from django.urls import path

from budgeting.api.comparison import views

urlpatterns = [
    path("runs/compare/", views.ComparisonView.as_view(), name="runs-compare"),
    path("runs/<uuid:run_id>/overrides/", views.OverridesView.as_view(), name="run-overrides"),
    path("runs/<uuid:run_id>/overrides/<uuid:override_id>/", views.OverrideView.as_view(), name="run-override"),
    path("runs/<uuid:run_id>/answers/", views.AnswersView.as_view(), name="run-answers"),
]
