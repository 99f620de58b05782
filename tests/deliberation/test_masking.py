"""Numbers that name a person are masked; amounts, dates and volumes never."""

import pytest

from deliberation.masking import MASK, mask


@pytest.mark.parametrize(
    "text",
    [
        "6112014507900003",
        "NIK 6112014507900003.",
        "6112 0145 0790 0003",
        "61.12.01.450790.0003",
        "08123456789",
        "0812-3456-7890",
        "0812 3456 7890",
        "+62 812-3456-7890",
        "+6281234567890",
        "6281234567890",
        "62 812 3456 7890",
        "WA: 0812.3456.7890,",
    ],
)
def test_numbers_of_people_are_masked(text):
    masked = mask(f"Hubungi saya {text} ya")
    assert MASK in masked
    assert not any(digit in masked for digit in "3456789")


@pytest.mark.parametrize(
    "text",
    [
        "Rp400.000.000",
        "Rp62.800.000.000",
        "62.812.345.678",
        "Rp1.250.000.000.000.000",
        "400.000.000 8.000.000",
        "500 m x 800.000 = 400.000.000",
        "6112-2028-0417",
        "61.12.01.2001",
        "-0,08123456789",
        "109,4081234567",
        "tahun 2027/2028 pukul 08.12",
        "12345678901234567890",
    ],
)
def test_amounts_codes_and_positions_stay_because_a_discussion_of_a_budget_is_made_of_them(text):
    assert mask(text) == text


def test_masking_twice_changes_nothing():
    once = mask("08123456789 dan 6112014507900003")
    assert mask(once) == once == f"{MASK} dan {MASK}"
