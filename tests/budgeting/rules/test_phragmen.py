"""Phragmén against a slow, obvious twin that keeps every voter's purse."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.rules import RULES
from budgeting.rules.constraints import BadProblemError
from budgeting.rules.problem import Ballot, Problem, Project, Reason, Ties

phragmen = RULES["phragmen"]


@st.composite
def problems(draw):
    costs = draw(st.lists(st.integers(1, 8), min_size=1, max_size=6))
    ids = [str(place) for place in range(8, 8 + len(costs))]
    ballots = tuple(
        Ballot(tuple(sorted(marks)), times)
        for marks, times in draw(st.lists(st.tuples(st.sets(st.sampled_from(ids)), st.integers(1, 3)), max_size=5))
    )
    projects = tuple(
        Project(key, cost, sum(ballot.times for ballot in ballots if key in ballot.approved)) for key, cost in zip(ids, costs, strict=True)
    )
    return Problem(draw(st.integers(1, 20)), projects, ties=draw(st.sampled_from(Ties)), ballots=ballots)


def twin(problem):
    """Every voter has a purse. Wait until the next work can be paid by those who want it; stop when it does not fit."""
    voters = [ballot.approved for ballot in problem.ballots for _ in range(ballot.times)]
    purses = [Fraction(0)] * len(voters)
    waiting, chosen, left = [p for p in problem.projects if p.votes and p.cost <= problem.budget], [], problem.budget
    while waiting:
        waits = {
            p.id: (p.cost - sum(purse for purse, marks in zip(purses, voters, strict=True) if p.id in marks)) / Fraction(p.votes) for p in waiting
        }
        shortest = min(waits.values())
        purses = [purse + shortest for purse in purses]
        due = [p for p in waiting if waits[p.id] == shortest]
        if any(p.cost > left for p in due):
            break
        best = min(due, key=lambda p: (p.cost if problem.ties is Ties.CHEAPER else 0, p.id))
        purses = [Fraction(0) if best.id in marks else purse for purse, marks in zip(purses, voters, strict=True)]
        waiting.remove(best)
        chosen.append(best.id)
        left -= best.cost
    return chosen


@settings(max_examples=400, deadline=None)
@given(problems())
def test_phragmen_buys_what_the_obvious_twin_buys_in_the_same_order(problem):
    outcome = phragmen(problem)
    problem.check(outcome)
    assert list(outcome.selected) == twin(problem)


def test_a_small_group_gets_its_share_where_greedy_gives_everything_to_the_large_one():
    ballots = (Ballot(("a", "b", "c"), 6), Ballot(("d",), 4))
    projects = tuple(Project(key, 10, 4 if key == "d" else 6) for key in "abcd")
    problem = Problem(30, projects, ballots=ballots)
    assert "d" in phragmen(problem).selected
    assert "d" not in RULES["greedy"](problem).selected


def test_what_nobody_wants_is_never_bought_and_what_is_too_dear_says_so():
    problem = Problem(10, (Project("a", 5, 0), Project("b", 11, 1)), ballots=(Ballot(("b",)),))
    assert [line.reason for line in phragmen(problem).lines] == [Reason.COST_ABOVE_CEILING, Reason.BELOW_LINE]


def test_without_the_ballots_there_is_no_answer():
    with pytest.raises(BadProblemError, match="ballots"):
        phragmen(Problem(10, (Project("a", 5, 3),)))
