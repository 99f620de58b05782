"""Addresses of comparisons, of changes by hand and of answers to villages."""

from django.urls import path

from frontend.views.comparison import answering

urlpatterns = [
    path("anggaran/<uuid:run_id>/jawaban/", answering.answers, name="run_answers"),
    path("anggaran/<uuid:run_id>/jawaban/<str:code>/", answering.village_answer, name="village_answer"),
]
