"""What is inside decides, never a name: PDFs in which nothing acts, and pictures written anew."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.utils import translation

from accounts.refusals import Refusal
from proposals import services
from proposals.models import Attachment
from proposals.papers import pdf_scan
from proposals.services import papers, uploads
from proposals.stages import Stage
from tests import make
from tests.proposals import pictures
from tests.proposals.papers import pdfs


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"):
        yield tmp_path


@pytest.fixture
def draft(people):
    return make.proposal(stage=Stage.DRAFT)


def _bring(draft, people, content, kind="cost_plan", **said):
    return services.attach(proposal_id=draft.pk, actor=people.facilitator, content=content, kind=kind, **said)


def test_an_honest_pdf_is_kept_as_it_came_with_its_pages_counted(people, draft):
    content = pdfs.honest(pages=3)
    kept, is_new = _bring(draft, people, content, caption="RAB")
    assert (is_new, kept.content_type, kept.pages, kept.size, bool(kept.thumbnail)) == (True, "application/pdf", 3, len(content), False)
    assert kept.file.read() == content


def test_a_photographed_page_stays_legible(people, draft):
    kept, _is_new = _bring(draft, people, pictures.encoded("PNG", 3000, 2000), kind="land_evidence")
    assert (kept.content_type, kept.width, kept.pages) == ("image/jpeg", 2000, 0)


@pytest.mark.parametrize("name", pdfs.ACTING)
def test_a_pdf_that_acts_is_refused_with_what_is_in_it(people, draft, media, name):
    build, word = pdfs.ACTING[name]
    with pytest.raises(Refusal) as refusal:
        _bring(draft, people, build())
    assert (refusal.value.status, refusal.value.code) == (415, "active_pdf")
    assert word in str(refusal.value.message)
    assert not [path for path in media.rglob("*") if path.is_file()]
    assert not Attachment.objects.exists()


def test_a_locked_pdf_is_refused_because_nobody_can_look_inside(people, draft):
    with pytest.raises(Refusal) as refusal:
        _bring(draft, people, pdfs.encrypted())
    assert (refusal.value.status, refusal.value.code) == (415, "locked_pdf")


NO_PAPERS = {
    "a page": b"<!doctype html><html><script>alert(1)</script>",
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a GIF with a script": b"GIF89a/*\x00\x00\x00\x00\x00*/=1;fetch('/akun/');",
    "an archive": pdfs.archive(),
    "a page with a PDF behind it": b"<html><script>alert(1)</script>" + pdfs.honest(),
    "a cut PDF": pdfs.honest()[:-60],
    "the first bytes of a PDF": b"%PDF-1.7\n%%EOF",
    "a PDF without a page": pdfs.made(pages=0),
    "nothing": b"",
}


@pytest.mark.parametrize("kind", ["cost_plan", "photo_after"])
@pytest.mark.parametrize("name", NO_PAPERS)
def test_what_is_neither_pdf_nor_picture_is_refused_whatever_it_is_called(kind, name):
    with pytest.raises(Refusal) as refusal:
        papers.read(NO_PAPERS[name], kind)
    assert refusal.value.status == 415


def test_a_pdf_is_no_photo():
    with pytest.raises(Refusal) as refusal:
        papers.read(pdfs.honest(), "photo")
    assert refusal.value.code == "not_a_photo"


def test_too_many_pages_or_objects_are_not_counted_to_the_end(monkeypatch):
    monkeypatch.setattr(pdf_scan, "PAGES_MAX", 4)
    assert pdf_scan.scan(pdfs.honest(pages=5))["found"] == ["too_much"]
    monkeypatch.setattr(pdf_scan, "OBJECTS_MAX", 4)
    assert pdf_scan.scan(pdfs.honest(pages=2))["found"] == ["too_much"]


def test_a_pdf_that_swells_is_refused_and_harms_only_the_process_that_looked():
    with pytest.raises(Refusal) as refusal:
        papers.read(pdfs.swelling(), "design")
    assert refusal.value.status in (413, 415)


def test_who_looks_too_long_is_ended(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(papers.pdf_scan, "__file__", str(slow))
    monkeypatch.setattr(papers, "_SECONDS", 1)
    with pytest.raises(Refusal) as refusal:
        papers.read(pdfs.honest(), "design")
    assert (refusal.value.status, refusal.value.code) == (413, "too_much_pdf")


def test_the_process_that_looks_inherits_no_secret(monkeypatch, tmp_path):
    """It reads files of strangers: what it does not know, no broken reader can tell."""
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    spy = tmp_path / "spy.py"
    spy.write_text("import json, os\nprint(json.dumps({'pages': 1, 'found': sorted(os.environ)}))\n")
    monkeypatch.setattr(papers.pdf_scan, "__file__", str(spy))
    _pages, names = papers.look_into(b"")
    assert not {"SECRET_KEY", "DATABASE_URL", "PATH", "HOME"} & set(names)


def test_of_the_cameras_notes_only_place_and_time_are_kept_and_rounded(people, draft):
    kept, _is_new = _bring(draft, people, pictures.jpeg(exif=True, taken="2026:03:02 09:30:00", offset="+07:00"), kind="photo")
    assert kept.taken_location.coords == (109.41, -0.09)
    assert kept.taken_at == datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    assert b"Exif" not in kept.file.read()


def test_a_clock_that_was_never_set_tells_nothing(people, draft):
    kept, _is_new = _bring(draft, people, pictures.jpeg(exif=True, taken="1970:01:01 00:00:00"), kind="photo")
    assert kept.taken_at is None
    future, _is_new = _bring(draft, people, pictures.jpeg(240, exif=True, taken="2090:01:01 00:00:00"), kind="photo")
    assert future.taken_at is None


@pytest.mark.parametrize(("kind", "limit"), [("photo", "PHOTO_MAX_BYTES"), ("cover_letter", "PAPER_MAX_BYTES"), ("design", "DESIGN_MAX_BYTES")])
def test_each_kind_has_its_own_limit(settings, kind, limit):
    setattr(settings, limit, 1024 * 1024)
    assert papers.too_large(1024 * 1024, kind) is None
    assert papers.too_large(1024 * 1024 + 1, kind).status == 413


def test_who_finds_every_checker_busy_is_told_to_come_back_and_holds_no_thread(monkeypatch):
    """Threads are few: slow files of one hand must not make everybody's pages wait."""
    monkeypatch.setattr(papers, "_PATIENCE", 0.05)
    for _ in range(2):
        assert papers._LOOKING.acquire(timeout=5)
    try:
        with pytest.raises(Refusal) as refusal:
            papers.read(pdfs.honest(), "design")
    finally:
        for _ in range(2):
            papers._LOOKING.release()
    assert (refusal.value.status, refusal.value.code) == (503, "busy")
    assert papers.read(pdfs.honest(), "design").pages


def test_a_file_that_nobody_had_time_to_look_at_need_not_be_sent_again(people, draft, monkeypatch):
    content = pdfs.honest()
    sent = {"proposal_id": draft.pk, "actor": people.facilitator, "sha256": hashlib.sha256(content).hexdigest(), "kind": "design"}
    monkeypatch.setattr(papers, "look_into", _busy)
    with pytest.raises(Refusal) as refusal:
        uploads.append(part=uploads.Part(0, len(content), content), **sent)
    assert refusal.value.status == 503
    monkeypatch.undo()
    done = uploads.append(part=uploads.Part(len(content), len(content), b""), **sent)
    assert done.is_new


def _busy(_content):
    raise Refusal("Nanti.", code="busy", status=503)
