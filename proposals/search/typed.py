"""What somebody typed into the search, cut into words, phrases and exclusions. Pure functions."""

import re
import unicodedata
from dataclasses import dataclass

#: More words than these are left out, and the page says so.
WORDS_AT_MOST = 12
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_DROPPED = re.compile("['’‘`\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]")
_PIECE = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
#: A word doubled as on a phone: gorong2, buah2an.
_DOUBLED = re.compile(r"\b([^\W\d]{3,})2([^\W\d]*)\b")
_NUMBER = re.compile(r"\d{4}-\d{4}(-\d*)?", re.ASCII)


@dataclass(frozen=True)
class Piece:
    """Words that belong together: one word, a phrase in quotes (`exact`), or a proposal's number (`is_number`)."""

    words: tuple[str, ...]
    is_phrase: bool = False
    is_excluded: bool = False
    is_number: bool = False
    #: Between quotes nothing is corrected.
    exact: bool = False


def plain(text: str) -> list[str]:
    """The words of a text in small letters, without accents and signs; the twin of the database's `proposals_plain`."""
    letters = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return re.findall(r"[^\W_]+", _DROPPED.sub("", letters).lower())


def pieces_of(text: str) -> list[Piece]:
    """`jembatan "jalan desa" -sekolah 6112-2028-0417` in its pieces, in order; signs that mean nothing are no piece.

    Of a doubled word (jalan-jalan, jalan2) one is looked for; words joined by a sign (RT.03, 1.500) stand side by side.
    """
    found: list[Piece] = []
    for match in _PIECE.finditer(text.translate(_QUOTES)):
        if match["word"] is None:
            words = tuple(plain(match["phrase"]))
            found += [Piece(words, is_phrase=True, is_excluded=bool(match["minus"]), exact=True)] if words else []
        else:
            found += _pieces_of_word(match["word"])
    return found


def _pieces_of_word(word: str) -> list[Piece]:
    if _NUMBER.fullmatch(word.strip(".,;:()")):
        return [Piece((word.strip(".,;:()"),), is_number=True)]
    word = _DOUBLED.sub(r"\1-\1\2", word)
    words = tuple(dict.fromkeys(plain(word)))
    is_excluded = word.startswith("-")
    if len(words) > 1 and (is_excluded or any(part.isdigit() for part in words)):
        return [Piece(tuple(plain(word)), is_phrase=True, is_excluded=is_excluded)]
    return [Piece((part,), is_excluded=is_excluded) for part in words]
