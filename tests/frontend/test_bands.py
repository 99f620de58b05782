"""Classes of the coloured map: round limits, nobody lost, and "no data" never told as none."""

from bisect import bisect_right
from fractions import Fraction

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from frontend import bands
from frontend.layers import Layer, layer_of, paint

AMOUNTS = st.lists(st.fractions(min_value=0, max_value=10**13, max_denominator=1000), max_size=60)


@given(AMOUNTS)
def test_limits_rise_lie_within_the_values_and_leave_no_class_empty(values: list[Fraction]) -> None:
    limits = bands.limits(values)
    some = [value for value in values if value > 0]
    assert limits == sorted(set(limits))
    assert len(limits) < bands.MOST
    assert all(min(some) < limit <= max(some) for limit in limits)
    assert {bisect_right(limits, value) for value in some} == set(range(len(limits) + 1 if some else 0))


def test_limits_are_numbers_that_a_person_can_repeat() -> None:
    limits = bands.limits([Fraction(value) for value in (1234, 2345, 3456, 4567, 5678, 6789, 7890, 8901, 9012, 9123)])
    assert [int(limit) for limit in limits] == [3000, 6000, 8000, 9000]


@pytest.mark.parametrize(("value", "band"), [(None, None), (Fraction(0), 0), (Fraction(1), 1), (Fraction(5), 2), (Fraction(50), 2)])
def test_none_and_unknown_have_places_of_their_own(value: Fraction | None, band: int | None) -> None:
    assert bands.band(value, [Fraction(5)]) == band


def bubble(code: str, count: int, **facts: int | None) -> dict[str, object]:
    return {"code": code, "count": count, "amount": count * 10**6, "funded": 0, "funded_amount": 0, "population": None, "households": None, **facts}


def test_where_nobody_counted_the_people_there_is_no_data_and_the_legend_says_so() -> None:
    painted = paint(Layer("count", "person"), [bubble("a", 4, population=2000), bubble("b", 4), bubble("c", 0, population=10)])
    assert painted.bands == {"a": 1, "b": None, "c": 0}
    assert painted.values["a"] == "2"
    assert [(line.index, line.regions) for line in painted.legend] == [(0, 1), (1, 1), (None, 1)]


def test_a_region_without_proposals_has_no_share() -> None:
    painted = paint(Layer("share"), [bubble("a", 4, funded=1), bubble("b", 0)])
    assert (painted.values["a"], painted.bands["b"]) == ("25%", None)


@pytest.mark.parametrize("address", ["layer=gold", "layer=&per=person", "layer=COUNT"])
def test_an_unknown_layer_shows_bubbles(address: str) -> None:
    assert layer_of(QueryDict(address)) == Layer()


def test_a_share_is_never_divided_by_people() -> None:
    assert layer_of(QueryDict("layer=share&per=person")) == Layer("share")
