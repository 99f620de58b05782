"""Addresses of the sockets of meetings."""

from django.urls import path

from deliberation.floor.live_urls import may_listen
from proposals.consumers import LiveSocket

websocket_urlpatterns = [path("ws/meetings/<uuid:room_id>/", LiveSocket(may_listen))]  # type: ignore[arg-type]  # an ASGI application, not a view
