"""Which works are on sale in a rule of purchases under constraints. Pure.

A work is on sale once all that it needs is bought, and until one is bought that excludes it. While some group without a work has one on sale
that its supporters can pay, works of groups that have `most` are not let go. Before a purchase the supporters' money
decides who can pay; so what a larger share changes here, it changes by letting somebody pay who could not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from budgeting.rules.problem import Problem


@dataclass(frozen=True)
class Gate:
    """By the places of works in some list: who excludes whom, who needs whom (-1: what is never sold), and their groups."""

    partners: Mapping[int, frozenset[int]]
    needs: Mapping[int, frozenset[int]]
    groups: tuple[str, ...]
    #: At most so many of a group while another has none; 0: no limit.
    most: int
    #: How many each group had before.
    in_group: Mapping[str, int]

    def on_sale(self, bought: Sequence[int]) -> list[bool]:
        """By place."""
        gone = {*bought, *(other for place in bought for other in self.partners.get(place, ()))}
        sold = set(bought)
        return [place not in gone and self.needs.get(place, frozenset()) <= sold for place in range(len(self.groups))]

    def firsts(self, bought: Sequence[int]) -> list[bool]:
        """Works of groups that have none; nobody where there is no limit."""
        have = self._have(bought)
        return [bool(self.most and group) and not have[group] for group in self.groups]

    def full(self, bought: Sequence[int]) -> list[bool]:
        """Works of groups that have as many as they may while others wait."""
        have = self._have(bought)
        return [bool(self.most and group) and have[group] >= self.most for group in self.groups]

    def let_go(self, bought: Sequence[int], places: Sequence[int], able: Iterable[int]) -> Sequence[int]:
        """Of these places those that may be bought: where one of the `able` is of a group that has none, nobody of a full group."""
        firsts = self.firsts(bought)
        if not any(firsts[place] for place in able):
            return places
        full = self.full(bought)
        return [place for place in places if not full[place]]

    def _have(self, bought: Sequence[int]) -> Counter[str]:
        return Counter(self.in_group) + Counter(self.groups[place] for place in bought)


def gate_of(problem: Problem, ids: Sequence[str], in_group: Mapping[str, int]) -> Gate | None:
    """The gate of works listed by `ids`; None where no constraint is about them."""
    limits = problem.constraints
    if not (limits.excluding or limits.requiring or limits.per_group):
        return None
    places = {key: place for place, key in enumerate(ids)}
    groups = {project.id: project.group for project in problem.projects}
    bonds = problem.bonds
    return Gate(
        {places[key]: frozenset(places[other] for other in others if other in places) for key, others in bonds.partners.items() if key in places},
        {places[key]: frozenset(places.get(other, -1) for other in others) for key, others in bonds.needs.items() if key in places},
        tuple(groups[key] for key in ids),
        limits.per_group,
        in_group,
    )
