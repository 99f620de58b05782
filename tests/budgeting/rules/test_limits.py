"""Walking down a list under constraints: against a slow twin, and what each refusal says."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budgeting.rules import RULES
from budgeting.rules.constraints import BadProblemError, Constraints, MinimumShare
from budgeting.rules.greedy import Order, by_rank
from budgeting.rules.problem import BadOutcomeError, Problem, Project, Reason, Satisfaction, Ties
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


@settings(max_examples=400, deadline=None)
@given(problems(), st.sampled_from(["rank", "greedy"]))
def test_under_constraints_the_walk_pays_what_the_obvious_twin_pays_in_the_same_order(problem: Problem, rule: str) -> None:
    outcome = RULES[rule](problem)
    problem.check(outcome)
    paid, order = limit_twins.walked(problem, (by_rank(problem) if rule == "rank" else Order(problem)).sorted())
    funded = [line for line in outcome.lines if line.amount]
    assert {line.project: line.amount for line in funded} == paid
    if problem.constraints:
        assert [line.project for line in sorted(funded, key=lambda line: line.facts["step"])] == order


@settings(max_examples=150, deadline=None)
@given(problems())
def test_under_constraints_no_list_that_keeps_them_gives_more_and_none_that_gives_as_much_is_cheaper(problem: Problem) -> None:
    problem = replace(problem, constraints=replace(problem.constraints, minimum_phases={}))
    outcome = RULES["max-welfare"](problem)
    problem.check(outcome)
    assert (-sum(problem.satisfaction_of(p) for p in problem.projects if p.id in outcome.selected), outcome.spent) == limit_twins.greatest_welfare(
        problem
    )


def told(problem: Problem, rule: str = "greedy") -> dict[str, tuple]:
    """Reason and facts by project."""
    return {line.project: (line.reason, line.facts) for line in RULES[rule](problem).lines}


def test_each_limit_says_by_whom_and_how_much() -> None:
    projects = (
        Project("school", 40, 9, group="a"),
        Project("road", 30, 8, group="a"),
        Project("well", 20, 7, group="b"),
        Project("bridge", 10, 6, group="b"),
        Project("clinic", 30, 1, group="c"),
    )
    one_each = told(Problem(100, projects, constraints=Constraints(per_group=1)))
    assert one_each["road"] == (Reason.GROUP_FULL, {"group": "a", "limit": 1, "for": "well", "remaining": 0, "short_by": 30, "after": "bridge"})
    share = MinimumShare("health", ("clinic",), Fraction(3, 10))
    held = told(Problem(100, projects, constraints=Constraints(minimum_shares=(share,))))
    assert held["well"][0] is Reason.QUOTA_DISPLACED
    assert {name: held["well"][1][name] for name in ("share", "reserved")} == {"share": "health", "reserved": 30}
    pairs = told(Problem(100, projects, constraints=Constraints(excluding=(("school", "road"),), requiring=(("well", "road"),))))
    assert pairs["road"] == (Reason.EXCLUDED_BY, {"by": "school", "after": "school"})
    assert (pairs["well"][0], pairs["well"][1]["needs"]) == (Reason.NEEDS, "road")


def test_what_a_work_needs_comes_along_at_its_place_or_the_work_stays_out() -> None:
    projects = (Project("bridge", 50, 9), Project("school", 40, 5), Project("road", 30, 1))
    pair = Constraints(requiring=(("bridge", "road"),))
    enough = told(Problem(100, projects, constraints=pair))
    assert enough["road"][1]["needed_by"] == "bridge"
    assert enough["school"][0] is Reason.BELOW_LINE
    short = told(Problem(79, projects, constraints=pair))
    assert short["bridge"] == (Reason.NEEDS, {"needs": "road", "short_by": 1, "remaining": 79})
    assert short["road"][0] is Reason.FUNDED_FULL


def test_a_work_at_the_line_is_paid_in_part_down_to_its_phase_and_others_are_not() -> None:
    projects = (Project("school", 60, 9), Project("road", 80, 8), Project("well", 50, 7))
    limits = Constraints(minimum_phases={"road": 40})
    lines = told(Problem(100, projects, constraints=limits))
    assert lines["road"] == (Reason.FUNDED_PARTIAL, {"remaining": 0, "step": 2, "short_by": 40, "minimum": 40})
    less = told(Problem(99, projects, constraints=limits))
    assert less["road"] == (Reason.BELOW_LINE, {"short_by": 1, "remaining": 39, "minimum": 40, "after": "school"})
    assert less["well"] == (Reason.NOT_DIVISIBLE, {"short_by": 11, "remaining": 39, "after": "school"})


def test_mandatory_works_come_first_with_what_they_need_and_count_for_shares() -> None:
    projects = (Project("road", 50, 9), Project("clinic", 30, 0), Project("well", 20, 0), Project("lamp", 30, 8))
    limits = Constraints(
        mandatory=("clinic",), requiring=(("clinic", "well"),), minimum_shares=(MinimumShare("health", ("clinic",), Fraction(3, 10)),)
    )
    outcome = RULES["greedy"](Problem(100, projects, constraints=limits))
    assert outcome.selected == ("well", "clinic", "road")
    assert [line.reason for line in outcome.lines] == [Reason.MANDATORY, Reason.MANDATORY, Reason.FUNDED_FULL, Reason.BELOW_LINE]


def test_a_share_that_the_list_fulfils_by_itself_displaces_nobody() -> None:
    projects = (Project("clinic", 40, 9), Project("road", 60, 8), Project("nurse", 20, 1))
    share = Constraints(minimum_shares=(MinimumShare("health", ("clinic", "nurse"), Fraction(2, 5)),))
    assert RULES["greedy"](Problem(100, projects, constraints=share)).selected == ("clinic", "road")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Constraints(mandatory=("c",)), "project c is mandatory"),
        (Constraints(excluding=(("a", "b"),)), "a and b exclude each other"),
        (Constraints(requiring=(("a", "c"),)), "project a needs project c"),
        (Constraints(per_group=1), "group x has more than 1 while group y has none and project c could be paid"),
        (Constraints(minimum_shares=(MinimumShare("s", ("c",), Fraction(1, 2)),)), "the minimum share s could have paid project c"),
    ],
)
def test_a_list_that_breaks_a_constraint_never_passes_whoever_made_it(wrong: Constraints, said: str) -> None:
    projects = (Project("a", 10, 3, group="x"), Project("b", 10, 2, group="x"), Project("c", 10, 1, group="y"))
    outcome = RULES["greedy"](Problem(20, projects))
    with pytest.raises(BadOutcomeError, match=said):
        Problem(20, projects, constraints=wrong).check(outcome)


def test_in_part_is_sound_only_from_the_phase_up() -> None:
    problem = Problem(10, (Project("a", 20, 1),), constraints=Constraints(minimum_phases={"a": 8}))
    line = RULES["greedy"](problem).lines[0]
    assert (line.amount, line.reason) == (10, Reason.FUNDED_PARTIAL)
    for amount in (7, 20):
        with pytest.raises(BadOutcomeError, match="does not follow"):
            problem.check(replace(RULES["greedy"](problem), lines=(replace(line, amount=amount),)))
