"""Whether those who are there are enough, against the obvious way to count it."""

from fractions import Fraction
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from deliberation.roll.quorum import Counts, Rule, Rules, Verdict, judge

PERCENT = st.none() | st.integers(0, 100)


def _least(percent: int, whole: int) -> int:
    """The obvious twin: try every number."""
    return next(number for number in count() if Fraction(number, 1) >= Fraction(percent, 100) * whole)


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    total = draw(st.integers(0, 400))
    of = draw(st.integers(0, 40))
    return Counts(total, draw(st.integers(0, total)), draw(st.integers(0, min(total, 21))), draw(st.integers(0, of)), of)


@given(counts(), st.builds(Rules, st.none() | st.integers(0, 300), PERCENT, st.none() | st.integers(0, 21), PERCENT))
def test_the_verdict_is_what_counting_by_hand_gives_because_no_rounding_may_decide(there: Counts, rules: Rules) -> None:
    verdict = judge(there, rules)
    asked = {Rule.PEOPLE: (there.total, rules.people), Rule.ELEMENTS: (there.elements, rules.elements)}
    if rules.regions_percent is not None and there.regions_of:
        asked[Rule.REGIONS] = (there.regions, _least(rules.regions_percent, there.regions_of))
    missing = {rule: (have, need) for rule, (have, need) in asked.items() if need is not None and have < need}
    assert {one.rule: (one.have, one.need) for one in verdict.short} == missing
    rule_asks = any(need is not None for _have, need in asked.values())
    assert verdict.quorum_met == (not missing if rule_asks else None)


@given(counts(), st.integers(0, 99))
def test_so_many_more_women_as_it_says_meet_the_share_and_one_fewer_does_not(there: Counts, percent: int) -> None:
    verdict = judge(there, Rules(women_percent=percent))
    missing = verdict.women_missing or 0
    assert judge(Counts(there.total + missing, there.women + missing), Rules(women_percent=percent)).women_met
    if missing:
        assert not judge(Counts(there.total + missing - 1, there.women + missing - 1), Rules(women_percent=percent)).women_met


def test_a_stage_without_rules_is_neither_met_nor_short() -> None:
    assert judge(Counts(total=3), Rules()) == Verdict(None, (), None, 0)
    assert not judge(Counts(), Rules()).falls_short


def test_thirteen_of_fifteen_villages_are_enough_for_two_thirds_and_nine_are_not() -> None:
    rules = Rules(regions_percent=67)
    assert judge(Counts(total=13, regions=13, regions_of=15), rules).quorum_met
    short = judge(Counts(total=9, regions=9, regions_of=15), rules)
    assert [(one.have, one.need) for one in short.short] == [(9, 11)]
    assert short.falls_short


def test_a_village_has_no_regions_below_it_so_that_rule_asks_nothing_there() -> None:
    assert judge(Counts(total=5), Rules(regions_percent=50)).quorum_met is None


def test_when_men_are_there_and_all_must_be_women_no_number_of_women_helps() -> None:
    assert judge(Counts(total=3, women=2), Rules(women_percent=100)).women_missing is None


def test_an_empty_hall_misses_the_share_of_women_by_one() -> None:
    verdict = judge(Counts(), Rules(women_percent=30, people=1))
    assert (verdict.women_met, verdict.women_missing, verdict.quorum_met) == (False, 1, False)
