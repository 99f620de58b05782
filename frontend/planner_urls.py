"""Addresses of the officials' desk."""

from django.urls import path

from frontend.views import programmes, work

urlpatterns = [
    path("kerja/", work.desk, name="work"),
    path("kerja/program/baru/", programmes.new, name="new_programme"),
    path("kerja/program/<uuid:proposal_id>/ubah/", programmes.edit, name="edit_programme"),
]
