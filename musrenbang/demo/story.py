"""The story of the demonstration: told through the same services that people use, on its own dates."""

import random
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from shapely import from_wkb
from shapely.geometry import Point as ShapelyPoint

from accounts import clock
from accounts.models import User
from deliberation import services as talk
from deliberation.models.comment import Stance
from geo.models import Region
from musrenbang.demo import papers, people, pictures
from musrenbang.demo.cast import Cast
from musrenbang.demo.works import HAMLETS, WORKS, Work
from proposals import services
from proposals.models import Attachment, Cycle, Proposal
from proposals.papers import readiness
from proposals.papers.checklist import checklist_of
from proposals.stages import Stage

#: How far each proposal of the running year goes, in turn: (last stage, what happens there).
FATES: tuple[tuple[Stage, str], ...] = (
    (Stage.BUDGET, ""), (Stage.SUBDISTRICT, ""), (Stage.AGENCY, ""), (Stage.BUDGET, ""), (Stage.VILLAGE, ""), (Stage.DISTRICT, ""),
    (Stage.SUBDISTRICT, "reserve"), (Stage.BUDGET, ""), (Stage.AGENCY, "return"), (Stage.AGENCY, "reject"), (Stage.BUDGET, ""),
    (Stage.SUBDISTRICT, ""), (Stage.DISTRICT, ""), (Stage.VILLAGE, "withdraw"), (Stage.AGENCY, ""), (Stage.VILLAGE, ""), (Stage.BUDGET, ""),
)  # fmt: skip
#: The village whose people can be played has something waiting for each of them.
HOME_FATES: tuple[tuple[Stage, str], ...] = (
    (Stage.VILLAGE, ""), (Stage.SUBDISTRICT, ""), (Stage.AGENCY, ""), (Stage.DISTRICT, ""), (Stage.BUDGET, ""), (Stage.AGENCY, "return"),
)  # fmt: skip
ORDER = (Stage.VILLAGE, Stage.SUBDISTRICT, Stage.AGENCY, Stage.DISTRICT, Stage.BUDGET)
REASONS = {
    "return": "Surat kesediaan lahan belum ada. Lengkapi dengan tanda tangan pemilik lahan, lalu kirim ulang.",
    "reserve": "Layak dikerjakan, tetapi urutannya di bawah batas pagu kecamatan tahun ini.",
    "reject": "Sebagian lahan milik perusahaan dan belum ada pelepasan hak. Selesaikan dahulu dengan kantor pertanahan.",
    "withdraw": "Pekerjaan ini sudah diselesaikan warga dengan gotong royong.",
    "adjusted": "Lima puluh meter terakhir sudah dikerjakan dari Dana Desa tahun lalu.",
}
#: By the kind of paper: its heading and what stands on it.
PAPERS: dict[str, tuple[str, tuple[str, ...]]] = {
    Attachment.Kind.LAND_EVIDENCE: (
        "Surat Pernyataan Lahan",
        ("Kepala desa menyatakan lahan lokasi pekerjaan", "tidak dalam sengketa dan siap dipakai."),
    ),
    Attachment.Kind.COST_PLAN: ("Rencana Anggaran Biaya (RAB)", ("Bahan, upah, dan alat dihitung menurut", "harga satuan kamus usulan tahun ini.")),
}
LAND_OWNERS = ("village", "granted", "village", "government", "private", "village", "unknown", "disputed")
NO_LAND = "Pekerjaan berada di badan jalan dan parit desa yang sudah menjadi aset desa."
#: Words that fit any wish.
SAID: tuple[tuple[Stance, str], ...] = (
    (Stance.SUPPORT, "Ini kebutuhan kami sejak lama. Setiap musyawarah dusun selalu disebut."),
    (Stance.QUESTION, "Kapan dikerjakan kalau usulan ini disetujui tahun ini?"),
    (Stance.OBJECTION, "Lahannya milik kelompok tani dan belum ada surat hibah. Jangan dimulai sebelum jelas."),
    (Stance.CRITICISM, "Volumenya terlalu kecil. Hitung lagi bersama warga yang akan memakainya."),
    (Stance.SUPPORT, "Anak dan lansia di dusun kami yang paling merasakan manfaatnya. Semoga didahulukan."),
    (Stance.QUESTION, "Siapa yang memelihara sesudah selesai?"),
)
ANSWER = "Terima kasih. Kami memeriksa lokasi minggu depan bersama kepala dusun dan menuliskan hasilnya di halaman ini."


def point_inside(region: Region, chance: random.Random) -> list[float] | None:
    """A position inside a village; None where it has no boundary."""
    if region.boundary is None:
        return None
    shape = from_wkb(bytes(region.boundary.wkb))
    west, south, east, north = shape.bounds
    for _ in range(200):
        spot = ShapelyPoint(chance.uniform(west, east), chance.uniform(south, north))
        if shape.contains(spot):
            return [round(spot.x, 6), round(spot.y, 6)]
    inside = shape.representative_point()
    return [inside.x, inside.y]


def entry(cycle: Cycle, village: Region, place: int) -> tuple[Work, dict[str, Any]]:
    """What a village writes down for its `place`-th wish, by the names the register takes."""
    chance = random.Random(f"{cycle.plan_year}{village.pk}{place}")  # noqa: S311 - a story, not a secret
    work = WORKS[(place * 7 + cycle.plan_year) % len(WORKS)]
    hamlet = HAMLETS[place % len(HAMLETS)]
    position = point_inside(village, chance)
    return work, {
        "village": village.pk,
        "plan_year": cycle.plan_year,
        "title": work.title.format(dusun=hamlet),
        "problem": work.problem,
        "objective": work.objective,
        "sector": work.sector.value,
        "dictionary_entry": f"KU-{WORKS.index(work) + 1:03d}",
        "volume": work.volume,
        "unit": work.unit,
        "unit_price": work.unit_price,
        "locus": f"Dusun {hamlet} RT {place % 6 + 1:02d}",
        "on_behalf_of": f"Musyawarah Dusun {hamlet}",
        "location": {"type": "Point", "coordinates": position} if position else None,
        "land_owner": LAND_OWNERS[place % len(LAND_OWNERS)],
        "location_source": "gps",
        "location_accuracy_m": chance.randint(4, 18),
        **_who(place, chance),
    }


def _who(place: int, chance: random.Random) -> dict[str, Any]:
    """Who raised it, and whom it serves; each ninth wish came without that, so that "no data yet" can be seen."""
    if place % 9 == 8:
        return {}
    households = chance.randint(40, 180)
    told = {"beneficiary_households": households, "poor_households": households * chance.randint(10, 60) // 100}
    raised = {"raised_by_women": place % 4 == 1, "raised_by_youth": place % 7 == 3, "raised_by_disabled": place % 13 == 5}
    return {**told, **raised}


def ask(cycle: Cycle, village: Region, place: int, cast: Cast, at: datetime) -> Proposal:
    """A village writes a proposal down, with a picture, and sends it in."""
    work, fields = entry(cycle, village, place)
    writer = cast.facilitators[village.pk]
    with clock.telling(at):
        proposal, _ = services.save_draft(proposal_id=uuid.uuid4(), actor=writer, fields=fields)
        services.attach(proposal_id=proposal.pk, actor=writer, content=pictures.picture(work.sector, place), caption="Gambar contoh, bukan foto")
    with clock.telling(at + timedelta(days=2)):
        services.submit(proposal_id=proposal.pk, actor=writer)
    return Proposal.objects.get(pk=proposal.pk)


def bring(proposal: Proposal, place: int, last: Stage, cast: Cast, at: datetime) -> None:
    """What would hold the proposal back once its plan year confirms what it asks for: a paper each, and now and then a reason why there is none.

    Every third one arrives at its last stage without what is asked there, so that each desk has something to send back.
    """
    lacks = place % 3 == 0 and proposal.village_id != people.VILLAGE
    reach = ORDER[: ORDER.index(last) + (0 if lacks else 1)]
    writer = cast.facilitators[proposal.village_id]
    for item in readiness.would_hold_back(checklist_of(proposal), reach[-1]) if reach else ():
        with clock.telling(at):
            if item.document == readiness.LAND and place % 4 == 0:
                services.answer(proposal_id=proposal.pk, document=item.document, actor=writer, reason=NO_LAND)
            else:
                _bring_paper(proposal, item.document, writer)


def _bring_paper(proposal: Proposal, kind: str, writer: User) -> None:
    """The home village has scanned PDFs, the others photograph their papers."""
    title, lines = PAPERS[kind]
    told = [*lines, "", proposal.title, proposal.locus, f"Nomor {proposal.number}", "", "Data contoh, bukan surat yang sah."]
    make = papers.pdf if proposal.village_id == people.VILLAGE else papers.page
    services.attach(proposal_id=proposal.pk, actor=writer, content=make(title, told), kind=kind, caption=title)


def draft(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """A resident's own draft, which the facilitator finds on the desk."""
    _, fields = entry(cycle, Region.objects.get(pk=people.VILLAGE), 9)
    with clock.telling(at):
        services.save_draft(proposal_id=uuid.uuid4(), actor=cast.parts["warga"], fields={**fields, "on_behalf_of": ""})


def travel(proposal: Proposal, fate: tuple[Stage, str], cast: Cast, at: datetime, step: timedelta, *, since: Stage = Stage.VILLAGE) -> None:
    """Let each level from `since` on decide up to the last stage of the fate, then what happens there."""
    last, ending = fate
    chance = random.Random(proposal.number)  # noqa: S311 - a story, not a secret
    for stage in ORDER[ORDER.index(since) : ORDER.index(last)]:
        at += step
        less = stage is Stage.SUBDISTRICT and chance.random() < 0.4 and proposal.volume is not None and proposal.volume >= 100
        extra = {"volume": round(float(proposal.volume) * 0.92), "reason": REASONS["adjusted"]} if less and proposal.volume else {}
        _move(proposal, "forward_adjusted" if less else "forward", cast.decider(stage, proposal), at, **extra)
    if ending:
        at += step
        actor = cast.facilitators[proposal.village_id] if ending == "withdraw" else cast.decider(last, proposal)
        extra = {"reason_code": "LAND_NOT_CLEAR", "responsible": "Kantor Pertanahan Kabupaten Kubu Raya"} if ending == "reject" else {}
        _move(proposal, ending, actor, at, reason=REASONS[ending], **extra)


def _move(proposal: Proposal, name: str, actor: User, at: datetime, **extra: Any) -> None:
    with clock.telling(at):
        services.move(proposal_id=proposal.pk, name=name, actor=actor, version=proposal.version, **extra)
    proposal.refresh_from_db(fields=["version", "stage", "outcome", "volume", "amount"])


def discuss(proposal: Proposal, cast: Cast, at: datetime, many: int) -> None:
    """Neighbours support and comment; where somebody asks, the level where it stands answers."""
    neighbours = cast.neighbours[proposal.village_id]
    chance = random.Random(f"{proposal.number}{many}")  # noqa: S311 - a story, not a secret
    for place, neighbour in enumerate(neighbours[: chance.randint(0, len(neighbours))]):
        with clock.telling(at + timedelta(days=place // 3, minutes=37 * place)):
            talk.support(proposal_id=proposal.pk, actor=neighbour)
    for place in range(chance.randint(0, 4)):
        stance, body = SAID[(many + place) % len(SAID)]
        comment_id = uuid.uuid4()
        with clock.telling(at + timedelta(days=place, hours=2 + place, minutes=13)):
            talk.comment(comment_id=comment_id, proposal_id=proposal.pk, actor=neighbours[(many + place) % len(neighbours)], body=body, stance=stance)
        if stance == Stance.QUESTION:
            with clock.telling(at + timedelta(days=place + 1, hours=1, minutes=41)):
                talk.comment(
                    comment_id=uuid.uuid4(),
                    proposal_id=proposal.pk,
                    actor=cast.decider(Stage(proposal.stage), proposal),
                    body=ANSWER,
                    stance=Stance.SUPPORT,
                    parent_id=comment_id,
                )


def villages_of_story() -> list[Region]:
    """Three villages of every sub-district, and the one whose people can be played; one without a boundary among them."""
    chosen: list[Region] = []
    subdistricts = Region.objects.in_force().filter(parent_id=people.DISTRICT).order_by("code")
    for subdistrict in subdistricts:
        chosen += Region.objects.in_force().filter(parent=subdistrict).order_by("code")[:3]
    chosen += Region.objects.filter(Q(pk=people.VILLAGE) | Q(pk="61.12.09.2014")).exclude(pk__in=[region.pk for region in chosen]).order_by("code")
    return chosen
