import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import codes, tiles
from geo.codes import Level

TILES = st.integers(0, 20).flatmap(lambda z: st.tuples(st.just(z), st.integers(0, 2**z - 1), st.integers(0, 2**z - 1)))
CODES = st.from_regex(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", fullmatch=True).filter(str.isascii)


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    """The slow twin, written from the definition of the projection."""
    x = (lon + 180) / 360 * 2**z
    y = (1 - math.log(math.tan(math.radians(lat)) + 1 / math.cos(math.radians(lat))) / math.pi) / 2 * 2**z
    return math.floor(x), math.floor(y)


@given(TILES)
def test_the_middle_of_a_tiles_box_lies_in_that_tile_by_the_projections_own_formula(tile):
    z, x, y = tile
    west, south, east, north = tiles.box(z, x, y)
    assert west < east
    assert south < north
    assert tile_of((west + east) / 2, (south + north) / 2, z) == (x, y)


@given(TILES.filter(lambda tile: tile[0] > 0 and tile[1] > 0))
def test_neighbours_share_their_edge_so_that_no_proposal_falls_between_tiles(tile):
    z, x, y = tile
    assert tiles.box(z, x, y)[0] == tiles.box(z, x - 1, y)[2]


@pytest.mark.parametrize("tile", [(-1, 0, 0), (0, 1, 0), (0, 0, -1), (3, 8, 0), (23, 0, 0), (99999, 1, 1)])
def test_a_tile_that_does_not_exist_is_no_valid_one(tile):
    assert not tiles.valid(*tile)
    with pytest.raises(ValueError, match="no such tile"):
        tiles.box(*tile)


def test_zooming_in_goes_from_provinces_down_to_single_proposals_and_never_back_up():
    shown = [tiles.level_for(zoom) for zoom in range(tiles.MAX_ZOOM + 1)]
    assert shown[0] is Level.PROVINCE
    assert shown[11] is Level.VILLAGE
    assert shown[12] is None
    ranks = [4 if level is None else codes.LEVELS.index(level) for level in shown]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2, 3, 4}


@given(CODES)
def test_a_lineage_is_the_chain_of_parents(code):
    chain, at = [], code
    while at is not None:
        chain.insert(0, at)
        at = codes.parent(at)
    assert list(codes.lineage(code)) == chain
    assert codes.level(code) is codes.LEVELS[len(chain) - 1]


@given(CODES, CODES)
def test_a_region_covers_exactly_those_that_have_it_in_their_lineage(scope, code):
    assert codes.covers(scope, code) == (scope in codes.lineage(code))
    assert codes.covers("", code)


def test_a_code_that_only_begins_alike_is_not_covered():
    assert not codes.covers("61.1", "61.12")
    assert not codes.covers("61.12.01.200", "61.12.01.2001")


@pytest.mark.parametrize("text", ["", "6", "61.", "61.12.1", "61.12.01.201", "61.12.01.20010", "61.12 ", "61.12\n", "６１", "٦١"])
def test_a_text_of_another_shape_is_no_code(text):
    assert not codes.is_code(text)
    with pytest.raises(ValueError, match="not a region code"):
        codes.level(text)
