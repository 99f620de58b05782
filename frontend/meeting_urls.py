"""Addresses of meetings. What belongs to a part of a meeting (roll, floor, ballots, record) brings its own file."""

from django.urls import path

from frontend.views.meetings import showing

urlpatterns = [
    path("rapat/", showing.meetings, name="meetings"),
    path("rapat/<uuid:meeting_id>/", showing.meeting, name="meeting"),
]
