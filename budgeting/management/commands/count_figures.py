"""`manage.py count_figures [--ask]`: count the figures of every kabupaten whose count is old, for provinces and the nation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from budgeting.figures import keeping
from budgeting.figures.tasks import ask_for_count


class Command(BaseCommand):
    """At once, or by a worker; either way a worker counts again every morning."""

    help = "Count the figures of every kabupaten's plan year whose count is missing or old. Safe at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--ask` returns at once."""
        parser.add_argument("--ask", action="store_true", help="only ask a worker to count")

    def handle(self, *_args: Any, ask: bool, **_options: Any) -> None:
        """Count, and see to tomorrow."""
        done = 0 if ask else keeping.count_due()
        ask_for_count(at_once=ask)
        self.stdout.write("a worker is asked to count" if ask else f"{done} plan years counted")
