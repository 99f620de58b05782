"""`manage.py open_plan_year 61.12 2028 --as USERNAME --basis TEXT --stage village:2026-07-01:2026-09-30 …`."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.refusals import Refusal
from proposals.services.planning import Window, open_plan_year
from proposals.stages import Stage


def _window(text: str) -> Window:
    stage, _, days = text.partition(":")
    first, _, last = days.partition(":")
    try:
        return Window(Stage(stage), _day(first), _day(last))
    except ValueError as wrong:
        raise ArgumentTypeError(f"write it as village:2026-07-01:2026-09-30; {wrong}") from wrong


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


class Command(BaseCommand):
    help = "Open a kabupaten's plan year with its stages and dates. A stage that is not named is not used there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("region", help="code of the kabupaten or kota, for example 61.12")
        parser.add_argument("plan_year", type=int, help="the year in which the works are carried out")
        parser.add_argument("--as", dest="username", required=True, help="the planner (Bappeda) who opens it")
        parser.add_argument("--basis", required=True, help="the decision that the dates rest on")
        parser.add_argument("--stage", type=_window, action="append", required=True, metavar="STAGE:FIRST:LAST", help="in order; days may be empty")
        parser.add_argument("--facilitators-only", action="store_true", help="residents may not write drafts of their own")

    def handle(self, *_args: str, **options: Any) -> None:
        planner = User.objects.filter(username=options["username"]).first()
        if planner is None:
            raise CommandError(f"There is no account with the user name {options['username']!r}.")
        try:
            cycle = open_plan_year(
                actor=planner,
                region_code=options["region"],
                plan_year=options["plan_year"],
                windows=options["stage"],
                legal_basis=options["basis"],
                citizens_may_propose=not options["facilitators_only"],
            )
        except Refusal as refusal:
            raise CommandError(refusal.in_words()) from None
        self.stdout.write(f"{cycle.region_id} {cycle.plan_year}: open with {len(options['stage'])} stages")
