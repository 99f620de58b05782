"""Every figure by hand from small counts: what is counted of what, what is missing, who is too few to be told."""

from fractions import Fraction

import pytest

from budgeting.figures.facts import Facts, Meetings, Paper, Place
from budgeting.figures.figure import Missing, Unit, middle
from budgeting.figures.table import BY_PLACE, TABLE, by_place, figures_of
from budgeting.figures.telling import rounded


def of(code: str, **facts):
    """One figure of these facts."""
    return {figure.code: figure for figure in figures_of(Facts(**facts))}[code]


def village(number: int, **counts) -> Place:
    return Place(f"61.12.01.200{number}", **counts)


@pytest.mark.parametrize(
    ("code", "counts", "part", "whole"),
    [
        ("coverage", {"asked": 2}, 1, 1),
        ("geotag", {"items": 4, "located": 3}, 3, 4),
        ("accommodation", {"agreed": 620, "accommodated": 405}, 405, 620),
        ("realisation", {"lines": 34, "confirmed": 12}, 12, 34),
        ("ghost", {"amount": 1_000_000_000, "ghost": 250_000_000}, 250_000_000, 1_000_000_000),
        ("soft", {"items": 9, "known_kind": 8, "soft": 2}, 2, 8),
        ("soft_money", {"given_known_kind": 500, "given_soft": 90}, 90, 500),
        ("women_asked", {"items": 5, "by_women": 2}, 2, 5),
        ("women_given", {"given": 700, "given_women": 100}, 100, 700),
        ("waiting_long", {"waiting": 6, "waiting_long": 1}, 1, 6),
    ],
)
def test_a_share_is_its_numerator_of_its_denominator(code, counts, part, whole):
    figure = of(code, places=(village(1, **counts),))
    assert (figure.numerator, figure.denominator, figure.value) == (part, whole, Fraction(100 * part, whole))


def test_what_is_not_known_says_why_and_is_never_zero():
    """An empty year has no figure at all, and every figure names its reason."""
    for figure in figures_of(Facts()):
        assert (figure.value, figure.numerator, figure.denominator) == (None, None, None)
        assert figure.missing is not None
    assert of("coverage", places=(village(1),)).value == 0, "a village that did not ask is known not to have asked"


def test_a_region_that_is_no_village_counts_its_money_and_is_no_village_of_a_denominator():
    wide = Place("61.12", is_village=False, amount=300, ghost=300, lines=1)
    figure = of("ghost", places=(village(1, amount=100, lines=1), wide))
    assert (figure.numerator, figure.denominator) == (300, 400)
    assert of("coverage", places=(village(1, asked=1), wide)).denominator == 1


def test_where_no_boundary_is_known_no_point_is_checked():
    drawn, sketched = village(1, items=2, located=1), village(2, items=3, has_boundary=False)
    assert (of("geotag", places=(drawn, sketched)).denominator, of("geotag", places=(drawn, sketched)).notes) == (2, {"unbounded": 3})
    assert of("geotag", places=(sketched,)).missing is Missing.NO_BOUNDARY


def test_a_year_without_sub_districts_says_so():
    assert of("accommodation", has_subdistrict_stage=False, places=(village(1, agreed=1),)).missing is Missing.NO_STAGE


def test_fewer_than_five_people_are_not_told_on_either_side():
    """Two women of twenty, and two men of twenty: both could be named by whoever was there."""
    assert of("women_came", meetings=Meetings(came=20, women=2)).missing is Missing.FEW
    assert of("women_came", meetings=Meetings(came=20, women=18)).missing is Missing.FEW
    assert of("women_came", meetings=Meetings(came=20, women=6)).value == 30
    assert of("women_came", meetings=Meetings(came=20, women=0)).value == 0
    few = of("participation", places=(village(1, population=1000),), participants=4)
    assert (few.missing, few.numerator, few.value) == (Missing.FEW, None, None)


def test_people_who_take_part_are_told_for_each_thousand_of_those_who_are_known():
    figure = of("participation", places=(village(1, population=1000), village(2, population=1500), village(3)), participants=6)
    assert (figure.value, figure.denominator, figure.notes) == (Fraction(12, 5), 2500, {"unknown_population": 1})
    assert figure.unit is Unit.PER_THOUSAND


def test_the_middle_of_an_even_number_is_half_way():
    assert [middle({}), middle({3: 1}), middle({0: 1, 2: 1}), middle({0: 2, 1: 1, 9: 1})] == [None, 3, 1, Fraction(1, 2)]
    figure = of("waiting", years={0: 1, 2: 1, 5: 2})
    assert (figure.value, figure.denominator) == (Fraction(7, 2), 4)


def poor(number: int, households: int, of_them: int, amount: int) -> Place:
    return Place(f"61.12.01.20{number:02}", households=households, poor=of_them, amount=amount)


def test_money_by_fifth_is_rupiah_for_each_poor_household():
    """Five villages of 100 households, from 50 poor ones down to 10: the poorest gets 100 million, each next one 100 more."""
    places = tuple(poor(at, 100, 60 - 10 * at, 100_000_000 * at) for at in range(1, 6))
    assert [of(f"poverty_{at}", places=places).value for at in range(1, 6)] == [2_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000]
    # S: 1/15, 3/15, 6/15, 10/15, 15/15; sum of (S + S before) is 1+4+9+16+25 = 55 of 15, a fifth of it is 11/15
    assert of("concentration", places=places).value == 1 - Fraction(11, 15)
    even = tuple(poor(at, 100, 60 - 10 * at, 100) for at in range(1, 6))
    assert of("concentration", places=even).value == 0
    to_the_poorest = tuple(poor(at, 100, 60 - 10 * at, 100 if at == 1 else 0) for at in range(1, 6))
    assert of("concentration", places=to_the_poorest).value == Fraction(-4, 5)


def test_poverty_is_not_told_of_fewer_than_five_villages_nor_of_a_handful_of_households():
    four = tuple(poor(at, 100, 10, 5) for at in range(1, 5))
    assert of("poverty_1", places=four).missing is Missing.NO_POVERTY
    assert of("concentration", places=four).missing is Missing.NO_POVERTY
    few = (poor(1, 5, 3, 90), *(poor(at, 100, 10, 5) for at in range(2, 6)))
    assert of("poverty_1", places=few).missing is Missing.FEW


def test_meetings_paper_and_captures():
    assert of("quorum", meetings=Meetings(ruled=8, met=6)).value == 75
    assert of("recount", paper=Paper(ballots=4, matching=3, sheets_off=2)).notes == {"sheets_off": 2}
    assert of("answered", due=5, on_time=3).value == 60
    assert of("rejected", rejections=3, explained=2).value == Fraction(200, 3)
    assert of("delay", captured=3, delay=14_400).value == 14_400


def test_values_are_rounded_once_and_half_away_from_zero():
    told = {figure.code: rounded(figure) for figure in figures_of(Facts(due=2000, on_time=1, rejections=3, explained=2, years={0: 1, 1: 3}))}
    assert [str(told[code]) for code in ("answered", "rejected", "waiting")] == ["0.1", "66.7", "1.0"]


def test_a_part_of_a_region_is_counted_by_itself():
    facts = Facts(places=(Place("61.12.01.2001", asked=1, items=1), Place("61.12.02.2001")))
    assert [figure.value for figure in by_place(facts.within("61.12.01")) if figure.code == "coverage"] == [100]
    assert [figure.value for figure in by_place(facts.within("61.12.02")) if figure.code == "coverage"] == [0]
    assert {figure.code for figure in by_place(facts)} == set(BY_PLACE)


def test_every_figure_has_words():
    from budgeting.figures.words import GROUPS, WHY, WORDS

    assert {one.code for one in TABLE} == set(WORDS)
    assert {one.group for one in TABLE} == set(GROUPS)
    assert set(WHY) == set(Missing)
