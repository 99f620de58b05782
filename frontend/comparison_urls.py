"""Addresses of comparisons, of changes by hand and of answers to villages."""

from django.urls import path

from frontend.views.comparison import answering, comparing, overriding

urlpatterns = [
    path("anggaran/banding/", comparing.compare, name="compare_runs"),
    path("anggaran/banding/<str:kind>.csv", comparing.table, name="compare_table"),
    path("anggaran/<uuid:run_id>/ubah/<uuid:proposal_id>/", overriding.override, name="override"),
    path("anggaran/ubahan/<uuid:override_id>/tarik/", overriding.withdraw, name="withdraw_override"),
    path("anggaran/<uuid:run_id>/jawaban/", answering.answers, name="run_answers"),
    path("anggaran/<uuid:run_id>/jawaban/<str:code>/", answering.village_answer, name="village_answer"),
]
