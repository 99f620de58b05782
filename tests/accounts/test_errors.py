"""Whatever is sent, the API answers in one shape, with a sentence, and never with a 500."""

import json

import pytest
from knox.models import get_token_model

from tests.accounts import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.urls(addresses.__name__)]


def told(response, status: int, code: str) -> str:
    """The sentence of an error in the one shape; the HTTP status and the code are as expected."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    body = response.json()
    assert set(body) <= {"code", "message", "fields"}
    assert body["code"] == code
    return body["message"]


@pytest.mark.parametrize("body", ["{", "", "[" * 100_000, b"\xff\xfe{}", '{"body": NaN}'], ids=["cut off", "empty", "deep", "no utf-8", "nan"])
def test_a_body_that_is_no_json_is_told_so(client, body):
    response = client.generic("POST", "/api/v1/note/", body, content_type="application/json")
    if body == "":
        told(response, 400, "invalid")
        return
    assert told(response, 400, "parse_error") == "Isi kiriman bukan JSON yang dapat dibaca."


@pytest.mark.parametrize("value", [[], "text", 5, None])
def test_a_body_that_is_json_but_no_object_is_told_so(client, value):
    assert told(client.post("/api/v1/note/", json.dumps(value), content_type="application/json"), 400, "invalid")


def test_a_body_beyond_the_limit_is_413_and_is_not_read_to_its_end(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    told(client.post("/api/v1/note/", json.dumps({"body": "x" * 1000}), content_type="application/json"), 413, "too_large")


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "x" * 21, ""], ids=["nul", "surrogate", "long", "empty"])
def test_a_bad_text_is_named_by_its_field(client, text):
    response = client.post("/api/v1/note/", json.dumps({"body": text}), content_type="application/json")
    told(response, 400, "invalid")
    assert list(response.json()["fields"]) == ["body"]


def test_unknown_addresses_verbs_types_and_answers_have_the_shape_too(client):
    told(client.get("/api/v1/nowhere/"), 404, "not_found")
    told(client.post("/api/v1/nowhere/at/all"), 404, "not_found")
    response = client.delete("/api/v1/note/")
    told(response, 405, "method_not_allowed")
    assert "POST" in response["Allow"]
    told(client.get("/api/v1/rare/", headers={"accept": "image/png"}), 406, "not_acceptable")
    told(client.post("/api/v1/note/", b"<a/>", content_type="application/xml"), 415, "unsupported_media_type")


def test_too_often_says_when_again(client):
    assert client.get("/api/v1/rare/").status_code == 200
    response = client.get("/api/v1/rare/")
    assert "3600 detik" in told(response, 429, "throttled")
    assert response["Retry-After"] == "3600"


def test_a_visitor_who_writes_is_asked_who_he_is(client):
    response = client.post("/api/v1/write/", {}, content_type="application/json")
    assert told(response, 401, "not_authenticated") == "Masuk dulu."
    assert response["WWW-Authenticate"] == "Bearer"
    assert client.get("/api/v1/me/").status_code == 401


def test_a_visitor_who_is_refused_may_be_somebody_once_signed_in(client, people):
    told(client.get("/api/v1/refused/denied/"), 401, "not_authenticated")
    client.force_login(people.resident)
    told(client.get("/api/v1/refused/denied/"), 403, "denied")
    told(client.get("/api/v1/refused/conflict/"), 409, "conflict")


@pytest.mark.parametrize("token", ["", "two words", "x", "é" * 10, "\x01", "0" * 128])
def test_a_wrong_token_is_401_whatever_it_is_made_of(client, token):
    response = client.post("/api/v1/write/", {}, content_type="application/json", headers={"authorization": f"Bearer {token}"})
    told(response, 401, "authentication_failed")
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_token_needs_no_csrf_and_a_session_does(people):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    _row, token = get_token_model().objects.create(people.resident)
    response = client.post("/api/v1/write/", {}, content_type="application/json", headers={"authorization": f"Bearer {token}"})
    assert response.json() == {"user": "resident"}
    client.force_login(people.resident)
    told(client.post("/api/v1/write/", {}, content_type="application/json"), 403, "csrf_failed")


def test_the_token_of_somebody_who_may_no_longer_sign_in_opens_nothing(client, people):
    _row, token = get_token_model().objects.create(people.resident)
    type(people.resident).objects.filter(pk=people.resident.pk).update(is_active=False)
    told(client.get("/api/v1/me/", headers={"authorization": f"Bearer {token}"}), 401, "authentication_failed")


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("number", 400, "invalid"),
        ("nul", 400, "invalid"),
        ("surrogate", 400, "invalid"),
        ("uuid", 400, "invalid"),
        ("deadlock", 503, "busy"),
        ("away", 503, "unavailable"),
    ],
)
def test_what_storage_refuses_is_no_fault_of_the_server(client, db, kind, status, code):
    from django.db import transaction

    with transaction.atomic():
        told(client.get(f"/api/v1/storage/{kind}/"), status, code)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_exists_already_is_a_conflict(client):
    told(client.get("/api/v1/storage/twice/"), 409, "conflict")


def test_a_browser_with_english_settings_hears_the_language_of_the_page(client):
    response = client.get("/api/v1/nowhere/", headers={"accept-language": "en", "sec-fetch-mode": "cors"})
    assert told(response, 404, "not_found") == "Yang Anda cari tidak ada."


def test_english_is_there_for_a_program_that_asks_for_it(client):
    response = client.get("/api/v1/nowhere/", headers={"accept-language": "en"})
    assert told(response, 404, "not_found") == "This does not exist."


def test_me_says_offices_and_residence_in_constant_queries(client, people, django_assert_num_queries):
    client.force_login(people.facilitator)
    with django_assert_num_queries(4):
        body = client.get("/api/v1/me/").json()
    assert [(office["role"], office["region"]) for office in body["offices"]] == [("facilitator", "61.12.01.2001")]
    client.force_login(people.newcomer)
    assert client.get("/api/v1/me/").json()["residency"]["status"] == "pending"
