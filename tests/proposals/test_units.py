"""One metre has one spelling, whoever wrote it; what is no unit of ours is left as it was."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals import units
from proposals.units import Kind


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        *((one, "m") for one in ("m", "M", "meter", "Meter", "METER", "M1", "m1", "m'", "m’", "M′", "mtr", "m.", "meter lari", "M lari", " m ")),
        *((one, "m2") for one in ("m2", "M2", "m²", "M²", "m^2", "meter persegi", "m 2", "Meter2")),
        *((one, "km") for one in ("km", "KM", "Kilometer")),
        *((one, "ha") for one in ("ha", "Ha", "HA", "hektar", "Hektare")),
        *((one, "m3") for one in ("m3", "m³", "kubik", "Meter Kubik")),
        *((one, "paket") for one in ("paket", "Paket", "PKT", "pkt.")),
        *((one, "orang") for one in ("orang", "Org", "jiwa")),
        ("Unit", "unit"),
        ("LS", "ls"),
        ("kk", "KK"),
    ],
)
def test_every_spelling_of_a_unit_becomes_the_one_that_is_kept(written, kept):
    assert units.normal(written) == kept


@pytest.mark.parametrize("written", ["batang", "Batang pohon", "m2/hari", "rit", "ikat", "meteran", "mm"])
def test_a_unit_that_is_not_known_keeps_its_own_spelling(written):
    assert units.normal(written) == written
    assert units.find(written) is None


def test_no_spelling_stands_for_two_units():
    spellings = [units._key(spelling) for unit in units.UNITS for spelling in {units._key(one) for one in (unit.code, *unit.spellings)}]
    assert len(spellings) == len(set(spellings))


@given(st.text(max_size=30))
@settings(max_examples=200)
def test_what_is_normal_stays_normal_so_that_a_second_reading_changes_nothing(written):
    once = units.normal(written)
    assert units.normal(once) == once
    assert units.same(written, once)
    assert len(once) <= len(written) or units.find(written)


@given(st.sampled_from([unit for unit in units.UNITS if unit.kind is Kind.LENGTH]), st.integers(1, 10**9))
@settings(max_examples=100)
def test_a_length_told_in_any_unit_is_the_same_length(unit, centimetres):
    size = Decimal(centimetres) / 100
    assert units.measured(size, Kind.LENGTH, unit.code) * unit.size == Fraction(size)


def test_an_area_is_no_length_and_people_are_neither():
    assert units.measured(Decimal(20_000), Kind.AREA, "ha") == 2
    assert units.measured(Decimal(520), Kind.LENGTH, "kilometer") == Fraction(52, 100)
    assert units.measured(Decimal(520), Kind.LENGTH, "m2") is None
    assert units.measured(Decimal(520), Kind.LENGTH, "orang") is None
