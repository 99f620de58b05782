import random

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import sketch

PLACE = sketch.PLACES["61.12"]
COUNTS = [22, 6, 15, 10, 15, 20, 6, 14, 15]


def villages(counts):
    return {f"61.12.{above:02}": [f"61.12.{above:02}.{2000 + below}" for below in range(1, count + 1)] for above, count in enumerate(counts, start=1)}


@pytest.fixture(scope="module")
def cells():
    return sketch.draw("61.12", villages(COUNTS), PLACE)


def test_neighbours_share_their_edges_exactly_and_nothing_overlaps(cells):
    assert len(cells) == sum(COUNTS)
    assert shapely.coverage_is_valid(list(cells.values()))


def test_the_whole_and_each_kecamatan_are_one_piece_without_holes(cells):
    for group in [list(cells), *villages(COUNTS).values()]:
        whole = shapely.union_all([cells[code] for code in group])
        assert whole.geom_type == "Polygon"
        assert not whole.interiors


def test_it_lies_where_the_kabupaten_is_and_is_about_as_large(cells):
    whole = shapely.union_all(list(cells.values()))
    assert whole.contains(shapely.Point(PLACE.longitude, PLACE.latitude))
    assert whole.area * sketch.KM_A_DEGREE**2 == pytest.approx(PLACE.area_km2, rel=0.1)


def test_the_same_kabupaten_is_always_drawn_the_same_and_another_differently(cells):
    assert sketch.draw("61.12", villages(COUNTS), PLACE) == cells
    assert sketch.draw("61.11", villages(COUNTS), PLACE) != cells


def test_a_kabupaten_without_villages_is_refused():
    with pytest.raises(ValueError, match="no villages"):
        sketch.draw("61.12", {"61.12.01": []}, PLACE)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=8).filter(any), st.integers(0, 99), st.floats(1, 40_000))
def test_any_kabupaten_can_be_drawn(counts, number, area):
    drawn = sketch.draw(f"35.{number:02}", villages(counts), sketch.Place(113.0, -8.0, area))
    assert len(drawn) == sum(counts)
    assert shapely.coverage_is_valid(list(drawn.values()))


@given(st.lists(st.floats(0.5, 2), min_size=1, max_size=20), st.integers())
@settings(max_examples=50, deadline=None)
def test_each_gets_the_share_of_its_weight(weights, seed):
    whole = shapely.Point(0, 0).buffer(10)
    chance = random.Random(seed)  # noqa: S311 - a drawing
    parts = sketch.split(whole, [(weight, str(number)) for number, weight in enumerate(weights)], chance)
    for number, weight in enumerate(weights):
        assert parts[str(number)].area == pytest.approx(whole.area * weight / sum(weights), rel=1e-3)
