"""One person, one vote, whatever happens to the lines of the roll meanwhile; and nobody votes with accounts made for it."""

import pytest

from accounts import clock
from accounts.refusals import Refusal
from deliberation.ballots.services.casting import cast_vote
from deliberation.ballots.services.paper_roll import PaperVoter, mark_paper_voters
from deliberation.floor import services
from deliberation.models import Hand, Presence, SecretVote, VoterMark
from deliberation.roll.services.correcting import merge, strike
from deliberation.roll.services.joining import join_online
from deliberation.roll.services.moving import arrive
from tests import cast
from tests.deliberation.ballots import drawn_up as up
from tests.deliberation.floor.room import Room, in_session, new

pytestmark = pytest.mark.django_db
NOBODY = {"for": 0, "against": 0, "abstain": 0}
ME = {"name": "Rina Marlina", "sex": "female", "element": "farmers"}


@pytest.fixture
def room(people) -> Room:
    return in_session(people)


def motion(room, chair, manner):
    text = "Usulan ini diteruskan dengan volume 600 meter."
    put, _new = services.put_motion(motion_id=new(), meeting_id=room.meeting.pk, actor=chair, text=text, manner=manner)
    return services.open_motion(motion_id=put.pk, actor=chair)


def test_who_voted_in_secret_does_not_vote_again_under_the_line_that_a_merge_left(room, people):
    room.seat(people.resident)
    typed = room.seat(mode="hall", name="Siti Aminah")
    asked = motion(room, people.village_head, "secret")
    services.vote(motion_id=asked.pk, actor=people.resident, choice="for")
    own = room.meeting.roll.get(user=people.resident)
    merge(meeting_id=room.meeting.pk, line_id=own.pk, into=typed.number, actor=people.facilitator)
    Presence.objects.filter(attendance=typed, left_at__isnull=True).update(mode="online")
    with pytest.raises(Refusal):
        services.vote(motion_id=asked.pk, actor=people.resident, choice="for")
    assert SecretVote.objects.count() == 1


def test_a_hand_by_button_is_not_counted_in_the_hall_once_more_after_a_merge(room, people):
    own = room.seat(people.resident)
    typed = room.seat(mode="hall", name="Siti Aminah")
    asked = motion(room, people.village_head, "hands")
    services.vote(motion_id=asked.pk, actor=people.resident, choice="for")
    merge(meeting_id=room.meeting.pk, line_id=own.pk, into=typed.number, actor=people.facilitator)
    with pytest.raises(Refusal):
        services.count_hall(motion_id=asked.pk, actor=people.facilitator, counts={**NOBODY, "for": 1})


def test_two_hands_of_one_person_are_one_once_the_lines_are_one(room, people):
    first, second = room.seat(people.resident), room.seat(people.neighbour)
    asked = motion(room, people.village_head, "hands")
    services.vote(motion_id=asked.pk, actor=people.resident, choice="for")
    services.vote(motion_id=asked.pk, actor=people.neighbour, choice="for")
    second.user = None
    second.save(update_fields=["user"])
    merge(meeting_id=room.meeting.pk, line_id=second.pk, into=first.number, actor=people.facilitator)
    asked.refresh_from_db()
    assert (asked.cast, Hand.objects.filter(motion=asked).count()) == (1, 1)


def test_the_hand_of_a_line_that_was_struck_counts_no_more(room, people):
    room.seat(people.resident)
    stranger = room.seat(people.neighbour)
    asked = motion(room, people.village_head, "hands")
    services.vote(motion_id=asked.pk, actor=people.resident, choice="for")
    services.vote(motion_id=asked.pk, actor=people.neighbour, choice="against")
    strike(meeting_id=room.meeting.pk, line_id=stranger.pk, actor=people.facilitator, reason="Bukan peserta musyawarah ini")
    result = services.close_motion(motion_id=asked.pk, actor=people.village_head).result
    assert (result["for"]["online"], result["against"]["online"]) == (1, 0)


def test_who_voted_on_paper_under_one_line_does_not_vote_online_under_the_other(people):
    meeting = up.meeting(people.village_head)
    typed = up.on_the_roll(meeting, people.village_head, "Siti Aminah")
    own = up.on_the_roll(meeting, people.village_head, "Siti Aminah", people.resident)
    ballot = up.opened(people.village_head, scope="roll", meeting=meeting)
    mark_paper_voters(ballot_id=ballot.pk, actor=people.facilitator, voters=[PaperVoter(line=typed.pk)])
    merge(meeting_id=meeting.pk, line_id=typed.pk, into=own.number, actor=people.facilitator)
    with pytest.raises(Refusal):
        up.vote(ballot, people.resident, 1)
    assert VoterMark.objects.get(ballot=ballot).attendance_id == own.pk


def test_an_account_that_nobody_knows_joins_and_speaks_but_has_no_vote_until_somebody_vouches_for_it(room, people):
    stranger = cast.person(username="akun_baru")
    line = join_online(meeting_id=room.meeting.pk, actor=stranger, sent=ME)
    asked = motion(room, people.village_head, "hands")
    with pytest.raises(Refusal) as refusal:
        services.vote(motion_id=asked.pk, actor=stranger, choice="for")
    assert refusal.value.code == "not_vouched"
    ballot = up.opened(people.village_head, scope="roll", meeting=room.meeting)
    with pytest.raises(Refusal) as refusal:
        cast_vote(ballot_id=ballot.pk, actor=stranger, marks=[(1, 1)], nonce=new())
    assert refusal.value.code == "not_vouched"
    arrive(meeting_id=room.meeting.pk, line_id=line.pk, actor=people.facilitator, mode="online", at=clock.now())
    services.vote(motion_id=asked.pk, actor=stranger, choice="for")
    assert cast_vote(ballot_id=ballot.pk, actor=stranger, marks=[(1, 1)], nonce=new()).is_new


def test_a_confirmed_resident_who_joins_alone_votes_at_once(room, people):
    join_online(meeting_id=room.meeting.pk, actor=people.resident, sent=ME)
    asked = motion(room, people.village_head, "hands")
    services.vote(motion_id=asked.pk, actor=people.resident, choice="for")
    assert Hand.objects.count() == 1


def test_the_only_secret_vote_from_outside_the_hall_is_not_told_by_itself(room, people):
    room.seat(people.resident)
    room.hall(6)
    asked = motion(room, people.village_head, "secret")
    services.vote(motion_id=asked.pk, actor=people.resident, choice="against")
    services.count_hall(motion_id=asked.pk, actor=people.facilitator, counts={"for": 5, "against": 1, "abstain": 0})
    closed = services.close_motion(motion_id=asked.pk, actor=people.village_head)
    assert closed.result == {"for": {"together": 5}, "against": {"together": 2}, "abstain": {"together": 0}, "carried": True}


def test_who_raised_a_hand_in_the_hall_and_votes_by_button_outside_has_the_hall_counted_again(room, people):
    line = room.seat(people.resident, mode="hall")
    room.hall(2)
    asked = motion(room, people.village_head, "hands")
    services.count_hall(motion_id=asked.pk, actor=people.facilitator, counts={**NOBODY, "for": 2})
    arrive(meeting_id=room.meeting.pk, line_id=line.pk, actor=people.facilitator, mode="online")
    services.vote(motion_id=asked.pk, actor=people.resident, choice="for")
    with pytest.raises(Refusal) as refusal:
        services.close_motion(motion_id=asked.pk, actor=people.village_head)
    assert refusal.value.code == "hall_not_counted"
    services.count_hall(motion_id=asked.pk, actor=people.facilitator, counts={**NOBODY, "for": 1, "abstain": 1})
    assert services.close_motion(motion_id=asked.pk, actor=people.village_head).result["for"] == {"hall": 1, "online": 1}
