"""A ceiling as a picture, which all pages about money share."""

from dataclasses import dataclass, field, replace

from budgeting import ledger
from budgeting.ledger import Standing
from budgeting.models import Ceiling


@dataclass(frozen=True)
class Gauge:
    """A ceiling as a tube: parts in thousandths of its width, and the rupiah they stand for."""

    amount: int
    used: int
    proposed: int
    reserve: int
    parts: list[tuple[str, str, str]] = field(default_factory=list)
    #: What the ceilings below hold.
    handed: int = 0

    @property
    def left(self) -> int:
        """What may still be committed."""
        return self.amount - self.reserve - self.used - self.handed - self.proposed


def gauge(ceiling: Ceiling, used: int, proposed: int = 0) -> Gauge:
    """Where the money of a ceiling is: committed, handed down, asked for by a draft, set aside, free. Two queries for a stored one."""
    standing = ledger.standing(ceiling) if ceiling.pk else Standing(ceiling.amount, ceiling.reserve)
    return gauge_of(replace(standing, committed=used), proposed)


def gauge_of(standing: Standing, proposed: int = 0) -> Gauge:
    """The same from what is known already."""
    parts, at, whole = [], 0, max(standing.size, 1)
    for name, money in (("used", standing.committed), ("handed", standing.handed), ("proposed", proposed)):
        width = 1000 * money // whole
        parts.append((name, str(at), str(width)))
        at += width
    width = 1000 * standing.reserve // whole
    parts.append(("reserve", str(1000 - width), str(width)))
    shown = [part for part in parts if part[2] != "0"]
    return Gauge(standing.size, standing.committed, proposed, standing.reserve, shown, standing.handed)
