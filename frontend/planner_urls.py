"""Addresses of ceilings, allocation runs and the officials' desk."""

from django.urls import path

from frontend.views import budget, programmes, work

urlpatterns = [
    path("anggaran/", budget.ceilings, name="budget"),
    path("anggaran/pagu/", budget.set_ceiling, name="set_ceiling"),
    path("anggaran/pagu/<int:pk>/terbit/", budget.publish_ceiling, name="publish_ceiling"),
    path("anggaran/pagu/<int:pk>/hitung/", budget.request_run, name="request_run"),
    path("anggaran/<uuid:run_id>/", budget.run, name="run"),
    path("anggaran/<uuid:run_id>/terbit/", budget.publish_run, name="publish_run"),
    path("anggaran/<uuid:run_id>/buang/", budget.discard_run, name="discard_run"),
    path("kerja/", work.desk, name="work"),
    path("kerja/program/baru/", programmes.new, name="new_programme"),
    path("kerja/program/<uuid:proposal_id>/ubah/", programmes.edit, name="edit_programme"),
]
