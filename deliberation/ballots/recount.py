"""Whether a published `.pb` agrees with itself: the totals it states against its own ballots, and each ballot against its rules. Pure."""

from collections.abc import Iterator, Sequence

from deliberation.ballots.files import sections
from deliberation.ballots.rules import Marks, Rules, Standees, faults_of
from deliberation.ballots.tally import Standing

#: Ballots against the rules that are named one by one; of a spoilt file the rest is a count.
_NAMED = 5


def disagreements(text: str, rules: Rules, standees: Standees, ballots: Sequence[Marks], standing: Standing) -> list[str]:
    """What a file states that its ballots do not bear out, one sentence each; empty where all agrees."""
    return [*_of_totals(text, standing), *_of_ballots(rules, standees, ballots)]


def _of_totals(text: str, standing: Standing) -> Iterator[str]:
    found = sections(text)
    stated = next((row["value"] for row in found["META"] if row["key"] == "num_votes"), "")
    if stated != str(standing.ballots):
        yield f"num_votes states {stated or 'nothing'}, the file holds {standing.ballots} ballots"
    projects = {int(row["project_id"]): row for row in found["PROJECTS"]}
    for line in sorted(standing.lines, key=lambda line: line.number):
        for name, counted in (("votes", line.votes), ("score", line.score)):
            told = projects.get(line.number, {}).get(name, "")
            if told != str(counted):
                yield f"project {line.number}: {name} states {told or 'nothing'}, the ballots give {counted}"


def _of_ballots(rules: Rules, standees: Standees, ballots: Sequence[Marks]) -> Iterator[str]:
    wrong = [at for at, marks in enumerate(ballots, start=1) if faults_of(rules, standees, marks, abstains=not marks)]
    for at in wrong[:_NAMED]:
        yield f"ballot {at} breaks the rules of the file"
    if len(wrong) > _NAMED:
        yield f"{len(wrong) - _NAMED} more ballots break the rules of the file"
