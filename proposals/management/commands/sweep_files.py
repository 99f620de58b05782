"""`manage.py sweep_files [--older-than HOURS] [--delete]`."""

from argparse import ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts import clock
from proposals.services.sweeping import sweep

#: An upload that nobody went on with for so long is given up; a row that is on its way takes seconds.
_HOURS = 48


def _hours(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise ArgumentTypeError("write a whole number of hours, at least 1")
    return int(text)


class Command(BaseCommand):
    help = "Name the files that belong to nothing, and uploads that were given up; with --delete they are removed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=_hours, default=_HOURS, metavar="HOURS", help=f"untouched for so many hours ({_HOURS})")
        parser.add_argument("--delete", action="store_true", help="remove them; without it nothing changes")

    def handle(self, *_args: str, **options: Any) -> None:
        swept = sweep(before=clock.now() - timedelta(hours=options["older_than"]), delete=options["delete"])
        for name in (*swept.orphans, *swept.parts):
            self.stdout.write(name)
        done = "removed" if options["delete"] else "found, nothing removed (--delete does)"
        self.stdout.write(f"{len(swept.orphans)} files of no proposal, {len(swept.parts)} given up uploads, {swept.octets} bytes: {done}")
