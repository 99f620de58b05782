"""Draw sketch boundaries where no real ones were given."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from geo.boundaries.reading import INDONESIA
from geo.boundaries.sketching import CannotSketch, sketch_district
from geo.sketch import Place


def _centre(text: str) -> tuple[float, float]:
    try:
        longitude, latitude = map(float, text.split(","))
    except ValueError as bad:
        raise ArgumentTypeError("two numbers are needed: LON,LAT, for example 109.45,-0.35") from bad
    west, south, east, north = INDONESIA
    if not (west <= longitude <= east and south <= latitude <= north):
        raise ArgumentTypeError("this is outside Indonesia; longitude comes first")
    return longitude, latitude


class Command(BaseCommand):
    help = "Draw contiguous sketch cells for the villages of a kabupaten, marked as a sketch; real boundaries replace them."
    #: It needs the database alone, not the addresses of the whole house.
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the kabupaten or kota, for example 61.12")
        parser.add_argument("--centre", type=_centre, metavar="LON,LAT", help="its middle, where no boundary tells; write --centre=LON,LAT")
        parser.add_argument("--area", type=float, default=2000, metavar="KM2", help="its area, with --centre")

    def handle(self, *_args: str, **options: Any) -> None:
        if options["area"] <= 0:
            raise CommandError("The area must be more than 0 km2.")
        place = None
        if options["centre"]:
            longitude, latitude = options["centre"]
            place = Place(longitude, latitude, options["area"])
        try:
            drawn = sketch_district(options["code"], drawn_at=timezone.now(), place=place)
        except CannotSketch as reason:
            raise CommandError(str(reason)) from reason
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE geo_region, geo_regionpiece")
        self.stdout.write(f"{options['code']}: {f'drew {drawn} sketch cells' if drawn else 'its sketch stands already'}")
