"""Money's addresses below /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

from budgeting.api import key_figures, provenance, routes, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("ceilings/", views.CeilingsView.as_view(), name="ceilings"),
    path("ceilings/<int:ceiling_id>/", views.CeilingView.as_view(), name="ceiling"),
    path("ceilings/<int:ceiling_id>/publish/", views.PublishCeilingView.as_view(), name="ceiling-publish"),
    path("ceilings/<int:ceiling_id>/withdraw/", views.WithdrawCeilingView.as_view(), name="ceiling-withdraw"),
    path("", include("budgeting.api.ceilings.urls")),
    path("runs/", views.RunsView.as_view(), name="runs"),
    path("runs/<uuid:run_id>/", views.RunView.as_view(), name="run"),
    path("runs/<uuid:run_id>/lines/", views.RunLinesView.as_view(), name="run-lines"),
    path("runs/<uuid:run_id>/publish/", views.PublishRunView.as_view(), name="run-publish"),
    path("runs/<uuid:run_id>/discard/", views.DiscardRunView.as_view(), name="run-discard"),
    path("", include(key_figures)),
    path("", include(provenance)),
    path("", include(routes)),
    path("", include("budgeting.api.works.urls")),
    path("", include("budgeting.api.comparison.urls")),
]
