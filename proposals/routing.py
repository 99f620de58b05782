"""Addresses of the sockets."""

from django.urls import path

from proposals.consumers import LiveSocket
from proposals.polling import may_listen

websocket_urlpatterns = [path("ws/proposals/<uuid:room_id>/", LiveSocket(may_listen))]  # type: ignore[arg-type]  # an ASGI application, not a view
