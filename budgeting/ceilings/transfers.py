"""Money moved between two ceilings of one source and year, or out of a reserve: one person asks, another confirms.

A confirmed transfer is written to the ledgers of both ceilings at once; until then nothing has moved.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Allowed, Conflict, Invalid, Missing
from accounts.scope import Person
from budgeting import ledger, selectors
from budgeting.ceilings import policy, tree
from budgeting.ceilings.entries import Errors, basis_read, line_read, rupiah_read
from budgeting.models import Ceiling, LedgerEntry, Transfer
from geo.codes import Level, ancestor
from proposals.money import rupiah

Kind = LedgerEntry.Kind
_REASON = range(10, 501)


@transaction.atomic
def ask_transfer(
    *, actor: Person, transfer_id: UUID, source_id: int, target_id: int, amount: int | str, reason: str, legal_basis: str, from_reserve: bool = False
) -> Transfer:
    """Ask that money moves from `source` to `target`, out of its free money or `from_reserve`; to itself only from the reserve.

    The same request under the same UUID is the same transfer. Raises Invalid by field, Refusal (401, 403, 404) and Conflict: not
    published, not enough money, or the UUID belongs to another transfer.
    """
    source, target = selectors.ceiling(actor, source_id), selectors.ceiling(actor, target_id)
    allowed = policy.may_ask(actor, source, target).or_refuse()
    fields = _read(source, target, amount, reason, legal_basis, from_reserve=from_reserve)
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    known = Transfer.objects.filter(pk=transfer_id).first()
    if known is not None:
        return _same(known, fields, actor)
    rows = _locked(source, target)
    policy.may_ask(actor, rows[source.pk], rows[target.pk]).or_refuse()
    _refuse_unless_covered(rows[source.pk], fields["amount"], from_reserve=from_reserve)
    try:
        with transaction.atomic():
            made = Transfer.objects.create(pk=transfer_id, asked_by=actor, asked_at=clock.now(), **fields)
    except IntegrityError:
        return _same(Transfer.objects.get(pk=transfer_id), fields, actor)
    _record(actor, allowed, "ask", made)
    return made


@transaction.atomic
def confirm_transfer(*, actor: Person, transfer_id: UUID) -> Transfer:
    """The second person: the ledgers of both ceilings tell it, all entries or none. Raises as `ask_transfer`."""
    transfer = _locked_transfer(transfer_id)
    allowed = policy.may_confirm(actor, transfer).or_refuse()
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    rows = _locked(transfer.source, transfer.target)
    transfer.source, transfer.target = rows[transfer.source_id], rows[transfer.target_id]
    # somebody may have begun to change one of the two before it was locked
    policy.may_confirm(actor, transfer).or_refuse()
    if fault := relation_fault(transfer.source, transfer.target, from_reserve=transfer.from_reserve):
        raise Conflict(fault, code="not_related")
    _refuse_unless_covered(transfer.source, transfer.amount, from_reserve=transfer.from_reserve)
    at = _decide(transfer, Transfer.Status.CONFIRMED, actor)
    LedgerEntry.objects.bulk_create(
        LedgerEntry(ceiling=ceiling, kind=kind, amount=transfer.amount, transfer=transfer, actor=actor, at=at) for ceiling, kind in _entries(transfer)
    )
    _record(actor, allowed, "confirm", transfer)
    return transfer


@transaction.atomic
def withdraw_transfer(*, actor: Person, transfer_id: UUID) -> Transfer:
    """Take back a transfer that waits, or refuse it: nothing has moved. Raises Refusal and Conflict."""
    transfer = _locked_transfer(transfer_id)
    allowed = policy.may_withdraw(actor, transfer).or_refuse()
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    _decide(transfer, Transfer.Status.WITHDRAWN, actor)
    _record(actor, allowed, "withdraw", transfer)
    return transfer


def relation_fault(source: Ceiling, target: Ceiling, *, from_reserve: bool) -> str:
    """Why no money moves between these two; empty where it may."""
    if source.pk == target.pk:
        return "" if from_reserve else _("Choose another ceiling: money cannot be transferred to where it is.")
    if (source.plan_year, source.funding_source) != (target.plan_year, target.funding_source):
        return _("Money moves only between ceilings of the same year and source.")
    kin = source.parent_id == target.pk or target.parent_id in {source.pk, source.parent_id}
    if not kin or ancestor(source.region_id, Level.DISTRICT) != ancestor(target.region_id, Level.DISTRICT):
        return _("Money moves between parts of the same ceiling, or between a ceiling and its part.")
    return ""


def _read(source: Ceiling, target: Ceiling, amount: Any, reason: Any, legal_basis: Any, *, from_reserve: bool) -> dict[str, Any]:
    errors: Errors = {}
    if fault := relation_fault(source, target, from_reserve=from_reserve):
        errors["target"] = [fault]
    why = line_read(
        reason, "reason", _("Say why in 10 to 500 characters; everybody reads it."), errors, longest=_REASON.stop - 1, shortest=_REASON.start
    )
    fields = {"amount": rupiah_read(amount, "amount", errors), "reason": why, "legal_basis": basis_read(legal_basis, errors)}
    if errors:
        raise Invalid(errors)
    return {**fields, "source_id": source.pk, "target_id": target.pk, "from_reserve": from_reserve}


def _same(known: Transfer, fields: dict[str, Any], actor: User) -> Transfer:
    if known.asked_by_id != actor.pk or any(getattr(known, name) != value for name, value in fields.items()):
        raise Conflict(_("Another transfer has this number already. Open the page again."), code="transfer_id_taken")
    return known


def _locked(source: Ceiling, target: Ceiling) -> dict[int, Ceiling]:
    """Both ceilings and those above them, whose parts change size."""
    return tree.locked([source.pk, target.pk, source.parent_id, target.parent_id])


def _locked_transfer(transfer_id: UUID) -> Transfer:
    found = Transfer.objects.select_for_update(of=("self",)).select_related("source__parent", "target__parent").filter(pk=transfer_id).first()
    if found is None:
        raise Missing
    return found


def _refuse_unless_covered(source: Ceiling, amount: int, *, from_reserve: bool) -> None:
    standing = ledger.standing(source)
    left = standing.reserve if from_reserve else standing.free
    if amount > left:
        reserve = _("%(left)s is still set aside at %(name)s; this needs %(amount)s.")
        free = _("%(name)s has %(left)s free; this needs %(amount)s.")
        facts = {"name": tree.name_of(source), "left": rupiah(max(left, 0)), "amount": rupiah(amount)}
        raise Conflict((reserve if from_reserve else free) % facts, code="not_covered")


def _entries(transfer: Transfer) -> list[tuple[Ceiling, Kind]]:
    """What the ledgers tell. Of a ceiling and its part only the part changes size; the one above says what it handed."""
    source, target = transfer.source, transfer.target
    released = [(source, Kind.RESERVE_RELEASE)] if transfer.from_reserve else []
    if source.pk == target.pk:
        return released
    if target.parent_id == source.pk:
        return [*released, (source, Kind.HANDED_DOWN), (target, Kind.TRANSFER_IN)]
    if source.parent_id == target.pk:
        return [*released, (source, Kind.TRANSFER_OUT), (target, Kind.HANDED_BACK)]
    return [*released, (source, Kind.TRANSFER_OUT), (target, Kind.TRANSFER_IN)]


def _decide(transfer: Transfer, status: Transfer.Status, actor: User) -> datetime:
    at = clock.now()
    transfer.status, transfer.decided_by, transfer.decided_at = status, actor, at
    transfer.save(update_fields=["status", "decided_by", "decided_at"])
    return at


def _record(actor: User, allowed: Allowed, verb: str, transfer: Transfer) -> None:
    audit.record(
        actor=actor,
        role=allowed.role,
        action=f"budgeting.transfer.{verb}",
        subject=f"transfer:{transfer.pk}",
        region_code=transfer.source.region_id,
        changes={
            "source": transfer.source_id, "target": transfer.target_id, "amount": transfer.amount,
            "from_reserve": transfer.from_reserve, "legal_basis": transfer.legal_basis,
        },
        reason=transfer.reason,
    )  # fmt: skip
