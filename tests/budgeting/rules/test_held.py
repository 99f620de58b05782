"""Works that only the limit of a group kept out where supporters buy: the reason names it, and only where it is true."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.rules import COMPLETABLE, RULES
from budgeting.rules.constraints import Constraints
from budgeting.rules.held import limit_named
from budgeting.rules.problem import Ballot, Completion, Problem, Project, Reason, Satisfaction
from tests.budgeting.rules import test_sections

READING = ("equal-shares", "exact-equal-shares", "phragmen")


@settings(max_examples=60, deadline=None)
@given(test_sections.problems(), st.sampled_from(READING), st.sampled_from([Completion.NONE, Completion.ADD_OPT]))
def test_the_reason_is_given_to_exactly_those_who_waited_and_would_have_been_paid(problem: Problem, name: str, completion: Completion) -> None:
    rule = partial(COMPLETABLE[name], completion=completion) if name in COMPLETABLE else RULES[name]
    before = rule(problem)
    after = limit_named(problem, rule, before)
    freely = rule(replace(problem, constraints=replace(problem.constraints, per_group=0))).selected
    groups, bought = {p.id: p.group for p in problem.projects}, list(before.selected)
    for old, new in zip(before.lines, after.lines, strict=True):
        own = groups[old.project]
        turns = [n for n, key in enumerate(bought) if own and groups[key] == own]
        most = problem.constraints.per_group
        full = turns[most - 1] if most and len(turns) >= most else len(bought)
        firsts = [
            key
            for n, key in enumerate(bought)
            if n > full and groups[key] and groups[key] not in {groups[other] for other in bought[:n]} and key not in problem.bonds.mandatory
        ]
        held = old.reason in {Reason.BELOW_LINE, Reason.SUPPORTERS_SHORT} and firsts and old.project in freely
        assert (new.reason is Reason.GROUP_FULL) is bool(held)
        if held:
            assert new.facts == {**old.facts, "group": own, "limit": most, "for": firsts[0]}
        else:
            assert new == old


@pytest.mark.parametrize("name", READING)
def test_the_second_work_of_a_village_hears_for_whom_it_waited(name: str) -> None:
    works = (Project("school", 40, 6, group="a"), Project("road", 30, 6, group="a"), Project("well", 35, 6, group="b"))
    ballots = (Ballot(("school", "road", "well"), 6),)
    problem = Problem(80, works, Satisfaction.CARDINALITY, ballots=ballots, constraints=Constraints(per_group=1))
    outcome = limit_named(problem, RULES[name], RULES[name](problem))
    line = {line.project: line for line in outcome.lines}["school"]
    assert outcome.selected == ("road", "well")
    assert line.reason is Reason.BELOW_LINE, "without the limit it would not have been paid either"
    dearer = replace(problem, projects=(*works[:2], Project("well", 45, 6, group="b")))
    line = {line.project: line for line in limit_named(dearer, RULES[name], RULES[name](dearer)).lines}["school"]
    assert (line.reason, line.facts["for"], line.facts["limit"]) == (Reason.GROUP_FULL, "well", 1)
