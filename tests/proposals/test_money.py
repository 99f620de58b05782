import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.money import rupiah, rupiah_short


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "Rp0"), (999, "Rp999"), (1000, "Rp1.000"), (1_250_000_000, "Rp1.250.000.000"), (-4500, "−Rp4.500"), (10**15, "Rp1.000.000.000.000.000")],
)
def test_the_full_figure_has_dots_and_no_space(amount, text):
    assert rupiah(amount) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (1_250_000_000, "Rp1,25 M"),
        (444_000_000, "Rp444 juta"),
        (9_800_000_000_000, "Rp9,8 T"),
        (1_254_999_999, "Rp1,25 M"),
        (1_255_000_000, "Rp1,26 M"),
        (1_000_000, "Rp1 juta"),
        (1_005_000, "Rp1,01 juta"),
        (850_000, "Rp850.000"),
        (0, "Rp0"),
        (-2_500_000, "−Rp2,5 juta"),
        (10**15, "Rp1.000 T"),
    ],
)
def test_the_short_figure_keeps_three_digits_and_a_decimal_comma(amount, text):
    assert rupiah_short(amount) == text


@pytest.mark.parametrize(("amount", "text"), [(999_500_000, "Rp1 M"), (999_999_999_999, "Rp1 T"), (999_499_999, "Rp999 juta"), (999_999, "Rp1 juta")])
def test_rounding_up_moves_to_the_next_word_instead_of_printing_a_thousand(amount, text):
    assert rupiah_short(amount) == text


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_the_full_figure_reads_back_to_the_same_rupiah(amount):
    assert int(rupiah(amount).replace("Rp", "").replace(".", "").replace("−", "-")) == amount


@given(st.integers(min_value=1_000_000, max_value=10**15))
def test_the_short_figure_is_never_off_by_more_than_half_a_percent(amount):
    figure, word = rupiah_short(amount).removeprefix("Rp").split(" ")
    whole, _, decimals = figure.replace(".", "").partition(",")
    told = int(whole + decimals) * {"juta": 10**6, "M": 10**9, "T": 10**12}[word] // 10 ** len(decimals)
    assert abs(told - amount) * 200 <= amount
