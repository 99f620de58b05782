"""Addresses of ballots."""

from django.urls import path

from frontend.views.ballots import making, paper, running, showing, voting

_ONE = "rapat/pemungutan/<uuid:ballot_id>/"

urlpatterns = [
    path("rapat/pemungutan/", showing.ballots, name="ballots"),
    path("rapat/pemungutan/baru/", making.new, name="new_ballot"),
    path(_ONE, showing.ballot, name="ballot"),
    path(f"{_ONE}suara/", voting.vote, name="vote"),
    path(f"{_ONE}tanda-terima/", voting.receipt, name="ballot_receipt"),
    path(f"{_ONE}berkas/<str:kind>", showing.file, name="ballot_file"),
    path(f"{_ONE}cetak/", showing.sheet, name="ballot_sheet"),
    path(f"{_ONE}ubah/", making.edit, name="edit_ballot"),
    path(f"{_ONE}langkah/", running.step, name="ballot_step"),
    path(f"{_ONE}kertas/", paper.desk, name="ballot_paper"),
    path(f"{_ONE}kertas/pemilih/", paper.mark, name="mark_paper_voters"),
    path(f"{_ONE}kertas/tumpukan/", paper.open_batch, name="open_batch"),
    path(f"{_ONE}kertas/<uuid:batch_id>/", paper.batch, name="paper_batch"),
]
