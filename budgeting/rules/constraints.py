"""What a list of works must keep, whatever the rule: data with one canonical JSON, so that a run's frozen inputs hold it. Pure.

`mandatory`      works that regulation demands: paid whole before anything else, together with all that they need.
`excluding`      pairs of which at most one is paid (two bridges for one crossing).
`requiring`      pairs (a, b): a is paid only where b is paid whole.
`per_group`      at most so many works of a group (a village) while another group without one has a work that could be paid; 0: no limit.
`minimum_shares` parts of the budget that wait for a set of works first; what the set cannot use goes back to all.
`minimum_phases` by id the smallest amount that makes sense: such a work may be paid in part. All others whole or not at all.

What each rule makes of them stands in its own docstring; `limits` is what all that walk down a list share.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Pair = tuple[str, str]
PER_MILLE = 1000


class BadProblemError(ValueError):
    """The inputs contradict themselves; the message says where."""


@dataclass(frozen=True)
class MinimumShare:
    """A named set of works and the part of the budget that waits for it: a fraction above 0 and at most 1."""

    name: str
    projects: tuple[str, ...]
    share: Fraction

    def __post_init__(self) -> None:
        if not self.name:
            raise BadProblemError("a minimum share needs a name")
        if not 0 < self.share <= 1:
            raise BadProblemError(f"the minimum share {self.name} must be above 0 and at most the whole budget, not {self.share}")
        if not self.projects:
            raise BadProblemError(f"the minimum share {self.name} names no project")
        object.__setattr__(self, "projects", tuple(sorted(set(self.projects))))

    def of(self, budget: int) -> int:
        """The reserved amount in whole units, rounded down."""
        return int(self.share * budget)


@dataclass(frozen=True)
class Constraints:
    """All of them, each in one order; none by default. Raises BadProblemError with the project, pair or share that makes no sense."""

    mandatory: tuple[str, ...] = ()
    excluding: tuple[Pair, ...] = ()
    requiring: tuple[Pair, ...] = ()
    per_group: int = 0
    minimum_shares: tuple[MinimumShare, ...] = ()
    minimum_phases: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for word, pairs in (("excludes", self.excluding), ("needs", self.requiring)):
            for one, other in pairs:
                if one == other:
                    raise BadProblemError(f"project {one} {word} itself")
        if self.per_group < 0:
            raise BadProblemError(f"the most works of a group must not be below zero, not {self.per_group}")
        for key, amount in self.minimum_phases.items():
            if amount <= 0:
                raise BadProblemError(f"project {key}: the smallest phase must be above zero, not {amount}")
        twice = [name for name, times in Counter(share.name for share in self.minimum_shares).items() if times > 1]
        if twice:
            raise BadProblemError(f"the minimum share {min(twice)} comes twice")
        if sum(share.share for share in self.minimum_shares) > 1:
            raise BadProblemError("the minimum shares are together more than the whole budget")
        object.__setattr__(self, "mandatory", tuple(sorted(set(self.mandatory))))
        object.__setattr__(self, "excluding", tuple(sorted({(min(pair), max(pair)) for pair in self.excluding})))
        object.__setattr__(self, "requiring", tuple(sorted(set(self.requiring))))
        object.__setattr__(self, "minimum_phases", dict(sorted(self.minimum_phases.items())))

    def __bool__(self) -> bool:
        return bool(self.mandatory or self.excluding or self.requiring or self.per_group or self.minimum_shares or self.minimum_phases)

    @property
    def named(self) -> set[str]:
        """Every project that some constraint names."""
        pairs = {key for pair in (*self.excluding, *self.requiring) for key in pair}
        return {*self.mandatory, *pairs, *self.minimum_phases, *(key for share in self.minimum_shares for key in share.projects)}


def to_json(constraints: Constraints) -> dict[str, Any]:
    """Plain JSON in one canonical form: sorted, and only what is there; `{}` where nothing is."""
    shares = [
        {"name": share.name, "projects": list(share.projects), "share": [share.share.numerator, share.share.denominator]}
        for share in constraints.minimum_shares
    ]
    everything = {
        "mandatory": list(constraints.mandatory),
        "excluding": [list(pair) for pair in constraints.excluding],
        "requiring": [list(pair) for pair in constraints.requiring],
        "per_group": constraints.per_group,
        "minimum_shares": shares,
        "minimum_phases": dict(constraints.minimum_phases),
    }
    return {key: value for key, value in everything.items() if value}


def from_json(told: Mapping[str, Any]) -> Constraints:
    """Read what `to_json` wrote; a share may also come as `per_mille`. Raises BadProblemError for anything else."""
    unknown = sorted(set(told) - set(Constraints.__dataclass_fields__))
    if unknown:
        raise BadProblemError(f"there is no constraint {unknown[0]}")
    phases = told.get("minimum_phases", {})
    if not isinstance(phases, Mapping):
        raise BadProblemError("minimum_phases must give an amount for each id")
    return Constraints(
        mandatory=_ids(told.get("mandatory", []), "mandatory"),
        excluding=tuple(_pair(pair, "excluding") for pair in _list(told.get("excluding", []), "excluding")),
        requiring=tuple(_pair(pair, "requiring") for pair in _list(told.get("requiring", []), "requiring")),
        per_group=_whole(told.get("per_group", 0), "per_group"),
        minimum_shares=tuple(_share(share) for share in _list(told.get("minimum_shares", []), "minimum_shares")),
        minimum_phases={str(key): _whole(amount, f"minimum_phases {key}") for key, amount in phases.items()},
    )


def _list(told: object, name: str) -> list[Any]:
    if not isinstance(told, (list, tuple)):
        raise BadProblemError(f"{name} must be a list")
    return list(told)


def _ids(told: object, name: str) -> tuple[str, ...]:
    ids = _list(told, name)
    if not all(isinstance(key, str) for key in ids):
        raise BadProblemError(f"{name} must be ids as text")
    return tuple(ids)


def _pair(told: object, name: str) -> Pair:
    match _ids(told, name):
        case (one, other):
            return one, other
        case ids:
            raise BadProblemError(f"{name} must be pairs of ids, not {ids}")


def _whole(told: object, name: str) -> int:
    if not isinstance(told, int) or isinstance(told, bool):
        raise BadProblemError(f"{name} must be a whole number, not {told!r}")
    return told


def _share(told: Any) -> MinimumShare:
    if not isinstance(told, Mapping) or not isinstance(told.get("name"), str):
        raise BadProblemError("a minimum share needs a name")
    name = told["name"]
    if "per_mille" in told:
        share = Fraction(_whole(told["per_mille"], f"the minimum share {name}"), PER_MILLE)
    else:
        match _list(told.get("share"), f"the minimum share {name}"):
            case [int(above), int(below)] if below > 0:
                share = Fraction(above, below)
            case _:
                raise BadProblemError(f"the minimum share {name} must be a numerator and a denominator")
    return MinimumShare(name, _ids(told.get("projects", []), f"the minimum share {name}"), share)
