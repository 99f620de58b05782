"""In which order those who wait for the floor are called, and why. Pure: no Django.

Three rules, of which a meeting chooses one; ties end with the request's own key. The reason of each place is a code:

- `first`: whoever asked first.
- `alternate`: hall and online in turn, beginning with the channel that did not speak last (the hall, where nobody spoke
  yet); within a channel whoever asked first. `only`: the other channel has nobody waiting.
- `women`: women, then everybody else; within both whoever asked first. `after`: called after the women who wait.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

HALL, ONLINE = "hall", "online"
FEMALE = "female"
WHY = ("first", "hall", "online", "only", "women", "after", "chair")


@dataclass(frozen=True)
class Waiting:
    """One request for the floor."""

    key: str
    asked_at: datetime
    mode: str
    sex: str = ""


@dataclass(frozen=True)
class Place:
    """A request in its place, with the code of the reason."""

    key: str
    why: str


def queue(rule: str, waiting: Sequence[Waiting], last_mode: str = "") -> list[Place]:
    """Everybody who waits, in the order in which they are called. `last_mode`: the channel of whoever spoke last."""
    ordered = sorted(waiting, key=lambda one: (one.asked_at, one.key))
    return RULES[rule](ordered, last_mode)


def _first(ordered: Sequence[Waiting], _last_mode: str) -> list[Place]:
    return [Place(one.key, "first") for one in ordered]


def _women(ordered: Sequence[Waiting], _last_mode: str) -> list[Place]:
    women = [Place(one.key, "women") for one in ordered if one.sex == FEMALE]
    others = [one for one in ordered if one.sex != FEMALE]
    return [*women, *(Place(one.key, "after" if women else "first") for one in others)]


def _alternate(ordered: Sequence[Waiting], last_mode: str) -> list[Place]:
    lines = {mode: [one for one in ordered if one.mode == mode] for mode in (HALL, ONLINE)}
    before, places = last_mode or ONLINE, list[Place]()
    while lines[HALL] or lines[ONLINE]:
        due = ONLINE if before == HALL else HALL
        mode = due if lines[due] else before
        places.append(Place(lines[mode].pop(0).key, mode if mode == due else "only"))
        before = mode
    return places


RULES: dict[str, Callable[[Sequence[Waiting], str], list[Place]]] = {"first": _first, "alternate": _alternate, "women": _women}
