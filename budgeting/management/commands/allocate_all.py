"""`manage.py allocate_all --plan-year N --output FILE --table FILE`: what a rule would pay for in every sub-district of a plan year.

Ends with 0 when everything asked for is written, with 1 and a sentence where something is refused, with 130 when it is interrupted; then nothing is
written. Arguments that make no sense end it with 1 or, where argparse finds them, 2.
"""

import json
import os
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from budgeting.management.ending import INTERRUPTED, ended_by_term
from budgeting.models.ceiling import FundingSource
from budgeting.national.budgets import BadTableError, Given, read
from budgeting.national.deciding import COLUMNS, Subdistrict, Sums, Way, decided
from budgeting.national.reading import Money, asked_for, published, subdistricts, unknown, waiting
from budgeting.national.spreading import spread
from budgeting.rules import ON_COUNTS
from budgeting.rules.constraints import BadProblemError
from budgeting.sources import stage_of

_PER_MILLE = 1000
_NO_MONEY = "no ceiling of a sub-district is published, the table of budgets names none of them, or nothing is asked for."


class Command(BaseCommand):
    """Reads, decides, writes one JSON line a sub-district, prints the sums. Makes no runs and changes nothing."""

    help = "Calculate what a rule would pay for in every sub-district of a plan year. Nothing is changed in the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--plan-year", type=int, required=True)
        parser.add_argument("--rule", choices=sorted(ON_COUNTS), default="greedy")
        parser.add_argument("--source", choices=FundingSource.values, default=FundingSource.DISTRICT_BUDGET, help="whose money is asked about")
        parser.add_argument("--whose", choices=["waiting", "asked"], default="waiting", help="what waits for this money, or all that was asked for")
        money = parser.add_mutually_exclusive_group()
        money.add_argument("--amount", type=int, help="so many rupiah in each sub-district, instead of the published ceilings")
        money.add_argument("--per-mille", type=int, help="this part of what is asked for in each, instead of the published ceilings")
        money.add_argument(
            "--budgets", type=Path, help="a CSV with the columns region and budget: rupiah by sub-district; what is not listed has none"
        )
        parser.add_argument("--per-village", type=int, default=0, help="at most so many of a village before every village has one")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
        parser.add_argument("--output", type=Path, help="one JSON object a line for each sub-district")
        parser.add_argument("--table", type=Path, help="a CSV with a row for each sub-district")
        parser.add_argument("--json", action="store_true", help="print the sums as JSON")

    def handle(self, *, plan_year: int, source: str, whose: str, output: Path | None, table: Path | None, json: bool, **options: Any) -> None:
        rows = waiting(plan_year, stage_of(source)) if whose == "waiting" else asked_for(plan_year)
        way, processes = Way(options["rule"], options["per_village"]), options["processes"]
        if processes < 1 or way.per_village < 0:
            raise CommandError("--processes must be at least 1 and --per-village not below 0.")
        if output and output == table:
            raise CommandError("--output and --table must be two files.")
        try:
            with ended_by_term(), transaction.atomic(), _whole(output) as lines, _whole(table) as csv:
                sums = _decide(way, subdistricts(rows, _money(plan_year, source, options)), processes, lines, csv)
                if not sums.subdistricts:
                    raise CommandError(f"Nothing of {plan_year} waits where there is money: {_NO_MONEY}")
        except KeyboardInterrupt as error:
            raise CommandError("Interrupted. Nothing was written.", returncode=INTERRUPTED) from error
        except BrokenProcessPool as error:
            raise CommandError("A process was killed. Nothing was written; start again, with fewer --processes where memory was short.") from error
        except BadProblemError as error:
            raise CommandError(f"{error}. Nothing was written.") from error
        except OSError as error:
            raise CommandError(f"{error.filename or output or table}: {error.strerror}. Nothing was written.") from error
        self.stdout.write(_told(sums, as_json=json))


def _money(plan_year: int, source: str, options: dict[str, Any]) -> Money:
    amount, per_mille, budgets = options["amount"], options["per_mille"], options["budgets"]
    if amount is not None:
        if amount < 1:
            raise CommandError("--amount must be above zero.")
        return lambda _code, _asked: amount
    if per_mille is not None:
        if not 0 < per_mille <= _PER_MILLE:
            raise CommandError("--per-mille must be from 1 to 1000.")
        return lambda _code, asked: asked * per_mille // _PER_MILLE
    if budgets is not None:
        found = _read(budgets)
        return lambda code, _asked: found[code].rupiah if code in found else None
    return published(plan_year, source)


def _read(file: Path) -> dict[str, Given]:
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            found = read(lines)
    except UnicodeDecodeError as error:
        raise CommandError(f"{file}: this is not UTF-8 text. Nothing was written.") from error
    except BadTableError as error:
        raise CommandError(f"{file}: {error}. Nothing was written.") from error
    if wrong := unknown(found):
        first = min(wrong, key=lambda code: found[code].line)
        raise CommandError(f"{file}: line {found[first].line}: no sub-district has the code {first}. Nothing was written.")
    return found


def _decide(way: Way, found: Iterator[Subdistrict], processes: int, lines: IO[str] | None, table: IO[str] | None) -> Sums:
    sums = Sums()
    if table:
        table.write(",".join(COLUMNS) + "\n")
    for told in spread(partial(decided, way), found, processes):
        sums = sums.with_more(told.sums)
        if lines:
            lines.write(told.lines)
        if table:
            table.write(told.rows)
    return sums


@contextmanager
def _whole(output: Path | None) -> Iterator[IO[str] | None]:
    """A file that stands under its name once it is whole; whatever ends the command before leaves nothing."""
    if output is None:
        yield None
        return
    with NamedTemporaryFile("w", encoding="utf-8", dir=output.parent, prefix=f".{output.name}.", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(output)
        finally:
            Path(file.name).unlink(missing_ok=True)


def _told(sums: Sums, *, as_json: bool) -> str:
    told = {**sums._asdict(), "left": sums.budget - sums.spent}
    return json.dumps(told) if as_json else "\n".join(f"{name.replace('_', ' '):<16} {value:>26,}" for name, value in told.items())
