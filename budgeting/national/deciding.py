"""What a rule pays for in each sub-district of a batch, as lines. Pure, so that a process of its own needs nothing else."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from budgeting.rules import RULES
from budgeting.rules.constraints import BadProblemError, Constraints
from budgeting.rules.problem import Problem, Project


class Asked(NamedTuple):
    """A proposal that waits: its number, its village's code, what it costs in rupiah, and how many support it."""

    number: str
    village: str
    amount: int
    supports: int


class Subdistrict(NamedTuple):
    """A sub-district by its code, with the money there is and everything that waits for it: a row each, its cells apart by tabs.

    As text it costs nothing to read out of the database and to hand to another process.
    """

    code: str
    budget: int
    rows: str

    def asked(self) -> list[Asked]:
        """The rows read."""
        cells = (row.split("\t") for row in self.rows.split("\n"))
        return [Asked(number, village, int(amount), int(supports)) for number, village, amount, supports in cells]


class Way(NamedTuple):
    """How to decide: the rule, and at most how many a village may have before each has one (0: no limit)."""

    rule: str
    per_village: int = 0


class Sums(NamedTuple):
    """What lines add up to."""

    subdistricts: int = 0
    proposals: int = 0
    asked: int = 0
    budget: int = 0
    funded: int = 0
    spent: int = 0
    villages: int = 0
    villages_funded: int = 0

    def with_more(self, other: "Sums") -> "Sums":
        """Both together."""
        return Sums(*(one + more for one, more in zip(self, other, strict=True)))


class Told(NamedTuple):
    """What is written of a batch: JSON lines, rows of a table (`COLUMNS`), and the sums of both."""

    lines: str
    rows: str
    sums: Sums


#: Of a row of the table. What a proposal got is in the JSON lines.
COLUMNS = ("region", "rule", "per_village", "proposals", "asked", "budget", "funded", "spent", "left", "villages", "villages_funded")


def decided(way: Way, batch: Sequence[Subdistrict]) -> Told:
    """A line and a row for each sub-district of a batch. Raises BadProblemError with the sub-district's code."""
    lines, rows, sums = [], [], Sums()
    for subdistrict in batch:
        try:
            told, own = _decided(way, subdistrict)
        except BadProblemError as error:
            raise BadProblemError(f"{subdistrict.code}: {error}") from error
        lines.append(json.dumps(told, separators=(",", ":")) + "\n")
        values = {**told, "rule": way.rule, "per_village": way.per_village}
        rows.append(",".join(str(values[name]) for name in COLUMNS) + "\n")
        sums = sums.with_more(own)
    return Told("".join(lines), "".join(rows), sums)


def _decided(way: Way, subdistrict: Subdistrict) -> tuple[dict[str, Any], Sums]:
    rows = subdistrict.asked()
    projects = tuple(Project(number, amount, supports, 0, village) for number, village, amount, supports in rows)
    problem = Problem(subdistrict.budget, projects, constraints=Constraints(per_group=way.per_village))
    outcome = RULES[way.rule](problem)
    problem.check(outcome)
    chosen = set(outcome.selected)
    villages = {one.village for one in rows}
    served = {one.village for one in rows if one.number in chosen}
    asked = sum(one.amount for one in rows)
    sums = Sums(1, len(projects), asked, subdistrict.budget, len(chosen), outcome.spent, len(villages), len(served))
    told = {
        "region": subdistrict.code,
        "proposals": sums.proposals,
        "asked": sums.asked,
        "budget": sums.budget,
        "funded": sums.funded,
        "spent": sums.spent,
        "left": sums.budget - sums.spent,
        "villages": sums.villages,
        "villages_funded": sums.villages_funded,
        "selected": list(outcome.selected),
    }
    return told, sums
