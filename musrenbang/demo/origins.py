"""Lines of the demonstration's budget that nobody proposed, what was said about them since, and whose authority works are."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.contrib.gis.geos import Point

from accounts import clock
from accounts.models import Agency
from budgeting import services as budget
from budgeting.models import FundedWork
from budgeting.models.ceiling import FundingSource
from budgeting.provenance import claims, stating
from budgeting.routes import authorities
from budgeting.routes.choosing import choose_route
from budgeting.routes.recipients import name_recipient
from budgeting.words import Origin
from geo.models import Region
from musrenbang.demo import people, story
from musrenbang.demo.cast import Cast
from proposals import services as register
from proposals.models import Cycle, DictionaryEntry, Proposal
from proposals.stages import Outcome, Stage
from proposals.words import WorkKind

_BASIS = "Data contoh: bukan keputusan kepala daerah"
#: Works whose own authority differs from their sector's, by the beginning of their name: level, on the DAK menu.
_WORKS: tuple[tuple[str, str, bool], ...] = (
    ("Jembatan", "district", False),
    ("Normalisasi parit", "district", False),
    ("Turap", "province", False),
    ("Sumur bor", "district", True),
    ("Perpipaan", "district", True),
    ("Sambungan listrik", "nation", False),
    ("Taman bacaan", "outside", False),
)
#: Title, sector, agency, origin told when entered, what it rested on, rupiah, metres east of the sub-district's middle.
_LINES: tuple[tuple[str, str, str, Origin, str, int, int], ...] = (
    ("Gapura dan pagar kompleks perkantoran kecamatan", "government", "PUPR", Origin.UNKNOWN, "", 420_000_000, 0),
    ("Peningkatan jalan akses gudang pelabuhan", "road", "PUPR", Origin.UNKNOWN, "", 1_150_000_000, 900),
    ("Lanjutan rabat beton poros dusun", "road", "PUPR", Origin.UNKNOWN, "", 385_000_000, 1800),
    ("Rehabilitasi gedung kantor dinas", "government", "DINKES", Origin.AGENCY, "Renja 1.02.01.2.09.0009", 610_000_000, 2700),
    ("Pemenuhan standar pelayanan minimal rawat jalan", "health", "DINKES", Origin.MANDATORY, "Permenkes 4/2019", 240_000_000, 3600),
)
_DEGREE_M = 110_500


def authorities_of(cycle: Cycle, cast: Cast, *, confirmed: bool) -> None:
    """Defaults by sector, and some works of their own; the running year's still wait for a confirmation."""
    planner = cast.parts["bappeda"]
    authorities.begin_with_defaults(actor=planner, cycle_id=cycle.pk)
    for beginning, level, on_menu in _WORKS:
        for code in DictionaryEntry.objects.filter(cycle=cycle, name__startswith=beginning).order_by("code").values_list("code", flat=True):
            said: dict[str, Any] = {"work_code": code, "authority": level, "on_menu": on_menu, "legal_basis": _BASIS}
            authorities.set_authority(actor=planner, cycle_id=cycle.pk, **said)
    if confirmed:
        authorities.confirm_authorities(actor=planner, cycle_id=cycle.pk)


def village_money(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """What the home village may plan itself: announced by its head, published by a second person."""
    with clock.telling(at):
        ceiling = budget.set_ceiling(
            actor=cast.parts["kades"],
            plan_year=cycle.plan_year,
            region_code=people.VILLAGE,
            funding_source=FundingSource.VILLAGE_FUND.value,
            amount=420_000_000,
            reserve=20_000_000,
            legal_basis=_BASIS,
        )
        budget.publish_ceiling(ceiling_id=ceiling.pk, actor=cast.parts["fasilitator"])


def never_proposed(cycle: Cycle, agencies: dict[str, Agency], cast: Cast, at: datetime) -> None:
    """Five lines without a proposal: one explained since, one that a village recognises as its own, one that nobody explains."""
    middle = Proposal.objects.filter(cycle=cycle, village=people.VILLAGE, location__isnull=False).order_by("number").first()
    place = middle.location if middle is not None else None
    lines = [_line(cycle, agencies, cast, at, place, row) for row in _LINES]
    FundedWork.objects.bulk_create(lines)
    with clock.telling(at + timedelta(days=45)):
        stating.state_origin(
            actor=cast.parts["dinas"],
            work_id=lines[1].pk,
            origin=Origin.AGENCY.value,
            reference="Renja 1.03.10.2.01.0011",
            words="Lanjutan kontrak tahun jamak pelabuhan; masuk rencana kerja dinas sebelum musrenbang dibuka.",
        )
    _recognised(cycle, lines[2], cast, at + timedelta(days=60))


def _line(cycle: Cycle, agencies: dict[str, Agency], cast: Cast, at: datetime, place: Point | None, row: tuple[Any, ...]) -> FundedWork:  # noqa: PLR0917
    title, sector, agency, origin, reference, amount, east = row
    return FundedWork(
        id=uuid.uuid4(),
        plan_year=cycle.plan_year,
        region_id=people.SUBDISTRICT,
        title=title,
        sector=sector,
        origin=origin.value,
        origin_reference=reference,
        funding_source=FundingSource.DISTRICT_BUDGET.value,
        agency=agencies[agency],
        amount=amount,
        programme="Program Penyelenggaraan Jalan" if sector == "road" else "Program Penunjang Urusan Pemerintahan Daerah",
        budget_document=f"DPA {cycle.plan_year}",
        location=Point(round(place.x + east / _DEGREE_M, 6), place.y, srid=4326) if place is not None else None,
        created_by=cast.parts["dinas"],
        created_at=at,
        changed_at=at,
    )


def _recognised(cycle: Cycle, line: FundedWork, cast: Cast, at: datetime) -> None:
    """The home village points at the line; nobody has agreed yet."""
    gone = [Outcome.FUNDED, Outcome.WITHDRAWN, Outcome.MERGED, Outcome.SPLIT]
    asked = Proposal.objects.filter(village=people.VILLAGE, plan_year__lte=cycle.plan_year).exclude(outcome__in=gone).exclude(stage=Stage.DRAFT)
    proposal = asked.order_by("number").first()
    if proposal is None:
        return
    with clock.telling(at):
        claims.claim_line(
            actor=cast.parts["fasilitator"],
            work_id=line.pk,
            proposal_id=proposal.pk,
            words="Lokasi dan panjangnya sama dengan usulan desa kami yang belum dijawab.",
        )


def another_way(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """The sub-district's office sends one proposal another way than the table, and says why."""
    waiting = Proposal.objects.filter(
        cycle=cycle, stage=Stage.SUBDISTRICT, outcome=Outcome.OPEN, village__parent=people.SUBDISTRICT, channel="village"
    )
    proposal = waiting.order_by("number").first()
    if proposal is None:
        return
    with clock.telling(at):
        choose_route(
            proposal_id=proposal.pk,
            actor=cast.parts["camat"],
            target="climbs",
            funding_source=FundingSource.PROVINCE_BUDGET.value,
            reason="Ruas ini menghubungkan dua kabupaten; provinsi sudah menyatakan kesediaannya.",
        )


def a_grant(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """The home village asks for a grant and names who receives it; an office has still to see the papers."""
    entry = DictionaryEntry.objects.filter(cycle=cycle, kind=WorkKind.GRANT, sector="business").order_by("code").first()
    if entry is None:
        return
    _work, asked = story.entry(cycle, Region.objects.get(pk=people.VILLAGE), 52)
    fields = {
        **asked,
        "title": "Modal usaha kerupuk ikan kelompok perempuan Dusun Melati",
        "problem": "Kelompok perempuan membeli ikan dan terigu dengan pinjaman harian yang bunganya tinggi.",
        "objective": "Kelompok punya modal sendiri dan menambah anggota dari keluarga miskin.",
        "sector": entry.sector,
        "dictionary_entry": entry.code,
        "volume": "2",
        "unit": entry.unit,
        "unit_price": entry.unit_price,
        "locus": "Dusun Melati RT 02",
        "on_behalf_of": "Musyawarah perempuan Dusun Melati",
        "raised_by_women": True,
    }
    writer = cast.parts["fasilitator"]
    with clock.telling(at):
        proposal, _is_new = register.save_draft(proposal_id=uuid.uuid4(), actor=writer, fields=fields)
        register.submit(proposal_id=proposal.pk, actor=writer)
    with clock.telling(at + timedelta(days=2)):
        said: dict[str, Any] = {"name": "Koperasi Perempuan Melati Mandiri", "form": "cooperative", "registration": "AHU-0000000.AH.01.26 (contoh)"}
        name_recipient(proposal_id=proposal.pk, actor=writer, **said)
