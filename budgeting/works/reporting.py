"""Reports of progress: what share is built, what was paid, as of which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock, text
from accounts.models import User
from accounts.refusals import Allowed, Conflict, Invalid
from accounts.scope import Person
from budgeting.models import FundedWork, Progress
from budgeting.works import policy, reading_values, rows, stepping
from deliberation.masking import masked
from proposals.money import rupiah
from proposals.services.entries import Unreadable
from proposals.services.rows import signed_in
from proposals.stages import Realisation

NOTE_LONGEST = 1000
_READ = {"id": reading_values.key, "as_of": reading_values.day, "physical_percent": reading_values.percent, "paid": reading_values.paid}


@dataclass(frozen=True)
class Said:
    """A report in its own shapes; `paid` in whole rupiah."""

    id: UUID
    as_of: date
    physical_percent: Decimal
    paid: int
    note: str


def read(sent: dict[str, Any]) -> Said:
    """What was sent as a report; raises Invalid with every field at fault."""
    found, errors = dict[str, Any](), dict[str, list[str]]()
    for name, reader in _READ.items():
        try:
            found[name] = reader(sent.get(name))
        except Unreadable as error:
            errors[name] = [error.sentence]
    try:
        found["note"] = masked(text.clean(sent.get("note") or "", field="note", max_length=NOTE_LONGEST, lines=True))
    except Invalid as invalid:
        errors |= invalid.fields or {}
    if errors:
        raise Invalid(errors)
    return Said(**found)


@transaction.atomic
def report(*, work_id: UUID, actor: Person, **sent: Any) -> tuple[Progress, bool]:
    """Keep a report, `(report, whether it is new)`; the first one starts the work. The same UUID again is the same report.

    `sent`: `id`, `as_of`, `physical_percent`, `paid`, `note`. Raises Refusal (401, 403, 404), Invalid by field and Conflict.
    """
    reporter = signed_in(actor)
    work = rows.locked(work_id)
    allowed = policy.may_report(reporter, work).or_refuse()
    said = read(sent)
    if (known := _known(work, said)) is not None:
        return known, False
    refuse_wrong(said, work, last_of(work))
    return keep(work, said, reporter=reporter, allowed=allowed), True


def keep(work: FundedWork, said: Said, *, reporter: User, allowed: Allowed) -> Progress:
    """Write a report that was checked, about a work that is locked; the first one starts it."""
    if work.realisation == Realisation.NONE:
        stepping.take(work, "start", actor=reporter, allowed=allowed)
    progress = Progress(work=work, reported_by=reporter, reported_role=allowed.role, reported_at=clock.now(), **vars(said))
    progress.save(force_insert=True)
    show_latest(work, progress)
    rows.record(work, reporter, allowed, "report", for_journal(said), reason=said.note)
    return progress


def for_journal(said: Said) -> dict[str, Any]:
    """A report as the journal keeps it."""
    return {"report": str(said.id), "as_of": said.as_of, "physical_percent": said.physical_percent, "paid": said.paid}


def last_of(work: FundedWork) -> Progress | None:
    """The report that the work shows: the latest by its day, then by when it came."""
    return last_of_each([work.pk]).get(work.pk)


def last_of_each(works: Iterable[UUID], *, named: bool = False) -> dict[UUID, Progress]:
    """The same of each of these works, `named`: with who reported; one query."""
    latest = Progress.objects.filter(work__in=works).order_by("work_id", "-as_of", "-reported_at", "id").distinct("work_id")
    if named:
        latest = latest.select_related("reported_by")
    return {report.work_id: report for report in latest}


def _known(work: FundedWork, said: Said) -> Progress | None:
    known = Progress.objects.filter(pk=said.id).first()
    if known is not None and (known.work_id != work.pk or any(getattr(known, name) != value for name, value in vars(said).items())):
        raise Conflict(_("Another report was sent under this UUID before."), code="other_report")
    return known


def first_day_of(work: FundedWork) -> date:
    """Before this day nothing can have been built: the planned start, else the year's first day or when the line came."""
    return work.planned_start or min(work.created_at.date(), date(work.plan_year, 1, 1))


def refuse_wrong(said: Said, work: FundedWork, last: Progress | None) -> None:
    """Raise Invalid for what cannot be: a day that has not come or lies before the start, a fall or a payment too large without a word."""
    errors: dict[str, list[str]] = {}
    if said.as_of > clock.today():
        errors["as_of"] = [_("This day has not come yet. A report tells what is, not what is planned.")]
    elif said.as_of < first_day_of(work):
        errors["as_of"] = [_("This day lies before the work could start.")]
    if not said.note:
        _ask_for_a_word(said, work, last, errors)
    if errors:
        raise Invalid(errors)


def _ask_for_a_word(said: Said, work: FundedWork, last: Progress | None, errors: dict[str, list[str]]) -> None:
    if last is not None and last.as_of <= said.as_of and said.physical_percent < last.physical_percent:
        errors["note"] = [_("The progress falls below what was reported before. Say why.")]
    elif last is not None and last.as_of <= said.as_of and said.paid < last.paid:
        errors["note"] = [_("Less is said to be paid than before. Say why.")]
    elif said.paid > work.amount:
        errors["note"] = [_("More is paid than the budget of %(amount)s. Say why.") % {"amount": rupiah(work.amount)}]


def show_latest(work: FundedWork, progress: Progress) -> None:
    """What the latest report says stands on the work; an older one that is brought later changes only when it was heard of."""
    work.heard_on = clock.today()
    work.changed_at = progress.reported_at
    fields = ["heard_on", "changed_at"]
    if last_of(work) == progress:
        work.physical_percent, work.paid, work.reported_at = progress.physical_percent, progress.paid, progress.reported_at
        fields += ["physical_percent", "paid", "reported_at"]
    work.save(update_fields=fields)
