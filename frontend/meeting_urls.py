"""Addresses of meetings. What belongs to a part of a meeting (roll, floor, ballots, record) brings its own file."""

from django.urls import path

from frontend.views.meetings import agenda, deciding, delegates, planning, ranking, showing

urlpatterns = [
    path("rapat/", showing.meetings, name="meetings"),
    path("rapat/baru/", planning.new, name="new_meeting"),
    path("rapat/<uuid:meeting_id>/", showing.meeting, name="meeting"),
    path("rapat/<uuid:meeting_id>/ubah/", planning.change, name="change_meeting"),
    path("rapat/<uuid:meeting_id>/langkah/", planning.take_step, name="meeting_step"),
    path("rapat/<uuid:meeting_id>/undangan/", planning.invitation, name="meeting_invitation"),
    path("rapat/<uuid:meeting_id>/undang/", planning.send_invitation, name="invite_to_meeting"),
    path("rapat/<uuid:meeting_id>/agenda/", agenda.agenda, name="meeting_agenda"),
    path("rapat/<uuid:meeting_id>/agenda/isi/", agenda.fill, name="fill_agenda"),
    path("rapat/<uuid:meeting_id>/agenda/tambah/", agenda.add, name="add_to_agenda"),
    path("rapat/<uuid:meeting_id>/agenda/<int:item_id>/", agenda.act, name="agenda_item"),
    path("rapat/<uuid:meeting_id>/keputusan/", deciding.decisions, name="meeting_decisions"),
    path("rapat/<uuid:meeting_id>/peringkat/", ranking.order, name="meeting_order"),
    path("rapat/<uuid:meeting_id>/utusan/", delegates.delegates, name="meeting_delegates"),
    path("rapat/<uuid:meeting_id>/utusan/<int:mandate_id>/akhiri/", delegates.end, name="end_mandate"),
]
