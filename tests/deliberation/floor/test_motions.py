"""Motions: counted exactly, told only after the close, secret where they are secret."""

import pytest

from accounts.models import AuditEntry
from deliberation.floor import reading, services
from deliberation.models import Hand, Motion, Presence, SecretVote, SecretVoter
from proposals.events import events_after
from tests import cast
from tests.deliberation.floor.room import new, refused

pytestmark = pytest.mark.django_db
TEXT = "Usulan ini diteruskan dengan volume 600 meter."
NONE = {"for": 0, "against": 0, "abstain": 0}


@pytest.fixture
def chair(people):
    return people.village_head


def put(room, chair, manner="hands", **more):
    return services.put_motion(motion_id=new(), meeting_id=room.meeting.pk, actor=chair, text=TEXT, manner=manner, **more)[0]


def opened(room, chair, manner="hands"):
    return services.open_motion(motion_id=put(room, chair, manner, item_id=room.item.pk).pk, actor=chair)


def vote(motion, person, choice="for"):
    return services.vote(motion_id=motion.pk, actor=person, choice=choice)


def test_hands_online_and_in_the_hall_make_one_result_that_is_told_at_the_close(room, people, chair):
    room.seat(people.resident)
    room.seat(people.neighbour)
    room.hall(5)
    motion = opened(room, chair)
    vote(motion, people.resident)
    vote(motion, people.neighbour, "against")
    services.count_hall(motion_id=motion.pk, actor=people.facilitator, counts={"for": 3, "against": 1, "abstain": 1})
    assert Motion.objects.get().result is None
    closed = services.close_motion(motion_id=motion.pk, actor=chair)
    assert closed.result == {
        "for": {"hall": 3, "online": 1}, "against": {"hall": 1, "online": 1}, "abstain": {"hall": 1, "online": 0}, "carried": True
    }  # fmt: skip
    assert (closed.presence["hall"], closed.presence["online"]) == (5, 2)
    assert services.close_motion(motion_id=motion.pk, actor=chair).closed_at == closed.closed_at


def test_nothing_that_is_told_before_the_close_says_how_it_stands(room, people, chair, client):
    room.seat(people.resident)
    room.hall(2)
    motion = opened(room, chair)
    vote(motion, people.resident, "against")
    services.count_hall(motion_id=motion.pk, actor=chair, counts={"for": 2, "against": 0, "abstain": 0})
    told = [
        *(str(event) for event in events_after(room.meeting.pk, 0)),
        str(reading.room(room.meeting)),
        client.get(f"/api/v1/meetings/{room.meeting.pk}/motions/").content.decode(),
        *(str(entry.changes) for entry in AuditEntry.objects.all()),
    ]
    assert not [text for text in told if "against" in text or "hall_for" in text]
    assert reading.room(room.meeting)["motion"]["cast"] == 1


def test_a_hand_may_change_until_the_close_and_counts_once(room, people, chair):
    room.seat(people.resident)
    motion = opened(room, chair)
    for choice in ("for", "for", "abstain"):
        vote(motion, people.resident, choice)
    assert (Hand.objects.get().choice, Motion.objects.get().cast) == ("abstain", 1)
    services.close_motion(motion_id=motion.pk, actor=chair)
    refusal = refused(lambda: vote(motion, people.resident, "for"))
    assert (refusal.status, refusal.code) == (409, "counted")


def test_a_vote_after_the_close_hears_that_it_was_not_counted(room, people, chair):
    room.seat(people.resident)
    motion = opened(room, chair)
    services.close_motion(motion_id=motion.pk, actor=chair)
    refusal = refused(lambda: vote(motion, people.resident))
    assert (refusal.code, Hand.objects.count()) == ("closed", 0)
    assert "tidak dihitung" in str(refusal.message)


def test_only_those_on_the_roll_and_online_press_a_button(room, people, chair):
    room.seat(people.resident, mode="hall")
    room.seat(people.neighbour, present=False)
    motion = opened(room, chair)
    codes = {person: refused(lambda person=person: vote(motion, person)).code for person in (people.resident, people.neighbour, people.newcomer)}
    assert list(codes.values()) == ["in_the_hall", "not_present", "not_on_the_roll"]
    assert refused(lambda: vote(motion, people.stranger)).status == 401


def test_more_hands_than_people_in_the_hall_are_refused(room, people, chair):
    room.hall(3)
    motion = opened(room, chair)
    refusal = refused(lambda: services.count_hall(motion_id=motion.pk, actor=chair, counts={"for": 3, "against": 1, "abstain": 0}))
    assert (refusal.status, refusal.code) == (409, "more_than_present")
    assert refused(lambda: services.count_hall(motion_id=motion.pk, actor=chair, counts={"for": -1, "against": 1, "abstain": 0})).status == 400
    services.count_hall(motion_id=motion.pk, actor=chair, counts={"for": 3, "against": 0, "abstain": 0})
    Presence.objects.filter(attendance__number=1).update(left_at=motion.opened_at)
    assert refused(lambda: services.close_motion(motion_id=motion.pk, actor=chair)).code == "more_than_present"


def test_who_voted_online_and_then_walked_into_the_hall_is_not_counted_there_again(room, people, chair):
    line = room.seat(people.resident)
    room.hall(1)
    motion = opened(room, chair)
    vote(motion, people.resident)
    line.stays.update(left_at=motion.opened_at)
    Presence.objects.create(attendance=line, mode="hall", arrived_at=motion.opened_at)
    assert refused(lambda: services.count_hall(motion_id=motion.pk, actor=chair, counts={"for": 2, "against": 0, "abstain": 0})).status == 409


def test_a_hall_that_nobody_counted_holds_the_close_back(room, people, chair):
    room.hall(1)
    motion = opened(room, chair)
    assert refused(lambda: services.close_motion(motion_id=motion.pk, actor=chair)).code == "hall_not_counted"
    services.count_hall(motion_id=motion.pk, actor=chair, counts=NONE)
    assert services.close_motion(motion_id=motion.pk, actor=chair).result["carried"] is False


def test_a_secret_vote_is_given_once_and_nothing_ties_it_to_its_voter(room, people, chair):
    voters = [cast.person(username=f"pemilih{number}") for number in range(6)]
    for voter in voters:
        room.seat(voter)
    motion = opened(room, chair, "secret")
    for number, voter in enumerate(voters):
        vote(motion, voter, "for" if number % 2 else "against")
    assert refused(lambda: vote(motion, voters[0], "for")).code == "voted"
    closed = services.close_motion(motion_id=motion.pk, actor=chair)
    assert [closed.result[name]["online"] for name in ("for", "against", "abstain")] == [3, 3, 0]
    assert (SecretVoter.objects.count(), SecretVote.objects.count()) == (6, 6)
    kept = {field.name for field in SecretVote._meta.get_fields()} & {field.name for field in SecretVoter._meta.get_fields()}
    assert kept == {"id", "motion"}
    assert not set(SecretVote.objects.values_list("pk", flat=True)) & set(SecretVoter.objects.values_list("pk", flat=True))
    assert not [field for model in (SecretVote, SecretVoter) for field in model._meta.get_fields() if "Date" in type(field).__name__]


def test_one_vote_is_open_at_a_time_and_only_the_chair_opens_and_closes(room, people, chair):
    motion, other = opened(room, chair), put(room, chair)
    assert refused(lambda: services.open_motion(motion_id=other.pk, actor=chair)).code == "another_open"
    for person in (people.facilitator, people.resident, people.moderator):
        assert refused(lambda person=person: services.close_motion(motion_id=motion.pk, actor=person)).status == 403
    assert refused(lambda: services.withdraw_motion(motion_id=motion.pk, actor=chair)).code == "opened"
    assert services.withdraw_motion(motion_id=other.pk, actor=chair).state == "withdrawn"


def test_the_same_motion_sent_twice_is_put_once(room, chair):
    key = new()
    given = {"motion_id": key, "meeting_id": room.meeting.pk, "actor": chair, "text": TEXT, "manner": "hands"}
    assert [services.put_motion(**given)[1] for _ in range(2)] == [True, False]
    assert refused(lambda: services.put_motion(**{**given, "motion_id": new(), "manner": "shouting"})).status == 400
    assert refused(lambda: services.put_motion(**{**given, "motion_id": new(), "text": "ya"})).status == 400


def test_a_meeting_is_not_closed_over_an_open_vote_and_whoever_speaks_then_has_spoken(room, people, chair):
    from deliberation.floor.services.turns import Speaker
    from deliberation.meetings.services.stepping import step
    from deliberation.models import Turn

    turn = services.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=chair, speaker=Speaker(name="Bu Halimah"))[0]
    services.grant_floor(turn_id=turn.pk, actor=chair)
    motion = opened(room, chair)
    close = {"meeting_id": room.meeting.pk, "name": "close", "actor": chair, "shortfall_reason": "Hujan lebat, banyak yang tidak dapat datang."}
    assert refused(lambda: step(**close)).code == "vote_open"
    services.close_motion(motion_id=motion.pk, actor=chair)
    assert step(**close).state == "closed"
    assert Turn.objects.get().state == "done"
