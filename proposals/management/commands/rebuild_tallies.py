"""Recounts the prepared counts from the proposals themselves."""

from typing import Any

from django.core.management.base import BaseCommand

from proposals import tallies


class Command(BaseCommand):
    help = "Recount the prepared counts from the proposals and correct what differs. Writers are not stopped."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django calls it so
        self.stdout.write(f"Recounted; {tallies.rebuild()} cells were corrected.")
