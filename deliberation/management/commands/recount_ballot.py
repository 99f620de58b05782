"""`manage.py recount_ballot ballots.pb [--json]`: count published ballots again, without a database."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from deliberation.ballots.files import UnreadableFileError, read_pabulib, read_table
from deliberation.ballots.recount import disagreements
from deliberation.ballots.rules import Kind, Rules, Standee, Standees
from deliberation.ballots.tally import Line, Standing, tally


class Command(BaseCommand):
    """Reads the file, counts, prints the standing; fails where the file's own totals or ballots say otherwise.

    A CSV does not tell its rules: name them.
    """

    help = "Count a published ballot again from its .pb or .csv file."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="ballots.pb, or ballots.csv with --kind")
        parser.add_argument("--kind", choices=[kind.value for kind in Kind], help="of a CSV: what a voter wrote")
        parser.add_argument("--most", type=int, help="of a CSV with ranks: how many places there were")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *, file: Path, kind: str | None, most: int | None, json: bool, **_: Any) -> None:
        try:
            text = file.read_text(encoding="utf-8")
            standees, standing, differ = _counted(text, kind, most)
        except UnicodeDecodeError as error:
            raise CommandError(f"{file}: this is not UTF-8 text.") from error
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except UnreadableFileError as error:
            raise CommandError(f"{file}: {error}") from error
        self.stdout.write(_as_json(standing) if json else _as_text(standees, standing))
        if differ:
            raise CommandError("\n".join([f"{file}: the file does not agree with its own ballots:", *differ]))
        if kind is None and not json:
            self.stdout.write("The totals that the file states agree with its ballots.")


def _counted(text: str, kind: str | None, most: int | None) -> tuple[Standees, Standing, list[str]]:
    """Candidates, count, and where the file contradicts itself; a CSV states no totals."""
    if kind is None:
        rules, standees, ballots = read_pabulib(text)
        standing = tally(rules, standees, ballots)
        return standees, standing, disagreements(text, rules, standees, ballots, standing)
    ballots = read_table(text, Kind(kind))
    named = {int(name) for name in text.splitlines()[0].split(",")[1:]}
    if kind == Kind.RANKING and not most:
        raise UnreadableFileError("a CSV with ranks needs --most: how many places there were")
    table = {number: Standee(number, "", 0) for number in sorted(named)}
    return table, tally(Rules(Kind(kind), most), table, ballots), []


def _as_json(standing: Standing) -> str:
    return json.dumps(asdict(standing))


def _as_text(standees: Standees, standing: Standing) -> str:
    return "\n".join([f"{standing.ballots} ballots, {standing.abstentions} abstain", *(_line(standees, line) for line in standing.lines)])


def _line(standees: Standees, line: Line) -> str:
    tied = " (tied)" if line.tied else ""
    return f"{line.place:3}. {line.score:7}  {line.votes:6} ballots  {line.number:2} {standees[line.number].title}{tied}"
