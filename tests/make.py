"""Makers of rows for the tests: straight into the database, past the services, in any state that may exist."""

import uuid
from datetime import timedelta
from typing import Any

from accounts import clock
from accounts.models import Agency, User
from deliberation.models import AgendaItem, Meeting
from deliberation.words import STAGE_OF, MeetingKind
from proposals.models import Cycle, DictionaryEntry, Proposal, StageWindow
from proposals.stages import Outcome, Realisation, Stage
from proposals.words import LocationSource, Sector
from tests import cast

#: All stages in the usual order; a cycle may leave some out.
ORDER = (Stage.VILLAGE, Stage.SUBDISTRICT, Stage.AGENCY, Stage.DISTRICT, Stage.BUDGET, Stage.WORKS, Stage.DONE)
MONTH = timedelta(days=30)
#: Where a meeting of each kind is held, and who of the cast calls it in which role.
_HELD = {
    "hamlet": (cast.VILLAGE, "facilitator", "facilitator"),
    "village": (cast.VILLAGE, "village_head", "village_head"),
    "village_plan": (cast.VILLAGE, "village_head", "village_head"),
    "subdistrict": (cast.SUBDISTRICT, "subdistrict_officer", "subdistrict_officer"),
    "agency_forum": (cast.HOME, "agency_officer", "agency_officer"),
    "district": (cast.HOME, "planner", "planner"),
}


def cycle(*, region: str = cast.HOME, plan_year: int = 2028, order: tuple[Stage, ...] = ORDER, **fields: Any) -> Cycle:
    """A kabupaten's plan year; every window and the time of support are open from a month ago to a month ahead."""
    now = clock.now()
    made = Cycle.objects.create(
        region_id=region,
        plan_year=plan_year,
        **{"legal_basis": "Perbup 1/2027", "support_opens_at": now - MONTH, "support_closes_at": now + MONTH, **fields},
    )
    StageWindow.objects.bulk_create(
        StageWindow(cycle=made, stage=stage, position=position, opens_at=now - MONTH, closes_at=now + MONTH)
        for position, stage in enumerate(order, start=1)
    )
    return made


def open_cycle(*, region: str = cast.HOME, plan_year: int = 2028) -> Cycle:
    """The cycle of this region and year, made where there is none."""
    return Cycle.objects.filter(region_id=region, plan_year=plan_year).first() or cycle(region=region, plan_year=plan_year)


def dictionary_entry(*, of: Cycle | None = None, code: str = "J01", **fields: Any) -> DictionaryEntry:
    """A work that may be proposed: a concrete village road by the metre."""
    return DictionaryEntry.objects.create(
        cycle=of or open_cycle(), code=code, **{"name": "Rabat beton jalan desa", "sector": Sector.ROAD, "unit": "m", "unit_price": 800_000, **fields}
    )


def _author(village: str) -> User:
    return User.objects.filter(username="facilitator").first() or cast.resident_of(village, username="author")


def _row(
    *,
    village: str = cast.VILLAGE,
    stage: Stage = Stage.VILLAGE,
    outcome: Outcome = Outcome.OPEN,
    of: Cycle | None = None,
    author: User | None = None,
    **fields: Any,
) -> Proposal:
    plan = of or open_cycle(region=village[:5])
    now = clock.now()
    amount = fields.get("amount", 400_000_000)
    defaults: dict[str, Any] = {
        "id": uuid.uuid4(),
        "cycle": plan,
        "plan_year": plan.plan_year,
        "village_id": village,
        "title": "Perbaikan jalan Dusun Karya",
        "problem": "Jalan putus setiap musim hujan.",
        "objective": "Anak sekolah dapat lewat sepanjang tahun.",
        "sector": Sector.ROAD,
        "volume": 500,
        "unit": "m",
        "unit_price": 800_000,
        "amount": amount,
        "locus": "Dusun Karya RT 03",
        "location": cast.point_in(village) if village in cast.CORNERS else None,
        "location_source": LocationSource.MAP if village in cast.CORNERS else LocationSource.NONE,
        "stage": stage,
        "outcome": outcome,
        "realisation": Realisation.REPORTED_DONE if stage is Stage.DONE else Realisation.NONE,
        "funded_amount": amount if outcome is Outcome.FUNDED else None,
        "author": author or _author(village),
        "created_at": now,
        "changed_at": now,
        "submitted_at": None if stage is Stage.DRAFT else now,
        "stage_entered_at": now,
    }
    return Proposal(**{**defaults, **fields})


def _number(rows: list[Proposal]) -> None:
    for row in rows:
        if row.stage != Stage.DRAFT and not row.number:
            row.cycle.numbered += 1
            row.number = f"{row.cycle.region_id.replace('.', '')}-{row.plan_year}-{row.cycle.numbered:04d}"
    for plan in {row.cycle_id: row.cycle for row in rows}.values():
        plan.save(update_fields=["numbered"])


def proposal(
    *,
    village: str = cast.VILLAGE,
    stage: Stage = Stage.VILLAGE,
    outcome: Outcome = Outcome.OPEN,
    of: Cycle | None = None,
    author: User | None = None,
    **fields: Any,
) -> Proposal:
    """One proposal at this place of the line, numbered unless it is a draft; `fields` overrules anything."""
    made = _row(village=village, stage=stage, outcome=outcome, of=of, author=author, **fields)
    if outcome is Outcome.MERGED and made.merged_into_id is None:
        made.merged_into = proposal(village=village, of=made.cycle, author=made.author)
    made.cycle.refresh_from_db(fields=["numbered"])
    _number([made])
    made.save(force_insert=True)
    return made


def proposals(count: int, **fields: Any) -> list[Proposal]:
    """Many proposals with the same facts in one statement."""
    plan = fields.pop("of", None) or open_cycle(region=fields.get("village", cast.VILLAGE)[:5])
    author = fields.pop("author", None) or _author(fields.get("village", cast.VILLAGE))
    rows = [_row(of=plan, author=author, **fields) for _ in range(count)]
    _number(rows)
    return Proposal.objects.bulk_create(rows)


def a_meeting(
    *,
    kind: str = "village_plan",
    region: str = "",
    state: str = "open",
    of: Cycle | None = None,
    convened_by: User | None = None,
    agency: Agency | None = None,
    **fields: Any,
) -> Meeting:
    """One meeting in any state, held where its kind is held; called by who decides there. `fields` overrules anything."""
    place, convener, role = _HELD[kind]
    now = clock.now()
    person = convened_by or User.objects.filter(username=convener).first() or cast.person(username=convener)
    if kind == "agency_forum" and agency is None:
        agency = Agency.objects.filter(region_id=place).order_by("code").first()
    began = state in ("open", "adjourned", "closed")
    defaults: dict[str, Any] = {
        "title": "Musrenbang Desa Kapur",
        "stage": STAGE_OF.get(MeetingKind(kind), ""),
        "starts_at": now - timedelta(hours=1),
        "place": "Balai desa",
        "convened_role": role,
        "opened_at": now - timedelta(hours=1) if began else None,
        "closed_at": now if state == "closed" else None,
        "closed_by": person if state == "closed" else None,
        "cancelled_reason": "Banjir menutup jalan ke balai desa." if state == "cancelled" else "",
        "created_at": now - timedelta(days=7),
        "changed_at": now - timedelta(days=7),
    }
    plan = of or open_cycle(region=(region or place)[:5])
    made = {"cycle": plan, "kind": kind, "region_id": region or place, "agency": agency, "state": state, "convened_by": person}
    return Meeting.objects.create(**{**defaults, **made, **fields})


def an_item(meeting: Meeting, proposal: Proposal | None = None, *, state: str = "waiting", **fields: Any) -> AgendaItem:
    """One more item at the end of a meeting's agenda: of a proposal, or of its own."""
    last = AgendaItem.objects.filter(meeting=meeting).order_by("-position").values_list("position", flat=True).first() or 0
    kind = "proposal" if proposal else "other"
    title = proposal.title if proposal else "Lain-lain"
    return AgendaItem.objects.create(
        meeting=meeting, proposal=proposal, **{"position": last + 1, "kind": kind, "title": title, "state": state, **fields}
    )
