"""The greatest welfare beside its slow twin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.rules import max_welfare
from budgeting.rules.problem import Problem, Project, Satisfaction, Ties
from tests.budgeting.rules import twins

PROJECT = st.tuples(st.integers(1, 40), st.integers(0, 9))


@settings(max_examples=600, deadline=None)
@given(st.lists(PROJECT, min_size=1, max_size=9), st.integers(1, 120), st.sampled_from([Satisfaction.COST, Satisfaction.CARDINALITY]))
def test_no_affordable_list_gives_more_and_none_that_gives_as_much_is_cheaper(rows, budget, satisfaction):
    projects = tuple(Project(f"p{place}", cost, votes) for place, (cost, votes) in enumerate(rows))
    problem = Problem(budget, projects, satisfaction, Ties.TEXT)
    outcome = max_welfare.allocate(problem)
    problem.check(outcome)
    by_id = {project.id: project for project in projects}
    assert sum(problem.satisfaction_of(by_id[key]) for key in outcome.selected) == twins.greatest_welfare(problem)
    assert outcome.spent == twins.cheapest_of_the_greatest(problem)


def test_one_vote_decides_also_among_sums_that_floats_cannot_hold():
    # both lists cost 10^15; as floats of cost x votes they are the same number
    many = 9_007_199
    projects = (Project("a", 10**11, many), Project("b", 10**11 - 1, many), Project("c", 1, 1))
    problem = Problem(10**11, projects, Satisfaction.COST, Ties.TEXT)
    assert max_welfare.allocate(problem).selected == ("a",)


def test_what_cannot_be_proved_is_refused_and_not_guessed(monkeypatch):
    monkeypatch.setattr(max_welfare, "STATES_MAX", 3)
    projects = tuple(Project(f"p{place}", 100 + place * 7, 50 + place * 3) for place in range(12))
    with pytest.raises(max_welfare.NotProvedError, match="more than 3 lists"):
        max_welfare.allocate(Problem(500, projects, Satisfaction.CARDINALITY))
    dear = (Project("a", 10**15, 10**6), Project("b", 10**15 - 1, 10**6 - 1))
    with pytest.raises(max_welfare.NotProvedError, match="too large"):
        max_welfare.allocate(Problem(10**15, dear, Satisfaction.COST))
