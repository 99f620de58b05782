"""Signing an override, and withdrawing one. Each verb is one transaction under the run's lock, then the ceiling's."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from budgeting import ledger
from budgeting.models import AllocationLine, AllocationRun, Override
from budgeting.models.override import REASON_SHORTEST
from budgeting.overrides import policy, reading
from budgeting.services.ceilings import locked_ceiling
from budgeting.services.runs import locked_run
from deliberation.masking import masked
from proposals.money import rupiah
from proposals.services.entries import Unreadable
from proposals.services.entries import rupiah as read_rupiah

_FUNDED, _OUT = AllocationLine.Verdict.FUNDED.value, AllocationLine.Verdict.NOT_FUNDED.value
_REASON_LONGEST = 500


@transaction.atomic
def sign_override(
    *, override_id: UUID, run_id: UUID, proposal_id: UUID, verdict: str, reason: str, actor: Person, amount: int | str | None = None
) -> Override:
    """Decide one line of a draft otherwise than the rule; `amount` in whole rupiah, the whole cost where none is given.

    The same `override_id` again is the same override. Raises Refusal (401, 403, 404), Invalid by field and Conflict: not a
    draft, another override stands on the line, or the ceiling does not cover it.
    """
    run, line = _line(run_id, proposal_id, actor)
    allowed = policy.may_sign(actor, run, line.proposal)
    repeated = Override.objects.filter(pk=override_id).first()
    if repeated is not None:
        return _the_same(repeated, run, line, actor)
    allowed = allowed.or_refuse()
    given, said = _read(line, verdict, amount, reason)
    _none_stands(run, line)
    if given > line.amount:
        _covered(run, line, given)
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    one = _kept(
        Override(
            id=override_id,
            run=run,
            proposal=line.proposal,
            verdict=verdict,
            amount=given,
            reason=said,
            signed_by=actor,
            signed_role=allowed.role,
            signed_at=clock.now(),
        )
    )
    _journal("sign", one, actor, allowed.role, {"verdict": [line.verdict, verdict], "amount": [line.amount, given]})
    return one


@transaction.atomic
def withdraw_override(*, override_id: UUID, actor: Person, run_id: UUID | None = None) -> Override:
    """Take an override back; what the rule gave counts again, if the ceiling covers it.

    With `run_id` only one of that run. Raises Refusal (401, 403, 404) and Conflict.
    """
    kept_in = Override.objects.filter(pk=override_id).values_list("run_id", flat=True).first()
    if kept_in is None or run_id not in (None, kept_in):
        raise Missing
    run = _locked(kept_in, actor)
    one = Override.objects.select_related("proposal", "signed_by").get(pk=override_id)
    allowed = policy.may_withdraw(actor, run, one).or_refuse()
    line = run.lines.get(proposal=one.proposal_id)
    if line.amount > one.amount:
        _covered(run, line, line.amount)
    one.withdrawn_by_id, one.withdrawn_at = actor.pk, clock.now()
    one.save(update_fields=["withdrawn_by", "withdrawn_at"])
    _journal("withdraw", one, actor, allowed.role, {"verdict": [one.verdict, line.verdict], "amount": [one.amount, line.amount]})
    return one


def _locked(run_id: UUID, actor: Person) -> AllocationRun:
    """Run and ceiling under lock, for somebody of their team; nothing of a draft is told to others."""
    run = locked_run(run_id)
    policy.on_team(actor, run).or_refuse()
    run.ceiling = locked_ceiling(run.ceiling_id)
    return run


def _line(run_id: UUID, proposal_id: UUID, actor: Person) -> tuple[AllocationRun, AllocationLine]:
    run = _locked(run_id, actor)
    line = run.lines.select_related("proposal").filter(proposal=proposal_id).first()
    if line is None:
        raise Missing(_("This proposal is not in the run."))
    return run, line


def _the_same(kept: Override, run: AllocationRun, line: AllocationLine, actor: Person) -> Override:
    if (kept.run_id, kept.proposal_id, kept.signed_by_id) != (run.pk, line.proposal_id, actor.pk):
        raise Conflict(_("This entry was already used for another change."), code="id_taken")
    return kept


def _read(line: AllocationLine, verdict: Any, amount: Any, reason: Any) -> tuple[int, str]:
    """Whole rupiah and the reason as they are kept. Raises Invalid with every field at fault."""
    errors: dict[str, list[str]] = {}
    given, said = 0, ""
    if verdict not in (_FUNDED, _OUT):
        errors["verdict"] = [_("Choose whether it is put in, given another amount, or taken out.")]
    elif verdict == _FUNDED:
        given = _amount(line, amount, errors)
    if not errors and (verdict, given) == (line.verdict, line.amount):
        errors["verdict"] = [_("That is what the rule gave. There is nothing to change by hand.")]
    try:
        said = masked(text.clean(reason, field="reason", max_length=_REASON_LONGEST))
        if len(said) < REASON_SHORTEST:
            errors["reason"] = [_("Write a reason of at least 20 characters. Citizens read it.")]
    except Invalid as error:
        errors |= error.fields or {}
    if errors:
        raise Invalid(errors)
    return given, said


def _amount(line: AllocationLine, amount: Any, errors: dict[str, list[str]]) -> int:
    if amount in (None, ""):
        return line.cost
    try:
        given = read_rupiah(amount)
    except Unreadable as error:
        errors["amount"] = [error.sentence]
        return 0
    if not given:
        errors["amount"] = [_("Write the amount in whole rupiah, above zero.")]
        return 0
    if given > line.cost:
        errors["amount"] = [_("At most what it asks for: %(cost)s.") % {"cost": rupiah(line.cost)}]
    return given


def _none_stands(run: AllocationRun, line: AllocationLine) -> None:
    standing = reading.in_force(run).get(line.proposal_id)
    if standing is not None:
        sentence = _("%(name)s has already changed this line by hand. Withdraw that change first.")
        raise Conflict(sentence % {"name": standing.signed_by}, code="override_stands")


def _covered(run: AllocationRun, line: AllocationLine, given: int) -> None:
    """The whole list, with the overrides in force and this line at `given`, within what may still be committed."""
    others = sum(one.amount for one in reading.decided(run) if one.line.proposal_id != line.proposal_id)
    left = ledger.balance(run.ceiling) - others
    if given > left:
        sentence = _("The ceiling does not cover it: %(left)s is left and %(given)s is needed, %(short)s too little. Take something else out first.")
        facts = {"left": rupiah(max(left, 0)), "given": rupiah(given), "short": rupiah(given - left)}
        raise Conflict(sentence % facts, code="ceiling_overdrawn")


def _kept(one: Override) -> Override:
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError:
        # the run's lock puts everybody in line: only the same id, sent twice at once for two runs, comes here
        raise Conflict(_("This entry was already used for another change."), code="id_taken") from None
    return one


def _journal(verb: str, one: Override, actor: Person, role: str, changes: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        role=role,
        action=f"budgeting.override.{verb}",
        subject=f"run:{one.run_id}",
        region_code=one.run.ceiling.region_id,
        changes={"override": one.pk, "proposal": one.proposal_id, **changes},
        reason=one.reason if verb == "sign" else "",
    )
