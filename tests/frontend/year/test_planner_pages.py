"""The planner's pages: a year is begun, changed and confirmed on the screen, and what is refused keeps what was typed."""

import re

import pytest
from django.test import Client

from proposals.models import Cycle, StageClosure, StageWindow
from tests import cast, make

STAGE = {
    "name": "Musdes", "first_day": "2026-07-01", "last_day": "2026-09-30", "late_grace_hours": "48", "women_percent": "30", "quorum_people": "",
    "quorum_regions_percent": "", "quorum_elements": "", "delegates": "3", "required_documents": ["record", "attendance"], "legal_basis": "", "version": "1",
}  # fmt: skip


@pytest.fixture
def cycle(people):
    made = make.cycle()
    StageWindow.objects.filter(cycle=made).update(opens_at=None, closes_at=None)
    return made


def login(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_planner_begins_the_next_year_as_previewed(people, cycle):
    client = login(people.planner)
    assert "2029" in client.get("/kerja/tahun/").content.decode()
    answer = client.post("/kerja/tahun/buka/", {"region": cast.HOME, "plan_year": "2029"})
    made = Cycle.objects.get(plan_year=2029)
    assert (answer.status_code, answer["Location"]) == (303, f"/kerja/tahun/{made.pk}/")
    assert client.get(answer["Location"]).status_code == 200
    assert client.post("/kerja/tahun/buka/", {"region": cast.HOME, "plan_year": "2029"}).status_code == 409
    assert client.post("/kerja/tahun/buka/", {"region": cast.HOME, "plan_year": "tahun depan"}).status_code == 400


def test_a_stage_is_changed_and_confirmed_and_a_later_change_takes_it_back(people, cycle):
    client, address = login(people.planner), f"/kerja/tahun/{cycle.pk}/village/"
    assert client.get(address).status_code == 200
    assert client.post(address, STAGE).status_code == 303
    refused = client.post(f"{address}sahkan/", {"version": "2", "legal_basis": ""})
    assert refused.status_code == 400
    said = refused.content.decode().partition('id="dasar-sah-salah"')[2].partition("</svg>")[2].partition("</p>")[0]
    assert said.strip(), "the page says what is missing, not only that something is"
    assert client.post(f"{address}sahkan/", {"version": "2", "legal_basis": "Perbup 12/2026"}).status_code == 303
    window = StageWindow.objects.get(cycle=cycle, stage="village")
    assert (window.title, window.required_documents, window.verified_by) == ("Musdes", ["record", "attendance"], people.planner)
    assert client.post(address, {**STAGE, "version": "3", "women_percent": "40"}).status_code == 303
    window.refresh_from_db()
    assert window.verified_at is None


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"women_percent": "tiga puluh"}, 400),
        ({"last_day": "2026-06-01"}, 400),
        ({"first_day": "kemarin"}, 400),
        ({"required_documents": ["sertifikat"]}, 400),
        ({"version": "9"}, 409),
        ({"version": "x"}, 400),
    ],
)
def test_what_is_refused_keeps_what_was_typed(people, cycle, typed, status):
    answer = login(people.planner).post(f"/kerja/tahun/{cycle.pk}/village/", {**STAGE, "name": "Musyawarah Nagari", **typed})
    assert answer.status_code == status
    assert "Musyawarah Nagari" in answer.content.decode()
    assert StageWindow.objects.get(cycle=cycle, stage="village").name == ""


def test_the_years_own_rules_change_and_are_confirmed(people, cycle):
    client, address = login(people.planner), f"/kerja/tahun/{cycle.pk}/"
    typed = {
        "legal_basis": "Perbup 3/2027",
        "support_first_day": "",
        "support_last_day": "2028-01-31",
        "measure_tolerance_percent": "20",
        "duplicate_radius_m": "60",
        "answer_days": "21",
        "answer_basis": "SOP Bappeda 4/2027",
    }
    assert client.post(address, {**typed, "version": "1"}).status_code == 303
    cycle.refresh_from_db()
    assert (cycle.duplicate_radius_m, cycle.citizens_may_propose) == (60, False)
    assert (cycle.answer_days, cycle.answer_basis) == (21, "SOP Bappeda 4/2027")
    assert client.post(f"{address}sahkan/", {"version": "2", "legal_basis": "Perbup 3/2027"}).status_code == 303
    refused = client.post(address, {**typed, "version": "3", "duplicate_radius_m": "dekat"})
    assert refused.status_code == 400
    assert "dekat" in refused.content.decode()


@pytest.mark.parametrize("page", ["", "village/"])
def test_a_confirmation_without_its_basis_comes_back_on_the_page_with_what_was_typed(people, cycle, page):
    client = login(people.planner)
    refused = client.post(f"/kerja/tahun/{cycle.pk}/{page}sahkan/", {"version": "1", "legal_basis": "SK9"})
    text = refused.content.decode()
    assert (refused.status_code, 'value="SK9"' in text, 'id="dasar-sah-salah"' in text) == (400, True, True)
    late = client.post(f"/kerja/tahun/{cycle.pk}/{page}sahkan/", {"version": "7", "legal_basis": "Perbup 3/2027"})
    assert (late.status_code, 'value="Perbup 3/2027"' in late.content.decode()) == (409, True)


def test_stages_are_added_and_taken_out(people, cycle):
    client = login(people.planner)
    assert client.post(f"/kerja/tahun/{cycle.pk}/agency/hapus/").status_code == 303
    assert client.post(f"/kerja/tahun/{cycle.pk}/budget/hapus/").status_code == 409
    assert client.post(f"/kerja/tahun/{cycle.pk}/tambah/", {"stage": "agency"}).status_code == 303
    assert client.post(f"/kerja/tahun/{cycle.pk}/tambah/", {"stage": "rapat"}).status_code == 400


@pytest.mark.parametrize("who", ["resident", "village_head", "foreign_planner"])
def test_nobody_else_reads_or_changes_the_planners_pages(people, cycle, who):
    client = login(getattr(people, who))
    assert client.get(f"/kerja/tahun/{cycle.pk}/").status_code == 403
    assert client.get(f"/kerja/tahun/{cycle.pk}/village/").status_code == 403
    assert client.post("/kerja/tahun/buka/", {"region": cast.HOME, "plan_year": "2029"}).status_code == 403
    assert client.get("/kerja/tahun/").status_code == 200
    assert Client().get(f"/kerja/tahun/{cycle.pk}/").status_code == 302
    assert login(people.planner).get("/kerja/tahun/99999999/").status_code == 404


def test_a_village_closes_its_stage_on_the_screen_and_two_people_reopen_it(people, cycle):
    head, planner, address = login(people.village_head), login(people.planner), f"/kerja/tahap/{cycle.pk}/village/{cast.VILLAGE}/"
    make.proposal(of=cycle)
    assert head.get(address).status_code == 200
    short = head.post(address, {"reason": "Sudah"})
    assert short.status_code == 400
    assert "Sudah" in short.content.decode()
    assert head.post(address, {"reason": "Usulan itu dibahas lagi tahun depan oleh desa."}).status_code == 303
    assert StageClosure.objects.count() == 1
    assert head.post(f"{address}buka/", {"verb": "ask", "reason": "Daftar hadir tertukar dengan desa lain."}).status_code == 303
    assert head.post(f"{address}buka/", {"verb": "confirm"}).status_code == 403
    assert planner.get(address).status_code == 200
    read = re.search('name="asking" value="([^"]+)"', planner.get(address).content.decode())[1]
    assert head.post(f"{address}buka/", {"verb": "ask", "reason": "Berita acara belum ditandatangani siapa pun."}).status_code == 303
    unread = planner.post(f"{address}buka/", {"verb": "confirm", "asking": read})
    assert unread.status_code == 409, "nobody confirms a reason that they have not read"
    read = re.search('name="asking" value="([^"]+)"', unread.content.decode())[1]
    assert "Berita acara belum" in unread.content.decode()
    assert head.post(f"{address}buka/", {"verb": "ask", "reason": "Daftar hadir tertukar dengan desa lain."}).status_code == 303
    assert planner.post(f"{address}buka/", {"verb": "confirm"}).status_code == 409, "who names no asking has read none"
    read = re.search('name="asking" value="([^"]+)"', planner.get(address).content.decode())[1]
    confirmed = planner.post(f"{address}buka/", {"verb": "confirm", "asking": read}, follow=True)
    assert (confirmed.redirect_chain[0][1], confirmed.status_code) == (303, 200), "and the page that follows is open to who confirmed"
    assert StageClosure.objects.filter(reopened_at__isnull=True).count() == 0
    assert "Daftar hadir tertukar" in head.get(address).content.decode()


def test_who_may_not_close_is_told_and_what_does_not_exist_is_404(people, cycle):
    address = f"/kerja/tahap/{cycle.pk}/village/{cast.VILLAGE}/"
    assert login(people.resident).get(address).status_code == 403
    assert login(people.resident).post(address, {"reason": "x"}).status_code == 403
    assert Client().get(address).status_code == 302
    for wrong in (
        f"/kerja/tahap/{cycle.pk}/village/99.99/",
        f"/kerja/tahap/9999/village/{cast.VILLAGE}/",
        f"/kerja/tahap/{cycle.pk}/draft/{cast.VILLAGE}/",
    ):
        assert login(people.village_head).get(wrong).status_code == 404
        assert login(people.village_head).post(wrong).status_code in (400, 403, 404)
    assert login(people.village_head).post(f"{address}buka/", {"verb": "confirm"}).status_code == 404, "nothing is closed there"


def test_the_planners_year_takes_the_same_queries_however_many_stages(people, cycle, django_assert_max_num_queries):
    client = login(people.planner)
    with django_assert_max_num_queries(10):
        client.get(f"/kerja/tahun/{cycle.pk}/")
    StageWindow.objects.filter(cycle=cycle).exclude(stage="village").delete()
    with django_assert_max_num_queries(10):
        client.get(f"/kerja/tahun/{cycle.pk}/")
