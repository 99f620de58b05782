"""Addresses of sheets: sending one, having it taken in, asking for files, the recap."""

from django.urls import path

from frontend.views import recap, sheets

urlpatterns = [
    path("kerja/impor/", sheets.imports, name="imports"),
    path("kerja/impor/formulir.xlsx", sheets.blank_form, name="sheet_form"),
    path("kerja/impor/<uuid:job_id>/", sheets.import_job, name="import_job"),
    path("kerja/impor/<uuid:job_id>/masukkan/", sheets.take_in, name="take_in_sheet"),
    path("kerja/impor/<uuid:job_id>/perbaikan.csv", sheets.faults, name="sheet_faults"),
    path("kerja/unduhan/", sheets.exports, name="exports"),
    path("kerja/unduhan/<uuid:job_id>/", sheets.export_job, name="export_job"),
    path("kerja/unduhan/<uuid:job_id>/berkas/", sheets.export_file, name="export_file"),
    path("kerja/lembar/<uuid:job_id>/sejauh/", sheets.progress, name="sheet_progress"),
    path("wilayah/<str:code>/rekap/", recap.recap, name="recap"),
]
