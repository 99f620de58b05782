"""Through the whole application and a real server: tokens, sessions, and bodies as large as anybody sends."""

import hashlib
import http.client
import json
import uuid
from urllib.parse import urlsplit

import pytest
from knox.models import AuthToken

from proposals.stages import Stage
from tests import cast, make
from tests.proposals import pictures, told


@pytest.fixture
def facilitator(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people = cast.build()
    make.cycle()
    return people.facilitator


def _ask(site, verb, path, body=b"", *, user=None, content_type="application/json"):
    server = urlsplit(site.url)
    connection = http.client.HTTPConnection(server.hostname, server.port, timeout=30)
    headers = {"Content-Type": content_type}
    if user is not None:
        headers["Authorization"] = f"Bearer {AuthToken.objects.create(user=user)[1]}"
    try:
        connection.request(verb, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_program_with_a_token_puts_a_draft_and_a_photo(site, facilitator):
    address, photo = f"/api/v1/proposals/{uuid.uuid4()}/", pictures.noise(1800, 1300)
    status, body = _ask(site, "PUT", address, json.dumps(told.entry()).encode(), user=facilitator)
    assert (status, json.loads(body)["stage"]) == (201, "draft")
    status, body = _ask(site, "PUT", f"{address}attachments/{hashlib.sha256(photo).hexdigest()}/", photo, user=facilitator, content_type="image/jpeg")
    assert status == 201, body
    file = urlsplit(json.loads(body)["url"]).path
    assert _ask(site, "GET", file)[0] == 404
    status, _served = _ask(site, "GET", file, user=facilitator)
    assert status == 200, "what a program may read in the API, it may open as a file"
    assert _ask(site, "GET", address)[0] == 404


def test_fifty_megabytes_are_answered_with_a_413(site, facilitator):
    draft = make.proposal(stage=Stage.DRAFT, author=facilitator)
    content = b"\xff\xd8\xff" + bytes(50 * 1024 * 1024)
    address = f"/api/v1/proposals/{draft.pk}/attachments/{hashlib.sha256(content).hexdigest()}/"
    status, body = _ask(site, "PUT", address, content, user=facilitator, content_type="image/jpeg")
    assert (status, json.loads(body)["code"]) == (413, "too_large")


@pytest.mark.parametrize("body", [b"no json", b"[]", b"\xff\xfe\x00", b"[" * 200_000])
def test_a_body_that_is_no_json_is_a_400(site, facilitator, body):
    status, answer = _ask(site, "PUT", f"/api/v1/proposals/{uuid.uuid4()}/", body, user=facilitator)
    assert status == 400
    assert json.loads(answer)["message"]
