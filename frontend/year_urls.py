"""Addresses of the plan year: its calendar, the planner's pages, the end of a stage."""

from django.urls import path

from frontend.views.year import calendar, closing, planning

urlpatterns = [
    path("kalender/", calendar.home, name="home_calendar"),
    path("wilayah/<str:code>/kalender/", calendar.page, name="calendar"),
    path("wilayah/<str:code>/kalender.ics", calendar.feed, name="calendar_feed"),
    path("kerja/tahun/", planning.overview, name="plan_years"),
    path("kerja/tahun/buka/", planning.begin, name="begin_year"),
    path("kerja/tahun/<int:cycle_id>/", planning.year, name="plan_year"),
    path("kerja/tahun/<int:cycle_id>/sahkan/", planning.confirm, name="confirm_year"),
    path("kerja/tahun/<int:cycle_id>/tambah/", planning.add_stage, name="add_stage"),
    path("kerja/tahun/<int:cycle_id>/<slug:stage>/", planning.stage, name="plan_stage"),
    path("kerja/tahun/<int:cycle_id>/<slug:stage>/sahkan/", planning.confirm, name="confirm_stage"),
    path("kerja/tahun/<int:cycle_id>/<slug:stage>/hapus/", planning.remove_stage, name="remove_stage"),
    path("kerja/tahap/<int:cycle_id>/<slug:stage>/<str:code>/", closing.close, name="close_stage"),
    path("kerja/tahap/<int:cycle_id>/<slug:stage>/<str:code>/buka/", closing.reopen, name="reopen_stage"),
]
