"""Load boundaries from GeoJSON files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from geo import codes
from geo.boundaries.loading import Report, load
from geo.boundaries.reading import BadFile
from geo.codes import LEVELS, Level
from geo.models import BoundarySource, Region

SOURCES = [BoundarySource.OFFICIAL.value, BoundarySource.INDICATIVE.value, BoundarySource.SKETCH.value]
_NAMED = 20


def _some(names: list[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest:,} more" if rest > 0 else "")


class Command(BaseCommand):
    help = "Load boundaries from GeoJSON files by official code, levels in any mix. A file is loaded whole or not at all."
    #: It needs the database alone, not the addresses of the whole house.
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="GeoJSON in WGS 84")
        parser.add_argument("--code-field", default="code", help="the property that holds the official code (default: code)")
        parser.add_argument("--source", choices=SOURCES, default=BoundarySource.INDICATIVE.value, help="what maps say of these lines")
        parser.add_argument("--dry-run", action="store_true", help="try everything, keep nothing")

    def handle(self, *_args: str, **options: Any) -> None:
        refused: list[str] = []
        loaded: list[str] = []
        for path in options["files"]:
            try:
                report = load(
                    path,
                    code_field=options["code_field"],
                    source=BoundarySource(options["source"]),
                    loaded_at=timezone.now(),
                    keep=not options["dry_run"],
                )
            except BadFile as bad:
                refused.append(f"{path}: {bad}")
                continue
            loaded += report.loaded
            self._tell(path, report, dry=options["dry_run"])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE geo_region, geo_regionpiece")
        self._tell_without(loaded)
        if refused:
            raise CommandError("\n".join([*refused, "Nothing of a refused file was loaded."]))

    def _tell(self, path: Path, report: Report, *, dry: bool) -> None:
        counts = f"loaded {len(report.loaded):,}, repaired {len(report.repaired):,}, unknown codes {len(report.unknown):,}"
        self.stdout.write(f"{path}: {'would have ' if dry else ''}{counts}")
        for title, names in (
            ("repaired", report.repaired),
            ("unknown", report.unknown),
            ("without a polygon in the file", report.empty),
            ("official boundary kept", report.kept),
        ):
            if names:
                self.stdout.write(f"  {title}: {_some(names)}")

    def _tell_without(self, loaded: list[str]) -> None:
        """How many regions still lack a boundary, a level; and which villages, in each kabupaten of these files."""
        missing = Region.objects.in_force().filter(boundary__isnull=True)
        counts = [f"{level.value} {missing.at(level).count():,}" for level in LEVELS]
        self.stdout.write("still without a boundary: " + ", ".join(counts))
        districts = {codes.ancestor(code, Level.DISTRICT) for code in loaded if codes.level(code) is Level.VILLAGE}
        for district in sorted(filter(None, districts)):
            names = [f"{code} {name}" for code, name in missing.within(district).at(Level.VILLAGE).values_list("pk", "name")]
            if names:
                self.stdout.write(f"  {district}: {len(names)} villages: {_some(names)}")
