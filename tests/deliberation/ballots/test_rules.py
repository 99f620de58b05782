"""What a valid ballot is, beside a slow twin that lists every valid ballot there can be."""

from dataclasses import replace
from itertools import combinations, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.ballots.rules import Fault, Kind, Rules, Standee, canonical, counted, faults_of
from deliberation.ballots.sentences import _SENTENCES, sentence
from deliberation.ballots.words import BallotKind
from tests.deliberation.ballots import drawn

THREE = {n: Standee(n, f"Usulan {n}", 100 * n) for n in (1, 2, 3)}


def every_valid(rules, standees):
    """All valid ballots, by trying: slow and obvious."""
    alive = [number for number, one in standees.items() if not one.withdrawn]
    for size in range(1, len(alive) + 1):
        for chosen in combinations(alive, size):
            if rules.kind is Kind.APPROVAL and size <= rules.most:
                yield {(number, 1) for number in chosen}
            if rules.kind is Kind.KNAPSACK and sum(standees[number].cost for number in chosen) <= rules.budget:
                yield {(number, 1) for number in chosen}
            if rules.kind is Kind.RANKING and size <= rules.most:
                yield from ({(number, at) for at, number in enumerate(order, 1)} for order in permutations(chosen))
            if rules.kind is Kind.POINTS:
                for values in product(range(1, rules.points_each + 1), repeat=size):
                    if sum(values) <= rules.points_total:
                        yield set(zip(chosen, values, strict=True))


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_the_engine_takes_exactly_the_ballots_of_the_slow_list(data):
    rules, standees = data.draw(drawn.questions())
    standees = dict(list(standees.items())[:4])
    if rules.kind is Kind.POINTS:
        rules = replace(rules, points_total=min(rules.points_total, 4), points_each=min(rules.points_each, 3, rules.points_total))
    marks = data.draw(drawn.any_marks(standees) | drawn.cast(rules, standees))
    listed = bool(marks) and len(set(marks)) == len(marks) and set(marks) in list(every_valid(rules, standees))
    assert (not faults_of(rules, standees, marks)) == listed


@pytest.mark.parametrize(
    ("rules", "marks", "code"),
    [
        (Rules(Kind.APPROVAL, most=2), [(1, 1), (2, 1), (3, 1)], "too_many"),
        (Rules(Kind.APPROVAL, most=2), [(1, 2)], "value"),
        (Rules(Kind.APPROVAL, most=2), [(1, 1), (1, 1)], "twice"),
        (Rules(Kind.APPROVAL, most=2), [(9, 1)], "unknown"),
        (Rules(Kind.KNAPSACK, budget=400), [(2, 1), (3, 1)], "over_budget"),
        (Rules(Kind.RANKING, most=3), [(1, 1), (2, 1)], "place_twice"),
        (Rules(Kind.RANKING, most=3), [(1, 1), (2, 3)], "gap"),
        (Rules(Kind.RANKING, most=1), [(1, 1), (2, 2)], "too_many"),
        (Rules(Kind.POINTS, points_total=5, points_each=3), [(1, 4)], "too_many_each"),
        (Rules(Kind.POINTS, points_total=5, points_each=3), [(1, 3), (2, 3)], "too_many_points"),
        (Rules(Kind.POINTS, points_total=5, points_each=3), [(1, 0)], "value"),
        (Rules(Kind.POINTS, points_total=5, points_each=3), [], "empty"),
    ],
)
def test_each_fault_has_its_name_and_its_sentence(rules, marks, code):
    faults = faults_of(rules, THREE, marks)
    assert [fault.code for fault in faults] == [code]
    assert sentence(faults[0])


def test_a_budget_is_met_exactly_and_not_passed_by_one_rupiah():
    rules = Rules(Kind.KNAPSACK, budget=500)
    assert faults_of(rules, THREE, [(2, 1), (3, 1)]) == []
    assert faults_of(replace(rules, budget=499), THREE, [(2, 1), (3, 1)]) == [Fault("over_budget", limit=499, given=500)]


def test_an_abstention_is_said_and_holds_no_mark():
    rules = Rules(Kind.APPROVAL, most=1)
    assert faults_of(rules, THREE, [], abstains=True) == []
    assert faults_of(rules, THREE, [(1, 1)], abstains=True)[0].code == "abstains_and_marks"


def test_who_was_withdrawn_is_refused_and_leaves_earlier_ballots_as_if_never_there():
    gone = {**THREE, 2: replace(THREE[2], withdrawn=True)}
    assert faults_of(Rules(Kind.APPROVAL, most=2), gone, [(2, 1)]) == [Fault("withdrawn", 2)]
    assert counted(Rules(Kind.RANKING, most=3), gone, [(3, 1), (2, 2), (1, 3)]) == ((1, 2), (3, 1))


def test_the_order_of_pressing_is_not_kept():
    assert canonical([(3, 1), (1, 1)]) == canonical([(1, 1), (3, 1)])


def test_the_pure_kinds_are_those_of_the_form_and_every_sentence_can_be_said():
    assert {kind.value for kind in Kind} == set(BallotKind.values)
    assert all(sentence(Fault(code, 1, 2, 3)) for code in _SENTENCES)
