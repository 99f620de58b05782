"""What is shown of works beside their rows: words of the village, photos, counts by state. Each a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Case, Count, Q, QuerySet, Sum, When, Window

from accounts import clock
from budgeting.models import Confirmation, FundedWork, WorkPhoto
from budgeting.words import PhotoMoment, Witness
from budgeting.works.querysets import OWES_AN_ANSWER, RUNNING, FundedWorkQuerySet, is_late, is_silent
from proposals.models import Attachment
from proposals.stages import Realisation

#: The order of lists: the newest year, then what changed last.
ORDER = ("-plan_year", "-changed_at", "-id")
#: Of works that are late or silent: the oldest year first, in it what is longest over.
LATE_ORDER = ("plan_year", "planned_end", "id")
SILENT_ORDER = ("plan_year", "heard_on", "id")
#: The name in addresses of works that nobody has started.
NOT_STARTED = "not_started"
STATES = (NOT_STARTED, *(state.value for state in Realisation if state is not Realisation.NONE))


@dataclass
class Dress:
    """What a card shows beside the row."""

    confirms: int = 0
    disputes: int = 0
    #: One photo before and the newest one of later.
    before: Any = None
    after: Any = None
    #: What the newest dispute in force says.
    reason: str = ""


@dataclass(frozen=True)
class Counts:
    """How many works of a list stand where; `amount` in whole rupiah."""

    states: dict[str, int] = field(default_factory=dict)
    amount: int = 0
    late: int = 0
    silent: int = 0
    unanswered: int = 0

    @property
    def all(self) -> int:
        """Every work of the list."""
        return sum(self.states.values())

    @property
    def said_done(self) -> int:
        """Reported as done, whatever the village says."""
        return self.all - self.states.get(NOT_STARTED, 0) - self.states.get("under_way", 0)


def state_of(work: FundedWork) -> str:
    """The state as addresses and programs name it."""
    return work.realisation or NOT_STARTED


def financial_percent(work: FundedWork) -> Fraction:
    """What share of the budget is paid."""
    return Fraction(100 * work.paid, work.amount)


def days_late(work: FundedWork) -> int:
    """How many days the planned end has passed while the work is not reported as done; 0 otherwise."""
    if work.realisation not in RUNNING or work.planned_end is None:
        return 0
    return max(0, (clock.today() - work.planned_end).days)


def days_silent(work: FundedWork) -> int:
    """How many days nothing was heard, once that is longer than the limit; 0 otherwise."""
    days = (clock.today() - work.heard_on).days
    return days if work.realisation in RUNNING and days > settings.WORK_SILENT_DAYS else 0


def years() -> list[int]:
    """The plan years that have works, newest first: one look into the index for each, not one for each work."""
    with connection.cursor() as cursor:
        cursor.execute(_YEARS)
        return [year for (year,) in cursor.fetchall()]


_YEARS = """
    WITH RECURSIVE years AS (
        SELECT max(plan_year) AS year FROM budgeting_fundedwork
        UNION ALL
        SELECT (SELECT max(plan_year) FROM budgeting_fundedwork WHERE plan_year < years.year) FROM years WHERE years.year IS NOT NULL)
    SELECT year FROM years WHERE year IS NOT NULL
"""


def counts(works: FundedWorkQuerySet) -> Counts:
    """By state, and how many are late, silent or owe an answer; one query, counting by what its index holds."""
    kinds = {"late": is_late(), "silent": is_silent(), "owing": OWES_AN_ANSWER}
    watched = {name: Count("plan_year", filter=kind) for name, kind in kinds.items()}
    grouped = works.order_by().values("realisation").annotate(n=Count("plan_year"), money=Sum("amount"), **watched)
    rows = list(grouped)
    states = {row["realisation"] or NOT_STARTED: row["n"] for row in rows}
    money, late_n, silent_n, owing_n = (sum(row[name] for row in rows) for name in ("money", "late", "silent", "owing"))
    return Counts(states, int(money), late_n, silent_n, owing_n)


@dataclass(frozen=True)
class Watched:
    """How many works need somebody's eye, of whatever year."""

    late: int = 0
    silent: int = 0
    unanswered: int = 0

    def __bool__(self) -> bool:
        """Whether any does."""
        return bool(self.late or self.silent or self.unanswered)


def near(works: FundedWorkQuerySet, year: int | None, most: int) -> list[Any]:
    """Late and silent ones of any year, the longest unheard first, then those of the year; twice `most` together, in one query.

    Each row also says how many are late, silent and unanswered in all (`watched` reads it).
    """
    slow, open_ones = is_late() | is_silent(), is_late() | is_silent() | OWES_AN_ANSWER
    counted = {
        f"n_{name}": Window(Count("pk", filter=kind)) for name, kind in (("late", is_late()), ("silent", is_silent()), ("owing", OWES_AN_ANSWER))
    }
    asked = works.filter(open_ones | Q(plan_year=year)) if year else works.filter(open_ones)
    first = Case(When(slow, then=0), default=1)
    return list(
        asked.for_cards().annotate(**counted).order_by(first, Case(When(slow, then="heard_on")), "-plan_year", "-changed_at", "-id")[: 2 * most]
    )


def watched(rows: Sequence[Any]) -> Watched:
    """What the rows of `near` say of all works there."""
    return Watched(rows[0].n_late, rows[0].n_silent, rows[0].n_owing) if rows else Watched()


def counted(works: Sequence[FundedWork]) -> dict[UUID, Dress]:
    """How many say that each work is right, and how many that it is not; one query, nothing else is read."""
    found = {work.pk: Dress() for work in works}
    confirms, disputes = (Count("pk", filter=Q(verdict=verdict)) for verdict in (Witness.CONFIRM, Witness.DISPUTE))
    for row in _in_force(works).order_by().values("work_id").annotate(confirms=confirms, disputes=disputes):
        found[row["work_id"]].confirms, found[row["work_id"]].disputes = row["confirms"], row["disputes"]
    return found


def _in_force(works: Sequence[FundedWork]) -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(work__in=[work.pk for work in works], superseded_at__isnull=True)


def dressed(works: Sequence[FundedWork]) -> dict[UUID, Dress]:
    """Counts of words, the newest dispute and photos of the works of a page: four queries, whatever was said."""
    found = counted(works)
    keys, said = list(found), _in_force(works)
    if disputed := [key for key, dress in found.items() if dress.disputes]:
        newest = said.filter(work__in=disputed, verdict=Witness.DISPUTE).order_by("work_id", "-at", "-pk").distinct("work_id")
        for work_id, reason in newest.values_list("work_id", "reason"):
            found[work_id].reason = reason
    for photo in WorkPhoto.objects.filter(work__in=keys).order_by("added_at", "pk"):
        name = "before" if photo.moment == PhotoMoment.BEFORE else "after"
        if name == "after" or found[photo.work_id].before is None:
            setattr(found[photo.work_id], name, photo)
    _asked_with(works, found)
    return found


def _asked_with(works: Sequence[FundedWork], found: dict[UUID, Dress]) -> None:
    """Where nobody took a photo before the work, the proposal's own first one shows how it was."""
    lacking = {work.proposal_id: work.pk for work in works if work.proposal_id and found[work.pk].before is None}
    if not lacking:
        return
    photos = Attachment.objects.filter(proposal__in=lacking, kind=Attachment.Kind.PHOTO, is_closed=False)
    for photo in photos.order_by("proposal_id", "added_at", "pk").distinct("proposal_id"):
        found[lacking[photo.proposal_id]].before = photo
