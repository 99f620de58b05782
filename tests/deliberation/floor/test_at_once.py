"""Many at the same moment: one order under the meeting's lock, nothing lost, nothing counted twice."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts.refusals import Refusal
from deliberation.floor import services
from deliberation.floor.services.statements import Hall
from deliberation.floor.services.turns import Speaker
from deliberation.models import Hand, Motion, Said, SecretVote, SecretVoter, Turn
from proposals.events import events_after
from tests import cast
from tests.deliberation.floor.room import Room, in_session, new

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room() -> Room:
    return in_session(cast.build())


def at_once(acts: list[Callable[[], object]], hands: int = 8) -> list[object]:
    """Each act in a connection of its own; what it returned, or its refusal's code."""

    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(run, acts))


def opened(room: Room, manner: str) -> Motion:
    put = services.put_motion(motion_id=new(), meeting_id=room.meeting.pk, actor=room.clerk, text="Usulan ini diteruskan.", manner=manner)[0]
    return services.open_motion(motion_id=put.pk, actor=room.clerk)


def test_a_hundred_presses_on_the_same_button_are_one_vote(room):
    person = cast.person(username="pemilih")
    room.seat(person)
    for manner, rows in (("hands", Hand), ("secret", SecretVote)):
        motion = opened(room, manner)
        at_once([lambda motion=motion: services.vote(motion_id=motion.pk, actor=person, choice="for")] * 100)
        assert (rows.objects.filter(motion=motion).count(), Motion.objects.get(pk=motion.pk).cast) == (1, 1)
        services.close_motion(motion_id=motion.pk, actor=room.clerk)
    assert SecretVoter.objects.count() == 1


@pytest.mark.parametrize("manner", ["hands", "secret"])
def test_votes_and_the_close_at_the_same_moment_have_one_order(room, manner):
    """Whoever was told that the vote counts is in the result, whoever was told that it does not is in no table."""
    voters = [cast.person(username=f"pemilih{number}") for number in range(24)]
    for voter in voters:
        room.seat(voter)
    motion = opened(room, manner)
    acts: list[Callable[[], object]] = [lambda voter=voter: services.vote(motion_id=motion.pk, actor=voter, choice="for") for voter in voters]
    acts.insert(10, lambda: services.close_motion(motion_id=motion.pk, actor=room.clerk))
    answers = at_once(acts)
    counted = sum(answer != "closed" for answer in answers) - 1
    motion.refresh_from_db()
    assert 0 < counted <= 24
    assert motion.result["for"]["online"] == counted == motion.cast
    assert (Hand if manner == "hands" else SecretVote).objects.count() == counted


def test_two_who_call_the_same_speaker_call_once_and_two_who_call_others_leave_one_speaking(room):
    turns = [
        services.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=room.clerk, speaker=Speaker(name=f"Warga {number}"))[0]
        for number in range(3)
    ]
    at_once([lambda turn=turn: services.grant_floor(turn_id=turn.pk, actor=room.clerk) for turn in [*turns, *turns]])
    assert Turn.objects.filter(state="speaking").count() == 1
    assert [event["seq"] for event in events_after(room.meeting.pk, 0)] == list(range(1, Turn.objects.exclude(granted_at=None).count() + 4))


def test_a_burst_of_statements_is_numbered_without_a_gap_and_each_is_there_once(room):
    keys = [new() for _ in range(60)]
    chance = random.Random("ramai")  # noqa: S311 - a game
    sent = [*keys, *chance.sample(keys, 20)]

    def say(key):
        return lambda: services.record_statement(
            said_id=key, meeting_id=room.meeting.pk, actor=room.clerk, body=f"Kata {key}", hall=Hall(name="Bu Halimah")
        )[1]

    answers = at_once([say(key) for key in sent])
    assert sum(answer is True for answer in answers) == 60
    assert sorted(Said.objects.values_list("seq", flat=True)) == list(range(1, 61))
    assert [event["seq"] for event in events_after(room.meeting.pk, 0)] == list(range(1, 61))
