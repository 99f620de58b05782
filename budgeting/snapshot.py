"""The frozen inputs of a run: everything the rule sees, as JSON with one canonical text and its SHA-256."""

import hashlib
import json
from typing import Any

from budgeting.models import Ceiling
from budgeting.rules.problem import Problem, Project, Ties
from proposals.models import Proposal
from proposals.stages import Stage

#: Grows when the meaning of a field changes, so that old runs are still read as they were meant.
FORMAT = 1
#: Grows when a rule may answer differently for the same inputs.
SOFTWARE = "musrenbang rules 1"


def freeze(ceiling: Ceiling, stage: Stage, rule: str, options: dict[str, Any], budget: int) -> dict[str, Any]:
    """What waits at the stage under this ceiling, read in one statement. Call it under the ceiling's row lock."""
    waiting = Proposal.objects.within(ceiling.region_id).waiting_at(stage).filter(plan_year=ceiling.plan_year)
    rows = waiting.order_by("pk").values_list("pk", "number", "title", "village_id", "outcome", "amount", "supports", "version")
    names = ("id", "number", "title", "village", "outcome", "amount", "supports", "version")
    return {
        "format": FORMAT,
        "ceiling": {
            "id": ceiling.pk,
            "version": ceiling.version,
            "plan_year": ceiling.plan_year,
            "region": ceiling.region_id,
            "funding_source": ceiling.funding_source,
            "amount": ceiling.amount,
            "reserve": ceiling.reserve,
        },
        "budget": budget,
        "stage": stage.value,
        "rule": rule,
        "options": options,
        "ties": Ties.CHEAPER.value,
        "proposals": [dict(zip(names, (str(row[0]), *row[1:]), strict=True)) for row in rows],
    }


def sha256_of(inputs: dict[str, Any]) -> str:
    """Of the canonical text: keys sorted, no spaces, UTF-8."""
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def problem_of(inputs: dict[str, Any]) -> Problem:
    """The mathematical problem in the frozen inputs. Raises BadProblemError where they make no sense.

    Projects go by their numbers, which the register gives: among equals nobody wins by choosing a UUID.
    """
    projects = tuple(Project(row["number"], row["amount"], row["supports"]) for row in inputs["proposals"])
    return Problem(inputs["budget"], projects, ties=Ties(inputs["ties"]))
