"""What the two walks have in common: purchases kept step by step, so that they can be made again at a larger share. Pure."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from budgeting.rules.shares.choice import Limit
from budgeting.rules.shares.electorate import Candidate, Electorate


class Kept(Protocol):
    """One purchase (`place` of the work among the candidates), or the end (`place` -1)."""

    @property
    def place(self) -> int:
        """Of the work among the candidates."""


class Raisable(ABC):
    """All purchases at `share`."""

    electorate: Electorate
    share: Fraction
    steps: Sequence[Kept]

    @property
    @abstractmethod
    def limit(self) -> Limit:
        """Up to this share (not included) the walk stays as it is."""

    @property
    def places(self) -> list[int]:
        """Of the works among the candidates, in the order of buying."""
        return [step.place for step in self.steps if step.place >= 0]

    @property
    def bought(self) -> list[Candidate]:
        """The works in the order of buying."""
        return [self.electorate.candidates[place] for place in self.places]

    @abstractmethod
    def to(self, share: Fraction, *, after: bool = False) -> None:
        """Walk at a share, from the first step that may differ. `after`: at a share larger by as little as one likes."""
