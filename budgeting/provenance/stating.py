"""Saying afterwards where a line comes from that nobody proposed: recorded beside what stood, shown with its day."""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.models import User
from accounts.refusals import Allowed, Conflict, Invalid
from accounts.scope import Person
from budgeting.models import FundedWork, OriginStatement
from budgeting.models.provenance import STATEMENT_SHORTEST, WORDS_LONGEST
from budgeting.once import keep_once
from budgeting.provenance import policy
from budgeting.words import Origin
from budgeting.works import rows
from deliberation.masking import masked
from proposals.services.rows import signed_in

#: What may be said of a line without a proposal; that a village asked for it is a claim, which a second person settles.
STATED = (Origin.AGENCY, Origin.MANDATORY, Origin.COUNCIL)
CHOICES = [(origin.value, origin.label) for origin in STATED]
_REFERENCE_LONGEST = 200


@transaction.atomic
def state_origin(
    *, actor: Person, work_id: UUID, origin: Any, reference: Any, words: Any, seen: int = 0, statement_id: UUID | None = None
) -> tuple[OriginStatement, bool]:
    """Say where a line without a proposal comes from: `(the statement that rules now, whether it is new)`.

    `reference` is the recess, the line of the plan or the regulation. `seen` is the turn of the statement that was read (0: none);
    another one in between is a Conflict. The same again by the same person, or the same `statement_id`, changes nothing.
    Raises Refusal (401, 403, 404), Conflict, Invalid by field.
    """
    person = signed_in(actor)
    work = rows.locked(work_id)
    allowed = policy.may_state(person, work).or_refuse()
    told = _read(origin, reference, words)
    newest = OriginStatement.objects.filter(work=work).select_related("said_by").order_by("-turn").first()
    if newest is not None and (newest.pk == statement_id or (newest.said_by_id, newest.origin, newest.reference, newest.words) == (person.pk, *told)):
        return newest, False
    if (newest.turn if newest else 0) != seen:
        raise Conflict(_what_was_said(newest), code="said_meanwhile")
    return _keep(work, person, allowed, told=told, turn=seen + 1, key=statement_id), True


def _keep(work: FundedWork, person: User, allowed: Allowed, *, told: tuple[str, str, str], turn: int, key: UUID | None) -> OriginStatement:
    now, before = clock.now(), work.origin
    statement = OriginStatement(id=key or uuid4(), work=work, turn=turn, origin_before=before, said_by=person, said_role=allowed.role, said_at=now)
    statement.origin, statement.reference, statement.words = told
    keep_once(statement, _("This statement was sent already, about another line."))
    work.origin, work.origin_reference, work.changed_at, work.version = told[0], told[1], now, work.version + 1
    work.save(update_fields=["origin", "origin_reference", "changed_at", "version"])
    audit.record(
        actor=person,
        role=allowed.role,
        action="budgeting.origin.state",
        subject=f"work:{work.pk}",
        region_code=work.region_id,
        changes={"origin": [before, told[0]], "reference": told[1], "turn": turn},
        reason=told[2],
    )
    return statement


def _read(origin: Any, reference: Any, words: Any) -> tuple[str, str, str]:
    errors: dict[str, list[str]] = {}
    if origin not in STATED:
        errors["origin"] = [_("Choose one of the list. That a village asked for it is pointed out on the line's page.")]
    told = {"reference": "", "words": ""}
    for name, value, shortest, longest in (("reference", reference, 3, _REFERENCE_LONGEST), ("words", words, STATEMENT_SHORTEST, WORDS_LONGEST)):
        try:
            told[name] = masked(text.clean(value, field=name, max_length=longest, min_length=shortest))
        except Invalid as wrong:
            errors |= wrong.fields or {}
    if errors:
        raise Invalid(errors)
    return str(origin), told["reference"], told["words"]


def _what_was_said(newest: OriginStatement | None) -> str:
    if newest is None:
        return _("The statement that you have read is not there. Open the page again.")
    sentence = _("%(who)s said meanwhile, on %(when)s: %(origin)s. Look at it before you say otherwise.")
    when = date_format(localtime(newest.said_at), "j F Y, H.i")
    return sentence % {"who": newest.said_by, "when": when, "origin": newest.get_origin_display()}
