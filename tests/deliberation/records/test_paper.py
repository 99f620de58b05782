"""Pages set by the real library: good enough to sign, the same octets every time, and nothing is read for them."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from deliberation.models import Document
from deliberation.records import paper, services, setting
from tests import cast, make
from tests.deliberation.records import stage

pytestmark = pytest.mark.django_db

HOSTILE = '<img src="file:///etc/passwd"><script>alert(1)</script>{{ 7|add:7 }}{% now "Y" %}'


def text_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.fixture
def issued(people: cast.Cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    meeting = stage.closed_meeting(people)
    stage.attend(meeting, people.village_head, 40)
    for number in range(8):
        stage.decide(meeting, make.proposal(title=f"Rabat beton jalan RT {number}" if number else HOSTILE), people.village_head)
    return {one.kind: one for one in services.issue(meeting_id=meeting.pk, actor=people.village_head, kinds=["attendance", "record"])}


def test_a_paper_is_set_once_with_numbered_pages_its_code_and_its_names(issued):
    attendance = issued["attendance"]
    pages = setting.set_pages_of(attendance.pk)

    kept = Document.objects.get(pk=attendance.pk)
    with kept.pdf.open("rb") as file:
        content = file.read()
    told = text_of(content)
    assert pages == kept.pages == len(told) > 2
    for number, page in enumerate(told, start=1):
        assert f"Halaman {number} dari {len(told)}" in page
        assert kept.printed_code in page
    assert all("Tanda tangan" in page for page in told[:-1]), "a long table repeats its head"
    assert "Peserta Rahasia 40" in " ".join("".join(told).split())
    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/MarkInfo"]["/Marked"], "tagged, for screen readers"


def test_the_same_snapshot_gives_the_same_octets_because_a_lost_file_must_come_back_as_it_was(issued):
    html = paper.html_of(issued["record"])

    assert paper.pdf_of(html) == paper.pdf_of(html)
    setting.set_pages_of(issued["record"].pk)
    first = Document.objects.get(pk=issued["record"].pk)
    first.pdf.storage.delete(first.pdf.name)
    setting.set_pages_of(issued["record"].pk)
    with Document.objects.get(pk=first.pk).pdf.open("rb") as file:
        assert hashlib.sha256(file.read()).hexdigest() == first.pdf_sha256


def test_hostile_words_in_a_title_are_printed_as_words(issued):
    html = paper.html_of(issued["record"])
    content, _pages = paper.pdf_of(html)
    told = "".join(text_of(content))

    assert "<script>" not in html
    assert "file:///etc/passwd" in told.replace("\n", "")
    assert "root:" not in told
    assert b"/JavaScript" not in content


def test_whoever_sets_the_pages_opens_nothing_even_where_a_tag_got_through(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">RAHASIA</text></svg>')
    tags = [f'<img src="file://{secret}" alt="x">', f'<link rel="stylesheet" href="file://{secret}">', f'<object data="file://{secret}"></object>']
    tags += ['<img src="http://127.0.0.1:1/x.png" alt="x">', f'<style>@import "file://{secret}"; p {{ background: url(file://{secret}) }}</style>']
    tags += ['<a rel="attachment" href="file:///etc/passwd">x</a>', '<img src="asset:///../../../../etc/passwd" alt="x">']

    content, _pages = paper.pdf_of(f'<html lang="id"><title>t</title><body>{"".join(tags)}<p>Isi</p></body></html>')

    assert "Isi" in "".join(text_of(content))
    assert b"RAHASIA" not in content
    assert "RAHASIA" not in "".join(text_of(content))
    assert b"EmbeddedFile" not in content


def test_a_paper_that_cannot_be_set_says_so_and_can_be_asked_for_again(issued, people, monkeypatch):
    def fails(_html: str) -> tuple[bytes, int]:
        raise paper.NotSetError

    monkeypatch.setattr(paper, "pdf_of", fails)
    assert setting.set_pages_of(issued["record"].pk) == 0
    assert Document.objects.get(pk=issued["record"].pk).failure == "not_set"
    monkeypatch.undo()

    assert services.ask_again(meeting_id=issued["record"].meeting_id, actor=people.village_head) == 2
    assert setting.set_pages_of(issued["record"].pk) > 0
    assert Document.objects.get(pk=issued["record"].pk).failure == ""


@pytest.mark.parametrize("kind", ["hamlet", "village", "village_plan", "subdistrict", "agency_forum", "district"])
def test_every_kind_of_meeting_has_its_form(people, kind):
    from deliberation.records import forms, snapshots

    meeting = make.a_meeting(kind=kind, state="closed", opened_at=stage.DAY, closed_at=stage.CLOSED)
    for paper_kind in forms.PAPERS[kind]:
        html = paper.html_of_draft(snapshots.current(meeting, paper_kind))
        assert "DRAF" in html
        assert "None" not in html
    record = paper.html_of_draft(snapshots.current(meeting, "record"))
    assert ("KESATU" in record) == (kind in ("subdistrict", "agency_forum", "district"))
    assert ("KEENAM" in record) == (kind == "subdistrict")
    assert "Pada hari ini Kamis tanggal sebelas bulan Februari tahun dua ribu dua puluh tujuh" in record
