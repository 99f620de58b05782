"""The mathematics of scoring against slow, obvious twins."""

from dataclasses import replace
from fractions import Fraction
from statistics import mean, median, pvariance

from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.scoring.law import band, middle_rank
from deliberation.scoring.outcome import deviation, rounded
from deliberation.scoring.result import Entry, Rule, centre, out_of_hundred, placed, seeded, spread
from deliberation.scoring.sensitivity import STEPS, shifts

SEED = "benih"
ONE_TO_FIVE = st.integers(1, 5)
VALUE = st.one_of(st.none(), st.fractions(1, 5, max_denominator=4))
UNKNOWN = st.sampled_from(["middle", "lowest", "left_out"])


@st.composite
def cases(draw):
    """Rules with weights from 0, and entries with computed values, scores and ties."""
    codes = draw(st.lists(st.sampled_from(["URG", "POV", "BEN", "EQU", "ALN"]), min_size=1, max_size=4, unique=True))
    rules = [Rule(code, draw(st.integers(0, 30)), draw(st.booleans()), draw(UNKNOWN)) for code in codes]
    entries = []
    for number in range(1, draw(st.integers(1, 7)) + 1):
        computed = {rule.code: draw(VALUE) for rule in rules if rule.is_computed}
        scores = {rule.code: draw(st.lists(ONE_TO_FIVE, max_size=6)) for rule in rules if not rule.is_computed}
        entries.append(Entry(number, f"6112-2028-{number:04d}", draw(st.sampled_from(["", "2027-01-01", "2027-01-02"])), computed, scores))
    return rules, entries, draw(st.sampled_from([0, 3, 5]))


def slow_values(entry, rules, median_from):
    """One criterion at a time, in the words of the page."""
    values = {}
    for rule in rules:
        given_scores = [Fraction(one) for one in entry.scores.get(rule.code, [])]
        if rule.is_computed:
            value = entry.computed.get(rule.code)
        elif not given_scores:
            value = None
        elif median_from and len(given_scores) >= median_from:
            value = median(given_scores)
        else:
            value = mean(given_scores)
        if value is None and rule.when_unknown != "left_out":
            value = Fraction(3 if rule.when_unknown == "middle" else 1)
        if value is not None:
            values[rule.code] = Fraction(value)
    return values


def slow_order(entries, rules, median_from, weights=None):
    """Numbers in the order of the places: whoever is beaten by nobody left is next."""
    weights = weights or {rule.code: Fraction(rule.weight) for rule in rules}
    facts = {}
    for entry in entries:
        values = slow_values(entry, rules, median_from)
        weight = sum(weights[code] for code in values)
        if weight:
            facts[entry.number] = (sum(weights[code] * value for code, value in values.items()) / weight, values, entry)

    def beats(left, right):
        mine, theirs = facts[left], facts[right]
        for a, b in ((mine[0], theirs[0]), *((mine[1].get(code, 0), theirs[1].get(code, 0)) for code in ("POV", "URG"))):
            if a != b:
                return a > b
        if mine[2].submitted != theirs[2].submitted:
            return mine[2].submitted != "" and (theirs[2].submitted == "" or mine[2].submitted < theirs[2].submitted)
        return seeded(SEED, mine[2].label) < seeded(SEED, theirs[2].label)

    left, order = set(facts), []
    while left:
        best = next(one for one in left if not any(beats(other, one) for other in left if other != one))
        order.append(best)
        left.remove(best)
    return order


@settings(max_examples=400, deadline=None)
@given(cases())
def test_places_are_those_of_the_slow_twin_because_order_decides_money(case) -> None:
    rules, entries, median_from = case

    found = placed(entries, rules, median_from=median_from, seed=SEED)

    assert [one.entry.number for one in found if one.score is not None] == slow_order(entries, rules, median_from)
    assert sorted(one.entry.number for one in found) == [entry.number for entry in entries]
    assert [one.place for one in found if one.place] == list(range(1, sum(one.score is not None for one in found) + 1))


@settings(max_examples=300, deadline=None)
@given(cases())
def test_a_moved_weight_changes_the_places_that_the_slow_twin_finds(case) -> None:
    rules, entries, median_from = case
    found = placed(entries, rules, median_from=median_from, seed=SEED)
    now = slow_order(entries, rules, median_from)

    told = {(shift.code, shift.step): shift.moves for shift in shifts(found, rules, SEED)}

    for rule in rules:
        for step in STEPS if rule.weight else ():
            weights = {one.code: Fraction(one.weight) * (1 + step if one.code == rule.code else 1) for one in rules}
            then = slow_order(entries, rules, median_from, weights)
            moved = [(number, now.index(number) + 1, then.index(number) + 1) for number in now if now.index(number) != then.index(number)]
            assert list(told[rule.code, step]) == moved
    assert len(told) == 2 * sum(rule.weight > 0 for rule in rules)


@given(st.lists(ONE_TO_FIVE, min_size=1, max_size=12), st.integers(0, 8))
def test_centre_and_spread_are_those_of_the_textbook(scores, median_from) -> None:
    exact = [Fraction(one) for one in scores]
    expected = median(exact) if median_from and len(scores) >= median_from else mean(exact)

    assert centre(scores, median_from) == expected
    found = spread(scores)
    assert (found.scorers, found.least, found.most, found.variance) == (len(scores), min(scores), max(scores), pvariance(exact))


@given(cases())
def test_the_order_of_the_rows_decides_nothing(case) -> None:
    rules, entries, median_from = case

    there = placed(entries, rules, median_from=median_from, seed=SEED)
    back = placed(entries[::-1], rules, median_from=median_from, seed=SEED)

    assert [one.entry.number for one in there] == [one.entry.number for one in back]


def test_the_scale_goes_from_nought_to_a_hundred() -> None:
    rules = [Rule("URG", 20), Rule("ALN", 15)]
    worst, best = (Entry(1, "a", scores={"URG": [one], "ALN": [one]}) for one in (1, 5))
    best = replace(best, number=2)

    found = placed([worst, best], rules, median_from=5, seed=SEED)

    assert [(one.entry.number, out_of_hundred(one.score or Fraction(0))) for one in found] == [(2, 100), (1, 0)]


def test_equal_scores_are_decided_by_who_reaches_the_poor_before_who_is_urgent() -> None:
    rules = [Rule("POV", 10), Rule("URG", 10)]
    urgent = Entry(1, "a", "2027-01-01", scores={"POV": [2], "URG": [4]})
    reaches = Entry(2, "b", "2027-01-02", scores={"POV": [4], "URG": [2]})

    assert [one.entry.number for one in placed([urgent, reaches], rules, median_from=5, seed=SEED)] == [2, 1]


def test_what_nobody_could_score_has_no_place_where_the_rule_leaves_it_out() -> None:
    found = placed([Entry(1, "a")], [Rule("URG", 10, when_unknown="left_out")], median_from=5, seed=SEED)

    assert (found[0].score, found[0].place, found[0].unknown) == (None, None, ("URG",))


def test_a_limit_that_is_reached_counts() -> None:
    shares = (Fraction(0), Fraction(5), Fraction(149, 10), Fraction(15), Fraction(30), Fraction(60))

    assert [band(share, (5, 15, 30, 60)) for share in shares] == [1, 2, 2, 3, 4, 5]


def test_a_price_at_the_dictionarys_is_best_and_one_above_every_limit_worst() -> None:
    shares = (Fraction(100), Fraction(1001, 10), Fraction(130), Fraction(150), Fraction(151))

    assert [band(share, (100, 115, 130, 150), rising=False) for share in shares] == [5, 4, 3, 2, 1]


def test_equals_share_the_middle_of_their_places_and_who_is_alone_stands_in_the_middle() -> None:
    assert [middle_rank(0, 1, 1), middle_rank(0, 4, 4), middle_rank(3, 1, 4)] == [50, 50, Fraction(175, 2)]


def test_what_is_shown_is_rounded_half_up_from_the_exact_number() -> None:
    assert [rounded(Fraction(1, 20)), rounded(Fraction(200, 3)), rounded(Fraction(100))] == ["0.1", "66.7", "100.0"]
    assert [deviation(Fraction(0)), deviation(Fraction(2, 3)), deviation(Fraction(4))] == ["0.00", "0.82", "2.00"]
