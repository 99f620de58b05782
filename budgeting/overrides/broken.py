"""Which conditions of a list its overrides break. Pure: no Django, whole rupiah."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budgeting.rules.constraints import Constraints


@dataclass(frozen=True)
class Asked:
    """One proposal as the rule saw it, and what it is given now."""

    cost: int
    group: str
    given: int


#: A condition by its code, and what it is about: numbers of proposals, a group, or the name of a share.
Broken = tuple[str, tuple[str, ...]]


def broken(constraints: Constraints, ruled: Mapping[str, Asked], standing: Mapping[str, Asked], budget: int) -> list[Broken]:
    """What the list with its overrides breaks and the rule's own list did not, in one order."""
    before = set(_broken(constraints, ruled, budget))
    return sorted(one for one in set(_broken(constraints, standing, budget)) if one not in before)


def _broken(constraints: Constraints, works: Mapping[str, Asked], budget: int) -> Iterator[Broken]:
    whole = {key for key, work in works.items() if work.given == work.cost}
    paid = {key for key, work in works.items() if work.given}
    yield from (("mandatory", (key,)) for key in constraints.mandatory if key in works and key not in whole)
    yield from (("excluding", pair) for pair in constraints.excluding if paid >= set(pair))
    yield from (("requiring", (key, other)) for key, other in constraints.requiring if key in paid and other not in whole)
    yield from (("phase", (key,)) for key in paid - whole if works[key].given < constraints.minimum_phases.get(key, works[key].cost))
    yield from _crowded(constraints.per_group, works, paid)
    for share in constraints.minimum_shares:
        given = sum(works[key].given for key in share.projects if key in works)
        if given < share.of(budget) and any(key in works and key not in whole for key in share.projects):
            yield "share", (share.name,)


def _crowded(most: int, works: Mapping[str, Asked], paid: set[str]) -> Iterator[Broken]:
    """Groups with more than so many works while another that asks has none."""
    counts = Counter(works[key].group for key in paid)
    if most and any(work.group not in counts for work in works.values()):
        yield from (("group", (group,)) for group, count in counts.items() if count > most)
