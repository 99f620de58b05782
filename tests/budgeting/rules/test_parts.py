"""Works paid in part from what a rule leaves: the rule's own works stay as they were, and the rest goes where the obvious twin sends it."""

from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.rules import BY_BALLOTS, COMPLETABLE, RULES
from budgeting.rules.constraints import BadProblemError, Constraints, MinimumShare
from budgeting.rules.problem import Ballot, Completion, Problem, Project, Reason, Satisfaction
from tests.budgeting.rules import limit_twins, part_twins, test_limits, test_sections

READING = sorted(BY_BALLOTS)


@st.composite
def with_phases(draw: st.DrawFn, problems: st.SearchStrategy[Problem]) -> Problem:
    """A problem in which some works may be paid in part."""
    problem = draw(problems)
    phases = {p.id: draw(st.integers(1, p.cost)) for p in problem.projects if draw(st.booleans())}
    return replace(problem, constraints=replace(problem.constraints, minimum_phases=phases))


def whole(problem: Problem) -> Problem:
    """The same where nothing may be paid in part."""
    return replace(problem, constraints=replace(problem.constraints, minimum_phases={}))


def by_votes(problem: Problem) -> list[Project]:
    """Those that somebody voted for."""
    return sorted((p for p in problem.projects if p.votes), key=lambda p: (-p.votes, *problem.tie(p)))


def by_worth(problem: Problem) -> list[Project]:
    """Those that are worth something."""
    wanted = [p for p in problem.projects if problem.satisfaction_of(p)]
    return sorted(wanted, key=lambda p: (Fraction(-problem.satisfaction_of(p), p.cost), *problem.tie(p)))


def paid_in(outcome) -> dict[str, int]:
    return {line.project: line.amount for line in outcome.lines if line.amount}


@settings(max_examples=120, deadline=None)
@given(with_phases(test_sections.problems()), st.sampled_from(READING), st.sampled_from([Completion.NONE, Completion.ADD_OPT]))
def test_where_supporters_pay_the_rest_goes_where_the_twin_sends_it_and_nothing_else_moves(
    problem: Problem, name: str, completion: Completion
) -> None:
    rule = partial(COMPLETABLE[name], completion=completion) if name in COMPLETABLE else RULES[name]
    before, outcome = rule(whole(problem)), rule(problem)
    problem.check(outcome)
    rest = part_twins.rest(problem, before.selected, by_votes(problem))
    assert outcome.selected == (*before.selected, *rest)
    assert paid_in(outcome) == paid_in(before) | rest
    # a work that may not be paid in part hears the same as ever
    told = {line.project: (line.reason, line.facts) for line in outcome.lines}
    untouched = set(told) - set(problem.constraints.minimum_phases)
    same = [line for line in before.lines if line.project in untouched and line.reason not in {Reason.EXCLUDED_BY, Reason.NEEDS}]
    assert all(told[line.project] == (line.reason, line.facts) for line in same if told[line.project][0] is not Reason.EXCLUDED_BY)


@settings(max_examples=120, deadline=None)
@given(with_phases(test_limits.problems()))
def test_the_whole_works_of_the_greatest_welfare_stay_the_best_and_the_rest_goes_where_the_twin_sends_it(problem: Problem) -> None:
    try:
        before = RULES["max-welfare"](whole(problem))
    except BadProblemError:
        return
    outcome = RULES["max-welfare"](problem)
    problem.check(outcome)
    promised = limit_twins.promised(problem) if problem.constraints.per_group else ()
    rest = part_twins.rest(problem, before.selected, by_worth(problem), promised)
    assert outcome.selected == (*before.selected, *rest)
    assert paid_in(outcome) == paid_in(before) | rest


@settings(max_examples=80, deadline=None)
@given(with_phases(test_sections.problems()), st.sampled_from([*READING, "max-welfare"]))
def test_a_phase_that_is_smaller_by_what_was_short_is_paid(problem: Problem, name: str) -> None:
    try:
        outcome = RULES[name](problem)
    except BadProblemError:
        return
    for line in outcome.lines:
        if line.reason is Reason.BELOW_LINE and "minimum" in line.facts and line.facts["short_by"] < line.facts["minimum"]:
            phases = {**problem.constraints.minimum_phases, line.project: line.facts["minimum"] - line.facts["short_by"]}
            again = RULES[name](replace(problem, constraints=replace(problem.constraints, minimum_phases=phases)))
            assert line.project in again.selected or problem.constraints.per_group


BALLOTS = (Ballot(("school", "road"), 6), Ballot(("well",), 4))
WORKS = (Project("school", 50, 6, group="a"), Project("road", 60, 6, group="a"), Project("well", 46, 4, group="b"), Project("lamp", 20, 0, group="c"))


def told(name: str, budget: int, **limits) -> dict[str, tuple]:
    problem = Problem(budget, WORKS, Satisfaction.CARDINALITY, ballots=BALLOTS, constraints=Constraints(**limits))
    outcome = RULES[name](problem)
    problem.check(outcome)
    return {line.project: (line.amount, line.reason, line.facts) for line in outcome.lines}


@pytest.mark.parametrize("name", READING)
def test_a_part_is_what_was_left_and_no_supporters_payment(name: str) -> None:
    lines = told(name, 95, minimum_phases={"road": 20, "well": 40})
    assert lines["school"][:2] == (50, Reason.FUNDED_FULL)
    assert lines["road"] == (45, Reason.FUNDED_PARTIAL, {"remaining": 0, "how": "rest", "short_by": 15, "minimum": 20})
    assert lines["well"][:2] == (0, Reason.BELOW_LINE)
    assert (lines["well"][2]["short_by"], lines["well"][2]["minimum"], lines["well"][2]["after"]) == (40, 40, "road")
    problem = Problem(95, WORKS, Satisfaction.CARDINALITY, ballots=BALLOTS, constraints=Constraints(minimum_phases={"road": 20}))
    account = RULES[name](problem).account
    assert account["rest"] == [{"project": "road", "amount": 45, "cost": 60}]
    assert [work["project"] for run in account["runs"] for work in run["works"]] == ["school"]


@pytest.mark.parametrize("name", ["equal-shares", "exact-equal-shares"])
def test_what_fits_whole_is_paid_whole_and_what_nobody_wants_gets_nothing(name: str) -> None:
    lines = told(name, 110, minimum_phases={"well": 5, "lamp": 1})
    assert lines["well"] == (46, Reason.FUNDED_FULL, {"remaining": 14, "how": "rest"})
    assert lines["lamp"][0] == 0


def test_the_rest_keeps_pairs_shares_and_the_turn_of_villages() -> None:
    phases = {"road": 5, "well": 5}
    assert told("phragmen", 80, minimum_phases=phases)["road"][0] == 30
    assert told("phragmen", 80, minimum_phases=phases, excluding=(("school", "road"),))["well"][0] == 30
    assert told("phragmen", 80, minimum_phases=phases, requiring=(("road", "lamp"),))["well"][0] == 30
    held = told("phragmen", 80, minimum_phases=phases, minimum_shares=(MinimumShare("wells", ("well",), Fraction(1, 4)),))
    assert (held["road"][0], held["well"][0]) == (10, 20)
    one_each = told("phragmen", 80, minimum_phases=phases, per_group=1)
    assert one_each["well"][0] == 30
    assert (one_each["road"][1], one_each["road"][2]["for"]) == (Reason.GROUP_FULL, "well")


def test_greatest_welfare_pays_a_part_after_the_best_list() -> None:
    lines = told("max-welfare", 100, minimum_phases={"road": 10, "lamp": 1})
    assert (lines["school"][0], lines["well"][0]) == (50, 46)
    assert lines["road"][1:] == (Reason.BELOW_LINE, {"short_by": 6, "remaining": 4, "minimum": 10})
    assert told("max-welfare", 107, minimum_phases={"road": 10})["road"][:2] == (11, Reason.FUNDED_PARTIAL)
    assert lines["lamp"][0] == 0
