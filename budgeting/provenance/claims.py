"""A line that nobody proposed is a proposal after all: one person points it out, a second one agrees, and the origin follows the rule.

The register's decision about the proposal stays what it was: money is given by a published run, never by hand. The line only says
from then on whose proposal it is (docs/decisions/0248).
"""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.models import User
from accounts.refusals import Allowed, Conflict, Invalid, Missing
from accounts.scope import Person
from budgeting.models import FundedWork, OriginClaim
from budgeting.models.provenance import STATEMENT_SHORTEST, WORDS_LONGEST
from budgeting.once import keep_once
from budgeting.origins import origin_of
from budgeting.provenance import policy, telling
from budgeting.works import rows as works
from deliberation.masking import masked
from proposals import policy as register
from proposals.models import Proposal
from proposals.services import rows as proposals
from proposals.services.rows import signed_in

State = OriginClaim.State


@transaction.atomic
def claim_line(*, actor: Person, work_id: UUID, proposal_id: UUID | None, words: Any, claim_id: UUID | None = None) -> tuple[OriginClaim, bool]:
    """Point out that a line is a proposal of the register, with why: `(the claim, whether it is new)`.

    The same line and proposal again while it waits, or the same `claim_id`, is the claim that is there. Raises Refusal
    (401, 403, 404), Conflict, Invalid by field.
    """
    person = signed_in(actor)
    work, proposal = _pair(work_id, proposal_id, person)
    allowed = policy.may_claim(person, work, proposal).or_refuse()
    said = masked(text.clean(words, field="words", max_length=WORDS_LONGEST, min_length=STATEMENT_SHORTEST))
    waiting = OriginClaim.objects.filter(work=work, proposal=proposal, state=State.OPEN).first()
    if waiting is not None:
        return waiting, False
    claim = OriginClaim(id=claim_id or uuid4(), work=work, proposal=proposal, words=said, asked_by=person, asked_role=allowed.role)
    claim.asked_at = clock.now()
    keep_once(claim, _("This was sent already, and has been settled."))
    _record(claim, person, allowed, "claim", changes={"proposal": proposal.number}, reason=said)
    telling.pointed_out(claim, person)
    return claim, True


@transaction.atomic
def confirm_claim(*, actor: Person, claim_id: UUID, reason: Any = "") -> OriginClaim:
    """Agree: the line belongs to the proposal, and its origin is what the register says of it.

    Other claims that wait for the same line or the same proposal are refused with that. Raises Refusal (401, 403, 404) and
    Conflict where it was settled, or one of the two went elsewhere meanwhile.
    """
    person = signed_in(actor)
    claim = _locked(claim_id)
    allowed = policy.may_decide(person, claim).or_refuse()
    policy.still_free(claim.work, claim.proposal).or_refuse()
    if FundedWork.objects.filter(proposal=claim.proposal).exists():
        raise Conflict(_("This proposal has its money already, by a line of its own."), code="funded")
    work, before, origin = claim.work, claim.work.origin, origin_of(claim.proposal)
    _settle(claim, person, allowed, state=State.CONFIRMED, reason=_said(reason, shortest=0), before=before)
    work.proposal, work.origin, work.origin_reference = claim.proposal, origin, claim.proposal.sponsor_reference
    work.changed_at, work.version = claim.decided_at or clock.now(), work.version + 1
    work.save(update_fields=["proposal", "origin", "origin_reference", "changed_at", "version"])
    changes = {"proposal": [None, claim.proposal.number], "origin": [before, origin.value]}
    _record(claim, person, allowed, "claim.confirm", changes=changes, reason=claim.reason)
    _refuse_the_others(claim, person, allowed)
    telling.settled(claim, person)
    return claim


@transaction.atomic
def refuse_claim(*, actor: Person, claim_id: UUID, reason: Any) -> OriginClaim:
    """Say that they are not the same, and why. Raises Refusal (401, 403, 404), Conflict, Invalid by field."""
    person = signed_in(actor)
    claim = _locked(claim_id)
    allowed = policy.may_decide(person, claim).or_refuse()
    _settle(claim, person, allowed, state=State.REFUSED, reason=_said(reason, shortest=STATEMENT_SHORTEST))
    _record(claim, person, allowed, "claim.refuse", changes={"proposal": claim.proposal.number}, reason=claim.reason)
    telling.settled(claim, person)
    return claim


@transaction.atomic
def withdraw_claim(*, actor: Person, claim_id: UUID) -> OriginClaim:
    """Take back what one pointed out. Raises Refusal (401, 403, 404), Conflict where it was settled."""
    person = signed_in(actor)
    claim = _locked(claim_id)
    allowed = policy.may_withdraw(person, claim).or_refuse()
    _settle(claim, person, allowed, state=State.WITHDRAWN, reason="")
    _record(claim, person, allowed, "claim.withdraw", changes={"proposal": claim.proposal.number})
    return claim


def _pair(work_id: UUID, proposal_id: UUID | None, person: User) -> tuple[FundedWork, Proposal]:
    """The proposal, then the line, both under lock. Somebody else's draft is told in the same words as what does not exist."""
    proposal = proposals.locked_or_none(proposal_id) if proposal_id else None
    work = works.locked_alone(work_id)
    if proposal is None or not register.may_see(person, proposal):
        raise Invalid({"proposal": [_("There is no such proposal.")]})
    return work, proposal


def _locked(claim_id: UUID) -> OriginClaim:
    """The proposal, the line and the claim itself under lock, in this order: whoever settles another claim of the two waits here."""
    keys = OriginClaim.objects.filter(pk=claim_id).values_list("proposal_id", "work_id").first()
    if keys is None:
        raise Missing
    proposal, work = proposals.locked(keys[0]), works.locked_alone(keys[1])
    claim = OriginClaim.objects.select_for_update(of=("self",), no_key=True).select_related("asked_by").get(pk=claim_id)
    claim.proposal, claim.work = proposal, work
    return claim


def _said(reason: Any, *, shortest: int) -> str:
    return masked(text.clean(reason, field="reason", max_length=WORDS_LONGEST, min_length=shortest))


def _settle(claim: OriginClaim, person: User, allowed: Allowed, *, state: State, reason: str, before: str = "") -> None:
    claim.state, claim.reason, claim.origin_before = state, reason, before
    claim.decided_by, claim.decided_role, claim.decided_at = person, allowed.role, clock.now()
    claim.save(update_fields=["state", "reason", "origin_before", "decided_by", "decided_role", "decided_at"])


def _refuse_the_others(claim: OriginClaim, person: User, allowed: Allowed) -> None:
    """Whoever else waits for the line or the proposal is told that it is taken; a decider's own claims are withdrawn by it as well."""
    others = OriginClaim.objects.filter(state=State.OPEN).exclude(pk=claim.pk)
    sentence = _("Another claim was confirmed: the line belongs to proposal %(number)s.") % {"number": claim.proposal.number}
    waiting = list((others.filter(work=claim.work) | others.filter(proposal=claim.proposal)).select_related("work", "proposal").order_by("pk"))
    for other in waiting:
        _settle(other, person, allowed, state=State.REFUSED, reason=sentence)
        telling.settled(other, person)


def _record(claim: OriginClaim, person: User, allowed: Allowed, verb: str, *, changes: dict[str, Any], reason: str = "") -> None:
    audit.record(
        actor=person,
        role=allowed.role,
        action=f"budgeting.origin.{verb}",
        subject=f"work:{claim.work_id}",
        region_code=claim.work.region_id,
        changes={"claim": str(claim.pk), **changes},
        reason=reason,
    )
