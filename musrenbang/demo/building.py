"""What became of last year's money: works in every state, one late, one silent, one disputed and answered."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image

from accounts import clock
from accounts.models import Agency, User
from budgeting.models import FundedWork
from budgeting.works import handing_over, lines, photos, reporting, saying
from musrenbang.demo import people, pictures
from musrenbang.demo.cast import Cast
from proposals.models import Cycle
from proposals.words import Sector

_REASON = "Panjang yang dikerjakan kurang dari yang tertulis di papan proyek, kira-kira enam meter."
_ANSWER = "Sisa enam meter dikerjakan mulai hari Senin, paling lambat selesai dalam dua minggu. Warga kami undang mengukur bersama."
#: Metres a degree at the equator.
_DEGREE = 111_320


@dataclass(frozen=True)
class Course:
    """How a work went: reports as (day, per cent), the planned end, and what the village says. Days count from the first of them."""

    reports: tuple[tuple[int, int], ...] = ()
    ends: int = 260
    handed_over: int | None = None
    confirm: int = 0
    dispute: bool = False
    answered: bool = False


_COURSES = (
    Course(((35, 30), (95, 70), (150, 100)), ends=200),
    Course(((30, 35), (90, 80), (140, 100)), ends=150, handed_over=142),
    Course(((15, 30), (60, 75), (100, 100)), ends=120, handed_over=105, confirm=5),
    Course(ends=300),
    Course(((25, 40), (75, 90), (110, 100)), ends=115, handed_over=112, confirm=2, dispute=True, answered=True),
    Course(((30, 25), (85, 35)), ends=250),
    Course(((20, 20), (90, 55), (158, 80)), ends=158),
    Course(((40, 60), (130, 100)), ends=140, handed_over=135, confirm=1, dispute=True),
    Course(((20, 15), (70, 40), (160, 70))),
)
#: The first two numbers of an agency's programmes, as the national list of affairs has them; an agency without one is public works.
_AFFAIRS = {
    "DIKBUD": "1.01",
    "DINKES": "1.02",
    "PUPR": "1.03",
    "PERKIM": "1.04",
    "BPBD": "1.05",
    "DINSOS": "1.06",
    "DLH": "2.11",
    "DISHUB": "2.15",
    "DKP": "3.25",
    "DISTAN": "3.27",
}


def tell(cycle: Cycle, cast: Cast, at: datetime) -> None:
    """Every funded work of the year in its course; two lines of the budget that no village proposed beside them."""
    works = FundedWork.objects.filter(proposal__cycle=cycle).select_related("proposal", "region", "agency").order_by("proposal__number")
    for place, work in enumerate(works):
        officer = cast.agency_officers[work.agency_id] if work.agency_id else cast.parts["bappeda"]
        course = _COURSES[place % len(_COURSES)]
        _plan(work, course, officer, place, at)
        _report(work, course, officer, place, at)
        if course.handed_over is not None:
            _hand_over(work, course, officer, place, at)
            _judge(work, course, cast.neighbours[work.region_id], officer, at)
    _never_proposed(cycle, cast.parts["bappeda"], at)


def _plan(work: FundedWork, course: Course, officer: User, place: int, at: datetime) -> None:
    number = f"{place + 1:03d}"
    affair = _AFFAIRS[work.agency.code if work.agency else "PUPR"]
    sent = {
        "programme_code": f"{affair}.02",
        "activity_code": f"{affair}.02.2.01",
        "sub_activity_code": f"{affair}.02.2.01.{number}",
        "budget_document": f"DPA/A.1/{affair}/{number}/{work.plan_year}",
        "procurement_reference": f"RUP-{work.plan_year}{number}",
        "provider": f"CV Contoh {number}",
        "planned_start": (at + timedelta(days=5)).date().isoformat(),
        "planned_end": (at + timedelta(days=course.ends)).date().isoformat(),
    }
    with clock.telling(at):
        lines.change_line(work_id=work.pk, actor=officer, version=work.version, sent=sent)


def _report(work: FundedWork, course: Course, officer: User, place: int, at: datetime) -> None:
    for number, (day, percent) in enumerate(course.reports):
        with clock.telling(at + timedelta(days=day, hours=place % 5)):
            paid = work.amount * (0, 30, 60, 95)[min(3, number + (percent == 100))] // 100
            sent = {"as_of": clock.today(), "physical_percent": percent, "paid": paid, "note": ""}
            made, _is_new = reporting.report(work_id=work.pk, actor=officer, id=uuid.uuid4(), **sent)
            if number == len(course.reports) - 1:
                picture = _taken_at(pictures.picture(Sector(work.sector or Sector.ROAD), 700 + place), work, 12 + 9 * place)
                moment = "after" if percent == 100 else "during"
                caption = "Gambar contoh, bukan foto"
                photos.add_photo(work_id=work.pk, actor=officer, content=picture, moment=moment, caption=caption, progress_id=made.pk)


def _taken_at(picture: bytes, work: FundedWork, metres: int) -> bytes:
    """The picture with a position in its EXIF, so many metres east of the work."""
    if work.location is None:
        return picture
    exif = Image.Exif()
    lon, lat = work.location.x + metres / _DEGREE, work.location.y
    exif.get_ifd(0x8825).update({1: "S" if lat < 0 else "N", 2: _degrees(abs(lat)), 3: "E", 4: _degrees(lon)})
    out = BytesIO()
    Image.open(BytesIO(picture)).save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = (value % 1) * 60
    return float(int(value)), float(int(minutes)), round((minutes % 1) * 60, 4)


def _hand_over(work: FundedWork, course: Course, officer: User, place: int, at: datetime) -> None:
    with clock.telling(at + timedelta(days=course.handed_over or 0, hours=6)):
        document = f"BAST/{place + 1:02d}/{clock.today().year}"
        handing_over.hand_over(work_id=work.pk, actor=officer, on=clock.today(), document=document, to=f"Pemerintah {work.region.title}")


def _judge(work: FundedWork, course: Course, neighbours: Sequence[User], officer: User, at: datetime) -> None:
    day = at + timedelta(days=(course.handed_over or 0) + 4)
    for turn, neighbour in enumerate(neighbours[: course.confirm]):
        with clock.telling(day + timedelta(days=turn)):
            saying.say(work_id=work.pk, actor=neighbour, id=uuid.uuid4(), verdict="confirm")
    # the newest dispute is fresh: its answer is not due yet
    disputed = day + timedelta(days=8) if course.answered else at + timedelta(days=166)
    if course.dispute:
        with clock.telling(disputed):
            saying.say(work_id=work.pk, actor=neighbours[-1], id=uuid.uuid4(), verdict="dispute", reason=_REASON)
    if course.answered:
        with clock.telling(disputed + timedelta(days=5)):
            saying.answer(work_id=work.pk, actor=officer, id=uuid.uuid4(), text_said=_ANSWER)


def _never_proposed(cycle: Cycle, planner: User, at: datetime) -> None:
    agency = Agency.objects.filter(region_id=people.DISTRICT, code="PUPR").first()
    base = {"plan_year": cycle.plan_year, "funding_source": "district_budget", "agency": agency.pk if agency else None, "sector": Sector.ROAD.value}
    more = (
        {"region": people.SUBDISTRICT, "title": "Pelebaran jalan poros kecamatan", "origin": "unknown", "amount": 640_000_000},
        {
            "region": people.DISTRICT,
            "title": "Rehabilitasi gedung arsip kabupaten",
            "origin": "agency",
            "origin_reference": "Renja Dinas PUPR, lampiran II",
            "amount": 275_000_000,
            "sector": Sector.GOVERNMENT.value,
        },
    )
    with clock.telling(at):
        for sent in more:
            lines.put_line(work_id=uuid.uuid4(), actor=planner, sent={**base, **sent})
