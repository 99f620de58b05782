"""Addresses of meetings, below `/api/v1/`."""

from django.urls import URLPattern, path

from deliberation.meetings.api.deciding import DecisionsView, MandatesView, MandateView, OrderView, SyncView
from deliberation.meetings.api.views import AgendaView, ItemView, MeetingsView, MeetingView, StepsView

urlpatterns: list[URLPattern] = [
    path("meetings/", MeetingsView.as_view(), name="meetings"),
    path("meetings/<uuid:meeting_id>/", MeetingView.as_view(), name="meeting"),
    path("meetings/<uuid:meeting_id>/moves/", StepsView.as_view(), name="meeting-moves"),
    path("meetings/<uuid:meeting_id>/agenda/", AgendaView.as_view(), name="meeting-agenda"),
    path("meetings/<uuid:meeting_id>/agenda/<int:item_id>/", ItemView.as_view(), name="meeting-item"),
    path("meetings/<uuid:meeting_id>/decisions/", DecisionsView.as_view(), name="meeting-decisions"),
    path("meetings/<uuid:meeting_id>/decisions/sync/", SyncView.as_view(), name="sync-decisions"),
    path("meetings/<uuid:meeting_id>/ranking/", OrderView.as_view(), name="meeting-ranking"),
    path("meetings/<uuid:meeting_id>/mandates/", MandatesView.as_view(), name="meeting-mandates"),
    path("mandates/<int:mandate_id>/end/", MandateView.as_view(), name="end-mandate"),
]
