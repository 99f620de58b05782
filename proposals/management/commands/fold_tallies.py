"""Adds the waiting changes to the prepared counts."""

from typing import Any

from django.core.management.base import BaseCommand

from proposals import tallies


class Command(BaseCommand):
    help = "Add the waiting changes to the prepared counts. Safe at any time, also while others do the same."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django calls it so
        self.stdout.write("Folded." if tallies.fold() else "Another process is folding right now; nothing to do.")
