"""Addresses of scoring."""

from django.urls import path

from frontend.views.scoring import criteria, making, running, sheet, showing

_ONE = "rapat/penilaian/<uuid:panel_id>/"
_SET = "rapat/penilaian/kriteria/<int:cycle_id>/<slug:stage>/"

urlpatterns = [
    path("rapat/penilaian/", showing.panels, name="panels"),
    path("rapat/<uuid:meeting_id>/agenda/nilai/", running.arrange, name="agenda_by_scores"),
    path("rapat/penilaian/baru/", making.new, name="new_panel"),
    path(_SET, criteria.page, name="criteria"),
    path(f"{_SET}sahkan/", criteria.confirm, name="confirm_criteria"),
    path(f"{_SET}tambah/", criteria.add, name="new_criterion"),
    path(f"{_SET}<str:code>/", criteria.one, name="criterion"),
    path(_ONE, showing.panel, name="panel"),
    path(f"{_ONE}hasil.csv", showing.table, name="panel_table"),
    path(f"{_ONE}ubah/", making.edit, name="edit_panel"),
    path(f"{_ONE}langkah/", running.step, name="panel_step"),
    path(f"{_ONE}nomor/<int:number>/", showing.entry, name="panel_entry"),
    path(f"{_ONE}lembar/", sheet.sheet, name="score_sheet"),
    path(f"{_ONE}lembar/<int:number>/", sheet.row, name="score_row"),
    path(f"{_ONE}lembar/<int:number>/kaitan/", sheet.declare, name="declare_tie"),
]
