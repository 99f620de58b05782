"""Supporters follow a proposal to the one it goes on in, and are counted there once, whatever ways lead to it.

Called by the register inside the transaction that merges, splits or carries over (settings.LINEAGE_FOLLOWERS), with the
proposals on both sides under lock or new: nobody supports or withdraws meanwhile. Comments stay where they were written; the
pages of those who come after show them with their origin (`reading.inherited`).
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Case, F, QuerySet, Value, When

from accounts import audit, clock
from accounts.models import Residency
from deliberation.models import Support
from proposals import live
from proposals.models import Lineage, Proposal
from proposals.stages import Stage

_AT_ONCE = 1000


def follow(steps: Sequence[Lineage]) -> None:
    """Give each child the support of its parents' supporters who live in the child's village, in a constant number of statements.

    The law is that of a direct support, but for its time: nobody gives anything now. A claim of residence is locked, so
    that ending it and following cannot pass each other.
    """
    new = _new(steps)
    if not new:
        return
    Support.objects.bulk_create(new, batch_size=_AT_ONCE)
    _count(new, {step.child_id: step.child for step in steps})
    _tell(new, steps)


def _new(steps: Sequence[Lineage]) -> list[Support]:
    given = Support.objects.filter(proposal__in=[step.parent_id for step in steps])
    homes = {claim.user_id: claim for claim in _claims(given, {step.child.village_id for step in steps})}
    supporters: dict[UUID, list[int]] = defaultdict(list)
    for parent_id, user_id in given.order_by("at", "pk").values_list("proposal_id", "user_id"):
        supporters[parent_id].append(user_id)
    here = set(Support.objects.filter(proposal__in=[step.child_id for step in steps]).values_list("proposal_id", "user_id"))
    new, now = list[Support](), clock.now()
    for step in steps:
        for user_id in supporters[step.parent_id]:
            claim = homes.get(user_id)
            if claim is not None and claim.village_id == step.child.village_id and (step.child_id, user_id) not in here:
                here.add((step.child_id, user_id))
                new.append(Support(proposal=step.child, user_id=user_id, residency=claim, at=now, via=step.parent))
    return new


def _claims(given: QuerySet[Support], villages: set[str]) -> QuerySet[Residency]:
    """Who may support there today, in the order of the keys, so that no two that follow wait for each other."""
    claims = Residency.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    return claims.filter(status=Residency.Status.CONFIRMED, village__in=villages, user__is_active=True, user__in=given.values("user"))


def _count(new: Sequence[Support], children: dict[UUID, Proposal]) -> None:
    """The counters change with the rows they count; the children are locked or new, so what was read is what stands."""
    added: dict[UUID, int] = defaultdict(int)
    for support in new:
        added[support.proposal_id] += 1
    more = Case(*(When(pk=key, then=Value(count)) for key, count in added.items()))
    Proposal.objects.filter(pk__in=added).update(supports=F("supports") + more)
    for key, count in added.items():
        children[key].supports += count


def _tell(new: Sequence[Support], steps: Sequence[Lineage]) -> None:
    """One entry for each proposal that was followed to, and the new number on its open pages; of drafts nobody is told."""
    followed: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for support in new:
        followed[support.proposal_id, support.via_id] += 1  # type: ignore[index]
    come = [step for step in steps if (step.child_id, step.parent_id) in followed]
    audit.record_all(
        [
            audit.entry(
                actor=step.by,
                role=step.role,
                action="deliberation.support.follow",
                subject=f"proposal:{step.child_id}",
                region_code=step.child.village_id,
                changes={"supports": step.child.supports, "came": followed[step.child_id, step.parent_id], "from": step.parent_id, "kind": step.kind},
            )
            for step in come
        ]
    )
    facts = {step.child_id: {"supports": step.child.supports} for step in come if step.child.stage != Stage.DRAFT}
    if facts:
        live.announce_each("support", facts)
