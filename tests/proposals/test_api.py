"""One proposal over HTTP: the contract's names, its statuses, and no 500 for anything that can be sent."""

import hashlib
import json
import uuid

import pytest
from rest_framework.test import APIClient

from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.proposals import pictures, told

pytestmark = pytest.mark.urls("tests.proposals.told")

CONTRACT = {
    "id", "number", "title", "problem", "objective", "plan_year", "village", "sector", "dictionary_entry", "volume", "unit", "unit_price", "amount",
    "locus", "location", "location_source", "location_accuracy_m", "stage", "outcome", "rank", "supports", "comments", "version", "author_name",
    "created_at", "changed_at", "recommendations",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _place(people, settings, tmp_path):
    make.cycle()
    settings.MEDIA_ROOT = tmp_path


def _as(person=None):
    client = APIClient()
    if person is not None:
        client.force_authenticate(person)
    return client


def _address(proposal, below=""):
    return f"/api/v1/proposals/{getattr(proposal, 'pk', proposal)}/{below}"


def test_a_draft_is_put_twice_sent_and_decided(people):
    address = _address(uuid.uuid4())
    facilitator = _as(people.facilitator)
    first, second = facilitator.put(address, told.entry()), facilitator.put(address, told.entry())
    assert (first.status_code, second.status_code, second.json()["version"]) == (201, 200, 1)
    assert first.json().keys() >= CONTRACT
    assert first.json()["location"] == {"type": "Point", "coordinates": [109.41, -0.09]}
    assert first.json()["amount"] == 400_000_000
    sent = facilitator.post(address + "moves/", {"move": "submit", "version": 1})
    assert (sent.status_code, sent.json()["number"], sent.json()["stage"]) == (200, "6112-2028-0001", "village")
    head = _as(people.village_head)
    decided = head.post(address + "moves/", {"move": "forward_adjusted", "version": 2, "volume": 300, "reason": told.REASON})
    assert (decided.json()["stage"], decided.json()["volume"], decided.json()["amount"]) == ("subdistrict", 300, 240_000_000)
    history = _as().get(address + "moves/").json()
    assert [(step["move"], step["volume"], step["amount"]) for step in history] == [
        ("submit", 500, 400_000_000),
        ("forward_adjusted", 300, 240_000_000),
    ]
    stale = head.post(address + "moves/", {"move": "forward", "version": 2})
    assert (stale.status_code, stale.json()["code"]) == (409, "version")


def test_refusals_have_one_shape_and_the_right_status(people):
    proposal = make.proposal()
    submit = {"move": "forward", "version": 1}
    for client, body, status in (
        (_as(), submit, 401),
        (_as(people.neighbour), submit, 403),
        (_as(people.village_head), {**submit, "move": "confirm"}, 409),
        (_as(people.village_head), {**submit, "move": "fund"}, 403),
        (_as(people.village_head), {**submit, "move": "approve"}, 400),
        (_as(people.village_head), {"move": "forward"}, 400),
        (_as(people.village_head), {"move": "reject", "version": 1}, 400),
    ):
        answer = client.post(_address(proposal, "moves/"), body)
        assert (answer.status_code, set(answer.json()) - {"fields"}) == (status, {"code", "message"}), body
    assert _as().get(_address(uuid.uuid4())).status_code == 404


def test_another_authors_uuid_is_a_conflict(people):
    draft = make.proposal(stage=Stage.DRAFT, author=people.facilitator)
    assert _as(people.village_head).put(_address(draft), told.entry()).status_code == 409


def test_a_draft_is_not_found_by_others(people):
    draft = make.proposal(stage=Stage.DRAFT, author=people.resident)
    for below in ("", "moves/", "attachments/"):
        assert _as().get(_address(draft, below)).status_code == 404
        assert _as(people.neighbour).get(_address(draft, below)).status_code == 404
        assert _as(people.resident).get(_address(draft, below)).status_code == 200


def test_what_was_returned_is_corrected_by_patch(people):
    proposal = make.proposal(stage=Stage.SUBDISTRICT, outcome=Outcome.RETURNED)
    facilitator = _as(people.facilitator)
    answer = facilitator.patch(_address(proposal), {"version": 1, "problem": "Jembatan putus."})
    assert (answer.status_code, answer.json()["problem"], answer.json()["version"]) == (200, "Jembatan putus.", 2)
    assert facilitator.patch(_address(proposal), {"version": 1, "problem": "Jalan."}).status_code == 409
    assert facilitator.patch(_address(proposal), {"problem": "Jalan."}).status_code == 400


NO_OBJECTS = [
    "",
    "no json",
    "[]",
    "3",
    '"text"',
    "null",
    "{",
    "[" * 100_000,
    '{"a":' * 50_000,
    "\xff\xfe",
    '{"title": "\\ud800"}',
    '{"title": NaN}',
    "{}",
]


@pytest.mark.parametrize("body", NO_OBJECTS, ids=range(len(NO_OBJECTS)))
@pytest.mark.parametrize("verb", ["put", "patch", "post"])
def test_a_body_that_is_no_object_is_a_clear_400(people, verb, body):
    proposal = make.proposal(stage=Stage.DRAFT)
    address = _address(proposal, "moves/" if verb == "post" else "")
    answer = getattr(_as(people.facilitator), verb)(address, body.encode("latin-1"), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert Proposal.objects.get(pk=proposal.pk).version == 1


def test_another_content_type_is_a_415(people):
    answer = _as(people.facilitator).put(_address(uuid.uuid4()), b"<x/>", content_type="application/xml")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


VALUES = [None, "", "x", "\x00", "\ud800", "<b>", "\u202e", -1, 0, 1.5, 10**40, True, [], {}, [1], {"type": "Point"}, {"a": {"b": []}}]
MOVE_FIELDS = ["move", "version", "reason_code", "reason", "volume", "amount", "responsible", "agency", "target"]


def _is_an_answer(answer):
    assert answer.status_code in (200, 201, 400, 403, 404, 409), answer.content
    if answer.status_code >= 400:
        assert answer.json()["message"]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_no_value_in_any_field_is_a_500(people, value):
    head = _as(people.village_head)
    for name in told.entry():
        _is_an_answer(head.put(_address(uuid.uuid4()), data=json.dumps({**told.entry(), name: value}), content_type="application/json"))
    for name in MOVE_FIELDS:
        for move in ("forward", "reject", "merge", "forward_adjusted"):
            body = {"move": move, "version": 1, "reason": told.REASON, "reason_code": "LOW_URGENCY", name: value}
            _is_an_answer(head.post(_address(make.proposal(), "moves/"), data=json.dumps(body), content_type="application/json"))


def _put_photo(client, draft, content, sha256="", **options):
    name = sha256 or hashlib.sha256(content).hexdigest()
    return client.put(_address(draft, f"attachments/{name}/{options.pop('query', '')}"), content, **{"content_type": "image/jpeg", **options})


def test_a_photo_is_put_listed_and_removed_as_often_as_one_likes(people):
    draft, facilitator, content = make.proposal(stage=Stage.DRAFT), _as(people.facilitator), pictures.jpeg()
    first, again = (_put_photo(facilitator, draft, content, query="?kind=photo&caption=Ruas") for _ in range(2))
    assert (first.status_code, again.status_code, first.json()["caption"]) == (201, 200, "Ruas")
    listed = facilitator.get(_address(draft, "attachments/")).json()
    assert [photo["sha256"] for photo in listed] == [hashlib.sha256(content).hexdigest()]
    assert "/berkas/proposals/" in listed[0]["url"]
    for _ in range(2):
        assert facilitator.delete(_address(draft, f"attachments/{listed[0]['sha256']}/")).status_code == 204
    assert facilitator.get(_address(draft, "attachments/")).json() == []


@pytest.mark.parametrize("name", ["%00", "x", "%ED%A0%80", "..", "%F0%9F%93%B7"])
def test_a_name_that_is_no_hash_is_no_500(people, name):
    draft, facilitator = make.proposal(stage=Stage.DRAFT), _as(people.facilitator)
    assert facilitator.delete(_address(draft, f"attachments/{name}/")).status_code == 204
    assert facilitator.put(_address(draft, f"attachments/{name}/"), pictures.jpeg(), content_type="image/jpeg").status_code == 400


def test_what_is_no_photo_is_refused_by_size_type_and_hash(people):
    draft, facilitator = make.proposal(stage=Stage.DRAFT), _as(people.facilitator)
    assert _put_photo(facilitator, draft, b"<script>alert(1)</script>").status_code == 415
    assert _put_photo(facilitator, draft, b"").status_code == 415
    assert _put_photo(facilitator, draft, bytes(50 * 1024 * 1024)).status_code == 413
    assert _put_photo(facilitator, draft, pictures.jpeg(), sha256="0" * 64).status_code == 400
    assert _put_photo(facilitator, draft, pictures.jpeg(), sha256="x").status_code == 400
    assert _put_photo(facilitator, draft, pictures.jpeg(), query="?kind=video").status_code == 400
    assert _put_photo(_as(), draft, pictures.jpeg()).status_code == 401
    assert not draft.attachments.exists()


def test_a_photo_of_three_megabytes_is_no_problem(people):
    """Django refuses bodies above 2 MB where it reads them itself; photos are read by our own parser."""
    content = pictures.noise(1800, 1300)
    assert len(content) > 2 * 1024 * 1024
    draft = make.proposal(stage=Stage.DRAFT)
    assert _put_photo(_as(people.facilitator), draft, content).status_code == 201


def test_a_photo_under_a_forms_content_type_is_still_a_photo(people, client):
    draft = make.proposal(stage=Stage.DRAFT)
    client.force_login(people.facilitator)
    content = pictures.jpeg()
    address = _address(draft, f"attachments/{hashlib.sha256(content).hexdigest()}/")
    assert client.put(address, content, content_type="application/x-www-form-urlencoded").status_code == 201


def test_reading_one_proposal_takes_the_same_queries_however_long_its_road(people, django_assert_num_queries):
    for steps in (1, 4):
        proposal = told.sent(people)
        for _ in range(steps):
            told.move(proposal, "return", people.village_head, reason=told.REASON)
            told.move(proposal, "submit", people.facilitator)
        with django_assert_num_queries(4):  # the proposal, its steps, their people, its photos
            assert len(_as().get(_address(proposal)).json()["recommendations"]) == 1 + 2 * steps


def test_the_vocabulary_speaks_the_language_of_the_request(people):
    answer = _as().get("/api/v1/vocabulary/", headers={"accept-language": "en"}).json()
    assert {"code": "village", "name": "Village", "decided_by": ["village_head"]} in answer["stages"]
    assert {move["code"] for move in answer["moves"]} >= {"submit", "forward", "reject", "dispute"}
    assert len(answer["reason_codes"]) == 15


def test_the_agencies_of_a_region_are_those_of_its_kabupaten(people):
    for region in (cast.HOME, cast.VILLAGE, "61", ""):
        assert [agency["code"] for agency in _as().get(f"/api/v1/agencies/?region={region}").json()["results"]] == ["1.03", "3.27"]
    assert _as().get(f"/api/v1/agencies/?region={cast.ELSEWHERE}").json()["results"] == []
    assert _as().get("/api/v1/agencies/?region=x").status_code == 400
    first = _as().get("/api/v1/agencies/?page_size=1").json()
    assert [agency["code"] for agency in _as().get(first["next"]).json()["results"]] == ["3.27"]


def test_writing_too_often_is_a_429_and_reading_goes_on(people, monkeypatch):
    from proposals.api.throttles import WriteThrottle

    monkeypatch.setattr(WriteThrottle, "THROTTLE_RATES", {"write": "2/min"})
    facilitator, address = _as(people.facilitator), _address(uuid.uuid4())
    answers = [facilitator.put(address, told.entry()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 429]
    assert answers[2]["Retry-After"]
    assert facilitator.get(address).status_code == 200
