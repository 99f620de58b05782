"""What would have changed a verdict: each claim is applied, and a unit less of it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.rules import BY_BALLOTS, BY_PLACES, COMPLETABLE, RULES
from budgeting.rules.constraints import BadProblemError, Constraints
from budgeting.rules.counterfactuals import claims
from budgeting.rules.problem import Ballot, Completion, Problem, Project, Reason, Verdict
from tests.budgeting.rules import test_limits, test_sections

COUNTING = ("greedy", "greedy-per-cost", "rank", "max-welfare")
READING = ("equal-shares", "exact-equal-shares", "phragmen")


def verdict(rule, problem: Problem, key: str) -> tuple[bool, bool]:
    """Funded, and funded whole."""
    line = next(line for line in rule(problem).lines if line.project == key)
    return line.verdict is Verdict.FUNDED, line.amount == line.cost


def edges(problem: Problem, key: str, name: str, number: int) -> Iterator[tuple[Problem, bool, bool]]:
    """The problem at the edge and one unit beyond it, with what is claimed of each, and whether of the whole amount."""

    def at(**change: int) -> Problem:
        return replace(problem, projects=tuple(replace(p, **change) if p.id == key else p for p in problem.projects))

    if name.endswith("_cost"):
        yield at(cost=number), True, name.startswith("whole")
        yield at(cost=number + 1), False, name.startswith("whole")
    elif name.endswith("_votes"):
        yield at(votes=number), True, False
        yield at(votes=number - 1), False, False
    elif name.endswith("_place"):
        yield at(place=number), True, False
        yield at(place=number + 1), False, False
    elif name.endswith("_voters"):
        for more, funded in ((number, True), (number - 1, False)):
            votes = next(p.votes for p in problem.projects if p.id == key) + more
            voters = tuple(Ballot((key,)) for _ in range(more))
            yield replace(at(votes=votes), ballots=problem.ballots + voters, voters=problem.voters + more), funded, False


def check(problem: Problem, name: str, rule) -> set[str]:
    """Every claim about every work; the names of those that were made."""
    made = set()
    for project in problem.projects:
        told = claims(problem, rule, project.id, by_ballots=name in BY_BALLOTS, by_places=name in BY_PLACES)
        for claim, number in told.items():
            made.add(claim)
            if claim == "funded_without":
                assert not verdict(rule, problem, project.id)[0]
                continue
            for changed, wanted, whole in edges(problem, project.id, claim, int(number)):
                assert verdict(rule, changed, project.id)[whole] is wanted, (project.id, claim, number)
    return made


@settings(max_examples=120, deadline=None)
@given(test_limits.problems(), st.sampled_from(COUNTING))
def test_each_claim_of_a_rule_that_counts_is_true_and_a_unit_less_is_not_enough(problem: Problem, name: str) -> None:
    try:
        RULES[name](problem)
    except BadProblemError:
        return
    check(problem, name, RULES[name])


@settings(max_examples=120, deadline=None)
@given(test_sections.problems(), st.sampled_from(READING), st.sampled_from([Completion.NONE, Completion.ADD_OPT]))
def test_each_claim_of_a_rule_that_reads_ballots_is_true_and_a_unit_less_is_not_enough(problem: Problem, name: str, completion: Completion) -> None:
    check(problem, name, partial(COMPLETABLE[name], completion=completion) if name in COMPLETABLE else RULES[name])


def test_a_dear_work_learns_the_cost_the_votes_and_the_place_that_were_missing() -> None:
    problem = Problem(100, (Project("road", 90, 50, place=1), Project("bridge", 40, 40, place=2), Project("well", 10, 3, place=3)))
    assert claims(problem, RULES["greedy"], "bridge", by_ballots=False, by_places=False) == {"funded_at_cost": 10, "funded_with_votes": 50}
    assert claims(problem, RULES["rank"], "bridge", by_ballots=False, by_places=True) == {"funded_at_cost": 10}
    ahead = replace(problem, projects=(*problem.projects[1:], replace(problem.projects[0], place=5)))
    assert claims(ahead, RULES["rank"], "road", by_ballots=False, by_places=True) == {"funded_at_cost": 50, "funded_at_place": 2}
    assert claims(problem, RULES["greedy"], "road", by_ballots=False, by_places=False) == {"refused_above_cost": 100, "refused_below_votes": 41}


def test_who_was_excluded_learns_by_whom_and_that_it_would_have_been_paid_without() -> None:
    pair = Constraints(excluding=(("a", "b"),))
    problem = Problem(100, (Project("a", 10, 5), Project("b", 10, 4)), constraints=pair)
    line = RULES["greedy"](problem).lines[1]
    assert (line.reason, line.facts["by"]) == (Reason.EXCLUDED_BY, "a")
    assert claims(problem, RULES["greedy"], "b", by_ballots=False, by_places=False)["funded_without"] == "a"


def test_nothing_is_claimed_of_a_mandatory_work_and_too_large_an_election_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem(100, (Project("a", 10, 5),), constraints=Constraints(mandatory=("a",)))
    assert claims(problem, RULES["greedy"], "a", by_ballots=False, by_places=False) == {}
    ballots = Problem(10, (Project("a", 10, 1),), ballots=(Ballot(("a",)),))
    monkeypatch.setattr("budgeting.rules.counterfactuals.MARKS_MAX", 0)
    assert claims(ballots, RULES["phragmen"], "a", by_ballots=True, by_places=False) == {"too_large": 1}
