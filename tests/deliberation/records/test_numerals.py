"""Numbers and days in words, against a slow twin that knows the names of the scale one by one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberation.records.numerals import LARGEST, day_in_words, in_words, roman, rupiah_in_words

_ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
_VALUES = {"ratus": 100, "ribu": 1000, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def heard(words: str) -> int:
    """The number that somebody hears who knows Indonesian: word by word, from left to right."""
    total = group = last = 0
    for word in words.split():
        if word in _ONES:
            last = _ONES.index(word)
            group += last
        elif word in ("sepuluh", "sebelas"):
            group += {"sepuluh": 10, "sebelas": 11}[word]
        elif word == "belas":
            group += 10
        elif word == "puluh":
            group += last * 9
        elif word == "seratus":
            group += 100
        elif word == "ratus":
            group += last * 99
        elif word == "seribu":
            total += 1000
        else:
            total, group = total + group * _VALUES[word], 0
    return total + group


@given(st.integers(0, LARGEST))
def test_a_number_in_words_is_heard_as_the_same_number(number):
    assert heard(in_words(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (11, "sebelas"),
        (100, "seratus"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (400_000_000, "empat ratus juta"),
        (-5, "minus lima"),
    ],
)
def test_one_melts_into_hundred_and_thousand_only_because_people_say_satu_juta(number, words):
    assert in_words(number) == words


def test_what_has_no_name_is_refused_rather_than_written_wrongly():
    with pytest.raises(ValueError, match="no name"):
        in_words(LARGEST + 1)


def test_a_record_begins_with_the_day_in_words():
    assert day_in_words(date(2027, 2, 11)) == "Kamis tanggal sebelas bulan Februari tahun dua ribu dua puluh tujuh"
    assert day_in_words(date(2026, 11, 22)) == "Minggu tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam"


def test_amounts_and_annexes_as_an_office_writes_them():
    assert rupiah_in_words(1_250_000_000) == "satu miliar dua ratus lima puluh juta rupiah"
    assert [roman(number) for number in (1, 4, 5, 9, 14)] == ["I", "IV", "V", "IX", "XIV"]
