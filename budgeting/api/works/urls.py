"""Addresses of works below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from budgeting.api.works import files, tiles, views

_ONE = "works/<uuid:work_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("works/", views.WorksView.as_view(), name="works"),
    path("works.csv", files.WorksCsv.as_view(), name="works-csv"),
    path("works.geojson", files.WorksGeoJson.as_view(), name="works-geojson"),
    path("works.oc4ids.json", files.WorksOc4ids.as_view(), name="works-oc4ids"),
    path("works.form.xlsx", files.WorksForm.as_view(), name="works-form"),
    path("works.form.csv", files.WorksFormCsv.as_view(), name="works-form-csv"),
    path("works/map/<int:z>/<int:x>/<int:y>.json", tiles.WorksTile.as_view(), name="works-tile"),
    path("works/sheets/", files.ProgressSheetsView.as_view(), name="progress-sheets"),
    path("works/sheets/<uuid:sheet_id>/", files.ProgressSheetView.as_view(), name="progress-sheet"),
    path("works/sheets/<uuid:sheet_id>/take-in/", files.TakeInProgressView.as_view(), name="progress-sheet-take-in"),
    path(_ONE, views.WorkView.as_view(), name="work"),
    path("works/<uuid:work_id>.oc4ids.json", files.WorkOc4ids.as_view(), name="work-oc4ids"),
    path(f"{_ONE}progress/", views.ProgressView.as_view(), name="work-progress"),
    path(f"{_ONE}photos/", views.WorkPhotosView.as_view(), name="work-photos"),
    path(f"{_ONE}photos/<str:sha256>/", views.WorkPhotoView.as_view(), name="work-photo"),
    path(f"{_ONE}handover/", views.HandoverView.as_view(), name="work-handover"),
    path(f"{_ONE}confirmations/", views.ConfirmationsView.as_view(), name="work-confirmations"),
    path(f"{_ONE}answers/", views.DisputeAnswersView.as_view(), name="work-answers"),
]
