"""`manage.py send_digests`: spread what waits, write the letters that are due, send them."""

from typing import Any

from django.core.management.base import BaseCommand

from deliberation import tasks
from deliberation.models import Letter


class Command(BaseCommand):
    """What the worker does by itself, for a clock that calls it (every ten minutes or so) and for after a stop."""

    help = "Tell followers, write and send the mail that is due. Safe at any time, also beside a worker: nothing is sent twice."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """One round; then what could not be sent."""
        sent = tasks.deliver_now()
        counts = {status: Letter.objects.filter(status=status).count() for status in ("due", "failed", "unsure")}
        self.stdout.write(f"{sent} letters sent; {counts['due']} due, {counts['failed']} failed, {counts['unsure']} unsure.")
