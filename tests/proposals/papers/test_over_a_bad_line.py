"""Over a real server: connections that break, two senders at once, and a file refused before it is read."""

import hashlib
import http.client
import json
import socket
import time
from urllib.parse import urlsplit

import pytest
from knox.models import AuthToken

from accounts import clock
from accounts.refusals import Refusal
from proposals import services
from proposals.models import Attachment, Upload
from proposals.services import uploads
from proposals.services.uploads import Part
from proposals.stages import Stage
from tests import cast, make
from tests.proposals import pictures, told

PHOTO = pictures.noise(900, 700)
NAME = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
def draft(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people = cast.build()
    make.cycle()
    return make.proposal(stage=Stage.DRAFT, author=people.facilitator)


@pytest.fixture
def ask(site, draft):
    """One request on a connection of its own: `(status, headers, body)`."""
    server = urlsplit(site.url)
    token = AuthToken.objects.create(user=draft.author)[1]

    def asked(verb, body=b"", *, name=NAME, query="", **headers):
        connection = http.client.HTTPConnection(server.hostname, server.port, timeout=30)
        try:
            given = {"Authorization": f"Bearer {token}", "Content-Type": "application/octet-stream", **headers}
            connection.request(verb, f"/api/v1/proposals/{draft.pk}/attachments/{name}/{query}", body, given)
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, answer.headers, json.loads(content) if content else None
        finally:
            connection.close()

    asked.token = token
    return asked


def _range(first, end):
    return {"Content-Range": f"bytes {first}-{end - 1}/{len(PHOTO)}"}


def test_an_upload_goes_on_over_another_connection_where_the_first_broke(site, draft, ask):
    """The second part breaks in the middle: nothing of it counts, and the server says where to go on."""
    third = len(PHOTO) // 3
    assert ask("PATCH", PHOTO[:third], **_range(0, third))[0] == 202
    server = urlsplit(site.url)
    line = socket.create_connection((server.hostname, server.port), timeout=60)
    head = (
        f"PATCH /api/v1/proposals/{draft.pk}/attachments/{NAME}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {ask.token}\r\n"
        f"Content-Type: application/octet-stream\r\nContent-Range: bytes {third}-{2 * third - 1}/{len(PHOTO)}\r\nContent-Length: {third}\r\n\r\n"
    )
    line.sendall(head.encode() + PHOTO[third : third + 500])
    time.sleep(0.3)
    line.close()
    time.sleep(0.5)

    status, headers, _body = ask("HEAD")
    assert (status, headers["Upload-Offset"], headers["Upload-Length"]) == (200, str(third), str(len(PHOTO)))
    status, headers, body = ask("PATCH", PHOTO[third:], **_range(third, len(PHOTO)))
    assert (status, body["sha256"], headers["Upload-Offset"]) == (201, NAME, str(len(PHOTO)))
    assert ask("GET")[2]["complete"]
    assert ask("PATCH", b"", **{"Content-Range": f"bytes */{len(PHOTO)}"})[0] == 200


def test_a_gap_is_answered_with_the_place_to_go_on(ask):
    status, headers, body = ask("PATCH", PHOTO[10:20], **_range(10, 20))
    assert (status, headers["Upload-Offset"], body["code"]) == (409, "0", "gap")


def test_a_part_says_where_it_belongs(ask):
    for given in ("", "bytes 0-9", "bytes 5-2/100", "bytes 0-99/100", "items 0-9/100", "bytes 0-9/9999999999999"):
        status, _headers, body = ask("PATCH", b"0123456789", **({"Content-Range": given} if given else {}))
        assert (status, set(body["fields"])) == (400, {"range"}), given


def test_a_photo_too_large_is_refused_before_its_body_is_read(site, draft, ask):
    """The answer comes while nearly all of the fifty megabytes are still with the sender."""
    server = urlsplit(site.url)
    line = socket.create_connection((server.hostname, server.port), timeout=60)
    head = (
        f"PUT /api/v1/proposals/{draft.pk}/attachments/{NAME}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {ask.token}\r\n"
        f"Content-Type: image/jpeg\r\nContent-Length: {50 * 1024 * 1024}\r\n\r\n"
    )
    line.sendall(head.encode() + b"\xff\xd8\xff")
    answer = line.recv(4000)
    while b"}" not in answer:
        answer += line.recv(4000)
    line.close()
    assert b" 413 " in answer.split(b"\r\n")[0]
    assert b'"code": "too_large"' in answer
    assert b"12 MB" in answer


def test_who_listens_only_after_sending_hears_the_same(ask):
    status, _headers, body = ask("PUT", b"\xff\xd8\xff" + bytes(20 * 1024 * 1024))
    assert (status, body["code"]) == (413, "too_large")
    drawing = b"%PDF-1.7" + bytes(20 * 1024 * 1024)
    status, _headers, body = ask("PUT", drawing, name=hashlib.sha256(drawing).hexdigest(), query="?kind=design")
    assert (status, body["code"]) == (415, "broken_pdf"), "a design may be larger than a photo"


@pytest.mark.django_db(transaction=True)
def test_two_senders_of_one_file_at_once_make_one_file(draft, tmp_path):
    third = len(PHOTO) // 3
    for name, content in ((NAME, PHOTO), (hashlib.sha256(PHOTO + b"\0").hexdigest(), PHOTO + b"\0")):

        def send(name=name, content=content):
            """Every answer: whoever lays the last octet makes the file, also with an early part that the others had passed."""
            places = [(0, third), (third, 2 * third), (2 * third, len(content))]
            parts = [Part(first, len(content), content[first:end]) for first, end in places]
            return [uploads.append(proposal_id=draft.pk, actor=draft.author, sha256=name, part=part) for part in parts]

        answers = told.at_once(send, send, send)
        assert all(answer[-1].attachment is not None for answer in answers), answers
        assert sum(told_of.is_new for answer in answers for told_of in answer) == 1
        assert Attachment.objects.filter(sha256=name).count() == 1
    assert not Upload.objects.exists()
    assert len([path for path in (tmp_path / "proposals").rglob("*") if path.is_file()]) == 4


@pytest.mark.django_db(transaction=True)
def test_taking_away_while_adding_leaves_both_or_neither_row_and_file(draft, tmp_path):
    for turn in range(6):
        photo = pictures.jpeg(200 + turn)
        name = hashlib.sha256(photo).hexdigest()
        told.at_once(
            lambda photo=photo: services.attach(proposal_id=draft.pk, actor=draft.author, content=photo),
            lambda name=name: services.detach(proposal_id=draft.pk, actor=draft.author, sha256=name),
        )
        services.detach(proposal_id=draft.pk, actor=draft.author, sha256=name) if turn % 2 else None
    names = {name for row in Attachment.objects.values_list("file", "thumbnail") for name in row}
    assert {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "proposals").rglob("*") if path.is_file()} == names


@pytest.mark.django_db(transaction=True)
def test_a_paper_taken_away_while_somebody_forwards_is_either_counted_or_refused(draft):
    """The move and the removal lock the same row: never a proposal that went on with nothing on the table."""
    from proposals.models import Requirement

    officer = draft.author.__class__.objects.get(username="subdistrict_officer")
    plan = draft.cycle
    Requirement.objects.create(cycle=plan, document="cost_plan", gate_stage="subdistrict", verified_at=clock.now())
    for turn in range(4):
        proposal = make.proposal(of=plan, stage=Stage.SUBDISTRICT)
        paper, _is_new = services.attach(proposal_id=proposal.pk, actor=draft.author, content=pictures.jpeg(300 + turn), kind="cost_plan")
        moved, removed = told.at_once(
            lambda proposal=proposal: told.move(proposal, "forward", officer),
            lambda proposal=proposal, paper=paper: services.detach(proposal_id=proposal.pk, actor=draft.author, sha256=paper.sha256),
        )
        assert isinstance(moved, Refusal) != isinstance(removed, Refusal), (moved, removed)
