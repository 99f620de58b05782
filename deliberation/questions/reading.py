"""Questions as pages show them: beside their comments, on a desk, as the figures of a region."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Min, Q, QuerySet

from accounts import clock
from accounts.roles import Role
from accounts.scope import Office
from deliberation.models import Question
from deliberation.questions.asking import waiting_questions

#: The figures of a region are about the questions of the last year.
LOOKED_BACK = timedelta(days=365)


class _Median(Aggregate):
    """The middle value; of an even number, the middle between the two."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Figures:
    """How a region answers: of `asked` questions since `since`, so many are answered or open. Times are whole days, rounded down."""

    as_of: datetime
    since: datetime
    asked: int
    answered: int
    median_days: int | None
    longest_open_days: int | None
    role: str = ""

    @property
    def open(self) -> int:
        """Those that wait."""
        return self.asked - self.answered

    @property
    def share(self) -> int | None:
        """Answered of a hundred, rounded down; none where nobody asked."""
        return self.answered * 100 // self.asked if self.asked else None


def of_comments(comment_ids: Iterable[UUID]) -> dict[UUID, Question]:
    """The questions among these comments, with everybody they were laid before, in two queries."""
    rows = (
        Question.objects.filter(pk__in=list(comment_ids))
        .select_related("region", "agency")
        .prefetch_related("addressees__region", "addressees__agency")
    )
    return {row.pk: row for row in rows.defer("region__boundary", "region__outline")}


def waiting_for(offices: Iterable[Office]) -> QuerySet[Question]:
    """Questions that wait for one of these offices, longest waiting first."""
    asked = Q(pk__in=[])
    for office in offices:
        matter = Q(role=office.role) & _within("region", office.region_code)
        if office.role == Role.AGENCY_OFFICER and office.agency_id is not None:
            matter &= Q(agency=office.agency_id) | Q(agency__isnull=True)
        asked |= matter
    return waiting_questions().filter(asked)


def figures(region_code: str) -> Figures:
    """The region and everything below it, in one query."""
    as_of, since = clock.now(), clock.now() - LOOKED_BACK
    return _figures(as_of, since, _asked_in(region_code, since).aggregate(**_COUNTED))


def figures_by_office(region_code: str) -> list[Figures]:
    """The same for each kind of office that was asked, in the order of the line."""
    as_of, since = clock.now(), clock.now() - LOOKED_BACK
    rows = _asked_in(region_code, since).order_by().values("role").annotate(**_COUNTED)
    order = {role: place for place, role in enumerate(Role.values)}
    return [_figures(as_of, since, dict(row), row["role"]) for row in sorted(rows, key=lambda row: order[row["role"]])]


def open_in(region_code: str) -> QuerySet[Question]:
    """Open questions of a region, longest waiting first, with what a list shows."""
    rows = waiting_questions().filter(_within("village", region_code))
    return with_place(rows)


def with_place(rows: QuerySet[Question]) -> QuerySet[Question]:
    """With proposal, village and office, for lists."""
    places = ("region", "village")
    heavy = (f"{path}__{field}" for path in places for field in ("boundary", "outline"))
    return rows.select_related("comment__author", "proposal", "agency", *places).defer(*heavy)


_OPEN = Q(answer__isnull=True)
_TIME = ExpressionWrapper(F("answered_at") - F("asked_at"), output_field=DurationField())
_COUNTED: dict[str, Any] = {
    "asked": Count("pk"),
    "answered": Count("pk", filter=~_OPEN),
    "median": _Median(_TIME, filter=~_OPEN),
    "oldest": Min("asked_at", filter=_OPEN),
}


def _asked_in(region_code: str, since: datetime) -> QuerySet[Question]:
    return Question.objects.filter(_within("village", region_code), comment__hidden_at__isnull=True, asked_at__gte=since)


def _figures(as_of: datetime, since: datetime, row: dict[str, Any], role: str = "") -> Figures:
    oldest = row["oldest"]
    return Figures(
        as_of,
        since,
        row["asked"],
        row["answered"],
        row["median"].days if row["median"] is not None else None,
        (as_of - oldest).days if oldest else None,
        role,
    )


def _within(field: str, code: str) -> Q:
    return Q(**{f"{field}_id": code}) | Q(**{f"{field}__code__startswith": f"{code}."}) if code else Q()
