"""What frozen inputs give: the result of a run as JSON, the same wherever it is calculated. Pure.

    {"format", "inputs_sha256", "software", "rule", "budget", "spent",
     "lines": [{"rank", "number", "verdict", "cost", "amount", "supports", "reason", "facts"}], "account": {...}}

`facts` are what a line's sentence is made of, `account` what the rule tells about the whole, with
`not_looked_for` lines whose way in was not looked for. Ids are the proposals' numbers.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from budgeting.rules import COMPLETABLE, RULES
from budgeting.rules.held import limit_named
from budgeting.rules.problem import Completion, Outcome, Problem, Reason
from budgeting.runs import ways
from budgeting.runs.inputs import BALLOT, SCORES, Inputs, ids_of, problem_of, sha256_of, standing_of
from budgeting.runs.lots import put_back
from geo.codes import Level, level

#: Hears how many lines are decided and explained.
Telling = Callable[[int], None]
LINE = ("rank", "number", "verdict", "cost", "amount", "supports", "reason", "facts")
_BY_MONEY = frozenset({Reason.BELOW_LINE, Reason.TIE_LOST, Reason.NOT_DIVISIBLE, Reason.QUOTA_DISPLACED, Reason.COST_ABOVE_CEILING})
#: What calculated inputs of format 1. Its lines knew fewer facts than today's; what they knew is the same.
_BEFORE = "musrenbang rules 1"
#: These did not tell which works the limit of a village kept out where supporters buy; what they calculated is told as they did.
_UNNAMED = frozenset({_BEFORE, "musrenbang rules 2"})


def to_nobody(done: int) -> None:
    """For those who only want the result."""


def result_of(inputs: Inputs, tell: Telling = to_nobody) -> dict[str, Any]:
    """Run the rule, check that its outcome may be paid, and tell it. Raises BadProblemError and BadOutcomeError."""
    problem = problem_of(inputs)
    outcome = decided(inputs, problem)
    if headed(inputs)["software"] not in _UNNAMED:
        outcome = limit_named(problem, partial(decided, inputs), outcome)
    problem.check(outcome)
    tell(0)
    return _told(inputs, problem, outcome, tell)


def decided(inputs: Inputs, problem: Problem) -> Outcome:
    """The outcome of the inputs' rule with its options on a problem."""
    completion = _completion(inputs)
    if completion is Completion.NONE:
        return RULES[inputs["rule"]](problem)
    return COMPLETABLE[inputs["rule"]](problem, completion, inputs["options"].get("increment", 1))


def _told(inputs: Inputs, problem: Problem, outcome: Outcome, tell: Telling) -> dict[str, Any]:
    """The outcome as JSON, ids put back to numbers."""
    numbers = {key: number for number, key in ids_of(inputs).items()}
    rows, standing = {row["number"]: row for row in inputs["proposals"]}, standing_of(inputs)
    asked, others = ways.asked(problem, inputs["rule"], outcome, _completion(inputs), headed(inputs)["software"])
    lines = []
    for line in outcome.lines:
        number = numbers[line.project]
        found = ways.ways_in(problem, inputs["rule"], partial(decided, inputs), line) if line.project in asked else {}
        facts = {**put_back({**line.facts, **found}, numbers), **_seen(inputs, number, standing), **_bound(inputs, line.reason)}
        values = (line.rank, number, line.verdict.value, line.cost, line.amount, rows[number]["supports"], line.reason.value, facts)
        lines.append(dict(zip(LINE, values, strict=True)))
        tell(len(lines))
    account = {**put_back(outcome.account, numbers), **({"not_looked_for": others} if others else {})}
    return {**headed(inputs), "spent": outcome.spent, "lines": lines, "account": account}


def _completion(inputs: Inputs) -> Completion:
    return Completion(inputs["options"].get("completion", Completion.NONE))


def headed(inputs: Inputs) -> dict[str, Any]:
    """What a result says before its lines."""
    return {
        "format": inputs["format"],
        "inputs_sha256": sha256_of(inputs),
        "software": inputs.get("software", _BEFORE),
        "rule": inputs["rule"],
        "budget": inputs["budget"],
    }


def _seen(inputs: Inputs, number: str, standing: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """How the rule saw a proposal where that is not by its supports: votes and whether it stood on the ballot, points, place."""
    votes, points = standing[number]
    if inputs.get("votes") == BALLOT:
        known = {} if number in inputs["ballot"]["listed"] else {"unlisted": 1}
        return {"votes": votes, **known}
    if inputs.get("votes") == SCORES:
        return {"points": points}
    if "order" in inputs:
        return {"place": inputs["order"]["places"].get(number, 0)}
    return {}


def _bound(inputs: Inputs, reason: Reason) -> dict[str, str]:
    """Which ceiling ended for a line that was refused for want of money (DOMAIN 7)."""
    if reason not in _BY_MONEY or inputs["format"] == 1:
        return {}
    ceiling = inputs["ceiling"]
    by_level = {Level.SUBDISTRICT: "CEILING_KECAMATAN", Level.VILLAGE: "CEILING_VILLAGE"}
    return {"bound": "CEILING_AGENCY" if ceiling["agency"] else by_level.get(level(ceiling["region"]), "CEILING_SOURCE")}


def differences(kept: Mapping[str, Any], again: Mapping[str, Any]) -> list[str]:
    """Every difference between a kept result and one that was calculated again, in words; empty where there is none."""
    found = [f"{name} is {kept[name]}, not {again[name]}" for name in ("inputs_sha256", "rule", "budget", "spent") if kept[name] != again[name]]
    fewer = kept["software"] == _BEFORE
    for old, new in zip(kept["lines"], again["lines"], strict=False):
        wrong = [name for name in LINE if not _same(old[name], new[name], fewer=fewer)]
        found += [f"rank {new['rank']}: {name} is {old[name]}, not {new[name]}" for name in wrong]
    if len(kept["lines"]) != len(again["lines"]):
        found.append(f"{len(kept['lines'])} lines, not {len(again['lines'])}")
    if not fewer and kept["account"] != again["account"]:
        found.append("the account of the whole is another")
    return found


def _same(old: Any, new: Any, *, fewer: bool) -> bool:
    if fewer and isinstance(old, dict):
        return all(new.get(name) == value for name, value in old.items())
    return bool(old == new)
