"""Support and comments over HTTP, as the contract has them."""

import json
import uuid

import pytest

from deliberation import services
from deliberation.models import Comment
from proposals.stages import Outcome, Stage
from tests import make

pytestmark = pytest.mark.django_db


def address(proposal, what: str) -> str:
    return f"/api/v1/proposals/{proposal.pk}/{what}/"


def post(client, proposal, **body):
    sent = {"id": str(uuid.uuid4()), "body": "Jalan ini perlu.", "stance": "support", **body}
    return client.post(address(proposal, "comments"), json.dumps(sent), content_type="application/json")


def test_support_is_put_and_deleted_as_often_as_a_phone_likes(client, people):
    proposal = make.proposal()
    client.force_login(people.resident)
    for _ in range(2):
        assert client.put(address(proposal, "support")).json() == {"supports": 1, "supported": True}
    assert client.get(address(proposal, "support")).json() == {"supports": 1, "supported": True}
    for _ in range(2):
        assert client.delete(address(proposal, "support")).json() == {"supports": 0, "supported": False}


def test_support_is_refused_with_the_contracts_statuses(client, people):
    proposal, closed, draft = make.proposal(), make.proposal(outcome=Outcome.REJECTED), make.proposal(stage=Stage.DRAFT)
    response = client.put(address(proposal, "support"))
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    client.force_login(people.neighbour)
    assert client.put(address(proposal, "support")).status_code == 403
    client.force_login(people.resident)
    assert client.put(address(closed, "support")).status_code == 409
    assert client.put(address(draft, "support")).status_code == 404
    assert client.get(address(draft, "support")).status_code == 404
    assert client.put("/api/v1/proposals/no-uuid/support/").status_code == 404
    assert client.post(address(proposal, "support")).status_code == 405


def test_a_comment_is_made_once_and_answered_as_often_as_it_is_sent(client, people):
    proposal = make.proposal()
    client.force_login(people.resident)
    identifier = str(uuid.uuid4())
    first, again = (post(client, proposal, id=identifier) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert {name: first.json()[name] for name in ("id", "seq", "author_name", "author_role", "parent", "stance", "body", "hidden")} == {
        "id": identifier,
        "seq": 1,
        "author_name": "Resident",
        "author_role": "resident",
        "parent": None,
        "stance": "support",
        "body": "Jalan ini perlu.",
        "hidden": False,
    }
    client.force_login(people.neighbour)
    assert post(client, proposal, id=identifier).status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "x"}, "id"),
        ({"id": None}, "id"),
        ({"body": ""}, "body"),
        ({"body": "a\x00"}, "body"),
        ({"body": "\ud800"}, "body"),
        ({"body": "x" * 2001}, "body"),
        ({"body": "x" * 9000}, "body"),
        ({"body": {"a": 1}}, "body"),
        ({"stance": "like"}, "stance"),
        ({"stance": ""}, "stance"),
        ({"stance": []}, "stance"),
        ({"parent": "x"}, "parent"),
        ({"parent": str(uuid.UUID(int=9))}, "parent"),
    ],
)
def test_a_bad_comment_is_refused_by_field_and_leaves_nothing(client, people, change, field):
    client.force_login(people.resident)
    response = post(client, make.proposal(), **change)
    assert response.status_code == 400
    assert list(response.json()["fields"]) == [field]
    assert Comment.objects.count() == 0


def test_a_visitor_and_a_body_that_is_no_object_are_told_so(client, people):
    proposal = make.proposal()
    assert post(client, proposal).status_code == 401
    client.force_login(people.resident)
    for body in ("[]", "5", '"x"', "null", "{"):
        response = client.post(address(proposal, "comments"), body, content_type="application/json")
        assert response.status_code == 400, body
        assert response.json()["message"]


def test_comments_come_in_order_in_stretches_that_name_their_neighbours(client, people):
    proposal = make.proposal()
    people_of_the_village = [people.resident, people.neighbour]
    for number in range(7):
        services.comment(
            proposal_id=proposal.pk, actor=people_of_the_village[number % 2], body=f"Ke-{number}", comment_id=uuid.uuid4(), stance="question"
        )
    page = client.get(address(proposal, "comments"), {"limit": 3}).json()
    seen = [said["seq"] for said in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [said["seq"] for said in page["results"]]
    assert seen == [1, 2, 3, 4, 5, 6, 7]
    last = client.get(address(proposal, "comments"), {"before": 6, "limit": 2}).json()
    assert [said["seq"] for said in last["results"]] == [4, 5]
    assert [said["seq"] for said in client.get(last["previous"]).json()["results"]] == [2, 3]
    assert [said["seq"] for said in client.get(address(proposal, "comments"), {"after": 6}).json()["results"]] == [7]


@pytest.mark.parametrize("query", ["after=x", "after=-1", "after=9999999999999999999999", "before=1.5", "limit=0", "limit=1000", "after=%00"])
def test_a_stretch_that_is_none_is_a_bad_request(client, people, query):
    assert client.get(address(make.proposal(), "comments") + "?" + query).status_code == 400


def test_the_number_of_queries_does_not_grow_with_the_comments(client, people, django_assert_num_queries):
    proposal = make.proposal()
    for number in range(12):
        writer = (people.resident, people.neighbour, people.planner)[number % 3]
        services.comment(proposal_id=proposal.pk, actor=writer, body="Perlu.", comment_id=uuid.uuid4(), stance="question")
    with django_assert_num_queries(2):
        assert len(client.get(address(proposal, "comments")).json()["results"]) == 12


def test_a_moderator_hides_and_nobody_else_reads_it_any_more(client, people):
    proposal = make.proposal()
    said, _new = services.comment(
        proposal_id=proposal.pk, actor=people.resident, body="Rahasia tetangga", comment_id=uuid.uuid4(), stance="criticism"
    )
    hide = f"/api/v1/comments/{said.pk}/hide/"
    reason = json.dumps({"reason": "Menyebut nama tetangga."})
    assert client.post(hide, reason, content_type="application/json").status_code == 401
    client.force_login(people.foreign_moderator)
    assert client.post(hide, reason, content_type="application/json").status_code == 403
    client.force_login(people.moderator)
    assert client.post(hide, "{}", content_type="application/json").status_code == 400
    assert client.post(f"/api/v1/comments/{uuid.uuid4()}/hide/", reason, content_type="application/json").status_code == 404
    for _ in range(2):
        assert client.post(hide, reason, content_type="application/json").json()["body"] == "Rahasia tetangga"
    for person in (people.resident, people.planner):
        client.force_login(person)
        assert b"Rahasia" not in client.get(address(proposal, "comments")).content
    client.logout()
    response = client.get(address(proposal, "comments"))
    assert b"Rahasia" not in response.content
    assert (response.json()["results"][0]["hidden"], response.json()["results"][0]["hidden_reason"]) == (True, "Menyebut nama tetangga.")
    client.force_login(people.resident)
    assert b"Rahasia" not in post(client, proposal, id=str(said.pk)).content


def test_writing_too_fast_says_when_to_come_back(client, people):
    proposal = make.proposal()
    client.force_login(people.resident)
    answers = [post(client, proposal) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [201] * 6 + [429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 61


def test_the_comments_of_a_draft_are_nobodys_business(client, people):
    draft = make.proposal(stage=Stage.DRAFT)
    assert client.get(address(draft, "comments")).status_code == 404
    client.force_login(people.neighbour)
    assert client.get(address(draft, "comments")).status_code == 404
    assert post(client, draft).status_code == 404
