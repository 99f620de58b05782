"""Voting: who, when, once; and nothing that joins the voter to the vote."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Missing, Refusal
from deliberation.ballots import secrecy
from deliberation.ballots.services.closing import close_ballot
from deliberation.models import Vote, VoterMark
from proposals.models import LiveEvent
from tests import cast
from tests.deliberation.ballots import drawn_up as up

pytestmark = pytest.mark.django_db


def test_of_a_villages_ballot_only_its_confirmed_residents_vote(people):
    ballot = up.opened(people.village_head)
    through, statuses = set(), {}
    for name, person in people.people().items():
        try:
            up.vote(ballot, person, 1)
            through.add(name)
        except Refusal as refusal:
            statuses[name] = refusal.status
    assert through == {"resident"}
    assert {name for name, status in statuses.items() if status != 403} == {"stranger"}


def test_each_refusal_says_what_to_do(people):
    ballot = up.opened(people.village_head)
    for person, code in ((people.newcomer, "not_verified"), (people.neighbour, "not_a_resident")):
        with pytest.raises(Refusal) as refusal:
            up.vote(ballot, person, 1)
        assert refusal.value.code == code


def test_a_kecamatans_ballot_takes_residents_of_all_its_villages(people):
    ballot = up.opened(people.subdistrict_officer, region=cast.SUBDISTRICT)
    assert up.vote(ballot, people.resident, 1).is_new
    assert up.vote(ballot, people.neighbour, 2).is_new


def test_on_a_meetings_ballot_those_on_its_roll_vote_and_a_struck_line_does_not(people):
    held = up.meeting(people.village_head)
    up.on_the_roll(held, people.village_head, "Resident", people.resident)
    gone = up.on_the_roll(held, people.village_head, "Neighbour", people.neighbour)
    held.roll.filter(pk=gone.pk).update(struck_at=clock.now(), struck_by=people.village_head, struck_reason="keliru")
    ballot = up.opened(people.village_head, scope="roll", meeting=held)
    assert up.vote(ballot, people.resident, 1).is_new
    with pytest.raises(Refusal) as refusal:
        up.vote(ballot, people.neighbour, 1)
    assert refusal.value.code == "not_on_the_roll"


def test_a_mandate_for_another_stage_or_region_gives_no_vote_and_is_named(people):
    held = up.meeting(people.subdistrict_officer, stage="subdistrict", kind="subdistrict", region=cast.SUBDISTRICT)
    up.mandate(people.planner, people.resident, stage="subdistrict")
    up.mandate(people.planner, people.neighbour, stage="district")
    up.mandate(people.planner, people.newcomer, region=cast.FAR_VILLAGE)
    ballot = up.opened(people.subdistrict_officer, scope="delegates", meeting=held, region=cast.SUBDISTRICT)
    assert up.vote(ballot, people.resident, 1).is_new
    for person, code in ((people.neighbour, "other_mandate"), (people.newcomer, "other_mandate"), (people.facilitator, "no_mandate")):
        with pytest.raises(Refusal) as refusal:
            up.vote(ballot, person, 1)
        assert refusal.value.code == code


def test_the_closing_second_has_one_answer(people):
    """At `closes_at` itself a vote is late; one microsecond before it counts."""
    ballot = up.opened(people.village_head, region=cast.VILLAGE)
    with clock.telling(ballot.closes_at), pytest.raises(Conflict) as refusal:
        up.vote(ballot, people.resident, 1)
    assert refusal.value.code == "ballot_closed"
    with clock.telling(ballot.closes_at - timedelta(microseconds=1)):
        assert up.vote(ballot, people.resident, 1).is_new


def test_before_the_window_and_before_the_opening_nobody_votes(people):
    later = up.opened(people.village_head, opens_at=clock.now() + up.HOUR / 2)
    with pytest.raises(Conflict) as refusal:
        up.vote(later, people.resident, 1)
    assert refusal.value.code == "not_yet_open"
    with pytest.raises(Missing):
        up.vote(up.draft(people.village_head), people.resident, 1)


def test_a_second_vote_is_refused_and_the_first_stands(people):
    ballot = up.opened(people.village_head)
    up.vote(ballot, people.resident, 1)
    with pytest.raises(Conflict) as refusal:
        up.vote(ballot, people.resident, 2)
    assert refusal.value.code == "already_voted"
    assert [vote.marks for vote in Vote.objects.filter(ballot=ballot)] == [[[1, 1]]]


def test_the_same_form_sent_again_is_the_same_vote_with_the_same_receipt_also_after_the_close(people):
    ballot, nonce = up.opened(people.village_head), uuid.uuid4()
    first = up.vote(ballot, people.resident, 1, nonce=nonce)
    again = up.vote(ballot, people.resident, 1, nonce=nonce)
    close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON)
    late = up.vote(ballot, people.resident, 1, nonce=nonce)
    assert (first.is_new, again.is_new, late.is_new) == (True, False, False)
    assert first.code == again.code == late.code
    assert Vote.objects.filter(ballot=ballot).count() == 1


def test_a_form_of_somebody_else_is_no_second_receipt(people):
    """Two voters with one receipt could not both find out that their vote was dropped."""
    ballot, nonce = up.opened(people.village_head), uuid.uuid4()
    other = cast.resident_of(username="tetangga")
    up.vote(ballot, people.resident, 1, nonce=nonce)
    with pytest.raises(Conflict) as refusal:
        up.vote(ballot, other, 1, nonce=nonce)
    assert refusal.value.code == "form_used"
    assert not VoterMark.objects.filter(user=other).exists()


def test_an_invalid_ballot_changes_nothing(people):
    ballot = up.opened(people.village_head)
    for numbers in ((), (1, 2, 3), (9,), (1, 1)):
        with pytest.raises(Invalid):
            up.vote(ballot, people.resident, *numbers)
    assert not VoterMark.objects.exists()
    assert up.vote(ballot, people.resident, abstains=True).is_new


def test_an_open_ballot_keeps_the_name_and_may_be_changed_until_the_close(people):
    ballot = up.opened(people.village_head, secrecy="open")
    up.vote(ballot, people.resident, 1)
    assert up.vote(ballot, people.resident, 2).replaced
    vote = Vote.objects.get(ballot=ballot)
    assert (vote.marks, vote.voter.user) == ([[2, 1]], people.resident)
    with clock.telling(ballot.closes_at), pytest.raises(Conflict):
        up.vote(ballot, people.resident, 3)
    assert Vote.objects.get(ballot=ballot).marks == [[2, 1]]


def test_the_database_holds_nothing_that_joins_voter_and_vote(people):
    """No key, no time, no number in common; the mark knows the day only, and random keys know no order."""
    ballot = up.opened(people.village_head)
    code = up.vote(ballot, people.resident, 1).code
    mark = VoterMark.objects.values().get(ballot=ballot)
    vote = Vote.objects.values().get(ballot=ballot)
    assert {str(value) for value in mark.values()} & {str(value) for value in vote.values()} <= {str(ballot.pk), "online", "None", ""}
    assert set(vote) == {"id", "ballot_id", "is_secret", "voter_id", "channel", "marks", "receipt_sha256"}
    assert mark["day"] == clock.today()
    assert not any("at" in name.split("_") or "time" in name for name in (*mark, *vote))
    assert vote["receipt_sha256"] == secrecy.receipt_sha256(code.lower().replace("-", " "))
    assert code not in str(mark) + str(vote)


def test_the_database_itself_refuses_a_secret_vote_with_a_name(people):
    ballot = up.opened(people.village_head)
    up.vote(ballot, people.resident, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.filter(ballot=ballot).update(voter=VoterMark.objects.get(ballot=ballot))


def test_a_vote_leaves_no_line_in_the_journal_and_no_live_event(people):
    ballot = up.opened(people.village_head)
    before = (AuditEntry.objects.count(), LiveEvent.objects.count())
    up.vote(ballot, people.resident, 1)
    assert (AuditEntry.objects.count(), LiveEvent.objects.count()) == before


def test_closing_mixes_the_votes_and_gives_them_other_keys(people):
    ballot = up.opened(people.village_head)
    for resident in up.residents(6):
        up.vote(ballot, resident, 1)
    keys = set(Vote.objects.filter(ballot=ballot).values_list("pk", flat=True))
    close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON)
    after = set(Vote.objects.filter(ballot=ballot).values_list("pk", flat=True))
    assert len(after) == 6
    assert not keys & after


def test_a_vote_is_one_question_and_one_writing_of_two_rows(people):
    ballot = up.opened(people.village_head)
    with CaptureQueriesContext(connection) as captured:
        up.vote(ballot, people.resident, 1)
    asked = [query["sql"].split()[0] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert asked == ["SELECT", "WITH"]
