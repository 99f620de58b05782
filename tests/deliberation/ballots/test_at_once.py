"""Many at the same moment, on real connections; the server restarted, the database cut off, Redis away."""

import http.client
import json
import threading
import uuid
from datetime import timedelta

import pytest
from asgiref.sync import SyncToAsync
from django.db import connection, connections
from django.test import Client

from accounts import clock
from accounts.refusals import Conflict
from deliberation.ballots.services.casting import cast_vote
from deliberation.ballots.services.closing import close_ballot
from deliberation.ballots.services.publishing import publish_ballot
from deliberation.models import Ballot, Vote, VoterMark
from proposals import hub
from tests import cast
from tests.deliberation.ballots import drawn_up as up
from tests.deliberation.test_support import in_parallel

pytestmark = pytest.mark.django_db(transaction=True)


def send(site, cookie, token, path, body) -> tuple[int, dict]:
    """One vote over a connection of its own."""
    wire = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers = {"Content-Type": "application/json", "Cookie": f"sessionid={cookie}; csrftoken={token}", "X-CSRFToken": token}
    wire.request("PUT", path, json.dumps(body), headers)
    answer = wire.getresponse()
    told = answer.status, json.loads(answer.read())
    wire.close()
    return told


def session(person) -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def test_of_a_hundred_double_votes_on_the_real_server_exactly_one_counts(site):
    people = cast.build()
    ballot = up.opened(people.village_head)
    cookie, token, path = session(people.resident), "a" * 32, f"/api/v1/ballots/{ballot.pk}/vote/"
    answers, lock = [], threading.Lock()

    def press(number: int) -> None:
        told = send(site, cookie, token, path, {"nonce": str(uuid.uuid4()), "marks": [{"number": number % 3 + 1}]})
        with lock:
            answers.append(told)

    assert in_parallel([lambda number=number: press(number) for number in range(100)], hands=20) == []
    assert sorted(status for status, _body in answers) == [201] + [409] * 99
    assert {body.get("code") for status, body in answers if status == 409} == {"already_voted"}
    assert (Vote.objects.count(), VoterMark.objects.count()) == (1, 1)


def test_the_same_form_a_hundred_times_at_once_is_one_vote_and_one_receipt():
    people = cast.build()
    ballot, nonce, codes = up.opened(people.village_head), uuid.uuid4(), set()
    jobs = [lambda: codes.add(cast_vote(ballot_id=ballot.pk, actor=people.resident, marks=[(1, 1)], nonce=nonce).code)] * 100
    assert in_parallel(jobs) == []
    assert (len(codes), Vote.objects.count()) == (1, 1)


def test_closing_among_many_votes_takes_each_before_it_and_none_after_it():
    """Whoever was told "recorded" is in the seal; whoever came later was told that it is closed."""
    people = cast.build()
    ballot, voters, recorded = up.opened(people.village_head), up.residents(40), []

    def press(who) -> None:
        try:
            recorded.append(cast_vote(ballot_id=ballot.pk, actor=who, marks=[(1, 1)], nonce=uuid.uuid4()).code)
        except Conflict as refusal:
            assert refusal.code == "ballot_closed"  # noqa: PT017 - whichever comes first

    jobs = [lambda who=who: press(who) for who in voters]
    jobs.insert(20, lambda: close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON))
    assert in_parallel(jobs) == []
    assert Vote.objects.count() == VoterMark.objects.count() == len(recorded)
    assert publish_ballot(ballot_id=ballot.pk, actor=people.village_head).result["ballots"] == len(recorded)


def test_two_who_close_and_publish_at_once_do_it_once():
    people = cast.build()
    ballot = up.opened(people.village_head)
    Ballot.objects.filter(pk=ballot.pk).update(closes_at=clock.now() - timedelta(seconds=1))
    assert in_parallel([lambda: close_ballot(ballot_id=ballot.pk, actor=people.village_head)] * 6) == []
    assert in_parallel([lambda: publish_ballot(ballot_id=ballot.pk, actor=people.facilitator)] * 6) == []
    assert Ballot.objects.get(pk=ballot.pk).version == ballot.version + 2


def test_a_database_cut_off_in_mid_ballot_loses_no_acknowledged_vote_and_takes_a_repeated_one_once(site):
    """What a restart does to every connection; whoever got no answer sends the same form again."""
    people = cast.build()
    ballot, token = up.opened(people.village_head), "a" * 32
    path = f"/api/v1/ballots/{ballot.pk}/vote/"
    forms = [(session(who), {"nonce": str(uuid.uuid4()), "marks": [{"number": 1}]}) for who in up.residents(24)]
    first = [send(site, *_with(form, token, path))[0] for form in forms[:8]]
    assert first == [201] * 8
    answers, stop = {}, threading.Event()

    def cut() -> None:
        try:
            while not stop.is_set():
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
                    )
                stop.wait(0.05)
        finally:
            connection.close()

    cutter = threading.Thread(target=cut)
    cutter.start()
    for at, form in enumerate(forms[8:], start=8):
        answers[at] = _status(site, *_with(form, token, path))
    stop.set()
    cutter.join(10)
    connection.close()
    # the thread that asynchronous tests share was cut off as well, and nothing else would tell it
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()
    acknowledged = {at for at, status in answers.items() if status == 201}
    again = {at: _patiently(site, *_with(forms[at], token, path)) for at in answers}
    assert all(again[at] == 200 for at in acknowledged), "an acknowledged vote is there"
    assert set(again.values()) <= {200, 201}
    assert Vote.objects.count() == VoterMark.objects.count() == len(forms)


def _with(form, token, path):
    return form[0], token, path, form[1]


def _status(site, *sent) -> int:
    try:
        return send(site, *sent)[0]
    except (OSError, http.client.HTTPException, ValueError):
        return 0


def _patiently(site, *sent) -> int:
    """As a client does that got no answer: the same again."""
    for _ in range(40):
        if (status := _status(site, *sent)) in {200, 201}:
            return status
    return status


def test_without_redis_votes_are_taken_and_the_ballot_closes(monkeypatch):
    def away(*_args: object) -> None:
        raise ConnectionError("redis is away")

    monkeypatch.setattr(hub.hub, "tell", away)
    people = cast.build()
    held = up.meeting(people.village_head)
    up.on_the_roll(held, people.village_head, "Resident", people.resident)
    ballot = up.opened(people.village_head, scope="roll", meeting=held)
    assert up.vote(ballot, people.resident, 1).is_new
    assert close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON).state == "closed"
