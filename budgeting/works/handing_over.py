"""Handing a finished work over: to whom, on which day, by which document. The village judges it from then on."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock, text
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from budgeting.models import FundedWork
from budgeting.works import policy, reading_values, rows, stepping
from budgeting.works.reporting import first_day_of
from proposals.services.entries import Unreadable
from proposals.services.rows import signed_in
from proposals.stages import Realisation

_FULL = 100
_FIELDS = ("handed_over_on", "handover_document", "handed_over_to")


@transaction.atomic
def hand_over(*, work_id: UUID, actor: Person, on: Any, document: str, to: str) -> FundedWork:
    """Record the handover and report the work as done. The same handover again changes nothing.

    Raises Refusal (401, 403, 404), Invalid by field and Conflict: it was handed over before, or no report says 100 per cent.
    """
    giver = signed_in(actor)
    work = rows.locked(work_id)
    allowed = policy.may_report(giver, work).or_refuse()
    values = _read(on, document, to)
    if work.handed_over_on is not None:
        if values == {name: getattr(work, name) for name in _FIELDS}:
            return work
        raise Conflict(_("This work was handed over before, on another day or by another document."), code="handed_over")
    if work.physical_percent < _FULL:
        raise Conflict(_("A work is handed over when its last report says 100 per cent. Report that first."), code="not_complete")
    _refuse_early(values["handed_over_on"], work)
    if work.realisation == Realisation.UNDER_WAY:
        stepping.take(work, "report_done", actor=giver, allowed=allowed)
    for name, value in values.items():
        setattr(work, name, value)
    work.changed_at = clock.now()
    work.save(update_fields=[*_FIELDS, "changed_at"])
    rows.record(work, giver, allowed, "hand_over", values)
    return work


def _refuse_early(day: date, work: FundedWork) -> None:
    if day < first_day_of(work):
        raise Invalid({"handed_over_on": [_("This day lies before the work could start.")]})


def _read(on: Any, document: str, to: str) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    try:
        values["handed_over_on"] = reading_values.day(on)
        if values["handed_over_on"] > clock.today():
            errors["handed_over_on"] = [_("This day has not come yet.")]
    except Unreadable as error:
        errors["handed_over_on"] = [error.sentence]
    for name, raw, longest in (("handover_document", document, 80), ("handed_over_to", to, 160)):
        try:
            values[name] = text.clean(raw, field=name, max_length=longest, min_length=1)
        except Invalid as invalid:
            errors |= invalid.fields or {}
    if "handover_document" in values and not any(sign.isdigit() for sign in values["handover_document"]):
        errors["handover_document"] = [_("Give the number of the handover record, for example BAST/12/2027.")]
    if errors:
        raise Invalid(errors)
    return values
