"""Facts of runs beside each other, each counted by hand."""

from fractions import Fraction

import pytest

from budgeting.comparison.facts import Column, Place, Reached, Sum, fifths, moved

VILLAGES = [Place(f"61.12.01.20{number:02}", f"Desa {number}", 1000 * number, 250 * number, 10 * number * number) for number in range(1, 6)]


def test_sums_of_a_group_are_added_line_by_line():
    assert Sum(3, 2, 500) + Sum(1, 0, 0) == Sum(4, 2, 500)


def test_the_poorest_fifth_is_the_village_with_most_poor_households_of_all_its_households():
    # 10 n² of 250 n households are 4 n percent: the fifth village is the poorest
    groups = fifths(VILLAGES)
    assert [(one.index, [place.code[-2:] for place in one.villages]) for one in groups] == [
        (1, ["05"]), (2, ["04"]), (3, ["03"]), (4, ["02"]), (5, ["01"]),
    ]  # fmt: skip


def test_equally_poor_villages_stand_by_their_code_and_seven_are_divided_as_evenly_as_can_be():
    alike = [Place(f"61.12.01.20{number:02}", households=100, poor=50, population=400) for number in range(1, 8)]
    assert [[place.code[-1] for place in one.villages] for one in fifths(alike)] == [["1", "2"], ["3"], ["4", "5"], ["6"], ["7"]]


def test_villages_without_data_are_a_group_of_their_own_and_too_few_known_ones_are_not_divided():
    unknown = Place("61.12.02.2001", population=700)
    assert [one.index for one in fifths([*VILLAGES, unknown])] == [1, 2, 3, 4, 5, 0]
    assert [(one.index, len(one.villages)) for one in fifths([*VILLAGES[:4], unknown])] == [(0, 5)]
    assert fifths([]) == []


def test_more_poor_households_than_households_are_all_of_them_and_no_households_are_unknown():
    assert Place("61.12.01.2001", households=10, poor=12).poverty == 1
    assert Place("61.12.01.2001", households=0, poor=3).poverty is None
    assert Place("61.12.01.2001", households=10).poverty is None


def test_rupiah_a_head_counts_only_villages_whose_inhabitants_are_known():
    known, unknown = Place("61.12.01.2001", population=200), Place("61.12.01.2002")
    group = fifths([known, unknown])[0]
    assert group.per_head({known.code: Sum(1, 1, 500), unknown.code: Sum(1, 1, 900)}) == Fraction(5, 2)
    assert fifths([unknown])[0].per_head({unknown.code: Sum(1, 1, 900)}) is None


def test_shares_are_exact_and_of_nothing_there_is_no_share():
    column = Column(total=Sum(4, 3, 900), marks={"women": Sum(2, 1, 300)})
    assert (column.money_share(column.marks["women"]), column.line_share(column.marks["women"])) == (Fraction(1, 3), Fraction(1, 3))
    assert Column().money_share(Sum()) is None


@pytest.mark.parametrize(("total", "share"), [(0, None), (4, None), (5, Fraction(2, 5))])
def test_fewer_than_five_people_are_never_told_as_a_share(total, share):
    assert Reached(total, 2).share == share


def test_who_gains_most_stands_first_who_loses_most_last_and_who_keeps_is_left_out():
    first = Column(villages={"a": Sum(1, 1, 100), "b": Sum(1, 1, 50), "c": Sum(1, 1, 10)})
    other = Column(villages={"a": Sum(1, 0, 0), "b": Sum(1, 1, 50), "c": Sum(1, 1, 30), "d": Sum(1, 1, 20)})
    assert [(one.code, one.change) for one in moved(first, other)] == [("c", 20), ("d", 20), ("a", -100)]
