"""Addresses of ceilings and the officials' desk."""

from django.urls import path

from frontend.views import budget, programmes, work

urlpatterns = [
    path("anggaran/", budget.ceilings, name="budget"),
    path("anggaran/pagu/", budget.set_ceiling, name="set_ceiling"),
    path("anggaran/pagu/<int:pk>/terbit/", budget.publish_ceiling, name="publish_ceiling"),
    path("kerja/", work.desk, name="work"),
    path("kerja/program/baru/", programmes.new, name="new_programme"),
    path("kerja/program/<uuid:proposal_id>/ubah/", programmes.edit, name="edit_programme"),
]
