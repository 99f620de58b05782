"""The clock of a region: three zones, by province."""

import pytest

from geo.zones import zone_of


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("61.12.01.2001", "Asia/Jakarta"),
        ("11", "Asia/Jakarta"),
        ("62", "Asia/Jakarta"),
        ("63.71", "Asia/Makassar"),
        ("51", "Asia/Makassar"),
        ("76", "Asia/Makassar"),
        ("81", "Asia/Jayapura"),
        ("91", "Asia/Jayapura"),
        ("97", "Asia/Jayapura"),
        ("", "Asia/Jakarta"),
    ],
)
def test_people_read_the_clock_of_their_province(code, zone):
    assert zone_of(code).key == zone
