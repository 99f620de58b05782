"""Pages of works: what each reader finds on them, what they press, and how much they cost."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from budgeting.models import Confirmation, Progress, ProgressSheet, WorkPhoto
from budgeting.works import sheet_work
from tests import cast
from tests.budgeting.works.conftest import a_work, said
from tests.budgeting.works.test_saying import REASON, done
from tests.frontend.html import read
from tests.proposals.pictures import jpeg

pytestmark = pytest.mark.django_db


def page_of(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    text = answer.content.decode()
    assert read(text).faults == []
    return text


def path(work, rest=""):
    return f"/pembangunan/{work.pk}/{rest}"


def test_the_tabs_count_and_late_and_silent_works_surface(reader, people, settings):
    today = clock.today()
    a_work(people, title="Jembatan telat", planned_end=today - timedelta(days=4))
    a_work(people, title="Sumur bisu", heard_on=today - timedelta(days=settings.WORK_SILENT_DAYS + 9), realisation="under_way")
    a_work(people, title="Jalan beres", realisation="confirmed")
    client = reader("stranger")
    text = page_of(client, "/pembangunan/")
    counts = client.get("/pembangunan/").context["counts"]
    assert (counts.all, counts.late, counts.silent, counts.states["confirmed"]) == (3, 1, 1, 1)
    assert "terlambat 4 hari" in text
    late = page_of(client, "/pembangunan/?late=1")
    assert "Jembatan telat" in late
    assert "Sumur bisu" not in late
    assert "tanpa kabar 69 hari" in page_of(client, "/pembangunan/?silent=1")


def test_more_works_ask_no_more_of_the_database(reader, people, bridge):
    client = reader("resident")
    for address in ("/pembangunan/", path(bridge), "/pembangunan/peta/"):
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for _ in range(4):
            a_work(people, realisation="reported_done")
            Progress.objects.create(work=bridge, as_of=clock.today(), physical_percent=1, paid=0, reported_by=people.planner, reported_at=clock.now())
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) <= len(few), address
        assert len(many) <= 22, address


def test_a_list_narrowed_to_nothing_says_so(reader, people, road):
    assert read(reader("stranger").get(f"/pembangunan/?region={cast.ELSEWHERE}").content.decode()).faults == []
    assert reader("stranger").get("/pembangunan/?region=satu").status_code == 400


def test_a_resident_confirms_and_disputes_on_the_page(reader, people, work):
    done(people, work)
    client = reader("resident")
    assert 'value="confirm"' in page_of(client, path(work))
    assert client.post(path(work, "kata/"), {"id": uuid.uuid4(), "verdict": "confirm"}).status_code == 303
    short = client.post(path(work, "kata/"), {"id": uuid.uuid4(), "verdict": "dispute", "reason": "Jelek."})
    assert short.status_code == 400
    assert "Jelek." in short.content.decode(), "what was typed stays"
    assert client.post(path(work, "kata/"), {"id": uuid.uuid4(), "verdict": "dispute", "reason": REASON}).status_code == 303
    text = page_of(reader("stranger"), path(work))
    assert REASON in text
    assert "Resident" not in text, "a resident is told by the role"
    assert Confirmation.objects.filter(work=work, superseded_at__isnull=True).get().verdict == "dispute"
    answered = reader("agency_officer").post(path(work, "jawaban/"), {"id": uuid.uuid4(), "text": "Diperbaiki minggu depan bersama warga."})
    assert answered.status_code == 303
    assert "Diperbaiki minggu depan" in page_of(reader("stranger"), path(work))


def test_only_its_own_villagers_are_offered_to_judge(reader, people, road):
    done(people, road)
    for name, offered in (("resident", True), ("facilitator", True), ("neighbour", False), ("planner", False), ("stranger", False)):
        assert ('value="confirm"' in page_of(reader(name), path(road))) is offered, name


def test_an_officer_reports_from_a_phone_with_photos_and_hands_over(reader, people, bridge, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    client = reader("agency_officer")
    page_of(client, path(bridge, "lapor/"))
    sent = {**said(physical_percent="100", paid="200.000.000"), "moment": "after"}
    photo = SimpleUploadedFile("foto.jpg", jpeg(), content_type="image/jpeg")
    answer = client.post(path(bridge, "lapor/"), {**sent, "photo": photo})
    assert answer.status_code == 303, answer.context["form"].errors
    bridge.refresh_from_db()
    assert (float(bridge.physical_percent), bridge.paid, WorkPhoto.objects.get().moment) == (100, 200_000_000, "after")
    page_of(client, path(bridge, "serah-terima/"))
    given = {"on": clock.today().isoformat(), "document": "BAST/1", "to": "Pemerintah Desa Kapur"}
    assert client.post(path(bridge, "serah-terima/"), given).status_code == 303
    assert "BAST/1" in page_of(reader("stranger"), path(bridge))


def test_the_handover_is_offered_for_what_is_built_to_the_end_and_told_where_it_was_recorded(reader, people, road):
    client = reader("agency_officer")
    assert path(road, "serah-terima/") not in page_of(client, path(road)), "nobody is led to what would be refused"
    early = page_of(client, path(road, "serah-terima/"))
    assert "Laporan terakhirnya menyebut 100" not in early
    assert path(road, "lapor/") in early
    assert "Catat serah terima" not in early
    done(people, road)
    assert "Diserahkan pada" in page_of(client, path(road, "serah-terima/"))


def test_a_refused_report_keeps_what_was_typed_and_a_broken_photo_adds_no_second_report(reader, people, road, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    client = reader("agency_officer")
    answer = client.post(path(road, "lapor/"), said(physical_percent="101", note="Cuaca buruk"))
    assert answer.status_code == 400
    assert "Cuaca buruk" in answer.content.decode()
    assert answer.content.decode().count("Beberapa isian perlu Anda periksa") == 1, "the sum of what is wrong stands once"
    named = SimpleUploadedFile("jembatan timur.jpg", jpeg(), content_type="image/jpeg")
    again = client.post(path(road, "lapor/"), {**said(physical_percent="101"), "photo": named})
    assert "jembatan timur.jpg" in again.content.decode(), "no browser chooses a photo again by itself, so the page names it"
    assert not WorkPhoto.objects.exists()
    sent = said(physical_percent="40")
    broken = SimpleUploadedFile("foto.jpg", b"bukan foto", content_type="image/jpeg")
    assert client.post(path(road, "lapor/"), {**sent, "photo": broken}).status_code == 400
    assert client.post(path(road, "lapor/"), sent).status_code == 303
    assert Progress.objects.filter(work=road).count() == 1


def test_a_work_with_many_reports_and_words_stays_a_short_page_and_leads_to_all(reader, people, road):
    done(people, road)
    for number in range(14):
        report = {"as_of": clock.today() - timedelta(days=number), "physical_percent": 50, "paid": number, "note": f"Catatan {number}."}
        Progress.objects.create(work=road, reported_by=people.planner, reported_role="planner", reported_at=clock.now(), **report)
        word = {"verdict": "dispute", "reason": f"{REASON} {number}.", "role": "resident", "at": clock.now()}
        Confirmation.objects.create(work=road, person=people.resident, superseded_at=clock.now(), **word)
    text = page_of(reader("stranger"), path(road))
    assert text.count("Catatan ") == 9, "ten reports, one of them the complete one"
    assert text.count(REASON) == 10
    client = reader("stranger")
    for rest, each in (("laporan/", "Catatan "), ("suara/", REASON)):
        assert path(road, rest) in text
        assert page_of(client, path(road, rest)).count(each) == 14
        assert client.get(path(road, rest) + "?cursor=salah").status_code == 400


@pytest.mark.parametrize("rest", ["lapor/", "serah-terima/", "baris/"])
def test_forms_are_for_who_builds(reader, road, rest):
    for who in ("resident", "other_agency_officer", "facilitator"):
        assert reader(who).get(path(road, rest)).status_code == 403, who


def test_codes_and_dates_are_kept_at_the_version_that_was_read(reader, people, road):
    client = reader("planner")
    page_of(client, path(road, "baris/"))
    sent = {"version": 1, "budget_document": "DPA/7", "planned_end": "2030-01-01", "planned_start": road.planned_start.isoformat()}
    assert client.post(path(road, "baris/"), sent).status_code == 303
    assert client.post(path(road, "baris/"), sent).status_code == 400, "somebody changed it meanwhile: the form says so"
    assert "DPA/7" in page_of(reader("stranger"), path(road))


def test_a_sheet_is_sent_checked_and_written_on_its_pages(reader, people, road):
    client = reader("agency_officer")
    page_of(client, "/pembangunan/lembar/")
    day = (clock.today() - timedelta(days=1)).isoformat()
    sheet = SimpleUploadedFile("laporan.csv", f"work,as_of,physical_percent,paid\n{road.pk},{day},30,0\n".encode())
    place = client.post("/pembangunan/lembar/", {"file": sheet})["Location"]
    page_of(client, place)
    made = ProgressSheet.objects.get()
    sheet_work.perform_sheet(made.pk)
    assert "1" in page_of(client, place)
    assert client.post(f"{place}tulis/").status_code == 303
    sheet_work.perform_sheet(made.pk)
    page_of(client, place)
    assert Progress.objects.filter(work=road).count() == 1
    assert reader("planner").get(place).status_code == 404
    assert client.post("/pembangunan/lembar/", {}).status_code == 400


def test_the_map_counts_by_region_and_a_village_shows_its_works(reader, people, road):
    text = page_of(reader("stranger"), "/pembangunan/peta/")
    assert "Sungai Raya" in text
    assert road.title in page_of(reader("stranger"), f"/pembangunan/peta/?region={cast.VILLAGE}")
    assert reader("stranger").get("/pembangunan/peta/?region=99.99").status_code == 404


def test_late_and_silent_works_surface_on_the_desk_the_kabupatens_page_and_the_villages(reader, people, settings):
    today, year = clock.today(), clock.today().year
    a_work(people, title="Jembatan telat", planned_end=today - timedelta(days=4), plan_year=year - 1)
    a_work(people, title="Sumur bisu", heard_on=today - timedelta(days=settings.WORK_SILENT_DAYS + 9))
    for address in ("/kerja/", f"/wilayah/{cast.HOME}/", f"/wilayah/{cast.VILLAGE}/"):
        text = page_of(reader("agency_officer"), address)
        for told in ("Jembatan telat", "terlambat 4 hari", "Sumur bisu", "tanpa kabar 69 hari"):
            assert told in text, (address, told)
    assert f"?region={cast.VILLAGE}&amp;plan_year=semua&amp;late=1" in text
    assert "Jembatan telat" not in page_of(reader("stranger"), f"/wilayah/{cast.NEXT_VILLAGE}/")


def test_the_desk_the_proposal_and_the_region_lead_to_works(reader, people, bridge):
    done(people, bridge)
    assert bridge.title in page_of(reader("facilitator"), "/kerja/"), "a finished work waits for the village"
    reader("resident").post(path(bridge, "kata/"), {"id": uuid.uuid4(), "verdict": "dispute", "reason": REASON})
    assert f"{path(bridge)}#kata-warga" in page_of(reader("agency_officer"), "/kerja/"), "a dispute waits for its answer"
    assert path(bridge) in page_of(reader("stranger"), f"/usulan/{bridge.proposal.number}/")
