"""The page of the order: what was typed, the lists with the place beside the computed one, the sum against the ceiling."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from accounts.refusals import Refusal
from budgeting import ledger
from budgeting.models import Ceiling
from deliberation.meetings import computed, placing
from deliberation.meetings.services.ranking import Place
from deliberation.models import Decision, Meeting, Ranking
from frontend import figures
from frontend.meetings.planning import key_of


@dataclass(frozen=True)
class Typed:
    """What was sent: the order that the numbers and the pressed button mean, and where to look next."""

    order: list[Place]
    anchor: str


@dataclass(frozen=True)
class Row:
    """One line of a list. `total` adds up the amounts of the priority list; `over` from where on the ceiling is passed."""

    made: Decision
    place: int
    computed: int | None
    reason: str
    error: str
    total: int | None
    over: bool

    @property
    def leaves(self) -> bool:
        """Whether the place is another than the computed one."""
        return self.computed is not None and self.computed != self.place


def typed(request: HttpRequest) -> Typed:
    """The order by the numbers that were typed (ties keep the order of the page), after the button `up` or `down` of a row."""
    keys = [key for text in request.POST.getlist("proposal") if (key := key_of(text)) is not None]
    numbers = {key: figures.whole(request.POST.get(f"place-{key}", "").strip()) for key in keys}
    found = sorted(keys, key=lambda key: numbers[key] if numbers[key] is not None else len(keys) + 1)  # type: ignore[arg-type, return-value]
    moved = _shifted(found, request.POST.get("move", ""))
    reasons = {key: request.POST.get(f"reason-{key}", "") for key in keys}
    return Typed([Place(key, reasons[key]) for key in found], f"#tempat-{moved}" if moved else "")


def _shifted(found: list[UUID], move: str) -> UUID | None:
    """Swap the row of `up:<uuid>` or `down:<uuid>` with its neighbour."""
    way, _colon, text = move.partition(":")
    key = key_of(text)
    if key not in found or way not in ("up", "down"):
        return None
    here = found.index(key)
    there = here - 1 if way == "up" else here + 1
    if 0 <= there < len(found):
        found[here], found[there] = found[there], found[here]
    return key


def context_of(meeting: Meeting, sent: Typed | None, refusal: Refusal | None) -> dict[str, Any]:
    """Both lists; as typed where it was refused, otherwise as they stand, new ones behind; a constant number of queries."""
    priority, reserve = placing.to_place(meeting)
    standing = {row.proposal_id: row for row in Ranking.objects.filter(meeting=meeting)}
    places = computed.within(meeting, [made.proposal_id for made in priority], [made.proposal_id for made in reserve])
    wanted = {place.proposal_id: (at, place.reason) for at, place in enumerate(sent.order)} if sent else {}
    wanted = wanted or {key: (row.place, row.reason) for key, row in standing.items()}
    ceilings = _ceilings(meeting)
    free = sum(ledger.balance(ceiling) for ceiling in ceilings)
    sheet = _Sheet(wanted, places, (refusal.fields if refusal else None) or {}, free if ceilings else None)
    lists = [sheet.priority(priority), sheet.reserve(reserve, before=len(priority))]
    return {
        "lists": lists,
        "refusal": refusal,
        "set_by": next(iter(standing.values()), None),
        "unplaced": sum(made.proposal_id not in standing for made in (*priority, *reserve)),
        "ceilings": ceilings,
        "free": free,
        "asked_total": sum(made.proposal.amount or 0 for made in priority),
    }


@dataclass(frozen=True)
class _Sheet:
    """What the rows of both lists are made from: place and sentence as typed or kept, computed places, errors, what is free."""

    wanted: dict[UUID, tuple[int, str]]
    places: dict[UUID, int]
    errors: dict[str, list[str]]
    free: int | None

    def priority(self, found: Sequence[Decision]) -> list[Row]:
        """The list that is forwarded, with the running total against the ceiling."""
        rows, total = [], 0
        for place, made in enumerate(self._ordered(found), start=1):
            total += made.proposal.amount or 0
            rows.append(self._row(made, place, total))
        return rows

    def reserve(self, found: Sequence[Decision], *, before: int) -> list[Row]:
        """The list behind it, which asks for nothing yet."""
        return [self._row(made, place, None) for place, made in enumerate(self._ordered(found), start=before + 1)]

    def _ordered(self, found: Sequence[Decision]) -> list[Decision]:
        last = (len(self.wanted) + 1, "")
        return sorted(found, key=lambda made: (self.wanted.get(made.proposal_id, last)[0], self.places.get(made.proposal_id, last[0]), made.number))

    def _row(self, made: Decision, place: int, total: int | None) -> Row:
        key = made.proposal_id
        error = " ".join(self.errors.get(f"reason-{key}", []))
        over = total is not None and self.free is not None and total > self.free
        return Row(made, place, self.places.get(key), self.wanted.get(key, (0, ""))[1], error, total, over)


def _ceilings(meeting: Meeting) -> list[Ceiling]:
    """The published ceilings of the meeting's own region and year."""
    return list(
        Ceiling.objects.filter(region=meeting.region_id, plan_year=meeting.cycle.plan_year, published_at__isnull=False).order_by("funding_source")
    )
