"""Addresses of the floor, below `/api/v1/`."""

from django.urls import path

from deliberation.floor.api import motions, rooms, said, turns

urlpatterns = [
    path("meetings/<uuid:meeting_id>/events/", rooms.EventsView.as_view(), name="meeting-events"),
    path("meetings/<uuid:meeting_id>/room/", rooms.RoomView.as_view(), name="meeting-room"),
    path("meetings/<uuid:meeting_id>/floor/", turns.FloorView.as_view(), name="floor"),
    path("turns/<uuid:turn_id>/grant/", turns.GrantView.as_view(), name="grant-floor"),
    path("turns/<uuid:turn_id>/end/", turns.EndView.as_view(), name="end-turn"),
    path("turns/<uuid:turn_id>/withdraw/", turns.WithdrawView.as_view(), name="withdraw-request"),
    path("meetings/<uuid:meeting_id>/statements/", said.StatementsView.as_view(), name="statements"),
    path("meetings/<uuid:meeting_id>/questions/", said.QuestionsView.as_view(), name="meeting-questions"),
    path("statements/<uuid:said_id>/answers/", said.AnswerView.as_view(), name="answer-in-meeting"),
    path("statements/<uuid:said_id>/state/", said.SettleView.as_view(), name="settle-question"),
    path("statements/<uuid:said_id>/agreement/", said.AgreeView.as_view(), name="agree"),
    path("statements/<uuid:said_id>/hide/", said.HideStatementView.as_view(), name="hide-statement"),
    path("statements/<uuid:said_id>/appeal/", said.AppealStatementView.as_view(), name="appeal-statement"),
    path("meetings/<uuid:meeting_id>/motions/", motions.MotionsView.as_view(), name="motions"),
    path("motions/<uuid:motion_id>/open/", motions.OpenView.as_view(), name="open-motion"),
    path("motions/<uuid:motion_id>/close/", motions.CloseView.as_view(), name="close-motion"),
    path("motions/<uuid:motion_id>/withdraw/", motions.TakeBackView.as_view(), name="withdraw-motion"),
    path("motions/<uuid:motion_id>/vote/", motions.VoteView.as_view(), name="vote-on-motion"),
    path("motions/<uuid:motion_id>/hall/", motions.HallView.as_view(), name="count-hall"),
]
