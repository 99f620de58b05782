"""Reads the words of new and changed proposals, so that misspelt searches find them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from proposals.search import vocabulary


class Command(BaseCommand):
    help = "Read the words of new and changed proposals for the search. Safe at any time, also while others do the same."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="read every public text again: counts become exact, words of nobody go")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django calls it so
        if options["anew"]:
            vocabulary.read_anew()
            self.stdout.write("Read anew.")
        else:
            self.stdout.write("Read." if vocabulary.read_waiting() else "Another process is reading right now; nothing to do.")
