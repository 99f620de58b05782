"""What is typed is cut into words, phrases and exclusions; signs are never operators; spellings are compared as people slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.search.near import slips_allowed, slips_between
from proposals.search.typed import Piece, pieces_of, plain


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Jalan  RUSAK", [Piece(("jalan",)), Piece(("rusak",))]),
        ("jalan-jalan", [Piece(("jalan",))]),
        ('"jalan desa"', [Piece(("jalan", "desa"), is_phrase=True, exact=True)]),
        ("“jalan desa”", [Piece(("jalan", "desa"), is_phrase=True, exact=True)]),
        ('"jalan desa', [Piece(("jalan", "desa"), is_phrase=True, exact=True)]),
        ("jalan -beton", [Piece(("jalan",)), Piece(("beton",), is_excluded=True)]),
        ('-"rabat beton"', [Piece(("rabat", "beton"), is_phrase=True, is_excluded=True, exact=True)]),
        ("6112-2028-0417", [Piece(("6112-2028-0417",), is_number=True)]),
        ("RT.03/RW.02", [Piece(("rt", "03", "rw", "02"), is_phrase=True)]),
        ("1.500.000", [Piece(("1", "500", "000"), is_phrase=True)]),
        ("gotong-royong", [Piece(("gotong",)), Piece(("royong",))]),
        ("d'apur café", [Piece(("dapur",)), Piece(("cafe",))]),
        ("\u200fjalan\u202e", [Piece(("jalan",))]),
        ("'; & | ! ( ) :* <-> \\", []),
        ("🛣️ 🌉", []),
        ("\0", []),
        ("- -- \"\" ''", []),
    ],
)
def test_a_search_is_cut_into_what_was_meant(text, pieces):
    assert pieces_of(text) == pieces


@given(st.text(max_size=200))
def test_whatever_is_typed_only_letters_and_digits_come_out(text):
    for piece in pieces_of(text):
        assert all(word.isalnum() or piece.is_number for word in piece.words)


@given(st.text(alphabet="abc", max_size=7), st.text(alphabet="abc", max_size=7))
def test_slips_are_counted_alike_from_either_side_and_never_more_than_the_longer_word(one, other):
    slips = slips_between(one, other)
    assert slips == slips_between(other, one)
    assert abs(len(one) - len(other)) <= slips <= max(len(one), len(other))
    assert (slips == 0) == (one == other)


@pytest.mark.parametrize(
    ("typed", "meant", "slips"), [("drainse", "drainase", 1), ("jlaan", "jalan", 1), ("jembatn", "jembatan", 1), ("poyandu", "posyandu", 1)]
)
def test_a_swap_of_neighbours_is_one_slip(typed, meant, slips):
    assert slips_between(typed, meant) == slips <= slips_allowed(typed)


def test_a_short_word_is_never_taken_for_another():
    assert slips_allowed("rt") == slips_allowed("sd") == slips_allowed("air") == 0


def test_accents_and_marks_are_left_out_as_the_database_does():
    assert plain("Lékok\u0301 «RT»") == ["lekok", "rt"]
