"""Addresses of a proposal's files, and of what a plan year asks for."""

from django.urls import path

from frontend.views import papers, requirements

urlpatterns = [
    path("usulan/<str:address>/berkas/", papers.page, name="papers"),
    path("usulan/<str:address>/berkas/jawaban/", papers.answer, name="answer_paper"),
    path("usulan/<str:address>/berkas/<str:sha256>/hapus/", papers.remove, name="remove_paper"),
    path("usulan/<str:address>/berkas/<str:sha256>/tutup/", papers.close, name="close_paper"),
    path("kerja/syarat/", requirements.page, name="requirements"),
    path("kerja/syarat/<int:pk>/hapus/", requirements.drop, name="drop_requirement"),
    path("kerja/syarat/sahkan/", requirements.confirm, name="confirm_requirements"),
]
