"""Addresses of the rooms, polled where sockets are blocked."""

from django.urls import path

from proposals.polling import proposal_room

urlpatterns = [path("ws/proposals/<uuid:room_id>/", proposal_room)]
