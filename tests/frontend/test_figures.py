"""Figures as people here write them, and small maps that stay inside their paper."""

from decimal import Decimal

import pytest

from frontend.drawings import Counted, counted_map, place_map
from frontend.figures import number, plain, share
from geo.models import Region
from tests import cast


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1180, "1.180"),
        (Decimal("8.600"), "8,6"),
        (0, "0"),
        (Decimal(650), "650"),
        (None, "–"),
        (1_250_000, "1.250.000"),
        (Decimal("-1250.5"), "−1.250,5"),
    ],
)
def test_numbers_are_written_with_dots_and_a_decimal_comma(value, told):
    assert number(value) == told


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("Rp 481.000.000", "481000000"),
        ("8,6", "8.6"),
        ("1.180", "1180"),
        ("1.5", "1.5"),
        ("1.180,25", "1180.25"),
        ("481000000", "481000000"),
        ("dua", "dua"),
    ],
)
def test_what_people_type_becomes_a_bare_figure(typed, bare):
    assert plain(typed) == bare


@pytest.mark.django_db
def test_bubbles_stay_on_the_paper_and_apart(people):
    regions = list(Region.objects.filter(parent=cast.SUBDISTRICT))
    drawing = counted_map(regions, {region.pk: Counted(5, 2) for region in regions})
    assert drawing is not None
    assert len(drawing.bubbles) == 3
    for bubble in drawing.bubbles:
        assert 0 <= bubble.x <= drawing.width
        assert 0 <= bubble.y <= drawing.height
        assert bubble.share == 40


@pytest.mark.django_db
def test_a_region_without_outline_has_no_drawing(people):
    assert place_map(Region.objects.get(pk=cast.UNDRAWN_VILLAGE), []) is None


@pytest.mark.parametrize(("part", "of", "told"), [(1, 8, "12,5%"), (1, 2000, "0,1%"), (1, 2001, "0%"), (2, 3, "66,7%"), (3, 3, "100%"), (0, 0, "–")])
def test_a_part_of_a_whole_is_rounded_once_halves_upwards(part, of, told):
    assert share(part, of) == told
