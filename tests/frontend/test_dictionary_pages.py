"""The dictionary's pages: a citizen reads it, the planner fills it, and sees what a sheet would do before it is kept."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.models import DictionaryEntry
from tests import cast, make
from tests.frontend.html import read
from tests.proposals.dictionary import sheets

PUBLIC, KEEPER, UPLOAD = "/panduan/kamus/", "/kerja/kamus/", "/kerja/kamus/unggah/"


@pytest.fixture
def cycle(people):
    made = make.cycle()
    make.dictionary_entry(of=made, code="J01", name="Rabat beton jalan desa")
    make.dictionary_entry(of=made, code="L01", name="Lampu jalan", sector="energy", unit="titik", is_locked=True)
    return made


def _send(client, text, name="kamus.csv"):
    return client.post(UPLOAD, {"plan_year": 2028, "sheet": SimpleUploadedFile(name, text.encode(), "text/csv")})


def test_a_citizen_reads_what_may_be_proposed_at_which_price_and_locked_works_are_not_shown(reader, cycle):
    page = reader("stranger").get(PUBLIC).content.decode()
    assert "Rabat beton jalan desa" in page
    assert "Rp800.000" in page
    assert "Lampu jalan" not in page
    assert read(page).faults == []
    assert 'href="/panduan/kamus/"' in reader("stranger").get("/panduan/").content.decode()


def test_everyday_words_find_a_work_whose_name_has_none_of_them(reader, cycle):
    page = reader("stranger").get(f"{PUBLIC}?q=becek").content.decode()
    assert "Rabat beton jalan desa" in page
    assert "→ rabat beton" in page


@pytest.mark.parametrize(
    ("query", "status"), [("?plan_year=2077", 404), ("?plan_year=x", 404), ("?region=99.99", 404), ("?cursor=x", 400), ("?q=%00&sector=moon", 200)]
)
def test_a_wrong_address_gets_a_sentence(reader, cycle, query, status):
    assert reader("stranger").get(PUBLIC + query).status_code == status


def test_without_a_year_or_a_work_the_page_says_what_to_do(reader, people):
    assert "Belum ada tahun rencana" in reader("stranger").get(PUBLIC).content.decode()
    make.cycle()
    assert "masih kosong" in reader("planner").get(KEEPER).content.decode()


@pytest.mark.parametrize("who", ["facilitator", "budget_team", "operator", "resident"])
@pytest.mark.parametrize("path", [KEEPER, UPLOAD, "/kerja/kamus/baru/"])
def test_only_the_planner_comes_in(reader, cycle, who, path):
    assert reader(who).get(path).status_code == 403


def test_the_desk_leads_the_planner_to_the_dictionary_and_nobody_else(reader, cycle):
    assert KEEPER in reader("planner").get("/kerja/").content.decode()
    assert KEEPER not in reader("budget_team").get("/kerja/").content.decode()


def test_a_sheet_is_looked_at_first_and_kept_only_then(reader, cycle):
    planner = reader("planner")
    looked = _send(planner, sheets.JEMBER)
    page = looked.content.decode()
    assert looked.status_code == 200
    assert read(page).faults == []
    assert "dari kata “jalan”" in page
    assert DictionaryEntry.objects.count() == 2
    parcel = re.search(r'name="parcel" value="([^"]+)"', page)[1]
    kept = planner.post(UPLOAD, {"plan_year": 2028, "parcel": parcel}, follow=True)
    assert DictionaryEntry.objects.count() == 8
    assert "6 baru" in kept.content.decode()


def test_rows_in_error_are_shown_and_cannot_be_kept(reader, cycle):
    answer = _send(reader("planner"), "id,nama_usulan,anggaran\n1,Rabat beton jalan,nol\n")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<b>anggaran</b>" in page
    assert 'name="parcel"' not in page


@pytest.mark.parametrize("text", ["", "\x00\x01", "nama_usulan\nx\n"])
def test_a_file_that_is_no_sheet_gets_a_sentence(reader, cycle, text):
    answer = _send(reader("planner"), text)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_a_parcel_that_somebody_changed_or_took_from_another_is_refused(reader, cycle):
    page = _send(reader("planner"), sheets.JEMBER).content.decode()
    parcel = re.search(r'name="parcel" value="([^"]+)"', page)[1]
    assert reader("planner").post(UPLOAD, {"plan_year": 2028, "parcel": parcel + "x"}).status_code == 400
    assert reader("second_planner").post(UPLOAD, {"plan_year": 2028, "parcel": parcel}).status_code == 400
    assert DictionaryEntry.objects.count() == 2


def test_one_work_is_written_changed_and_locked_by_hand(reader, people, cycle):
    planner = reader("planner")
    typed = {
        "plan_year": 2028,
        "code": "A9",
        "name": "Sumur bor",
        "sector": "water",
        "kind": "physical",
        "unit": "unit",
        "unit_price": "Rp 210.000.000",
    }
    refused = planner.post("/kerja/kamus/baru/", {**typed, "unit_price": "banyak"})
    assert refused.status_code == 400
    assert 'value="Sumur bor"' in refused.content.decode()
    assert planner.post("/kerja/kamus/baru/", {**typed, "unit_price": "210.000.000", "agency": people.works_agency.pk}).status_code == 302
    entry = DictionaryEntry.objects.get(code="A9")
    shown = planner.get(f"/kerja/kamus/{entry.pk}/").content.decode()
    assert read(shown).faults == []
    seen = re.search(r'name="seen" value="([^"]+)"', shown)[1]
    change = {**typed, "unit_price": "220.000.000", "seen": seen}
    assert planner.post(f"/kerja/kamus/{entry.pk}/", change).status_code == 302
    assert planner.post(f"/kerja/kamus/{entry.pk}/", {**change, "unit_price": "1"}).status_code == 409
    assert planner.post(f"/kerja/kamus/{entry.pk}/kunci/", {"locked": "1"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.unit_price, entry.is_locked) == (220_000_000, True)


def test_last_years_works_are_taken_over_by_one_button(reader, cycle):
    make.cycle(plan_year=2029)
    page = reader("planner").get(f"{KEEPER}?plan_year=2029").content.decode()
    assert "2028" in page
    reader("planner").post("/kerja/kamus/salin/", {"plan_year": 2029})
    assert DictionaryEntry.objects.filter(cycle__plan_year=2029).count() == 2


def test_the_list_costs_the_same_however_many_works_it_holds(reader, cycle, django_assert_max_num_queries):
    for number in range(30):
        make.dictionary_entry(of=cycle, code=f"X{number}", name=f"Paving {number:02d}")
    client = reader("stranger")
    with django_assert_max_num_queries(8):
        page = client.get(PUBLIC).content.decode()
    assert 'rel="next"' in page
    assert cast.HOME in page
