"""Loading a work to change it: its proposal's row first, then its own, so that no two wait in a ring."""

from typing import Any
from uuid import UUID

from accounts import audit
from accounts.models import User
from accounts.refusals import Allowed, Missing
from budgeting.models import FundedWork
from proposals.services import rows as register


def loaded(work_id: UUID, *, drawn: bool = False) -> FundedWork:
    """The row as it stands, not locked, or 404; `drawn`: with the outline of its region."""
    work = FundedWork.objects.for_cards(drawn=drawn).filter(pk=work_id).first()
    if work is None:
        raise Missing
    return work


def locked(work_id: UUID) -> FundedWork:
    """The row under lock, or 404; of a work with a proposal that row is locked before it, as its moves lock it."""
    proposal_id = FundedWork.objects.filter(pk=work_id).values_list("proposal_id", flat=True).first()
    if proposal_id is not None:
        register.locked(proposal_id)
    return locked_alone(work_id)


def locked_alone(work_id: UUID) -> FundedWork:
    """The row under lock, or 404, for who holds the proposal's row already."""
    work = FundedWork.objects.select_for_update(of=("self",), no_key=True).select_related("region", "agency").filter(pk=work_id).first()
    if work is None:
        raise Missing
    return work


def record(work: FundedWork, actor: User, allowed: Allowed, verb: str, changes: dict[str, Any], *, reason: str = "") -> None:
    """One entry of the journal about a work."""
    audit.record(
        actor=actor,
        role=allowed.role,
        action=f"budgeting.work.{verb}",
        subject=f"work:{work.pk}",
        region_code=work.region_id,
        changes=changes,
        reason=reason,
    )
