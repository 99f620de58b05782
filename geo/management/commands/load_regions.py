"""Load the codes and names of every region."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from geo import register
from geo.codes import LEVELS

DEFAULT_SOURCE = Path(settings.BASE_DIR) / "node_modules" / "idn-area-data"


class Command(BaseCommand):
    help = "Load the codes and names of all regions. Running it again changes only what differs. Prints what was added, renamed, retired."
    #: It needs the database alone, not the addresses of the whole house.
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", type=Path, default=DEFAULT_SOURCE, metavar="DIR", help="the package idn-area-data, or its data folder")
        parser.add_argument("--decree", default=register.DECREE, help="the decree that these codes come from")
        parser.add_argument("--valid-from", type=date.fromisoformat, default=register.DECREE_DAY, metavar="YYYY-MM-DD", help="the day it took effect")

    def handle(self, *_args: str, **options: Any) -> None:
        folder: Path = options["source"]
        folder = folder / "data" if (folder / "data").is_dir() else folder
        try:
            entries = register.read(folder)
        except (register.BadRegister, UnicodeDecodeError) as bad:
            raise CommandError(str(bad)) from bad
        today = timezone.localdate()
        report = register.store(entries, day=today, decree=options["decree"], decree_day=options["valid_from"])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE geo_region")
        for level in LEVELS:
            self.stdout.write(f"{level.value:<12} {report.counts[level]:>7,}")
        self.stdout.write(f"{'together':<12} {len(entries):>7,}")
        self.stdout.write(f"added {report.added:,}, renamed {report.renamed:,}, retired {report.retired:,}, back in force {report.revived:,}")
