"""Support: one a verified resident and proposal, withdrawable; the number on every open page."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts import audit, clock
from accounts.models import User
from accounts.scope import Person
from deliberation import policy
from deliberation.models import Support
from deliberation.services.rows import locked_proposal
from proposals import live
from proposals.models import Proposal


@transaction.atomic
def support(*, proposal_id: UUID, actor: Person) -> int:
    """Support a proposal; pressing again changes nothing. Returns how many support it now.

    The proposal's row lock puts everybody in line; the claim of residence is locked too, so that ending it and supporting
    cannot pass each other.
    """
    person = policy.signed_in(actor)
    proposal = locked_proposal(proposal_id)
    residency = policy.open_residency(person, lock=True)
    allowed = policy.supports(person, proposal, residency).or_refuse()
    if residency is None or Support.objects.filter(proposal=proposal, user=person).exists():
        return proposal.supports
    Support.objects.create(proposal=proposal, user=person, residency=residency, at=clock.now())
    return _count(proposal, person, allowed.role, "give", +1)


@transaction.atomic
def withdraw_support(*, proposal_id: UUID, actor: Person) -> int:
    """Take one's support back; doing it again changes nothing. Returns how many support the proposal now."""
    person = policy.signed_in(actor)
    proposal = locked_proposal(proposal_id)
    allowed = policy.may_withdraw(person, proposal).or_refuse()
    removed, _by_model = Support.objects.filter(proposal=proposal, user=person).delete()
    return _count(proposal, person, allowed.role, "withdraw", -1) if removed else proposal.supports


def _count(proposal: Proposal, actor: User, role: str, verb: str, step: int) -> int:
    """Change the counter with the row it counts; the row is locked, so what was read is what stands."""
    Proposal.objects.filter(pk=proposal.pk).update(supports=F("supports") + step)
    supports = proposal.supports + step
    audit.record(
        actor=actor,
        role=role,
        action=f"deliberation.support.{verb}",
        subject=f"proposal:{proposal.pk}",
        region_code=proposal.village_id,
        changes={"supports": supports},
    )
    live.announce(proposal.pk, "support", {"supports": supports})
    return supports
