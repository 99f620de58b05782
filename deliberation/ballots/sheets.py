"""Paper ballots as people type them: a line a sheet. Pure.

`1 4 7` marks three candidates; on a ranking the first named has the first place; `1:5 4:3` gives points; `-` is an
abstention; `x` is a sheet that is not valid.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from deliberation.ballots.rules import Fault, Kind, Marks, Rules, Standees, canonical, faults_of

ABSTAINS, INVALID = "-", "x"
_NUMBER = re.compile(r"[0-9]{1,4}")
_POINTS = re.compile(r"([0-9]{1,4})\s*[:=]\s*([0-9]{1,4})")
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Sheet:
    """One sheet as it was read: valid marks, an abstention (no marks), or not valid."""

    marks: Marks = ()
    is_valid: bool = True

    def text(self, kind: Kind) -> str:
        """As it is typed, always the same way."""
        if not self.is_valid:
            return INVALID
        if not self.marks:
            return ABSTAINS
        if kind is Kind.POINTS:
            return " ".join(f"{number}:{value}" for number, value in self.marks)
        by = sorted(self.marks, key=lambda mark: (mark[1], mark[0])) if kind is Kind.RANKING else self.marks
        return " ".join(str(number) for number, _value in by)


def read(line: str, rules: Rules, standees: Standees) -> tuple[Sheet, list[Fault]]:
    """One line; the faults say why it cannot be a valid ballot of these rules."""
    text = line.strip().lower()
    if text == INVALID:
        return Sheet(is_valid=False), []
    if text == ABSTAINS:
        return Sheet(), []
    marks = _points(text) if rules.kind is Kind.POINTS else _numbers(text, ranked=rules.kind is Kind.RANKING)
    if marks is None:
        return Sheet(), [Fault("unreadable")]
    # a candidate withdrawn after the sheet was printed may stand on it, and is left out by the count
    printed = {number: replace(standee, withdrawn=False) for number, standee in standees.items()}
    return Sheet(canonical(marks)), faults_of(rules, printed, marks)


def differing(one: Sequence[str], other: Sequence[str]) -> list[int]:
    """The sheets, numbered from 1, on which two typings differ."""
    return [at for at, (mine, yours) in enumerate(zip(one, other, strict=True), start=1) if mine != yours]


def _numbers(text: str, *, ranked: bool) -> list[tuple[int, int]] | None:
    words = [word for word in _BETWEEN.split(text) if word]
    if not all(_NUMBER.fullmatch(word) for word in words):
        return None
    return [(int(word), at if ranked else 1) for at, word in enumerate(words, start=1)]


def _points(text: str) -> list[tuple[int, int]] | None:
    found = _POINTS.findall(text)
    rest = _POINTS.sub("", text)
    return [(int(number), int(value)) for number, value in found] if found and not _BETWEEN.sub("", rest) else None
