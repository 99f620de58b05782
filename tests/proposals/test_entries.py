"""Bad input, field by field: a sentence for the field, nothing written, never a crash."""

import math
from contextlib import suppress
from decimal import Decimal

import pytest
from django.contrib.gis.geos import Point
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.refusals import Invalid, Refusal
from geo.models import RegionPiece
from proposals import services
from proposals.models import Proposal
from proposals.models.proposal import AMOUNT_MAX, VOLUME_MAX
from proposals.services import entries, place
from proposals.services.entries import Unreadable
from tests import cast, make
from tests.proposals import told


@pytest.fixture
def writer(people):
    make.cycle()
    return people.facilitator


def _refused(writer, **fields):
    with pytest.raises(Invalid) as refusal:
        told.draft(writer, **fields)
    assert not Proposal.objects.exists()
    assert all(sentence.strip() for sentences in refusal.value.fields.values() for sentence in sentences)
    return refusal.value.fields


NO_AMOUNT = [-1, 0, 0.5, "1,5", "1.5", "satu juta", 10**15 + 1, "9" * 500, math.inf, math.nan, "NaN", "1e400", True, [], {}, "1_000", "\x00", "٣"]


@pytest.mark.parametrize("value", NO_AMOUNT, ids=repr)
@pytest.mark.parametrize("name", ["unit_price", "amount"])
def test_an_amount_is_whole_rupiah_above_zero_and_no_larger_than_any_budget(writer, name, value):
    if value == "٣":  # Arabic digits are digits: a price of three rupiah, which then does not fit the rest
        value = "٣,٣"
    assert name in _refused(writer, **{"volume": 1, name: value})


NO_VOLUME = [-1, 0, "-0.5", 0.0001, 10**9 + 1, "banyak", math.inf, math.nan, True, [1], {"a": 1}, "1e999999"]


@pytest.mark.parametrize("value", NO_VOLUME, ids=repr)
def test_a_volume_is_above_zero_with_at_most_three_decimals(writer, value):
    assert set(_refused(writer, volume=value)) == {"volume"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [("12,5", "12.5"), ("12.5", "12.5"), ("1.234,5", "1234.5"), (12.5, "12.5"), (7, "7"), (" 3 ", "3"), ("0.001", "0.001"), (VOLUME_MAX, VOLUME_MAX)],
)
def test_a_volume_is_read_the_indonesian_way_and_the_programs_way(typed, read):
    assert entries.volume(typed) == Decimal(read)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("481.000.000", 481_000_000),
        ("481000000", 481_000_000),
        (5, 5),
        (5.0, 5),
        ("1.500", 1500),
        (AMOUNT_MAX, AMOUNT_MAX),
        ("2.500.000,00", 2_500_000),
        ("2500000,0", 2_500_000),
    ],
)
def test_rupiah_are_read_with_dots_between_groups(typed, read):
    assert entries.rupiah(typed) == read


@pytest.mark.parametrize("typed", ["1.250.000,50", "481,000,000", "1,000", "12.5", "1.25.000", "1.250.00,00", "٢٥٠,00"])
def test_parts_of_a_rupiah_and_unclear_groups_are_refused(typed):
    with pytest.raises(Unreadable, match="rupiah"):
        entries.rupiah(typed)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.decimals(), st.lists(st.integers())))
def test_no_value_breaks_a_reader(value):
    for reader in (entries.rupiah, entries.volume, place.read_point):
        with suppress(Unreadable):
            reader(value)


@given(st.decimals(min_value=Decimal("0.001"), max_value=10**6, places=3), st.integers(1, 10**8))
def test_the_amount_is_volume_times_price_with_halves_upwards(volume, price):
    thousandths = int(volume * 1000) * price
    whole, rest = divmod(thousandths, 1000)
    expected = whole + (rest >= 500)
    if expected:
        assert entries.cost(volume, price) == expected


def test_an_amount_that_does_not_follow_from_its_parts_is_refused(writer):
    assert set(_refused(writer, amount=1)) == {"amount"}
    assert told.draft(writer, amount=400_000_000).amount == 400_000_000


def test_a_product_beyond_every_budget_is_refused(writer):
    assert set(_refused(writer, volume=10**9, unit_price=10**15)) == {"amount"}
    assert set(_refused(writer, volume="0.001", unit_price=1)) == {"amount"}


BAD_POINTS = {
    "null island": [0, 0],
    "swapped": [-0.09, 109.41],
    "in the next kabupaten": [109.47, -0.09],
    "in the sea": [108.0, -0.09],
    "in Paris": [2.35, 48.85],
    "beyond the Earth": [400, 95],
    "text": ["timur", "selatan"],
    "one number": [109.41],
    "booleans": [True, False],
    "nothing": [None, None],
    "too many": [1, 2, 3, 4],
    "not finite": ["nan", "inf"],
    "deep": [[109.41, -0.09]],
    "huge": [10**400, 0],
}


@pytest.mark.parametrize("name", BAD_POINTS)
def test_a_point_that_cannot_be_is_refused_with_the_reason(writer, name):
    assert set(_refused(writer, location={"type": "Point", "coordinates": BAD_POINTS[name]})) == {"location"}


@pytest.mark.parametrize("value", [{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, {"type": "Point"}, {}, [], "POINT(1 2)", 7, True])
def test_a_position_is_a_geojson_point(writer, value):
    if value == {}:
        value = {"coordinates": None}
    assert set(_refused(writer, location=value)) == {"location"}


def test_swapped_coordinates_are_said_to_be_swapped():
    with translation.override("en"), pytest.raises(Unreadable, match="swapped"):
        place.read_point([-0.09, 109.41])


def test_a_point_in_another_village_needs_a_reason_that_everybody_sees(writer):
    there = {"type": "Point", "coordinates": [109.43, -0.09]}
    for reason in (..., "", "di sana"):
        fields = _refused(writer, location=there, mismatch_reason=reason)
        assert set(fields) == {"mismatch_reason"}
        assert "Arang" in fields["mismatch_reason"][0]
        assert "Kapur" in fields["mismatch_reason"][0]
    draft = told.draft(writer, location=there, mismatch_reason="Jembatan ini dipakai kedua desa.")
    assert (draft.located_village_id, draft.mismatch_reason) == (cast.NEXT_VILLAGE, "Jembatan ini dipakai kedua desa.")


def test_a_reason_for_no_mismatch_is_not_kept(writer):
    draft = told.draft(writer, mismatch_reason="Jembatan ini dipakai kedua desa.")
    assert (draft.located_village, draft.mismatch_reason) == (None, "")


def test_a_village_without_lines_takes_a_point_anywhere_in_its_kabupaten(people):
    make.cycle()
    cast.office(user=people.operator, role="facilitator", region=cast.UNDRAWN_VILLAGE)
    operator = type(people.operator).objects.get(pk=people.operator.pk)
    draft = told.draft(operator, village=cast.UNDRAWN_VILLAGE)
    assert (draft.village_id, draft.located_village) == (cast.UNDRAWN_VILLAGE, None)
    with pytest.raises(Invalid):
        told.draft(operator, village=cast.UNDRAWN_VILLAGE, location={"type": "Point", "coordinates": [112.0, -7.0]})


def test_a_kabupaten_without_any_line_takes_every_point(writer):
    RegionPiece.objects.all().delete()
    assert told.draft(writer, location={"type": "Point", "coordinates": [112.0, -7.0]}).location == Point(112.0, -7.0, srid=4326)


def test_source_and_accuracy_are_kept_and_belong_to_a_point(writer):
    draft = told.draft(writer, location_source="gps", location_accuracy_m=6)
    assert (draft.location_source, draft.location_accuracy_m) == ("gps", 6)
    without = told.draft(writer, location=None, location_source="gps", location_accuracy_m=6)
    assert (without.location_source, without.location_accuracy_m) == ("none", None)
    for fields in ({"location_source": "dream"}, {"location_accuracy_m": -1}, {"location_accuracy_m": 1.5}, {"location_accuracy_m": 10**9}):
        with pytest.raises(Invalid) as refusal:
            told.draft(writer, **fields)
        assert set(refusal.value.fields) == set(fields)


@pytest.mark.parametrize("code", ["", None, "61.12", "61.12.01.9999", "61.12.01.2001 ", "x", 61, [], "\x00", "\ud800", "٦١"])
def test_a_village_is_a_village_in_force(writer, code):
    assert "village" in _refused(writer, village=code)


@pytest.mark.parametrize("year", ["", None, 2031, "dua ribu", 20.5, -1, 10**30, True, []])
def test_a_plan_year_is_one_that_the_kabupaten_plans(writer, year):
    assert "plan_year" in _refused(writer, plan_year=year)


def test_a_village_that_a_decree_dissolved_asks_for_nothing_more(writer):
    from geo.models import Region

    Region.objects.filter(pk=cast.VILLAGE).update(valid_until="2025-01-01")
    assert "village" in _refused(writer)


TEXTS = {"title": 160, "problem": 4000, "objective": 2000, "unit": 30, "locus": 200, "on_behalf_of": 120}


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_has_its_longest_and_no_mark_that_hides_or_turns(writer, name):
    assert set(_refused(writer, **{name: "panjang " * TEXTS[name]})) == {name}
    draft = told.draft(writer, **{name: "<b>Jalan</b> \u202eterbalik\u202c \u200b" if name != "unit" else "<b>m</b>\u202e"})
    kept = getattr(draft, name)
    assert kept.startswith("<b>"), "HTML is text; the pages escape it"
    assert not any(mark in kept for mark in "\u202e\u202c\u200b")


@pytest.mark.parametrize("value", ["\x00 nul", "\ud800", 5, [], {}, True], ids=repr)
@pytest.mark.parametrize("name", TEXTS)
def test_what_is_no_text_or_cannot_be_stored_is_refused(writer, name, value):
    assert set(_refused(writer, **{name: value})) == {name}


@pytest.mark.parametrize("name", ["reason", "responsible"])
@pytest.mark.parametrize("value", ["\x00" * 30, "\ud800" * 30, 7, ["a"], "x" * 3000], ids=repr)
def test_the_words_of_a_decision_are_read_as_carefully(people, name, value):
    said = {"reason": told.REASON, "responsible": "Desa", "reason_code": "LOW_URGENCY", name: value}
    proposal = make.proposal()
    with pytest.raises(Refusal) as refusal:
        services.move(proposal_id=proposal.pk, name="reject", actor=people.village_head, version=1, **said)
    assert name in refusal.value.fields
    assert not proposal.recommendations.exists()
