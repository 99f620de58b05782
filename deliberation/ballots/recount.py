"""Whether a published `.pb` agrees with itself: the totals it states against its own ballots, and each ballot against its rules. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence

from deliberation.ballots.rules import Marks, Rules, Standees, faults_of
from deliberation.ballots.tally import Standing

#: Ballots against the rules that are named one by one; of a spoilt file the rest is a count.
_NAMED = 5


def disagreements(text: str, rules: Rules, standees: Standees, ballots: Sequence[Marks], standing: Standing) -> list[str]:
    """What a file states that its ballots do not bear out, one sentence each; empty where all agrees."""
    return [*_of_totals(text, standing), *_of_ballots(rules, standees, ballots)]


def _of_totals(text: str, standing: Standing) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    stated = next((row[1] for row in rows if row[:1] == ["num_votes"] and len(row) > 1), "")
    if stated != str(standing.ballots):
        yield f"num_votes states {stated or 'nothing'}, the file holds {standing.ballots} ballots"
    projects = _projects(rows)
    for line in sorted(standing.lines, key=lambda line: line.number):
        for name, found in (("votes", line.votes), ("score", line.score)):
            told = projects.get(line.number, {}).get(name, "")
            if told != str(found):
                yield f"project {line.number}: {name} states {told or 'nothing'}, the ballots give {found}"


def _projects(rows: list[list[str]]) -> dict[int, dict[str, str]]:
    """The rows below PROJECTS and its header, by number."""
    begins, ends = rows.index(["PROJECTS"]) + 1, rows.index(["VOTES"])
    header = rows[begins]
    return {int(row[0]): dict(zip(header, row, strict=False)) for row in rows[begins + 1 : ends]}


def _of_ballots(rules: Rules, standees: Standees, ballots: Sequence[Marks]) -> Iterator[str]:
    wrong = [at for at, marks in enumerate(ballots, start=1) if faults_of(rules, standees, marks, abstains=not marks)]
    for at in wrong[:_NAMED]:
        yield f"ballot {at} breaks the rules of the file"
    if len(wrong) > _NAMED:
        yield f"{len(wrong) - _NAMED} more ballots break the rules of the file"
