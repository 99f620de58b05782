"""Works over HTTP: lists by cursor and filter, reports, photos, the village's word; errors with their status and field."""

import hashlib
import uuid
from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from accounts import clock
from budgeting.models import FundedWork, WorkPhoto
from budgeting.works import photos
from tests.budgeting.works.conftest import a_work, said
from tests.budgeting.works.test_saying import REASON
from tests.proposals.pictures import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(people):
    def signed(name="stranger"):
        client = APIClient()
        if name != "stranger":
            client.force_authenticate(getattr(people, name))
        return client

    return signed


def test_the_list_is_narrowed_and_walked_by_cursor(api, people, django_assert_max_num_queries):
    for number in range(25):
        a_work(people, title=f"Jalan {number}", plan_year=2026 + number % 2, realisation="under_way" if number % 2 else "")
    with django_assert_max_num_queries(6):
        first = api().get("/api/v1/works/").json()
    seen = [row["id"] for row in first["results"]]
    assert first["results"][0]["plan_year"] == 2027
    second = api().get(first["next"]).json()
    seen += [row["id"] for row in second["results"]]
    assert len(set(seen)) == 25
    assert len(api().get("/api/v1/works/?state=under_way&plan_year=2027&region=61.12.01").json()["results"]) == 12
    assert api().get("/api/v1/works/?region=61.71").json()["results"] == []


def test_late_silent_and_unanswered_are_lists(api, people, settings):
    today = clock.today()
    late = a_work(people, planned_end=today - timedelta(days=2))
    silent = a_work(people, heard_on=today - timedelta(days=settings.WORK_SILENT_DAYS + 3))
    owing = a_work(people, realisation="disputed", answer_due_on=today + timedelta(days=3))
    for name, work in (("late", late), ("silent", silent), ("unanswered", owing)):
        assert [row["id"] for row in api().get(f"/api/v1/works/?{name}=1").json()["results"]] == [str(work.pk)]
    told = api().get(f"/api/v1/works/{late.pk}/").json()
    assert (told["days_late"], told["days_silent"], told["state"]) == (2, 0, "not_started")


def test_a_report_a_photo_a_handover_and_a_word(api, people, bridge):
    path = f"/api/v1/works/{bridge.pk}/"
    officer, resident = api("agency_officer"), api("resident")
    sent = {**said(physical_percent=100), "id": str(uuid.uuid4())}
    assert officer.post(f"{path}progress/", sent, format="json").status_code == 201
    assert officer.post(f"{path}progress/", sent, format="json").status_code == 200
    handed = {"on": clock.today().isoformat(), "document": "BAST/1", "to": "Pemerintah Desa Kapur"}
    assert officer.post(f"{path}handover/", handed, format="json").json()["state"] == "reported_done"
    word = {"id": str(uuid.uuid4()), "verdict": "dispute", "reason": REASON}
    assert resident.post(f"{path}confirmations/", word, format="json").status_code == 201
    told = api().get(path).json()
    assert (told["state"], told["disputes"], told["financial_percent"]) == ("disputed", 1, 40)
    answer = {"id": str(uuid.uuid4()), "text": "Diperbaiki minggu depan, warga diundang."}
    assert officer.post(f"{path}answers/", answer, format="json").status_code == 201
    assert "person" not in str(api().get(f"{path}confirmations/").json())
    assert len(api().get(f"{path}progress/").json()["results"]) == 1


@pytest.mark.parametrize(
    ("asked", "body", "status"),
    [
        ("stranger progress/", {}, 401),
        ("resident progress/", {}, 403),
        ("agency_officer progress/", {"id": "x"}, 400),
        ("agency_officer handover/", {"on": "2026-01-01", "document": "B/1", "to": "D"}, 409),
        ("resident confirmations/", {"verdict": "confirm"}, 409),
        ("neighbour confirmations/", {"verdict": "confirm"}, 403),
        ("agency_officer answers/", {"text": "x"}, 400),
    ],
)
def test_what_is_wrong_is_told_by_its_status(api, bridge, asked, body, status):
    who, where = asked.split()
    answer = api(who).post(f"/api/v1/works/{bridge.pk}/{where}", body, format="json")
    assert answer.status_code == status, answer.json()
    assert answer.json()["message"]


def test_a_work_that_does_not_exist_is_404(api, people):
    nobody = f"/api/v1/works/{uuid.uuid4()}/"
    assert api().get(nobody).status_code == 404
    assert api("planner").post(f"{nobody}progress/", {}, format="json").status_code == 404


def test_a_photo_is_kept_once_with_its_distance_and_shown_to_everybody(api, people, bridge, client):
    content = jpeg()
    path = f"/api/v1/works/{bridge.pk}/photos/{hashlib.sha256(content).hexdigest()}/?moment=during"
    officer = api("agency_officer")
    assert officer.put(path, content, content_type="image/jpeg").status_code == 201
    again = officer.put(path, content, content_type="image/jpeg")
    assert (again.status_code, WorkPhoto.objects.count()) == (200, 1)
    assert client.get(again.json()["url"]).status_code == 200
    assert client.get("/berkas/works/2027/01/rahasia.jpg").status_code == 404
    assert api("resident").put(path, content, content_type="image/jpeg").status_code == 403
    assert api("planner").delete(path.partition("?")[0]).status_code == 204
    assert not WorkPhoto.objects.exists()


@pytest.mark.parametrize(("content", "query", "status"), [(b"bukan foto", "moment=during", 415), (b"x", "moment=kapan", 400)])
def test_what_is_no_photo_is_refused(api, bridge, content, query, status):
    path = f"/api/v1/works/{bridge.pk}/photos/{hashlib.sha256(content).hexdigest()}/?{query}"
    assert api("agency_officer").put(path, content, content_type="image/jpeg").status_code == status


def test_metres_between_two_places():
    from django.contrib.gis.geos import Point

    assert photos.metres_between(Point(109.0, 0.0), Point(109.001, 0.0)) == pytest.approx(111, abs=1)
    assert photos.metres_between(None, Point(0, 0)) is None


def test_a_line_is_put_and_patched(api, people):
    path = f"/api/v1/works/{uuid.uuid4()}/"
    sent = {
        "plan_year": 2027,
        "region": "61.12.01",
        "title": "Drainase",
        "origin": "unknown",
        "funding_source": "district_budget",
        "amount": 5_000_000,
    }
    sent["agency"] = people.works_agency.pk
    assert api("agency_officer").put(path, sent, format="json").status_code == 201
    assert api("agency_officer").put(path, sent, format="json").status_code == 200
    assert api("agency_officer").put(path, {**sent, "amount": "1.5"}, format="json").json()["fields"]["amount"]
    assert api("planner").patch(path, {"version": 1, "provider": "CV Karya"}, format="json").json()["version"] == 2
    assert api("planner").patch(path, {"version": 1, "provider": "CV Lain"}, format="json").status_code == 409
    assert api("planner").patch(path, {"version": 2, "amount": 1}, format="json").status_code == 400
    assert FundedWork.objects.get().provider == "CV Karya"
