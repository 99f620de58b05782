"""How works hang together by the constraints: who excludes whom, what each needs in the end, what must be paid. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from budgeting.rules.constraints import BadProblemError, Constraints


@dataclass(frozen=True)
class Bonds:
    """`partners` exclude each other; `needs` everything that a work needs, also by way of others, sorted; `mandatory` with all its needs."""

    partners: Mapping[str, frozenset[str]]
    needs: Mapping[str, tuple[str, ...]]
    mandatory: frozenset[str]

    def partner(self, key: str, paid: AbstractSet[str]) -> str:
        """One of the paid works that excludes this one, the first by id; empty where none does."""
        return min(self.partners.get(key, frozenset()) & paid, default="")


def bonds_of(constraints: Constraints, costs: Mapping[str, int], budget: int) -> Bonds:
    """The bonds of works with these costs. Raises BadProblemError: unknown ids, circles, mandatory works that nobody can pay."""
    unknown = sorted(constraints.named - set(costs))
    if unknown:
        raise BadProblemError(f"the constraints name project {unknown[0]}, which is not listed")
    for key, amount in constraints.minimum_phases.items():
        if amount > costs[key]:
            raise BadProblemError(f"project {key}: the smallest phase of {amount} is more than its cost of {costs[key]}")
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other in constraints.excluding:
        partners[one].add(other)
        partners[other].add(one)
    needs = _needs(constraints)
    for key, needed in needs.items():
        _no_quarrel(f"project {key} needs projects", {key, *needed}, partners)
    mandatory = frozenset(other for key in constraints.mandatory for other in (key, *needs.get(key, ())))
    _no_quarrel("the mandatory projects", set(mandatory), partners)
    total = sum(costs[key] for key in mandatory)
    if total > budget:
        raise BadProblemError(f"the mandatory projects ({', '.join(sorted(mandatory))}) cost {total}, more than the budget of {budget}")
    return Bonds({key: frozenset(others) for key, others in partners.items()}, needs, mandatory)


def all_needed(requiring: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Everything that a work needs, by whatever way; itself among it where it goes in a circle. By id, sorted."""
    direct: dict[str, set[str]] = defaultdict(set)
    for key, other in requiring:
        direct[key].add(other)
    found = {}
    for key in sorted(direct):
        reached: set[str] = set()
        ahead = set(direct[key])
        while ahead:
            reached |= ahead
            ahead = {further for other in ahead for further in direct.get(other, ())} - reached
        found[key] = reached
    return found


def _needs(constraints: Constraints) -> dict[str, tuple[str, ...]]:
    found = all_needed(constraints.requiring)
    for key, reached in found.items():
        if key in reached:
            raise BadProblemError(f"project {key} needs itself by way of {', '.join(sorted(reached - {key}))}")
    return {key: tuple(sorted(reached)) for key, reached in found.items()}


def _no_quarrel(said: str, together: set[str], partners: Mapping[str, set[str]]) -> None:
    for key in sorted(together):
        quarrel = sorted(partners.get(key, set()) & together)
        if quarrel:
            raise BadProblemError(f"{said} that exclude each other: {key} and {quarrel[0]}")
