"""A kabupaten with 10,000 proposals and one resident, inside a transaction that is never committed."""

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Residency, User
from geo.models import Region
from proposals import tallies
from proposals.models import Cycle, Proposal, StageWindow
from proposals.stages import Stage
from proposals.words import Sector

PLAN_YEAR = 2099
PROPOSALS = 10_000


@dataclass(frozen=True)
class District:
    """What the measurements ask for."""

    resident: User
    proposal: Proposal
    #: A village of the proposals, and a point in the middle of them.
    village: Region
    lon: float
    lat: float


@contextmanager
def district() -> Iterator[District]:
    """Make it, and take it back at the end."""
    with transaction.atomic():
        made = _make()
        with connection.cursor() as cursor:  # the checks of 10,000 rows now, not in what is measured
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; ANALYZE proposals_proposal")
        yield made
        transaction.set_rollback(True)


def _make() -> District:
    chance, now = random.Random(7), timezone.now()
    month = timedelta(days=30)
    villages = list(Region.objects.filter(pk__startswith=settings.HOME_REGION + ".", level="village").order_by("pk")[:120])
    resident = User.objects.create(username=f"bench-{uuid.uuid4().hex[:8]}")
    cycle = Cycle.objects.create(region_id=settings.HOME_REGION, plan_year=PLAN_YEAR, support_opens_at=now - month, support_closes_at=now + month)
    for place, stage in enumerate([Stage.VILLAGE, Stage.SUBDISTRICT, Stage.AGENCY, Stage.DISTRICT, Stage.BUDGET, Stage.WORKS, Stage.DONE], start=1):
        StageWindow.objects.create(cycle=cycle, stage=stage, position=place, opens_at=now - month, closes_at=now + month)
    rows = [_proposal(cycle, chance.choice(villages), resident, number, chance) for number in range(PROPOSALS)]
    Proposal.objects.bulk_create(rows, batch_size=1000)
    tallies.fold()
    first = rows[0]
    Residency.objects.create(
        user=resident, village_id=first.village_id, status=Residency.Status.CONFIRMED, requested_at=now, decided_at=now, decided_by=resident
    )
    return District(resident, first, next(one for one in villages if one.pk == first.village_id), first.location.x, first.location.y)


def _proposal(cycle: Cycle, village: Region, author: User, number: int, chance: random.Random) -> Proposal:
    now = timezone.now() - timedelta(minutes=number)
    volume, price = chance.randint(10, 900), chance.randint(10, 900) * 1000
    return Proposal(
        cycle=cycle,
        plan_year=PLAN_YEAR,
        village=village,
        number=f"BENCH-{number}",
        title=f"Perbaikan jalan Dusun {number}",
        problem="Jalan putus setiap musim hujan.",
        sector=chance.choice(Sector.values),
        volume=volume,
        unit="m",
        unit_price=price,
        amount=volume * price,
        location=Point(chance.uniform(109.2, 109.8), chance.uniform(-0.6, 0.1), srid=4326),
        stage=chance.choice([Stage.VILLAGE, Stage.SUBDISTRICT, Stage.DISTRICT]),
        author=author,
        created_at=now,
        changed_at=now,
        submitted_at=now,
        stage_entered_at=now,
    )
