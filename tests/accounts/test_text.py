"""What people wrote is kept as they meant it, without what hides in it."""

import pytest

from accounts import text
from accounts.refusals import Invalid


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  Jalan   rusak \n", "Jalan rusak"),
        ("a\r\nb\u2028c\x85d", "a b c d"),
        ("gnp.\u202egpj", "gnp.gpj"),
        ("\u2066x\u2069\u200f\u200b\ufeffy", "xy"),
        ("a\x07\x1b[31mb", "a[31mb"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("cafe\u0301", "caf\u00e9"),
        ("ꦗꦮ\u200d👩\u200d🌾", "ꦗꦮ\u200d👩\u200d🌾"),
        ("\U000e0041a\ufffe", "a"),
    ],
    ids=["blanks", "line ends", "turned around", "hidden", "controls", "html stays text", "composed", "joiners stay", "tags"],
)
def test_one_line(raw, kept):
    assert text.plain(raw) == kept


def test_paragraphs_stay_but_not_a_wall_of_empty_lines():
    assert text.plain("a \r\n\r\n\r\n\r\n  b\vc", lines=True) == "a\n\nb\nc"


@pytest.mark.parametrize("raw", ["a\x00", "\ud800", None, 5, ["a"]])
def test_what_no_person_typed_is_refused_by_field(raw):
    with pytest.raises(Invalid) as refusal:
        text.clean(raw, field="title", max_length=10)
    assert list(refusal.value.fields) == ["title"]


def test_limits_count_what_is_kept():
    assert text.clean("\u200b" * 50 + "abc", field="title", max_length=3) == "abc"
    for raw, limits in (("\u200b", {"min_length": 1}), ("abcd", {}), ("ab", {"min_length": 3})):
        with pytest.raises(Invalid):
            text.clean(raw, field="title", max_length=3, **limits)
    assert text.clean("", field="title", max_length=3) == ""


def test_cleaning_twice_changes_nothing():
    for raw in ("a \u202e b\u0301\r\n\r\n\r\nc", "e\u200b\u0301", "\u0301 a"):
        once = text.plain(raw, lines=True)
        assert text.plain(once, lines=True) == once
