"""What a search means, as a question to the index: stems, phrases, exclusions, places, and what was corrected.

Everything that reaches the index is a lexeme of letters and digits between quotes, so nothing that is typed can be an operator.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from geo.named import named
from geo.names import LEVEL_WORDS
from proposals.search.same_words import SAME, SMALL_WORDS
from proposals.search.typed import WORDS_AT_MOST, Piece, pieces_of
from proposals.search.vocabulary import Near, look_up, nearest

#: Names of places have at most so many words here.
_PLACE_WORDS = 4


@dataclass(frozen=True)
class Meaning:
    """A search understood. `terms` is the text of a tsquery; empty where nothing that was typed can be looked for."""

    typed: str
    terms: str = ""
    #: What was typed, and the known word that was looked for instead.
    corrected: dict[str, str] = field(default_factory=dict)
    #: Words beyond the longest question; they were not looked for.
    left_out: tuple[str, ...] = ()

    @property
    def used(self) -> str:
        """The search as it was carried out."""
        return self._with(self.corrected)

    @property
    def literal(self) -> str:
        """The search that takes every word as it was typed: in quotes, nothing is corrected."""
        return self._with({word: f'"{word}"' for word in self.corrected})

    def _with(self, instead: dict[str, str]) -> str:
        words = []
        for word in self.typed.split():
            bare = "".join(pieces_of(word)[0].words) if len(pieces_of(word)) == 1 else word
            words.append(instead.get(bare, word))
        return " ".join(words)


@dataclass(frozen=True)
class _Reader:
    """What the database told about the words and the places of one search."""

    stems: dict[str, tuple[str, bool]]
    near: dict[str, Near]
    places: dict[str, list[str]]

    def lexemes(self, word: str) -> list[str]:
        """Every lexeme that this word may stand as."""
        if word.isdigit():
            bare = word.lstrip("0") or "0"
            return sorted({word, bare, bare.zfill(2), bare.zfill(3), f"#{bare}"})
        near = self.near.get(word, Near())
        stem = self.stems[word][0]
        found = {stem, *SAME.get(stem, ())} | {self.stems[same][0] for same in SAME.get(word, ())}
        found |= {self.stems[begun][0] for begun in near.begun}
        return sorted({self.stems[near.meant][0]} if near.meant else found)


def meaning_of(text: str, within: str = "") -> Meaning:
    """What the text asks for; at most four queries, none for an empty one. `within` narrows the places by code."""
    pieces = pieces_of(text)
    kept, left_out = pieces[:WORDS_AT_MOST], pieces[WORDS_AT_MOST:]
    if any(not _is_small(piece) for piece in kept):
        kept = [piece for piece in kept if not _is_small(piece)]
    if not kept:
        return Meaning(text)
    reader = _read(kept, within)
    corrected = {word: near.meant for word, near in reader.near.items() if near.meant}
    return Meaning(text, _terms(kept, reader), corrected, tuple(word for piece in left_out for word in piece.words))


def _is_small(piece: Piece) -> bool:
    return not piece.is_phrase and not piece.is_number and piece.words[0] in SMALL_WORDS


def _read(pieces: Sequence[Piece], within: str) -> _Reader:
    words = {word for piece in pieces if not piece.is_number for word in piece.words if not word.isdigit()}
    asked = words | {same for word in words for same in SAME.get(word, ())}
    stems = look_up(asked)
    loose = {piece.words[0] for piece in pieces if not piece.is_phrase and not piece.is_excluded and not piece.is_number}
    near = nearest(word for word in loose & words if word.isalpha() and not any(stems[same][1] for same in SAME.get(word, {word})))
    stems |= look_up({known for found in near.values() for known in (*found.begun, found.meant) if known} - set(stems)) if near else {}
    meant = {word: found.meant or word for word, found in near.items()}
    return _Reader(stems, near, named(_runs(pieces, meant), within))


def _runs(pieces: Sequence[Piece], meant: dict[str, str]) -> list[str]:
    """Every run of neighbouring words that may be a place's name."""
    found = []
    for start in range(len(pieces)):
        for end in range(start + 1, min(len(pieces), start + _PLACE_WORDS) + 1):
            run = pieces[start:end]
            if all(_may_be_place(piece) for piece in run) and run[0].words[0] not in LEVEL_WORDS:
                found.append(_name(run, meant))
    return found


def _may_be_place(piece: Piece) -> bool:
    return not piece.is_excluded and not piece.is_number and (not piece.is_phrase or piece.exact)


def _name(run: Sequence[Piece], meant: dict[str, str]) -> str:
    return " ".join(meant.get(word, word) for piece in run for word in piece.words)


def _terms(pieces: Sequence[Piece], reader: _Reader) -> str:
    """All pieces together; a run that names a place is looked for in the texts or as that place."""
    meant = {word: near.meant or word for word, near in reader.near.items()}
    parts, at = [], 0
    while at < len(pieces):
        # The word of a level before a name ("desa kapur") belongs to the name.
        is_level = pieces[at].words[0] in LEVEL_WORDS and _may_be_place(pieces[at]) and at + 1 < len(pieces)
        start = at + 1 if is_level else at
        end = next((end for end in range(min(len(pieces), start + _PLACE_WORDS), start, -1) if _codes(pieces[start:end], reader, meant)), 0)
        if end:
            parts.append(_place(pieces[at:end], _codes(pieces[start:end], reader, meant), reader))
        parts += [] if end else [_piece(pieces[at], reader)]
        at = end or at + 1
    return " & ".join(parts)


def _codes(run: Sequence[Piece], reader: _Reader, meant: dict[str, str]) -> list[str]:
    return reader.places.get(_name(run, meant), []) if all(_may_be_place(piece) for piece in run) else []


def _place(run: Sequence[Piece], codes: list[str], reader: _Reader) -> str:
    words = " & ".join(_piece(piece, reader) for piece in run)
    return "(" + " | ".join([f"({words})", *(_quoted(f"@{code}") for code in codes)]) + ")"


def _piece(piece: Piece, reader: _Reader) -> str:
    if piece.is_number:
        return f"{_quoted('#' + piece.words[0])}:*"
    text = " <-> ".join(_word(word, reader) for word in piece.words)
    return f"!({text})" if piece.is_excluded else f"({text})" if len(piece.words) > 1 else text


def _word(word: str, reader: _Reader) -> str:
    return "(" + " | ".join(_quoted(lexeme) for lexeme in reader.lexemes(word)) + ")"


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
