"""`manage.py sweep_sheets`: delete the files of imports and exports after some days."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from proposals.services import sheet_jobs


class Command(BaseCommand):
    help = "Delete the files of imports and exports that are older; what became of them stays written down."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=14)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Once a day or a week."""
        self.stdout.write(f"{sheet_jobs.sweep(days=options['days'])} files were deleted.")
