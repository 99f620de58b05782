"""Equal Shares and Exact Equal Shares beside their slow twins."""

import itertools
import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.rules import equal_shares
from budgeting.rules.constraints import BadProblemError
from budgeting.rules.problem import Ballot, Completion, Problem, Project, Satisfaction, Ties
from budgeting.rules.shares import completion
from budgeting.rules.shares.electorate import Electorate, electorate_of
from budgeting.rules.shares.even_walk import EvenWalk
from budgeting.rules.shares.walk import Walk
from tests.budgeting.rules import twins

Twin = Callable[[Problem, Fraction], list[str]]
SATISFACTIONS = (Satisfaction.COST, Satisfaction.CARDINALITY, Satisfaction.ADDITIVE)


@st.composite
def problems(draw: st.DrawFn, satisfactions: tuple[Satisfaction, ...] = SATISFACTIONS) -> Problem:
    """Few voters and small numbers, so that equal prices and empty purses happen all the time."""
    costs = draw(st.lists(st.integers(1, 30), min_size=1, max_size=6))
    mark = st.dictionaries(st.integers(0, len(costs) - 1), st.integers(0, 4), max_size=len(costs))
    marks = draw(st.lists(mark, min_size=1, max_size=7))
    return twins.problem_of(draw(st.integers(1, 80)), costs, marks, draw(st.sampled_from(satisfactions)), draw(st.sampled_from(list(Ties))))


def ids(bought: list) -> list[str]:
    return [candidate.id for candidate in bought]


@settings(max_examples=600, deadline=None)
@given(problems())
def test_the_walk_buys_what_the_twin_buys_in_the_same_order(problem: Problem) -> None:
    assert ids(Walk(electorate_of(problem)).bought) == twins.equal_shares(problem, Fraction(problem.budget, problem.voters))


@settings(max_examples=600, deadline=None)
@given(problems((Satisfaction.COST, Satisfaction.CARDINALITY)))
def test_the_even_walk_buys_what_its_twin_buys_in_the_same_order(problem: Problem) -> None:
    assert ids(EvenWalk(electorate_of(problem)).bought) == twins.exact_equal_shares(problem, Fraction(problem.budget, problem.voters))


@settings(max_examples=300, deadline=None)
@given(problems(), st.integers(1, 3))
def test_jumping_over_steps_that_change_nothing_gives_what_every_single_step_gives(problem: Problem, increment: int) -> None:
    electorate = electorate_of(problem)
    steps = (electorate.share + number * increment for number in range(200))
    assert set(ids(completion.raised_by_steps(Walk(electorate), increment)[0])) == set(twins.raised(problem, twins.equal_shares, steps))


@settings(max_examples=200, deadline=None)
@given(problems((Satisfaction.COST, Satisfaction.CARDINALITY)), st.integers(1, 3))
def test_the_even_walk_jumps_as_safely(problem: Problem, increment: int) -> None:
    electorate = electorate_of(problem)
    steps = (electorate.share + number * increment for number in range(200))
    assert set(ids(completion.raised_by_steps(EvenWalk(electorate), increment)[0])) == set(twins.raised(problem, twins.exact_equal_shares, steps))


def between(changes: list[completion.Change]) -> list[tuple[Fraction, list[str]]]:
    """Shares inside the stretches between changes, and at their beginnings, each with what should be bought there."""
    found = []
    for now, after in zip(changes, [*changes[1:], None], strict=True):
        end = after.share if after else now.share + 5
        if not now.after:
            found.append((now.share, sorted(ids(now.bought))))
        # two changes at one share: at it and just above it
        if end > now.share:
            found += [
                (now.share + (end - now.share) * part, sorted(ids(now.bought)))
                for part in (Fraction(1, 10**9), Fraction(1, 3), Fraction(999_999, 10**6))
            ]
    return found


@settings(max_examples=150, deadline=None)
@given(problems())
def test_between_two_changes_every_share_gives_the_same_and_each_change_is_one(problem: Problem) -> None:
    changes = list(completion.changes(Walk(electorate_of(problem), near=completion.NEAR)))
    for share, bought in between(changes):
        assert sorted(twins.equal_shares(problem, share)) == bought
    assert all(set(ids(one.bought)) != set(ids(next_.bought)) for one, next_ in itertools.pairwise(changes))


@settings(max_examples=150, deadline=None)
@given(problems((Satisfaction.COST, Satisfaction.CARDINALITY)))
def test_exact_equal_shares_also_changes_only_where_it_says(problem: Problem) -> None:
    for share, bought in between(list(completion.changes(EvenWalk(electorate_of(problem))))):
        assert sorted(twins.exact_equal_shares(problem, share)) == bought


@settings(max_examples=60, deadline=None)
@given(problems(), st.sampled_from([twins.equal_shares, twins.exact_equal_shares]))
def test_the_step_free_way_stops_where_the_smallest_step_would(problem: Problem, twin: Twin) -> None:
    if twin is twins.exact_equal_shares and problem.satisfaction is Satisfaction.ADDITIVE:
        return
    electorate = electorate_of(problem)
    walk = EvenWalk(electorate) if twin is twins.exact_equal_shares else Walk(electorate, near=completion.NEAR)
    bought, _ = completion.raised_to_changes(walk)
    # a hair on both sides of every change stands for steps as small as one likes
    shares = sorted({change.share + hair for change in _all_changes(twin, electorate) for hair in (Fraction(0), Fraction(1, 10**12))})
    assert set(ids(bought)) == set(twins.raised(problem, twin, [electorate.share, *shares]))


def _all_changes(twin: Twin, electorate: Electorate) -> list[completion.Change]:
    walk = EvenWalk(electorate) if twin is twins.exact_equal_shares else Walk(electorate, near=completion.NEAR)
    return list(completion.changes(walk))


def test_a_purse_that_is_exactly_enough_pays_and_the_tie_goes_to_the_first_id() -> None:
    problem = twins.problem_of(20, [10, 10, 20], [{0: 1, 2: 1}, {1: 1, 2: 1}], Satisfaction.CARDINALITY)
    assert twins.equal_shares(problem, Fraction(10)) == ["p0", "p1"]
    assert list(equal_shares.allocate(problem).selected) == ["p0", "p1"]


def test_voters_with_an_empty_ballot_keep_their_share_for_themselves() -> None:
    wanting = twins.problem_of(30, [20], [{0: 1}, {0: 1}, {}], Satisfaction.COST)
    assert list(equal_shares.allocate(wanting).selected) == ["p0"]
    lonely = twins.problem_of(30, [20], [{0: 1}, {}, {}], Satisfaction.COST)
    assert not equal_shares.allocate(lonely).selected


def test_large_rupiah_are_told_apart_to_the_last_one() -> None:
    ballots = (Ballot(("a",), 3),)
    for cost, paid in ((10**12, True), (10**12 + 1, False)):
        problem = Problem(10**12 + 1 if paid else 10**12, (Project("a", cost, 3),), Satisfaction.COST, Ties.TEXT, ballots, 3)
        assert bool(equal_shares.allocate(problem).selected) is (cost <= problem.budget)


def test_completions_spend_what_is_left_and_say_how() -> None:
    problem = twins.problem_of(30, [18, 12, 9], [{0: 1}, {0: 1}, {1: 1}, {2: 1}], Satisfaction.COST)
    assert not equal_shares.allocate(problem).selected
    raised = equal_shares.allocate(problem, Completion.ADD1)
    assert raised.selected
    assert all(line.facts["how"] == "shares" for line in raised.lines if line.amount)
    by_votes = equal_shares.allocate(problem, Completion.UTILITARIAN)
    assert by_votes.selected == ("p0", "p1")
    assert all(line.facts["how"] == "votes" for line in by_votes.lines if line.amount)
    assert by_votes.lines[-1].facts["after"] == "p1", "who is short of money hears who took the last of it"


def test_ballots_that_do_not_add_up_and_rules_that_do_not_fit_are_refused() -> None:
    with pytest.raises(BadProblemError, match="do not add up"):
        equal_shares.allocate(Problem(10, (Project("a", 5, 2),), ballots=(Ballot(("a",)),)))
    with pytest.raises(BadProblemError, match="nobody voted"):
        equal_shares.allocate(Problem(10, (Project("a", 5, 0),)))
    weighs = twins.problem_of(10, [5], [{0: 2}], Satisfaction.ADDITIVE)
    with pytest.raises(BadProblemError, match="cost or cardinality"):
        equal_shares.allocate_exactly(weighs)
    with pytest.raises(BadProblemError, match="at least 1"):
        equal_shares.allocate(weighs, Completion.ADD1, 0)


def test_a_work_that_nobody_wants_does_not_keep_the_share_rising() -> None:
    problem = twins.problem_of(30, [10, 10], [{0: 1}], Satisfaction.COST)
    assert equal_shares.allocate(problem, Completion.ADD1).selected == ("p0",)
    assert equal_shares.allocate(problem, Completion.ADD_OPT).selected == ("p0",)


def test_what_nobody_voted_for_is_paid_last_by_votes_as_greedy_does() -> None:
    problem = twins.problem_of(30, [10, 5, 5], [{0: 1}], Satisfaction.COST)
    assert equal_shares.allocate(problem, Completion.UTILITARIAN).selected == ("p0", "p1", "p2")


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([Satisfaction.COST, Satisfaction.CARDINALITY]))
def test_exact_equal_shares_among_many_different_ballots_changes_only_where_it_says(chance: random.Random, satisfaction: Satisfaction) -> None:
    """Enough voters that works are not looked at again although others paid a little more or less."""
    costs = [chance.randrange(20, 400) for _ in range(6)]
    marks = [{place: 1 for place in range(6) if chance.random() < 1 / 2} for _ in range(60)]
    electorate = electorate_of(problem := twins.problem_of(sum(costs) // 3, costs, marks, satisfaction))
    changes = list(itertools.islice(completion.changes(EvenWalk(electorate)), 5))
    for now, after in itertools.pairwise(changes):
        for share in (now.share, now.share + (after.share - now.share) * Fraction(999_999, 10**6)):
            assert sorted(twins.exact_equal_shares(problem, share)) == sorted(ids(now.bought))
