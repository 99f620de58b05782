"""Walking down a list under constraints: against a slow twin, and what each refusal says."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budgeting.rules import RULES
from budgeting.rules.constraints import BadProblemError, Constraints, MinimumShare
from budgeting.rules.greedy import Order, by_rank
from budgeting.rules.problem import Problem, Project, Satisfaction, Ties
from tests.budgeting.rules import limit_twins

IDS = [str(place) for place in range(7, 14)]


@st.composite
def constraints(draw: st.DrawFn, costs: dict[str, int], *, phases: bool = True) -> Constraints:
    """Some of everything; a thing that makes no sense is drawn again by `problems`."""
    ids = st.sampled_from(sorted(costs))
    pairs = st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1])
    shares = draw(st.lists(st.tuples(st.sets(ids, min_size=1), st.integers(1, 10)), max_size=2))
    return Constraints(
        mandatory=tuple(draw(st.sets(ids, max_size=1))) if draw(st.booleans()) else (),
        excluding=tuple(draw(st.lists(pairs, max_size=2))),
        requiring=tuple(draw(st.lists(pairs, max_size=3))),
        per_group=draw(st.integers(0, 2)),
        minimum_shares=tuple(MinimumShare(f"s{n}", tuple(members), Fraction(tenths, 20)) for n, (members, tenths) in enumerate(shares)),
        minimum_phases={key: draw(st.integers(1, costs[key])) for key in draw(st.sets(ids, max_size=3))} if phases else {},
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    rows = draw(
        st.lists(st.tuples(st.integers(1, 12), st.integers(0, 4), st.sampled_from(["", "a", "b", "c"]), st.integers(0, 4)), min_size=1, max_size=7)
    )
    projects = tuple(Project(key, cost, votes, 0, group, place) for key, (cost, votes, group, place) in zip(IDS, rows, strict=False))
    limits = draw(constraints({project.id: project.cost for project in projects}))
    satisfaction = draw(st.sampled_from([Satisfaction.COST, Satisfaction.CARDINALITY]))
    try:
        return Problem(draw(st.integers(1, 40)), projects, satisfaction, draw(st.sampled_from(Ties)), constraints=limits)
    except BadProblemError:
        assume(False)
        raise


@settings(max_examples=600, deadline=None)
@given(problems(), st.sampled_from(["rank", "greedy"]))
def test_under_constraints_the_walk_pays_what_the_obvious_twin_pays_in_the_same_order(problem: Problem, rule: str) -> None:
    outcome = RULES[rule](problem)
    problem.check(outcome)
    paid, order = limit_twins.walked(problem, (by_rank(problem) if rule == "rank" else Order(problem)).sorted())
    funded = [line for line in outcome.lines if line.amount]
    assert {line.project: line.amount for line in funded} == paid
    if problem.constraints:
        assert [line.project for line in sorted(funded, key=lambda line: line.facts["step"])] == order


@settings(max_examples=200, deadline=None)
@given(problems())
def test_under_constraints_no_list_that_keeps_them_gives_more_and_none_that_gives_as_much_is_cheaper(problem: Problem) -> None:
    limits = problem.constraints
    members = [key for share in limits.minimum_shares for key in share.projects]
    proved = not limits.minimum_phases and len(set(members)) == len(members) and not (members and limits.per_group)
    wanted = limit_twins.greatest_welfare(problem)
    if not proved or wanted is None:
        with pytest.raises(BadProblemError):
            RULES["max-welfare"](problem)
        return
    outcome = RULES["max-welfare"](problem)
    problem.check(outcome)
    assert (-sum(problem.satisfaction_of(p) for p in problem.projects if p.id in outcome.selected), outcome.spent) == wanted
