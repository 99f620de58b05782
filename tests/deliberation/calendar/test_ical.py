"""A region's calendar is one that a phone's calendar takes: read back by the library that wrote it and by another."""

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from icalendar import Calendar as Read

from accounts import clock
from deliberation.calendar.events import calendar_of
from deliberation.calendar.ical import etag, written
from deliberation.models import Meeting
from deliberation.words import MeetingKind, MeetingState
from geo.models import Region
from proposals.models import StageWindow
from proposals.year.days import evening, morning
from tests import cast, make

ORIGIN = "https://musrenbang.example"
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


@pytest.fixture
def cycle(people):
    made = make.cycle()
    StageWindow.objects.filter(cycle=made).update(opens_at=None, closes_at=None)
    StageWindow.objects.filter(cycle=made, stage="village").update(opens_at=morning(FIRST), closes_at=evening(LAST), version=3)
    return made


def meet(cycle, people, *, region=cast.VILLAGE, title="Musrenbang Desa Kapur", **fields):
    now = clock.now()
    return Meeting.objects.create(
        **{
            "cycle": cycle, "kind": MeetingKind.VILLAGE_PLAN, "region_id": region, "title": title, "starts_at": now + timedelta(days=3),
            "place": "Balai desa; Jl. Raya 1, RT 03", "convened_by": people.village_head, "convened_role": "village_head", "created_at": now,
            "changed_at": now, **fields,
        }
    )  # fmt: skip


def feed(code=cast.VILLAGE, *, whole=False):
    return written(calendar_of(Region.objects.get(pk=code), whole=whole), origin=ORIGIN)


def read(content):
    return {str(event["uid"]): event for event in Read.from_ical(content).walk("VEVENT")}


def test_a_stage_is_whole_days_with_its_last_day_in_it(people, cycle):
    stage = read(feed())["stage-61.12-2028-village@musrenbang"]
    assert (stage.decoded("dtstart"), stage.decoded("dtend")) == (FIRST, LAST + timedelta(days=1))
    assert (stage.decoded("sequence"), str(stage["status"]), str(stage["transp"])) == (2, "TENTATIVE", "TRANSPARENT")


def test_a_meeting_stands_at_its_moment_in_utc_with_its_place_whatever_signs_it_has(people, cycle):
    starts = datetime(2030, 2, 3, 9, 0, tzinfo=UTC)
    meeting = meet(cycle, people, starts_at=starts, version=4, purpose="Usulan, prioritas; utusan\nBawa KTP \\ KK")
    event = read(feed())[f"meeting-{meeting.pk}@musrenbang"]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (starts, starts + timedelta(hours=3))
    assert str(event["location"]) == "Balai desa; Jl. Raya 1, RT 03, Desa Kapur"
    assert str(event["description"]) == "Usulan, prioritas; utusan\nBawa KTP \\ KK"
    assert (event.decoded("sequence"), str(event["url"])) == (3, f"{ORIGIN}/rapat/{meeting.pk}/")


def test_a_cancelled_meeting_is_told_so_that_phones_take_it_off(people, cycle):
    meeting = meet(cycle, people, state=MeetingState.CANCELLED, cancelled_reason="Banjir")
    event = read(feed())[f"meeting-{meeting.pk}@musrenbang"]
    assert (str(event["status"]), str(event["description"])) == ("CANCELLED", "Banjir")


def test_another_reader_sees_the_same_events(people, cycle):
    meet(cycle, people, title="Musyawarah " + "panjang sekali " * 8)
    other = vobject.readOne(feed().decode())
    ours = read(feed())
    theirs = {event.uid.value: event for event in other.vevent_list}
    assert theirs.keys() == ours.keys()
    for uid, event in theirs.items():
        assert event.summary.value == str(ours[uid]["summary"])
        assert event.dtstart.value == ours[uid].decoded("dtstart")
        assert event.dtend.value == ours[uid].decoded("dtend")


def test_lines_are_folded_and_ended_as_the_standard_says(people, cycle):
    meet(cycle, people, title="Musyawarah ❤ " + "panjang sekali " * 8)
    content = feed()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_the_same_facts_are_the_same_bytes_and_a_change_is_another_etag(people, cycle):
    meeting = meet(cycle, people)
    before = feed()
    assert (feed(), etag(feed())) == (before, etag(before))
    Meeting.objects.filter(pk=meeting.pk).update(place="Masjid", version=2)
    assert etag(feed()) != etag(before)
    assert read(feed()).keys() == read(before).keys(), "the names stay"


def test_a_village_hears_of_its_own_and_of_what_is_above_and_a_kabupaten_of_all_below_if_asked(people, cycle):
    meet(cycle, people, title="Desa")
    meet(cycle, people, title="Tetangga", region=cast.NEXT_VILLAGE)
    meet(cycle, people, title="Kecamatan", region=cast.SUBDISTRICT, kind=MeetingKind.SUBDISTRICT)
    meet(cycle, people, title="Kabupaten", region=cast.HOME, kind=MeetingKind.DISTRICT)

    def titles(code, *, whole=False):
        return sorted(meeting.title for meeting in calendar_of(Region.objects.get(pk=code), whole=whole).meetings)

    assert titles(cast.VILLAGE) == ["Desa", "Kabupaten", "Kecamatan"]
    assert titles(cast.HOME) == ["Kabupaten"]
    assert titles(cast.HOME, whole=True) == ["Desa", "Kabupaten", "Kecamatan", "Tetangga"]
    assert titles(cast.ELSEWHERE, whole=True) == []


def test_a_stage_with_one_day_stands_on_it_and_one_without_on_none(people, cycle):
    StageWindow.objects.filter(cycle=cycle, stage="budget").update(closes_at=evening(date(2027, 11, 30)))
    events = read(feed())
    budget = events["stage-61.12-2028-budget@musrenbang"]
    assert (budget.decoded("dtstart"), budget.decoded("dtend")) == (date(2027, 11, 30), date(2027, 12, 1))
    assert "stage-61.12-2028-works@musrenbang" not in events


def test_the_calendar_takes_the_same_queries_however_much_it_holds(people, cycle, django_assert_num_queries):
    region = Region.objects.get(pk=cast.HOME)
    meet(cycle, people)
    with django_assert_num_queries(3):
        written(calendar_of(region, whole=True), origin=ORIGIN)
    make.cycle(plan_year=2029)
    for _more in range(5):
        meet(cycle, people)
    with django_assert_num_queries(3):
        written(calendar_of(region, whole=True), origin=ORIGIN)
