"""Makers of rows for the tests: straight into the database, past the services, in any state that may exist."""

import uuid
from datetime import timedelta
from typing import Any

from accounts import clock
from accounts.models import User
from proposals.models import Cycle, DictionaryEntry, Proposal, StageWindow
from proposals.stages import Outcome, Realisation, Stage
from proposals.words import LocationSource, Sector
from tests import cast

#: All stages in the usual order; a cycle may leave some out.
ORDER = (Stage.VILLAGE, Stage.SUBDISTRICT, Stage.AGENCY, Stage.DISTRICT, Stage.BUDGET, Stage.WORKS, Stage.DONE)
MONTH = timedelta(days=30)


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
