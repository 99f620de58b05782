"""The ordinary vote goes a short way; whatever is unusual goes the long one, and both say and do the same."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from accounts import clock
from accounts.refusals import Conflict
from deliberation.ballots.api import plain
from deliberation.ballots.services import casting
from deliberation.ballots.services.closing import close_ballot
from deliberation.models import Ballot, Vote, VoterMark
from proposals.api.throttles import WriteThrottle
from tests.deliberation.ballots import drawn_up as up

pytestmark = pytest.mark.django_db

#: A header under which the framework itself answers, and one under which the short way may.
LONG, SHORT = {"HTTP_ACCEPT": "application/json, */*;q=0.1"}, {}


def body(**more) -> dict:
    return {"nonce": str(uuid.uuid4()), "marks": [{"number": 1}], **more}


def put(client, ballot, sent, **headers):
    text = sent if isinstance(sent, str) else json.dumps(sent)
    return client.put(f"/api/v1/ballots/{ballot.pk}/vote/", text, content_type="application/json", **headers)


def entered(person, **options) -> Client:
    client = Client(**options)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_ordinary_vote_is_three_statements(people, django_assert_num_queries):
    """The session; the person with the ballot and the residence; both rows: a hall presses within a minute."""
    ballot, client = up.opened(people.village_head), entered(people.resident)
    with django_assert_num_queries(3):
        assert put(client, ballot, body()).status_code == 201
    assert (Vote.objects.count(), VoterMark.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "sent",
    [
        body(marks=[{"number": 9}]),
        body(marks=[{"number": 1, "value": 7}]),
        body(marks=[{"number": 1}, {"number": 2}, {"number": 3}]),
        body(marks=[]),
        body(marks=[{"number": "satu"}]),
        body(marks=[{"number": 1.5}]),
        body(marks=[{"number": True}]),
        body(marks=[3]),
        body(marks={"number": 1}),
        body(nonce="satu"),
        body(abstains=True),
        body(abstains="mungkin"),
        '{"nonce": NaN}',
        "[1, 2]",
        '{"nonce":',
        "[" * 4000,
    ],
)
def test_what_is_no_valid_vote_is_refused_in_the_same_words_on_both_ways(people, sent):
    ballot, client = up.opened(people.village_head), entered(people.resident)
    short, long = put(client, ballot, sent, **SHORT), put(client, ballot, sent, **LONG)
    assert (short.status_code, short.json()) == (long.status_code, long.json())
    assert short.status_code == 400
    assert not VoterMark.objects.exists()


def test_who_may_not_vote_is_refused_in_the_same_words_on_both_ways(people):
    ballot = up.opened(people.village_head)
    for person in (people.neighbour, people.newcomer, people.auditor):
        client = entered(person)
        short, long = put(client, ballot, body(), **SHORT), put(client, ballot, body(), **LONG)
        assert (short.status_code, short.json()) == (long.status_code, long.json())
        assert short.status_code == 403


def test_a_form_without_the_token_of_our_own_page_is_no_vote(people):
    """Another site could otherwise vote for whoever visits it."""
    ballot, client = up.opened(people.village_head), entered(people.resident, enforce_csrf_checks=True)
    answer = put(client, ballot, body())
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    client.cookies["csrftoken"] = "a" * 32
    assert put(client, ballot, body(), HTTP_X_CSRFTOKEN="b" * 32).status_code == 403
    assert put(client, ballot, body(), HTTP_X_CSRFTOKEN="a" * 32).status_code == 201


def test_a_session_that_no_longer_stands_is_nobodys(people):
    """A changed password, an account that was shut, a session that ended: each is asked to sign in."""
    ballot = up.opened(people.village_head)
    client = entered(people.resident)
    people.resident.set_password("sandi-yang-lain-sekali")
    people.resident.save(update_fields=["password"])
    assert put(client, ballot, body()).status_code == 401
    client = entered(people.resident)
    type(people.resident).objects.filter(pk=people.resident.pk).update(is_active=False)
    assert put(client, ballot, body()).status_code == 401
    client.session.flush()
    assert put(client, ballot, body()).status_code == 401
    assert not VoterMark.objects.exists()


def test_votes_are_counted_by_the_same_account_on_both_ways(people, monkeypatch):
    """Whoever presses too often hears it with the seconds to wait, whichever way the presses went."""
    monkeypatch.setattr(WriteThrottle, "rate", "3/min", raising=False)
    ballot, client = up.opened(people.village_head), entered(people.resident)
    cache.clear()
    statuses = [put(client, ballot, body(), **way).status_code for way in (SHORT, LONG, SHORT)]
    assert statuses == [201, 409, 409]
    for way in (SHORT, LONG):
        answer = put(client, ballot, body(), **way)
        assert (answer.status_code, answer.json()["code"]) == (429, "throttled")
        assert int(answer["Retry-After"]) > 0
    cache.clear()


def test_what_moves_between_reading_and_writing_is_seen(people, monkeypatch):
    """The ballot is closed after it was read: the vote is refused, and not a row of it is written."""
    ballot, read = up.opened(people.village_head), casting.ballot_for_voting

    def slowly(ballot_id, voter, *, held=True):
        found = read(ballot_id, voter, held=held)
        if not held and Ballot.objects.get(pk=ballot_id).state == "open":
            close_ballot(ballot_id=ballot_id, actor=people.village_head, reason=up.REASON)
        return found

    monkeypatch.setattr(casting, "ballot_for_voting", slowly)
    with pytest.raises(Conflict) as refusal:
        up.vote(ballot, people.resident, 1)
    assert refusal.value.code == "ballot_closed"
    assert (Vote.objects.count(), VoterMark.objects.count()) == (0, 0)


def test_the_clock_is_read_once_more_after_the_ballot_is_held(people, monkeypatch):
    """Whoever waited for the row until the window was over is late, also if nothing else moved."""
    ballot, read = up.opened(people.village_head), casting.ballot_for_voting
    ended = clock.now() - timedelta(milliseconds=1)

    def slowly(ballot_id, voter, *, held=True):
        found = read(ballot_id, voter, held=held)
        Ballot.objects.filter(pk=ballot_id).update(closes_at=ended)
        return found

    monkeypatch.setattr(casting, "ballot_for_voting", slowly)
    with pytest.raises(Conflict) as refusal:
        up.vote(ballot, people.resident, 1)
    assert refusal.value.code == "ballot_closed"
    assert not VoterMark.objects.exists()


def test_a_token_votes_by_the_long_way(people):
    """Programs bring no cookie and no CSRF token."""
    from knox.models import AuthToken

    ballot = up.opened(people.village_head)
    token = AuthToken.objects.create(people.resident)[1]
    answer = put(Client(enforce_csrf_checks=True), ballot, body(), HTTP_AUTHORIZATION=f"Bearer {token}")
    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]


def test_a_database_that_is_away_is_told_as_json(people, monkeypatch):
    from django.db import OperationalError

    def away(_request):
        raise OperationalError("gone")

    monkeypatch.setattr(plain, "signed_by", away)
    answer = put(entered(people.resident), up.opened(people.village_head), body())
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
