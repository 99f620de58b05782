"""Load population and households of regions."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from geo.population import COLUMNS, BadPopulation, load


class Command(BaseCommand):
    help = f"Load how many people and households live where from a CSV file ({', '.join(COLUMNS)}): all of it or nothing."
    #: It needs the database alone, not the addresses of the whole house.
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *_args: str, **options: Any) -> None:
        try:
            loaded = load(options["file"])
        except BadPopulation as bad:
            raise CommandError(f"{bad}\nNothing was loaded.") from None
        self.stdout.write(f"Loaded the population of {loaded:,} regions.")
