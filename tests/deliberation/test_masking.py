"""Numbers that name a person are masked; amounts, dates and volumes never."""

import pytest

from deliberation.masking import MASK, masked


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
        "+62 (812) 3456-7890",
        "+62 (0) 812-3456-7890",
        "(0812) 3456 7890",
        "(62) 812 3456 7890",
        "0812/3456/7890",
        "0812_3456_7890",
        "0812 - 3456 - 7890",
        "0 8 1 2 3 4 5 6 7 8 9",
        "O812 3456 789O",
        "o8l2-3456-7890",
        "08I2.3456.7890",
        "0\u200d8\u200d1\u200d2345678",
        "0\ufe0f\u20e38\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33456789",
        "\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
        "\u0660\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
        "https://wa.me/6281234567890?text=halo",
        "wa.me/qr/ABC345XYZ",
        "https://api.whatsapp.com/send?phone=6281234567890",
        "https://chat.whatsapp.com/J3k5LmN7pQ9",
        "WA 812 3456 7890",
        "hp: 8123456789",
        "6ll2O145O79OOOO3",
        "6112/0145/0790/0003",
    ],
)
def test_numbers_of_people_are_masked(text):
    seen = masked(f"Hubungi saya {text} ya")
    assert MASK in seen
    assert not any(digit in seen for digit in "3456789")


@pytest.mark.parametrize("blank", [" ", "  ", "\u00a0", ", ", "\n"])
@pytest.mark.parametrize("number", ["6112014507900003", "081234567890", "+6281234567890", "6281234567890"])
def test_a_list_of_numbers_is_masked_to_the_last(number, blank):
    """With only blanks between them they look like one number that is too long to be anybody's."""
    seen = masked(f"Hubungi {blank.join([number] * 4)} ya")
    assert seen.count(MASK) == 4
    assert not any(digit in seen for digit in "0123456789")


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
        "12345678901234567890 12345678901234567890 Rp8.000.000",
        "0,081234567890 7",
        "rapat 08-12-2027 09.30 di kantor desa",
        "08/12/2027 pukul 13.00-15.30",
        "(08.12.2027 - 15.12.2027)",
        "RT 08 RW 12 nomor 3",
        "Rp 812.345.678.900",
        "volume 8 x 100 m, 3 lokasi 2 desa",
        "wadah 8.123.456.789",
        "pasal 8 ayat 1 Permendagri 86/2017",
        "https://kuburayakab.go.id/berita/2027",
        "lll OOO II",
    ],
)
def test_amounts_codes_and_positions_stay_because_a_discussion_of_a_budget_is_made_of_them(text):
    assert masked(text) == text


def test_masking_twice_changes_nothing():
    once = masked("08123456789 dan 6112014507900003")
    assert masked(once) == once == f"{MASK} dan {MASK}"
