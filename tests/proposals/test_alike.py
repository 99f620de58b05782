"""The points of two proposals: the fast code against the table of its docstring, read slowly."""

from fractions import Fraction

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from proposals.similar import alike
from proposals.similar.alike import Facts, Kind, Work

SHARE = st.integers(0, 1000)
FACTS = st.builds(
    Facts,
    distance_m=st.none() | st.integers(0, 2000),
    work=st.sampled_from(Work),
    words=SHARE,
    overlap=st.none() | SHARE,
    same_village=st.booleans(),
)


def slow_points(facts: Facts, radius: int) -> int:
    """The docstring's table, a sentence a line, in exact fractions."""
    if facts.overlap is not None:
        place = Fraction(40 * facts.overlap, 1000)
    elif facts.distance_m is None:
        place = Fraction(10 if facts.same_village else 0)
    else:
        beyond = max(0, facts.distance_m - radius)
        place = max(Fraction(0), 40 * (1 - Fraction(beyond, 500 - radius)))
    work = {"same": 35, "related": 20, "sector": 8, "other": 0}[facts.work.value]
    words = Fraction(25 * facts.words, 1000) / (2 if facts.work is Work.OTHER else 1)
    return int(place) + work + int(words)


@given(FACTS, st.integers(1, 400))
def test_the_points_are_those_of_the_table(facts, radius):
    assert alike.points(facts, radius_m=radius) == slow_points(facts, radius)


@given(FACTS, st.integers(1, 400))
def test_points_stay_between_nothing_and_a_hundred(facts, radius):
    assert 0 <= alike.points(facts, radius_m=radius) <= 100


@given(FACTS, st.integers(1, 400), st.integers(1, 500))
def test_nothing_gets_more_alike_by_being_farther_away(facts, radius, step):
    if facts.distance_m is None:
        return
    farther = Facts(facts.distance_m + step, facts.work, facts.words, facts.overlap, facts.same_village)
    assert alike.points(farther, radius_m=radius) <= alike.points(facts, radius_m=radius)


def test_neither_place_nor_work_nor_words_is_enough_alone():
    for facts in (Facts(0, Work.OTHER, 0), Facts(None, Work.SAME, 0, same_village=True), Facts(None, Work.OTHER, 1000, same_village=True)):
        assert alike.points(facts, radius_m=50) < alike.SHOWN


def test_the_same_work_at_the_same_place_is_a_probable_duplicate_whatever_it_is_called():
    assert alike.points(Facts(50, Work.SAME, 0), radius_m=50) == alike.STRONG


@pytest.mark.parametrize(
    ("facts", "same_year", "asked"),
    [
        (Facts(50, Work.SAME, 0), True, True),
        (Facts(51, Work.SAME, 1000), True, False),
        (Facts(0, Work.RELATED, 1000), True, False),
        (Facts(0, Work.SAME, 1000), False, False),
        (Facts(None, Work.SAME, 1000, same_village=True), True, False),
    ],
    ids=["at the radius", "beyond it", "related work", "another year", "no place"],
)
def test_the_law_asks_about_the_same_work_within_the_radius_in_the_same_year(facts, same_year, asked):
    assert alike.must_be_answered(facts, radius_m=50, same_year=same_year) is asked


ROAD = Kind("road", "61.12", "J01", "Rabat beton jalan desa", "Jalan", "Program jalan", "Pemeliharaan")


@pytest.mark.parametrize(
    ("other", "work"),
    [
        (Kind("road", "61.12", "J01", "Rabat beton (2029)"), Work.SAME),
        (Kind("road", "61.71", "X9", "rabat  BETON jalan desa"), Work.SAME),
        (Kind("road", "61.71", "J01", "Jembatan gantung"), Work.SECTOR),
        (Kind("road", "61.12", "J02", "Jembatan", "Jalan"), Work.RELATED),
        (Kind("drainage", "61.12", "D01", "Selokan", "", "Program jalan", "Pemeliharaan"), Work.RELATED),
        (Kind("road"), Work.SECTOR),
        (Kind("water", "61.12", "A01", "Sumur bor"), Work.OTHER),
        (Kind(), Work.OTHER),
    ],
    ids=["code", "name elsewhere", "code elsewhere", "group", "activity", "sector alone", "another sector", "nothing known"],
)
def test_kinds_of_work_are_compared_by_code_name_group_and_sector(other, work):
    assert alike.work_between(ROAD, other) is work
    assert alike.work_between(other, ROAD) is work


def test_words_that_say_nothing_do_not_make_two_titles_alike():
    assert alike.shared_words(["bangun", "desa", "jalan"], ["baik", "jalan", "jalan-jal", "rt", "03"]) == 1000
    assert alike.shared_words(["bangun", "jalan"], ["bangun", "posyandu"]) == 0
    assert alike.shared_words(["bangun", "desa"], ["bangun", "desa"]) == 0


@pytest.mark.django_db
def test_the_stems_that_say_nothing_are_what_the_database_makes_of_those_words():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('indonesian', %s))", [" ".join(sorted(alike.EMPTY_WORDS))])
        assert set(cursor.fetchone()[0]) == alike.EMPTY_STEMS
