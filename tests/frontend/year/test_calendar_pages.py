"""The calendar on the screen and in the phone: everybody reads it, and it says what is confirmed."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from accounts import clock
from deliberation.models import Meeting
from deliberation.words import MeetingKind, MeetingState
from proposals.models import StageWindow
from tests import cast, make


@pytest.fixture
def cycle(people):
    made = make.cycle()
    now = clock.now()
    for number, (title, state) in enumerate([("Musrenbang Desa", MeetingState.PLANNED), ("Musdes yang batal", MeetingState.CANCELLED)], start=1):
        Meeting.objects.create(
            cycle=made, kind=MeetingKind.VILLAGE_PLAN, region_id=cast.VILLAGE, title=title, state=state, starts_at=now + timedelta(days=number), place="Balai desa",
            cancelled_reason="Banjir" if state == MeetingState.CANCELLED else "", convened_by=people.village_head, convened_role="village_head",
            created_at=now, changed_at=now,
        )  # fmt: skip
    return made


def page(code=cast.VILLAGE, *, client=None, **asked):
    return (client or Client()).get(f"/wilayah/{code}/kalender/", asked)


def login(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_everybody_reads_stages_meetings_and_what_is_not_confirmed(people, cycle):
    StageWindow.objects.filter(cycle=cycle, stage="district").update(verified_by=people.planner, verified_at=clock.now(), legal_basis="Perbup 9/2027")
    told = page().content.decode()
    assert "Musrenbang Desa" in told
    assert "Banjir" in told
    assert "resting on: Perbup 9/2027" in told or "berdasarkan: Perbup 9/2027" in told
    assert "webcal://" in told
    assert Client().get("/kalender/").status_code == 200


@pytest.mark.parametrize("code", ["61", "99.99", "../../etc", "61.12.99"])
def test_what_has_no_calendar_says_so(people, cycle, code):
    assert page(code).status_code == 404
    assert Client().get(f"/wilayah/{code}/kalender.ics").status_code == 404


@pytest.mark.parametrize("year", ["2028", "9999", "abad ini", "-1", ""])
def test_any_year_in_the_address_is_answered(people, cycle, year):
    assert page(plan_year=year).status_code == 200


def test_without_a_plan_year_the_page_says_who_opens_one(people):
    assert page(cast.ELSEWHERE).status_code == 200


def test_the_feed_is_a_calendar_with_a_validator_that_spares_the_second_reading(people, cycle):
    first = Client().get(f"/wilayah/{cast.VILLAGE}/kalender.ics")
    assert first["Content-Type"].startswith("text/calendar")
    assert "public" in first["Cache-Control"]
    statuses = {str(event["summary"]): str(event["status"]) for event in Calendar.from_ical(first.content).walk("VEVENT")}
    assert statuses["Musdes yang batal"] == "CANCELLED"
    for tag in (first["ETag"], f"W/{first['ETag']}", f'"other", {first["ETag"]}'):
        again = Client().get(f"/wilayah/{cast.VILLAGE}/kalender.ics", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
    Meeting.objects.update(place="Masjid")
    assert Client().get(f"/wilayah/{cast.VILLAGE}/kalender.ics", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_feed_has_one_language_whatever_the_reader_chose_last(people, cycle):
    english = Client().get(f"/wilayah/{cast.VILLAGE}/kalender.ics?bahasa=en").content.decode()
    assert "plan 2028" in english
    client = login(people.resident)
    client.cookies["django_language"] = "en"
    assert client.get(f"/wilayah/{cast.VILLAGE}/kalender.ics").content == Client().get(f"/wilayah/{cast.VILLAGE}/kalender.ics").content


def test_who_decides_here_finds_the_end_of_the_stage(people, cycle):
    assert f"/kerja/tahap/{cycle.pk}/village/{cast.VILLAGE}/" in page(client=login(people.village_head)).content.decode()
    assert "/kerja/tahap/" not in page(client=login(people.resident)).content.decode()


def test_the_page_takes_the_same_queries_however_many_meetings_and_years(people, cycle, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        page()
    make.cycle(plan_year=2029)
    now = clock.now()
    for number in range(8):
        Meeting.objects.create(
            cycle=cycle, kind=MeetingKind.VILLAGE_PLAN, region_id=cast.VILLAGE, title=f"Rapat {number}", starts_at=now + timedelta(hours=number + 1),
            place="Balai", convened_by=people.village_head, convened_role="village_head", created_at=now, changed_at=now,
        )  # fmt: skip
    with django_assert_max_num_queries(9):
        page()


def test_programs_read_the_same_year(people, cycle):
    told = Client().get("/api/v1/cycles/", {"region": cast.VILLAGE, "plan_year": "2028"}).json()["results"]
    assert [stage["stage"] for stage in told[0]["stages"]][:2] == ["village", "subdistrict"]
    assert told[0]["stages"][0]["state"] == "open"
    one = Client().get(f"/api/v1/cycles/{cycle.pk}/").json()
    assert one == told[0]
    assert Client().get("/api/v1/cycles/", {"region": cast.ELSEWHERE}).json()["results"] == []


def test_programs_read_who_confirmed_a_year_and_that_nobody_did(people, cycle):
    """Nobody is null, not a word that a program would take for a name."""
    StageWindow.objects.filter(cycle=cycle, stage="village").update(verified_by=people.planner, verified_at=clock.now())
    told = Client().get(f"/api/v1/cycles/{cycle.pk}/").json()
    assert (told["verified_by"], told["stages"][0]["verified_by"], told["stages"][1]["verified_by"]) == (None, str(people.planner), None)
    assert told["stages"][0]["required_documents"] == []


@pytest.mark.parametrize(("asked", "status"), [({"region": "x"}, 400), ({"plan_year": "28"}, 400), ({"plan_year": "²028"}, 400)])
def test_a_program_that_asks_wrongly_hears_why(people, cycle, asked, status):
    assert Client().get("/api/v1/cycles/", asked).status_code == status
    assert Client().get(f"/api/v1/cycles/{10**30}/").status_code == 404


def test_the_list_of_years_takes_the_same_queries(people, cycle, django_assert_num_queries):
    with django_assert_num_queries(2):
        Client().get("/api/v1/cycles/")
    make.cycle(plan_year=2029)
    StageWindow.objects.update(verified_by=people.planner)
    with django_assert_num_queries(3):
        Client().get("/api/v1/cycles/")
