"""Photos: only pictures, without what the camera wrote into them, and never a file without its row."""

import hashlib
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from proposals import services
from proposals.models import Attachment
from proposals.services.camera import photo_position
from proposals.stages import Stage
from tests import make
from tests.proposals import pictures


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def draft(people):
    return make.proposal(stage=Stage.DRAFT)


def _files(media):
    return [path for path in media.rglob("*") if path.is_file()]


def _attach(draft, people, content, **said):
    return services.attach(proposal_id=draft.pk, actor=people.facilitator, content=content, **said)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_written_anew_small_and_with_its_thumbnail(people, draft, media, form):
    attachment, created = _attach(draft, people, pictures.encoded(form, 2000, 1000), caption="Ruas\u202e yang putus")
    assert (created, attachment.width, attachment.height, attachment.content_type, attachment.caption) == (
        True,
        1280,
        640,
        "image/jpeg",
        "Ruas yang putus",
    )
    with Image.open(attachment.thumbnail.path) as thumbnail:
        assert thumbnail.size == (160, 80)
    assert attachment.thumbnail.size <= 8192
    assert len(_files(media)) == 2
    assert AuditEntry.objects.get().changes == {"sha256": attachment.sha256}


ODD_PICTURES = {
    "a phone's two pictures in one": ("MPO", "RGB", {"save_all": True, "append_images": [pictures.picture()]}),
    "a printer's colours": ("JPEG", "CMYK", {}),
    "shades of grey": ("JPEG", "L", {}),
    "a palette with a hole": ("PNG", "P", {"transparency": 0}),
    "sixteen bits": ("PNG", "I;16", {}),
    "one bit": ("PNG", "1", {}),
    "a film": ("WEBP", "RGB", {"save_all": True, "append_images": [pictures.picture(colour="red")]}),
}


@pytest.mark.parametrize("name", ODD_PICTURES)
def test_odd_but_honest_pictures_are_photos_too(people, draft, name):
    form, mode, options = ODD_PICTURES[name]
    picture = Image.new("I;16", (320, 200)) if mode == "I;16" else pictures.picture().convert(mode)
    out = BytesIO()
    picture.save(out, form, **options)
    attachment, created = _attach(draft, people, out.getvalue())
    assert (created, attachment.width, attachment.height) == (True, 320, 200)


def test_nothing_of_the_cameras_notes_is_kept_and_the_photo_stands_upright(people, draft):
    content = pictures.jpeg(320, 200, exif=True)
    assert b"Secret Camera" in content
    attachment, _created = _attach(draft, people, content)
    kept = attachment.file.read() + attachment.thumbnail.read()
    assert b"Secret Camera" not in kept
    assert b"secret comment" not in kept
    assert b"Exif" not in kept
    assert (attachment.width, attachment.height) == (200, 320)


def test_the_position_is_read_before_it_is_thrown_away():
    assert photo_position(pictures.jpeg(exif=True)) == (109.41, -0.09)
    assert photo_position(pictures.jpeg()) is None
    assert photo_position(b"no photo") is None


def test_noise_still_fits_a_thumbnail_into_eight_kilobytes(people, draft):
    attachment, _created = _attach(draft, people, pictures.noise(500, 400))
    assert attachment.thumbnail.size <= 8192


def test_the_same_bytes_again_are_the_same_attachment(people, draft, media):
    first, _ = _attach(draft, people, pictures.jpeg())
    second, created = _attach(draft, people, pictures.jpeg())
    assert (second.pk, created, len(_files(media)), AuditEntry.objects.count()) == (first.pk, False, 2, 1)


SCRIPT = b"<script>fetch('/akun/')</script>"
NO_PHOTOS = {
    "nothing": b"",
    "a script": SCRIPT,
    "a page": b"<!doctype html><html>" + SCRIPT,
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a GIF": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "a PDF": b"%PDF-1.7\n" + SCRIPT,
    "a cut JPEG": pictures.noise(64, 64)[:300],
    "a JPEG's first bytes and a script": pictures.jpeg()[:20] + SCRIPT,
    "a cut PNG": pictures.encoded("PNG")[:60],
}


@pytest.mark.parametrize("name", NO_PHOTOS)
def test_what_is_no_photo_is_refused_whatever_it_is_called(people, draft, media, name):
    with pytest.raises(Refusal) as refusal:
        _attach(draft, people, NO_PHOTOS[name])
    assert refusal.value.status == 415
    assert not _files(media)
    assert not Attachment.objects.exists()


def test_a_script_behind_a_photo_does_not_come_out_again(people, draft):
    attachment, _created = _attach(draft, people, pictures.jpeg() + SCRIPT)
    assert b"script" not in attachment.file.read()


def _bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [8_000, 9_600, 50_000])
def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(people, draft, side):
    with pytest.raises(Refusal) as refusal:
        _attach(draft, people, _bomb(side))
    assert refusal.value.status == 413


def test_fifty_megabytes_are_refused_before_anybody_looks_inside(people, draft):
    with pytest.raises(Refusal) as refusal:
        _attach(draft, people, b"\xff\xd8\xff" + bytes(50 * 1024 * 1024))
    assert refusal.value.status == 413


def test_a_file_that_arrived_broken_is_sent_again(people, draft):
    content = pictures.jpeg()
    with pytest.raises(Invalid) as refusal:
        _attach(draft, people, content, sha256="0" * 64)
    assert set(refusal.value.fields) == {"sha256"}
    assert _attach(draft, people, content, sha256=hashlib.sha256(content).hexdigest().upper())[1]


def test_a_sixth_photo_waits_until_one_is_removed(people, draft, django_capture_on_commit_callbacks, media):
    for place in range(5):
        _attach(draft, people, pictures.jpeg(300 + place))
    with pytest.raises(Conflict):
        _attach(draft, people, pictures.jpeg(400))
    with django_capture_on_commit_callbacks(execute=True):
        first = draft.attachments.first().sha256
        assert services.detach(proposal_id=draft.pk, actor=people.facilitator, sha256=first)
    assert not services.detach(proposal_id=draft.pk, actor=people.facilitator, sha256=first)
    assert len(_files(media)) == 8
    assert _attach(draft, people, pictures.jpeg(400))[1]


def test_only_writers_add_and_only_while_it_may_be_edited(people, draft):
    for person, status in ((people.stranger, 401), (people.neighbour, 404)):
        with pytest.raises(Refusal) as refusal:
            services.attach(proposal_id=draft.pk, actor=person, content=pictures.jpeg())
        assert refusal.value.status == status
    with pytest.raises(Conflict):
        _attach(make.proposal(), people, pictures.jpeg())
    with pytest.raises(Conflict):
        services.detach(proposal_id=make.proposal().pk, actor=people.facilitator, sha256="0" * 64)


def test_a_photo_does_not_outdate_the_version_that_a_phone_holds(people, draft):
    _attach(draft, people, pictures.jpeg())
    draft.refresh_from_db()
    assert draft.version == 1


def test_a_failure_after_the_files_were_written_leaves_no_file(people, draft, media, monkeypatch):
    def broken(**_entry):
        raise RuntimeError("the journal is full")

    monkeypatch.setattr("accounts.audit.record", broken)
    with pytest.raises(RuntimeError):
        _attach(draft, people, pictures.jpeg())
    assert not _files(media)
    assert not Attachment.objects.exists()


def _get(client, path):
    return client.get(f"/berkas/{path}")


@pytest.mark.urls("tests.proposals.told")
def test_a_photo_is_served_so_that_no_browser_runs_it(people, draft, client):
    attachment, _created = _attach(draft, people, pictures.jpeg())
    type(draft).objects.filter(pk=draft.pk).update(stage=Stage.VILLAGE, number="6112-2028-0001")
    for file in (attachment.file, attachment.thumbnail):
        answer = _get(client, file.name)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Content-Disposition"].startswith("inline; filename=")
        assert answer["Cache-Control"] == "public, max-age=86400", "a photo that was taken away is gone from caches within a day"
        with Image.open(BytesIO(b"".join(answer.streaming_content))) as picture:
            assert picture.format == "JPEG"


@pytest.mark.urls("tests.proposals.told")
def test_the_photos_of_a_draft_are_its_writers_only(people, draft, client):
    attachment, _created = _attach(draft, people, pictures.jpeg())
    assert _get(client, attachment.file.name).status_code == 404
    client.force_login(people.neighbour)
    assert _get(client, attachment.file.name).status_code == 404
    client.force_login(people.facilitator)
    answer = _get(client, attachment.file.name)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")


@pytest.mark.urls("tests.proposals.told")
@pytest.mark.parametrize(
    "path", ["secret-key", "../secret-key", "proposals/2026/11/x.jpg", f"proposals/2026/11/{'0' * 32}-a.jpg", "proposals/2026/11/..%2f..%2fkey"]
)
def test_nothing_but_photos_is_served(people, media, client, path):
    (media / "secret-key").write_text("secret")
    assert _get(client, path).status_code == 404
