"""One support through the API, beside a bare view that runs the same statements and beside the statements alone.

Each support is taken back after its deferred checks ran, so what is compared is everything but the flush to the disk.
"""

from benchmarks.floor import set_up

set_up()

from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.bare import beside_floors  # noqa: E402
from benchmarks.district import district  # noqa: E402


def taken_back(work: Callable[[], Any]) -> Callable[[], Any]:
    """The work inside a savepoint that is rolled back once the deferred checks ran."""

    def once() -> Any:
        with transaction.atomic():
            answer = work()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            transaction.set_rollback(True)
        return answer

    return once


if __name__ == "__main__":
    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
    settings.ALLOWED_HOSTS = ["*"]
    with district() as made:
        client = Client()
        client.force_login(made.resident, backend="django.contrib.auth.backends.ModelBackend")
        address = f"/api/v1/proposals/{made.proposal.pk}/support/"
        beside_floors("a support", client, lambda: client.put(address, content_type="application/json"), around=taken_back)
