"""What each region of a run is told, as facts. Pure: no Django, whole rupiah."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.codes import lineage


@dataclass(frozen=True)
class Piece:
    """One proposal that a run decided about: what it asked for and what it is given (0 where it is not funded)."""

    number: str
    title: str
    region: str
    cost: int
    amount: int
    is_funded: bool


@dataclass(frozen=True)
class Wider:
    """Works for a whole region that the village is a part of: how many are funded, and whole rupiah."""

    region: str
    count: int
    amount: int


@dataclass(frozen=True)
class Answer:
    """What one region is told; its own proposals in the order of their numbers, the widest region around it first."""

    region: str
    funded: tuple[Piece, ...] = ()
    not_funded: tuple[Piece, ...] = ()
    wider: tuple[Wider, ...] = ()

    @property
    def asked(self) -> int:
        """How many proposals of its own were decided."""
        return len(self.funded) + len(self.not_funded)

    @property
    def amount(self) -> int:
        """Whole rupiah that its own proposals are given."""
        return sum(piece.amount for piece in self.funded)


def answers(pieces: Sequence[Piece], villages: Iterable[str]) -> list[Answer]:
    """One answer for every village, and for every other region that asked for something, by code.

    Every piece is in exactly one answer, so that the amounts of all answers add up to what the run gives.
    """
    by_region: dict[str, list[Piece]] = {code: [] for code in villages}
    for piece in sorted(pieces, key=lambda one: (one.number, one.title)):
        by_region.setdefault(piece.region, []).append(piece)
    sums = {code: _wider(code, own) for code, own in by_region.items()}
    return [_answer(code, by_region[code], sums) for code in sorted(by_region)]


def _answer(code: str, own: Sequence[Piece], sums: Mapping[str, Wider]) -> Answer:
    around = [sums[above] for above in lineage(code) if above != code and above in sums and sums[above].count]
    return Answer(code, tuple(one for one in own if one.is_funded), tuple(one for one in own if not one.is_funded), tuple(around))


def _wider(code: str, own: Sequence[Piece]) -> Wider:
    funded = [one.amount for one in own if one.is_funded]
    return Wider(code, len(funded), sum(funded))
