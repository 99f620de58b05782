"""What would have brought a proposal in, as facts of its line: each found by running the rule again, and so checked. Pure.

    cheaper        rupiah that it would have to cost less
    more_votes     votes or supports that it lacked (rules that count)
    more_voters    voters who want it alone that it lacked (rules that read ballots)
    better_place   the last place of the meeting's order at which it would be in
    without        the constraint that alone kept it out: a proposal's number, `per_group`, or the name of a minimum share

A walk down a list without constraints tells its own (`before`, `more_votes`, `better_place`) and is not asked. How many lines are asked
follows from the inputs alone, never from a clock: the same inputs give the same facts everywhere. Of how many lines nothing was looked
for, the result says (`not_looked_for` in its account).
"""

from collections.abc import Callable, Mapping

from budgeting.rules import BY_BALLOTS, BY_PLACES
from budgeting.rules.counterfactuals import claims
from budgeting.rules.problem import Completion, Facts, Line, Outcome, Problem, Verdict

_RAISED = frozenset({Completion.ADD1, Completion.ADD_OPT, Completion.ADD1_UTILITARIAN})
#: Marks and projects that a rule may read again for one run's explanations: some ten seconds.
READ_MAX = 1_500_000
#: What earlier software read. The first two weighed nothing but reading, and did not tell of how many lines nothing was looked for.
_UNWEIGHED = frozenset({"musrenbang rules 1", "musrenbang rules 2"})
_READ_ONCE = {**dict.fromkeys(_UNWEIGHED, 1_000_000), "musrenbang rules 3": 3_000_000}
#: A mark on a ballot is as much work as so many projects of a list.
BALLOTS_WEIGH = 5
#: Where the share is raised, it stops about once for each different ballot, and each stop is as much work as so many projects.
RAISING_WEIGHS = 100
#: Proving that no list is better is so much work a work, and with shares or a limit of villages so much for every pair of works.
PROOF_WEIGHS = 10
#: About so often is the rule asked for one line.
TIMES = 80


def asked(problem: Problem, rule: str, outcome: Outcome, completion: Completion, software: str) -> tuple[frozenset[str], int]:
    """The lines whose ways in are looked for: those that are out, by rank, as many as the bound of that software allows; and how many are left."""
    out = [line.project for line in outcome.lines if line.verdict is Verdict.NOT_FUNDED and not _knows(problem, rule)]
    told = software not in _UNWEIGHED
    once = _weight(problem, rule, completion) if told else _reading(problem)
    many = _READ_ONCE.get(software, READ_MAX) // (max(1, once) * TIMES)
    return frozenset(out[:many]), max(0, len(out) - many) if told else 0


def _reading(problem: Problem) -> int:
    return len(problem.projects) + BALLOTS_WEIGH * sum(len(ballot.approved) for ballot in problem.ballots)


def _weight(problem: Problem, rule: str, completion: Completion) -> int:
    """How much work it is to run the rule once."""
    once = _reading(problem)
    if completion in _RAISED:
        once += RAISING_WEIGHS * len(problem.ballots)
    if rule == "max-welfare":
        limits = problem.constraints
        once *= PROOF_WEIGHS * (len(problem.projects) if limits.minimum_shares or limits.per_group else 1)
    return once


def _knows(problem: Problem, rule: str) -> bool:
    """Whether the rule's own lines already say it."""
    return rule in {"greedy", "rank"} and not problem.constraints


def ways_in(problem: Problem, rule: str, run: Callable[[Problem], Outcome], line: Line) -> Facts:
    """The facts about one line that is out; empty where nothing was found."""
    found = claims(problem, run, line.project, by_ballots=rule in BY_BALLOTS, by_places=rule in BY_PLACES)
    votes = next(project.votes for project in problem.projects if project.id == line.project)
    return {name: value for name, value in _named(found, line.cost, votes).items() if value}


def _named(found: Mapping[str, int | str], cost: int, votes: int) -> dict[str, int | str]:
    told: dict[str, int | str] = {}
    if "funded_at_cost" in found:
        told["cheaper"] = cost - int(found["funded_at_cost"])
    if "funded_with_votes" in found:
        told["more_votes"] = int(found["funded_with_votes"]) - votes
    for name, key in (("more_voters", "funded_with_voters"), ("better_place", "funded_at_place"), ("without", "funded_without")):
        if key in found:
            told[name] = found[key]
    return told
