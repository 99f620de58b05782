"""Fills the prepared table of pairs that look alike."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from geo import codes
from geo.models import Region
from proposals.similar import pairing


class Command(BaseCommand):
    help = "Look in a region for proposals that look alike. Safe to repeat; needed once after an import by other means, or after the rules changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", default="", help="Official code; everything below it is looked at. Without it the whole country.")

    def handle(self, *args: Any, region: str, **options: Any) -> None:  # noqa: ARG002 - Django calls it so
        if region and not (codes.is_code(region) and Region.objects.filter(pk=region).exists()):
            raise CommandError(f"There is no region with the code {region}.")
        looked, pairs = 0, 0
        for looked, pairs in pairing.find_all(region):
            if options["verbosity"] > 1:
                self.stdout.write(f"{looked} proposals, {pairs} likenesses so far")
        self.stdout.write(f"Looked at {looked} proposals; {pairs} times another one was like it.")
