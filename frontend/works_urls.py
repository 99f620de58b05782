"""Addresses of works."""

from django.urls import path

from frontend.views.works import reporting, saying, sheets, showing

_ONE = "pembangunan/<uuid:work_id>/"

urlpatterns = [
    path("pembangunan/", showing.works, name="works"),
    path("pembangunan/peta/", showing.works_map, name="works_map"),
    path("pembangunan/lembar/", sheets.sheets, name="sheets_of_reports"),
    path("pembangunan/lembar/<uuid:sheet_id>/", sheets.sheet, name="sheet_of_reports"),
    path("pembangunan/lembar/<uuid:sheet_id>/tulis/", sheets.take_in, name="take_in_reports"),
    path("pembangunan/lembar/<uuid:sheet_id>/sejauh/", sheets.progress, name="reports_progress"),
    path(_ONE, showing.work, name="funded_work"),
    path(f"{_ONE}laporan/", showing.reports, name="work_reports"),
    path(f"{_ONE}suara/", showing.words, name="work_words"),
    path(f"{_ONE}kata/", saying.say, name="say_about_work"),
    path(f"{_ONE}jawaban/", saying.answer, name="answer_dispute"),
    path(f"{_ONE}lapor/", reporting.report, name="report_work"),
    path(f"{_ONE}serah-terima/", reporting.hand_over, name="hand_over_work"),
    path(f"{_ONE}baris/", reporting.line, name="work_line"),
]
