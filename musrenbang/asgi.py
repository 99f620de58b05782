"""The one application: sockets in the event loop, Django's pages and API in a fixed pool of threads.

Each of the `HTTP_THREADS` threads keeps its own database connection for good (docs/decisions/0001): Django's own ASGI
handler would open one a request, or leak them.
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musrenbang.settings")
wsgi_application = get_wsgi_application()  # sets Django up: what reads models or settings is imported below

from a2wsgi import WSGIMiddleware  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.urls import re_path  # noqa: E402

from deliberation import routing as meetings  # noqa: E402
from musrenbang.bodies import WholeBodies  # noqa: E402
from proposals.consumers import KnownOrigin  # noqa: E402
from proposals.hub import hub  # noqa: E402
from proposals.routing import websocket_urlpatterns  # noqa: E402

#: Pieces of an answer (4 KiB of a file each) that may wait for their reader before the thread that writes them has to.
ANSWER_PIECES = 512
# Of the threads here alone: workers and commands may take their time. A question that walks the whole register is given up.
connections.settings["default"].setdefault("OPTIONS", {})["options"] = f"-c statement_timeout={settings.STATEMENT_SECONDS}s"


async def lifespan(_scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    """Open the hub with the server and close it with the server."""
    await receive()
    hub.open()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await hub.close()
    await send({"type": "lifespan.shutdown.complete"})


async def no_such_room(_scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    """Any other address: refused, where the router would raise."""
    await receive()
    await send({"type": "websocket.close", "code": 4404})


rooms = URLRouter([*websocket_urlpatterns, *meetings.websocket_urlpatterns, re_path(r"", no_such_room)])  # type: ignore[arg-type]  # an ASGI application, not a view
# type: two stubs of one protocol. The queue holds a photo whole, so that a slow reader of one keeps no thread either.
pages: Any = WSGIMiddleware(wsgi_application, workers=settings.HTTP_THREADS, send_queue_size=ANSWER_PIECES)  # type: ignore[arg-type]
application = ProtocolTypeRouter(
    {
        "http": WholeBodies(pages),
        "websocket": KnownOrigin(rooms, settings.ALLOWED_HOSTS),
        "lifespan": lifespan,
    }
)
