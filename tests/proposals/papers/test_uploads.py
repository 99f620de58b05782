"""Files in parts: what came stays, a part sent twice counts once, the hash decides, and nobody fills the disk."""

import hashlib
import os
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import clock
from accounts.refusals import Conflict, Invalid, Refusal
from proposals import services
from proposals.models import Attachment, Upload
from proposals.services import uploads
from proposals.services.part_files import path_of
from proposals.services.uploads import Gap, Part
from proposals.stages import Stage
from tests import make
from tests.proposals import pictures
from tests.proposals.papers import pdfs

PHOTO = pictures.noise(600, 400)
NAME = hashlib.sha256(PHOTO).hexdigest()
HALF = len(PHOTO) // 2


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def draft(people):
    return make.proposal(stage=Stage.DRAFT)


@pytest.fixture
def append(people, draft, django_capture_on_commit_callbacks):
    """Send a part of the photo as the facilitator."""

    def sent(first, end, *, content=PHOTO, name=NAME, size=None, **said):
        part = Part(first, len(content) if size is None else size, content[first:end])
        with django_capture_on_commit_callbacks(execute=True):
            return uploads.append(proposal_id=draft.pk, actor=said.pop("actor", people.facilitator), sha256=name, part=part, **said)

    return sent


def test_two_parts_make_one_photo_and_leave_no_part_behind(draft, append, media):
    assert append(0, HALF).received == HALF
    assert path_of(draft.pk, NAME).stat().st_size == HALF
    done = append(HALF, None)
    assert (done.is_new, done.attachment.sha256, done.attachment.width) == (True, NAME, 600)
    assert not Upload.objects.exists()
    assert not list((media / "uploads").iterdir())
    assert append(HALF, None).attachment == done.attachment, "a repeat of the last part finds the file there"


def test_how_much_is_there_is_told_to_who_may_send(people, draft, append):
    assert uploads.progress(proposal_id=draft.pk, actor=people.facilitator, sha256=NAME) == uploads.Progress()
    append(0, HALF)
    told = uploads.progress(proposal_id=draft.pk, actor=people.village_head, sha256=NAME.upper())
    assert (told.received, told.size, told.attachment) == (HALF, len(PHOTO), None)
    with pytest.raises(Refusal) as refusal:
        uploads.progress(proposal_id=draft.pk, actor=people.neighbour, sha256=NAME)
    assert refusal.value.status == 404


def test_a_part_twice_or_one_that_overlaps_counts_once(append):
    append(0, HALF)
    assert append(0, HALF).received == HALF
    assert append(HALF - 100, HALF + 50).received == HALF + 50
    assert append(0, None).attachment is not None


def test_a_gap_says_where_to_go_on(append):
    append(0, 1000)
    with pytest.raises(Gap) as gap:
        append(HALF, None)
    assert gap.value.received == 1000


def test_what_a_process_that_died_wrote_beyond_its_row_is_written_over(draft, append):
    append(0, HALF)
    with path_of(draft.pk, NAME).open("ab") as file:
        file.write(b"half a part that no row tells of")
    assert append(HALF, None).attachment.sha256 == NAME


def test_a_file_that_is_not_what_its_name_says_is_thrown_away_whole(draft, append):
    append(0, HALF, content=b"x" * len(PHOTO))
    with pytest.raises(Invalid) as refusal:
        append(HALF, None)
    assert set(refusal.value.fields) == {"sha256"}
    assert not Upload.objects.exists()
    assert not path_of(draft.pk, NAME).exists()
    assert append(0, None).attachment is not None


def test_a_pdf_that_acts_is_refused_at_its_end_and_not_kept_for_a_second_look(draft, append):
    content = pdfs.ACTING["a script that runs on opening"][0]()
    name = hashlib.sha256(content).hexdigest()
    append(0, 100, content=content, name=name, kind="design")
    with pytest.raises(Refusal) as refusal:
        append(100, None, content=content, name=name, kind="design")
    assert refusal.value.code == "active_pdf"
    assert not Upload.objects.exists()


@pytest.mark.parametrize(("first", "end", "size"), [(0, 10, 5), (-1, 10, 100), (0, 10, 0)])
def test_a_part_lies_within_its_file(append, first, end, size):
    with pytest.raises(Invalid):
        append(first, end, size=size)


@pytest.mark.parametrize("name", ["", "x" * 64, "0" * 63, "../../etc/passwd", "\0"])
def test_a_file_is_named_by_a_hash(append, name):
    with pytest.raises(Invalid):
        append(0, HALF, name=name)


def test_a_file_too_large_is_refused_at_its_first_part(append, settings):
    with pytest.raises(Refusal) as refusal:
        append(0, 10, size=settings.PHOTO_MAX_BYTES + 1)
    assert refusal.value.status == 413
    assert not Upload.objects.exists()


def test_another_size_for_the_same_hash_is_a_conflict(append):
    append(0, 10, size=1000)
    with pytest.raises(Conflict) as refusal:
        append(10, 20, size=2000)
    assert refusal.value.code == "another_size"


def test_one_person_has_only_so_much_on_its_way(people, append, settings):
    settings.UPLOADS_PER_PERSON = 2
    for place in range(2):
        append(0, 10, name=f"{place:064x}")
    with pytest.raises(Conflict) as refusal:
        append(0, 10, name=f"{9:064x}")
    assert refusal.value.code == "too_many_uploads"
    assert append(0, 10, name=f"{9:064x}", actor=people.village_head).received == 10, "another person has room of her own"
    assert append(10, 20, name=f"{1:064x}").received == 20, "what is on its way goes on"
    settings.UPLOADS_PER_PERSON, settings.UPLOAD_BYTES_PER_PERSON = 9, len(PHOTO) * 3
    append(0, 10, name=f"{7:064x}")
    with pytest.raises(Conflict):
        append(0, 10, name=f"{8:064x}")


def test_only_who_may_add_sends_parts(people, append):
    for person, status in ((people.stranger, 401), (people.neighbour, 404), (people.moderator, 404)):
        with pytest.raises(Refusal) as refusal:
            append(0, HALF, actor=person)
        assert refusal.value.status == status
    assert not Upload.objects.exists()


def _sweep(*words):
    said = StringIO()
    call_command("sweep_files", *words, stdout=said)
    return said.getvalue()


def _age(path, hours):
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def test_the_sweep_names_what_belongs_to_nobody_and_removes_it_only_when_told(people, draft, append, media):
    kept, _is_new = services.attach(proposal_id=draft.pk, actor=people.facilitator, content=pictures.jpeg())
    orphan = media / "proposals" / "2026" / "11" / f"{draft.pk.hex}-0000-k.jpg"
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"left by a process that died")
    young = orphan.with_name("young.jpg")
    young.write_bytes(b"its row is on its way")
    elsewhere = media / "sheets" / "old.xlsx"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"another room's")
    append(0, HALF)
    part = path_of(draft.pk, NAME)
    for path in (orphan, elsewhere, part, *(media / file.name for file in (kept.file, kept.thumbnail))):
        _age(path, 72)
    Upload.objects.update(changed_at=clock.now() - timedelta(hours=72))

    told = _sweep()
    assert "1 files of no proposal, 1 given up uploads" in told
    assert "nothing removed" in told
    assert orphan.exists()
    assert Upload.objects.exists()
    assert "removed" in _sweep("--delete")
    assert [path.exists() for path in (orphan, part, young, elsewhere)] == [False, False, True, True]
    assert not Upload.objects.exists()
    assert kept.file.storage.exists(kept.file.name)
    assert kept.thumbnail.storage.exists(kept.thumbnail.name)


def test_an_upload_that_goes_on_is_not_swept(draft, append):
    append(0, HALF)
    _age(path_of(draft.pk, NAME), 72)
    _sweep("--delete")
    assert append(HALF, None).attachment is not None


@pytest.mark.parametrize("hours", ["0", "-1", "a", "1.5"])
def test_the_sweep_wants_whole_hours(db, hours):
    with pytest.raises(CommandError):
        _sweep(f"--older-than={hours}")


def test_a_file_sent_whole_after_all_forgets_its_parts(people, draft, append, django_capture_on_commit_callbacks):
    append(0, HALF)
    with django_capture_on_commit_callbacks(execute=True):
        services.attach(proposal_id=draft.pk, actor=people.facilitator, content=PHOTO)
    assert not Upload.objects.exists()
    assert not path_of(draft.pk, NAME).exists()
    assert Attachment.objects.count() == 1
