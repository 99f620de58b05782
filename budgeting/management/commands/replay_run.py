"""`manage.py replay_run ID`: calculate a run again from its frozen inputs and compare."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgeting.calculation import replay
from budgeting.models import AllocationRun


class Command(BaseCommand):
    """Exit 1 and every difference where another list comes out."""

    help = "Calculate an allocation run again from its frozen inputs and compare with the kept result."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=UUID, help="the id of the run, as in its address")

    def handle(self, *, run: UUID, **_: Any) -> None:
        kept = AllocationRun.objects.filter(pk=run).first()
        if kept is None:
            message = f"There is no run {run}."
            raise CommandError(message)
        differences = replay(kept)
        if differences:
            raise CommandError("\n".join(["Another list comes out:", *differences]))
        self.stdout.write(f"The same list comes out: {kept.done} lines, {kept.spent} rupiah, inputs {kept.inputs_sha256}.")
