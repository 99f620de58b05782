"""Addresses of allocation runs: asking, showing, deciding, and their files."""

from django.urls import path

from frontend.views.runs import asking, files, showing

urlpatterns = [
    path("anggaran/pagu/<int:pk>/hitung/", asking.ask, name="request_run"),
    path("anggaran/<uuid:run_id>/", showing.run, name="run"),
    path("anggaran/<uuid:run_id>/kemajuan/", showing.progress, name="run_progress"),
    path("anggaran/<uuid:run_id>/terbit/", showing.publish_run, name="publish_run"),
    path("anggaran/<uuid:run_id>/buang/", showing.discard_run, name="discard_run"),
    path("anggaran/<uuid:run_id>/berkas/", files.bundle, name="run_bundle"),
    path("anggaran/<uuid:run_id>/berkas/baris.csv", files.table, name="run_table"),
    path("anggaran/<uuid:run_id>/berkas/suara.pb", files.problem, name="run_problem"),
]
