"""Proposals as nobody would think them up: every column of our form filled, left empty and pushed to its edge."""

import random
import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import LineString, Point, Polygon

from accounts import clock, text
from accounts.models import Agency
from proposals.models import Cycle, DictionaryEntry, Proposal
from proposals.models.proposal import AMOUNT_MAX, VOLUME_MAX
from proposals.services import extents
from proposals.stages import Outcome, Realisation, Stage
from proposals.words import Channel, LandOwner, LocationSource, Sector
from tests import cast, make

PIECES = (
    "jalan", "=1+1", "+62812", "-5", "@SUM(A1)", "'kutip", "'=HYPERLINK", "Rp 10.500.000,00", "1.250", "3,5", "1,5 km", ";", ",", '"', "|", "\t",
    "JUMLAH", "TOTAL", "é", "🌳", "👨‍👩‍👧", "عربي", "שלום", "中文", "x 3", "2 x 4 m", "#REF!", "sep=;", "NULL", "0", "<b>", "&amp;", "a" * 40, "00123", "1e5",
)  # fmt: skip
VILLAGES = (cast.VILLAGE, cast.NEXT_VILLAGE, cast.FAR_VILLAGE, cast.UNDRAWN_VILLAGE)


def words(chance: random.Random, longest: int, *, lines: bool = False, shortest: int = 0) -> str:
    pieces = [chance.choice(PIECES) for _ in range(chance.randint(0, 12))]
    joined = (chance.choice([" ", "\n", "\n\n"]) if lines else " ").join(pieces)
    made = text.plain(joined, lines=lines)[:longest].strip()
    return made if len(made) >= shortest else f"Perbaikan {made or 'jalan desa'} dusun"[:longest].strip()


def one(chance: random.Random, cycle: Cycle, entries: list[DictionaryEntry], agencies: list[Agency]) -> Proposal:
    village = chance.choice(VILLAGES)
    stage = chance.choice([stage for stage in Stage if stage is not Stage.DRAFT])
    outcome = chance.choice([outcome for outcome in Outcome if outcome is not Outcome.MERGED])
    amount = chance.choice([1, 999, 10_500_000, 123_456_789_012_345, AMOUNT_MAX, chance.randint(1, 10**12)])
    shape, point = _shape(chance, village), _point(chance, village)

    def maybe(value: Any) -> Any:
        return value if chance.random() < 0.6 else None

    fields = {
        "title": words(chance, 160, shortest=10),
        "problem": words(chance, 4000, lines=True),
        "objective": words(chance, 2000, lines=True),
        "sector": chance.choice(["", *Sector.values]),
        "channel": chance.choice(Channel.values),
        "sponsor": words(chance, 160),
        "sponsor_reference": words(chance, 160),
        "dictionary_entry": maybe(chance.choice(entries)),
        "agency": maybe(chance.choice(agencies)),
        "volume": chance.choice([Decimal("0.001"), Decimal("1.125"), Decimal("1.25"), Decimal(1250), Decimal(VOLUME_MAX), Decimal("123456.789")]),
        "unit": chance.choice(["", "m", "paket x lokasi", "orang", "m2", "KK", "unit"]),
        "unit_price": maybe(chance.choice([1, 800_000, 10**15])),
        "amount": amount,
        "amount_reason": words(chance, 300),
        "locus": words(chance, 200),
        "location": point,
        "location_source": chance.choice([s for s in LocationSource.values if s != "none"]) if point else LocationSource.NONE,
        "location_accuracy_m": maybe(chance.randint(0, 90_000)) if point else None,
        "shape": shape if point else None,
        "shape_measure": extents.measure(shape) if shape and point else None,
        "land_owner": chance.choice(["", *LandOwner.values]),
        **{name: chance.random() < 0.5 for name in ("raised_by_women", "raised_by_youth", "raised_by_disabled", "raised_by_poor")},
        "pre_meeting": words(chance, 160),
        **{
            name: maybe(chance.choice([0, 1, 35, 9_999_999]))
            for name in ("beneficiaries_female", "beneficiaries_male", "beneficiary_households", "poor_households")
        },
        "stage": stage,
        "outcome": outcome,
        "realisation": chance.choice(list(Realisation)),
        "rank": maybe(chance.randint(0, 400)),
        "first_asked_year": maybe(chance.randint(2020, 2028)),
        "funded_amount": amount if outcome is Outcome.FUNDED else None,
        "funding_source": chance.choice(["", "apbdes", "apbd"]),
        "on_behalf_of": words(chance, 120),
        "submitted_at": clock.now() - timedelta(days=chance.randint(0, 900), microseconds=chance.randint(0, 10**6)),
        "source_system": chance.choice(["", "sipd", "epl-2.0"]),
    }
    fields["source_id"] = (
        f"{chance.choice(['417', '0012', 'a-1', 'usul 7'])}-{uuid.UUID(int=chance.getrandbits(128)).hex[:8]}" if fields["source_system"] else ""
    )
    return make.proposal(village=village, of=cycle, **fields)


def _point(chance: random.Random, village: str) -> Point | None:
    if village not in cast.CORNERS or chance.random() < 0.3:
        return None
    west, south = cast.CORNERS[village]
    return Point(round(west + chance.uniform(0.004, 0.016), 6), round(south + chance.uniform(0.004, 0.016), 6), srid=4326)


def _shape(chance: random.Random, village: str) -> LineString | Polygon | None:
    if village not in cast.CORNERS or chance.random() < 0.5:
        return None
    west, south = cast.CORNERS[village]
    line = [(round(west + 0.004 + 0.0005 * step, 6), round(south + chance.uniform(0.004, 0.016), 6)) for step in range(chance.randint(2, 24))]
    if chance.random() < 0.5:
        return LineString(line, srid=4326)
    box = Polygon.from_bbox((line[0][0], line[0][1], round(line[0][0] + 0.002, 6), round(line[0][1] + 0.001, 6)))
    box.srid = 4326
    return box
