"""The pages of papers: everybody reads what was decided, officials read the names, and a printed copy can be checked."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.models import Document, DocumentFile
from deliberation.records import services, setting, short_code
from deliberation.words import DocumentState
from tests import cast, make
from tests.deliberation.records import stage
from tests.frontend.html import read
from tests.proposals import pictures

pytestmark = pytest.mark.django_db
NAME = "Peserta Rahasia 2"


@pytest.fixture
def meeting(people: cast.Cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = stage.closed_meeting(people)
    stage.attend(made, people.village_head, 6)
    stage.decide(made, make.proposal(title="Rabat beton Dusun Karya"), people.village_head)
    stage.decide(made, make.proposal(title="Jembatan gantung"), people.village_head, "reject")
    stage.say(made, people.village_head, "Jalan kami putus setiap hujan.")
    return made


@pytest.fixture
def papers(meeting, people):
    services.prepare(meeting_id=meeting.pk, actor=people.village_head, sent={"representatives": "Rosmini; PKK; Dusun Karya RT 09"})
    return {one.kind: one for one in services.issue(meeting_id=meeting.pk, actor=people.village_head)}


def test_everybody_reads_what_was_decided_and_nobodys_name_from_the_roll(reader, papers):
    for kind, paper in papers.items():
        told = reader("stranger").get(f"/periksa/{paper.code}/").content.decode()
        assert paper.sha256 in told
        assert "Peserta Rahasia" not in told, kind
        assert "Maimunah" not in told, kind
        assert "Dusun Karya RT 09" not in told, kind
    record = reader("stranger").get(f"/periksa/{papers['record'].code}/").content.decode()
    assert "Rabat beton Dusun Karya" in record
    assert "Pada hari ini Kamis tanggal sebelas bulan Februari" in record
    assert "Jalan kami putus" in reader("stranger").get(f"/periksa/{papers['minutes'].code}/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("stranger", 302), ("resident", 403), ("neighbour", 403), ("village_head", 200), ("auditor", 200)])
def test_names_are_read_by_the_officials_of_the_region_and_its_auditors(reader, meeting, papers, who, status):
    setting.set_pages_of(papers["delegates"].pk)
    whole = reader(who).get(f"/rapat/{meeting.pk}/dokumen/{papers['attendance'].code}/")
    pdf = reader(who).get(f"/rapat/{meeting.pk}/dokumen/{papers['delegates'].code}/pdf/")

    assert whole.status_code == pdf.status_code == status
    assert (NAME in whole.content.decode()) == (status == 200)
    if status == 200:
        assert pdf["Content-Type"] == "application/pdf"
        assert "no-store" in pdf["Cache-Control"]
        assert "sandbox" in pdf["Content-Security-Policy"]


def test_a_code_is_checked_however_it_is_typed(reader, papers):
    grouped = short_code.grouped(papers["record"].code)

    asked = reader("stranger").get("/periksa/", {"kode": f" {grouped.lower()} "}, follow=True)

    assert asked.redirect_chain == [(f"/periksa/{papers['record'].code}/", 302)]
    assert grouped in asked.content.decode()


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("K7QM", 400, "dua belas"),
        ("OOOO-1111-IIII", 400, "tidak pernah memuat"),
        ("", 200, "Ketik kode itu"),
        ("<script>alert(1)</script>", 400, "tidak pernah"),
    ],
)
def test_a_mistyped_code_is_told_what_is_wrong_with_it(reader, typed, status, words):
    answer = reader("stranger").get("/periksa/", {"kode": typed})

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_a_single_wrong_sign_is_a_typing_error_and_an_unknown_code_is_none_of_ours(reader, papers):
    code = papers["record"].code
    wrong = ("2" if code[0] != "2" else "3") + code[1:]

    assert "salah ketik" in reader("stranger").get(f"/periksa/{wrong}/").content.decode()
    unknown = reader("stranger").get(f"/periksa/{short_code.draw()}/")
    assert unknown.status_code == 404
    assert "Tidak ada dokumen" in unknown.content.decode()


def test_codes_are_not_tried_by_the_hundred(reader):
    client = reader("stranger")
    statuses = [client.get(f"/periksa/{short_code.draw()}/").status_code for _ in range(62)]

    assert statuses[0] == 404
    assert statuses[-1] == 429


def test_a_file_is_compared_and_not_kept(reader, papers, tmp_path):
    setting.set_pages_of(papers["delegates"].pk)
    kept = Document.objects.get(pk=papers["delegates"].pk)
    with kept.pdf.open("rb") as file:
        content = file.read()
    before = sorted(tmp_path.rglob("*"))
    address = f"/periksa/{kept.code}/"

    same = reader("stranger").post(address, {"file": SimpleUploadedFile("a.pdf", content)})
    other = reader("stranger").post(address, {"file": SimpleUploadedFile("a.pdf", content + b"x")})

    assert "Ya: berkas Anda adalah PDF" in same.content.decode()
    assert "Bukan: berkas Anda" in other.content.decode()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_tampered_paper_is_told_and_its_content_is_not_shown(reader, papers):
    paper = papers["priorities"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE deliberation_document DISABLE TRIGGER a_paper_stays")
        Document.objects.filter(pk=paper.pk).update(snapshot={**paper.snapshot, "sum": 7})
        cursor.execute("ALTER TABLE deliberation_document ENABLE TRIGGER a_paper_stays")

    told = reader("stranger").get(f"/periksa/{paper.code}/").content.decode()

    assert "Yang tersimpan bukan yang diterbitkan" in told
    assert "Rabat beton" not in told


def test_who_runs_the_meeting_prepares_issues_and_locks_by_plain_forms(reader, meeting, people):
    client = reader("village_head")
    shelf = f"/rapat/{meeting.pk}/dokumen/"
    draft = client.get(f"{shelf}naskah/")
    assert "Rumusan bawaan" in draft.content.decode()
    assert client.post(f"{shelf}naskah/", {"record_number": "140/1/2027", "signed_on": "2027-02-11"}).status_code == 303
    assert client.post(f"{shelf}terbitkan/", {"kinds": ["record", "attendance"]}).status_code == 303
    record = Document.objects.get(meeting=meeting, kind="record")
    assert record.snapshot["texts"]["record_number"] == "140/1/2027"
    sent = {"documents": [str(record.pk)], "file": SimpleUploadedFile("scan.jpg", pictures.jpeg())}
    assert client.post(f"{shelf}pindai/", sent).status_code == 303
    record.refresh_from_db()
    assert record.state == DocumentState.SIGNED
    scan = DocumentFile.objects.get(kind="scan")
    assert client.get(f"{shelf}{record.code}/pindaian/{scan.sha256}/")["Content-Type"] == "image/jpeg"
    assert reader("resident").get(f"{shelf}{record.code}/pindaian/{scan.sha256}/").status_code == 403


def test_a_refused_draft_and_addendum_keep_what_was_typed(reader, meeting, papers):
    client = reader("village_head")
    other = stage.closed_meeting(type("P", (), {"village_head": meeting.convened_by})(), title="Lain")
    refused = client.post(f"/rapat/{other.pk}/dokumen/naskah/", {"record_number": "7/BA", "signed_on": "kemarin", "notes": "Gotong royong"})
    assert refused.status_code == 400
    assert "Gotong royong" in refused.content.decode()
    record = papers["record"]
    address = f"/rapat/{meeting.pk}/dokumen/{record.code}/adendum/"
    sent = {"key": str(uuid.uuid4()), "reason": "pendek", "where_1": "Halaman satu", "should_1": "Benar"}
    again = client.post(address, sent)
    assert again.status_code == 400
    assert "Halaman satu" in again.content.decode()
    assert client.post(address, {**sent, "reason": "Nama ketua salah tulis di halaman satu."}).status_code == 303
    assert "diperbaiki dengan adendum" in reader("stranger").get(f"/periksa/{record.code}/").content.decode()


@pytest.mark.parametrize("path", ["naskah/", "K7QM2XVA9HR4/adendum/"])
def test_strangers_and_citizens_do_not_write(reader, meeting, path):
    assert reader("stranger").get(f"/rapat/{meeting.pk}/dokumen/{path}").status_code == 302
    assert reader("resident").get(f"/rapat/{meeting.pk}/dokumen/{path}").status_code == 403
    for form in ("terbitkan/", "pindai/", "halaman/"):
        assert reader("resident").post(f"/rapat/{meeting.pk}/dokumen/{form}").status_code == 403


@pytest.mark.parametrize("path", ["pratinjau/photos/", "pratinjau/x/", "AAAA/", "K7QM2XVA9HR4/pdf/", "foto/abc/", f"{'2' * 12}/"])
def test_what_is_not_there_is_not_found(reader, meeting, path):
    assert reader("village_head").get(f"/rapat/{meeting.pk}/dokumen/{path}").status_code == 404


def test_photos_are_public_unless_kept_from_the_public(reader, meeting):
    client = reader("village_head")
    shelf = f"/rapat/{meeting.pk}/dokumen/"
    client.post(f"{shelf}foto/", {"file": SimpleUploadedFile("a.jpg", pictures.jpeg()), "caption": "Suasana"})
    photo = DocumentFile.objects.get(kind="photo")
    address = f"{shelf}foto/{photo.sha256}/"
    assert reader("stranger").get(address).status_code == 200
    client.post(f"{address}ubah/", {"verb": "close"})
    assert reader("stranger").get(address).status_code == 302
    assert photo.sha256 not in reader("stranger").get(shelf).content.decode()
    client.post(f"{address}ubah/", {"verb": "remove"})
    assert not DocumentFile.objects.exists()


def test_the_shelf_and_the_check_cost_as_many_queries_for_many_papers_as_for_few(reader, meeting, papers, people):
    def queries(path: str) -> int:
        client = reader("village_head")
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        return len(seen)

    shelf, check = f"/rapat/{meeting.pk}/dokumen/", f"/periksa/{papers['record'].code}/"
    few = queries(shelf), queries(check)
    for _more in range(4):
        services.correct(
            meeting_id=meeting.pk,
            actor=people.village_head,
            document_id=papers["record"].pk,
            reason="Nama ketua salah tulis di halaman satu.",
            corrections=[{"where": "Halaman satu", "written": "", "should": "Benar"}],
            key=uuid.uuid4(),
        )
    assert (queries(shelf), queries(check)) == few


def test_meeting_region_and_proposal_lead_to_the_record(reader, meeting, papers):
    code = papers["record"].code
    proposal = meeting.decisions.get(number=1).proposal
    assert f"/periksa/{code}/" in reader("stranger").get(f"/rapat/{meeting.pk}/").content.decode()
    assert f"/periksa/{code}/" in reader("stranger").get(f"/wilayah/{cast.VILLAGE}/").content.decode()
    road = reader("stranger").get(f"/usulan/{proposal.number}/").content.decode()
    assert f"/periksa/{code}/#butir-1" in road
    assert "Butir 1 berita acara" in road
    assert re.search(r'id="butir-1"', reader("stranger").get(f"/periksa/{code}/").content.decode())
    assert "/periksa/" in reader("stranger").get("/panduan/").content.decode()


def test_planners_word_the_clauses_and_a_refused_wording_stays(reader, meeting):
    address = f"/kerja/klausul/{meeting.cycle_id}/village_plan/"
    assert reader("village_head").get(address).status_code == 403
    client = reader("planner")
    assert "belum diverifikasi" in client.get(address).content.decode()
    refused = client.post(address, {"place": "dasar", "text": "Sesuai Perbup.", "verified": "on"})
    assert refused.status_code == 400
    assert "Sesuai Perbup." in refused.content.decode()
    assert client.post(address, {"place": "dasar", "text": "Sesuai Perbup.", "legal_basis": "Perbup 1/2027", "verified": "on"}).status_code == 303
    assert client.get("/kerja/klausul/999999/village_plan/").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "village_head"])
def test_the_pages_are_well_formed(reader, meeting, papers, who):
    for path in (f"/rapat/{meeting.pk}/dokumen/", f"/periksa/{papers['record'].code}/", "/periksa/"):
        assert read(reader(who).get(path).content.decode())


def test_the_form_of_a_paper_is_told_in_words(reader, papers):
    page = reader("stranger").get(f"/periksa/{papers['attendance'].code}/").content.decode()
    assert "Daftar hadir, Musrenbang desa, edisi 1" in page
    assert "attendance/village_plan" not in page
