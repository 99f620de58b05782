"""Decisions: the law, the record's numbers, in whose name, once, and what happens when the proposal moved meanwhile."""

import uuid
from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from deliberation.meetings.services.deciding import DECISIONS, Word, decide
from deliberation.meetings.services.syncing import sync
from deliberation.models import Decision
from proposals import services
from proposals.capture_words import Told
from proposals.live import events_after
from proposals.models import Proposal
from proposals.stages import MOVES, Outcome, Stage
from tests import cast, make
from tests.deliberation.meetings import told


@pytest.fixture(autouse=True)
def _year(people):
    make.cycle()


def word(proposal, move="forward", **fields):
    said = {} if move == "forward" else {"reason": told.REASON}
    return Word(**{"decision_id": uuid.uuid4(), "proposal_id": proposal.pk, "move": move, "version": proposal.version, "said": said, **fields})


#: What each move asks for besides its reason.
MORE = {
    "forward_adjusted": {"amount": 300_000_000},
    "reject": {"reason_code": "LOW_URGENCY"},
}


@pytest.mark.parametrize("move", [move for move in DECISIONS if move != "reroute"])
def test_every_decision_is_the_laws_own_move_and_an_item_of_the_record(people, move):
    meeting, proposal = make.a_meeting(), make.proposal()
    item = make.an_item(meeting, proposal, state="in_hand")
    said = {**({} if move == "forward" else {"reason": told.REASON}), **MORE.get(move, {})}
    if move == "merge":
        said["target_id"] = make.proposal().pk
    made, is_new = decide(meeting_id=meeting.pk, actor=people.village_head, word=word(proposal, move, said=said))
    proposal.refresh_from_db()
    item.refresh_from_db()
    assert (is_new, made.number, made.role, item.state) == (True, 1, "village_head", "done")
    assert proposal.outcome == MOVES[move].outcome
    assert made.step == proposal.recommendations.get()
    assert made.presence["total"] == 0
    assert [event["kind"] for event in events_after(meeting.pk, 0)] == ["decision"]
    assert events_after(proposal.pk, 0)[0]["kind"] == "stage"


def test_a_move_of_other_stages_is_refused_by_their_names_and_not_as_somebody_elses_office(people):
    meeting, proposal = make.a_meeting(), make.proposal()
    with pytest.raises(Invalid) as refused:
        decide(meeting_id=meeting.pk, actor=people.village_head, word=word(proposal, "reroute"))
    assert "Perangkat Daerah atau Kabupaten" in str(refused.value.fields["move"][0])


def test_a_forum_sends_on_to_another_agency(people):
    meeting = make.a_meeting(kind="agency_forum", agency=people.works_agency)
    proposal = make.proposal(stage=Stage.AGENCY, agency=people.works_agency)
    said = {"reason": told.REASON, "agency_id": people.farming_agency.pk}
    decide(meeting_id=meeting.pk, actor=people.agency_officer, word=word(proposal, "reroute", said=said))
    proposal.refresh_from_db()
    assert proposal.agency == people.farming_agency


def test_a_note_taker_writes_in_the_name_of_who_decides_and_both_are_kept(people):
    meeting, proposal = make.a_meeting(note_taker=people.resident), make.proposal()
    made = told.decided(meeting, proposal, people.resident)
    assert (made.decided_by, made.recorded_by, made.role) == (people.village_head, people.resident, "village_head")
    assert made.step.actor == people.village_head
    entry = AuditEntry.objects.get(subject=f"proposal:{proposal.pk}")
    assert entry.changes["recorded_by"] == "resident"
    own = AuditEntry.objects.get(action="deliberation.meeting.decide")
    assert (own.actor, own.role, own.changes["decided_by"]) == (people.resident, "note_taker", "village_head")


def test_the_laws_own_refusal_is_not_got_round_by_a_note_taker(people):
    """Who wrote a proposal does not decide about it above the village, whoever types it."""
    meeting = make.a_meeting(kind="subdistrict", note_taker=people.resident)
    proposal = make.proposal(stage=Stage.SUBDISTRICT, author=people.subdistrict_officer)
    with pytest.raises(Refusal) as refused:
        told.decided(meeting, proposal, people.resident)
    assert refused.value.code == "own_proposal"


@pytest.mark.parametrize("name", ["facilitator", "neighbour", "subdistrict_officer", "planner", "stranger"])
def test_nobody_else_writes_a_decision_down(people, name):
    with pytest.raises(Refusal) as refused:
        told.decided(make.a_meeting(), make.proposal(), getattr(people, name))
    assert refused.value.status in (401, 403)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("state", ["planned", "adjourned", "closed", "cancelled"])
def test_only_a_meeting_in_session_decides(people, state):
    with pytest.raises(Conflict):
        told.decided(make.a_meeting(state=state), make.proposal(), people.village_head)


def test_the_records_numbers_run_without_gaps_also_past_refusals(people):
    meeting = make.a_meeting()
    first = told.decided(meeting, make.proposal(), people.village_head)
    with pytest.raises(Invalid):
        decide(meeting_id=meeting.pk, actor=people.village_head, word=word(make.proposal(), "reject", said={"reason": "kurang"}))
    second = told.decided(meeting, make.proposal(), people.village_head)
    assert (first.number, second.number) == (1, 2)


def test_the_same_decision_twice_is_one(people):
    meeting, proposal = make.a_meeting(), make.proposal()
    one = word(proposal)
    made, is_new = decide(meeting_id=meeting.pk, actor=people.village_head, word=one)
    again, is_new_again = decide(meeting_id=meeting.pk, actor=people.village_head, word=one)
    assert (again, is_new, is_new_again) == (made, True, False)
    with pytest.raises(Conflict):
        decide(meeting_id=meeting.pk, actor=people.village_head, word=word(make.proposal(), decision_id=one.decision_id))


def test_a_proposal_that_moved_meanwhile_is_a_conflict_that_says_what_happened(people):
    meeting, proposal = make.a_meeting(), make.proposal()
    services.move(proposal_id=proposal.pk, name="forward", actor=people.village_head, version=1)
    with pytest.raises(Conflict) as refused:
        decide(meeting_id=meeting.pk, actor=people.village_head, word=word(proposal))
    assert refused.value.code == "version"
    assert "Village Head" in str(refused.value)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("fields", "at"), [({"move": "fund"}, "move"), ({"move": "fly"}, "move"), ({"method": "dice"}, "method"), ({"version": None}, "version")]
)
def test_a_decision_that_cannot_be_read_names_the_field(people, fields, at):
    with pytest.raises(Invalid) as refused:
        decide(meeting_id=make.a_meeting().pk, actor=people.village_head, word=word(make.proposal(), **fields))
    assert at in (refused.value.fields or {})


def test_a_proposal_of_another_village_or_agency_is_not_this_meetings(people):
    with pytest.raises(Invalid):
        told.decided(make.a_meeting(), make.proposal(village=cast.NEXT_VILLAGE), people.village_head)
    forum = make.a_meeting(kind="agency_forum", agency=people.works_agency)
    with pytest.raises(Conflict):
        told.decided(forum, make.proposal(stage=Stage.AGENCY, agency=people.farming_agency), people.agency_officer)


def test_a_synced_list_takes_what_can_be_taken_and_says_why_not_line_by_line(people):
    meeting = make.a_meeting()
    free, moved, poor = make.proposal(), make.proposal(), make.proposal()
    services.move(proposal_id=moved.pk, name="reserve", actor=people.village_head, version=1, reason=told.REASON)
    lines = [word(free), word(moved), word(poor, "reject", said={"reason": "kurang"})]
    found = sync(meeting_id=meeting.pk, actor=people.village_head, words=lines)
    assert [line.status for line in found] == ["recorded", "conflict", "refused"]
    assert found[1].stands["outcome"] == "reserved"
    assert "reason" in found[2].fields
    again = sync(meeting_id=meeting.pk, actor=people.village_head, words=lines)
    assert [(line.status, line.number) for line in again] == [("already", 1), ("conflict", None), ("refused", None)]
    assert Decision.objects.count() == 1
    assert Proposal.objects.get(pk=poor.pk).outcome == Outcome.OPEN


def test_a_long_list_is_taken_in_bites_and_sent_again_until_nothing_is_later(people):
    meeting = make.a_meeting()
    lines = [word(proposal) for proposal in make.proposals(3)]
    seen = [[line.status for line in sync(meeting_id=meeting.pk, actor=people.village_head, words=lines, seconds=0)]]
    assert seen[0] == ["recorded", "later", "later"]
    left = lines
    for _again in range(2):
        left = [one for one, status in zip(left, seen[-1], strict=True) if status == "later"]
        seen.append([line.status for line in sync(meeting_id=meeting.pk, actor=people.village_head, words=left, seconds=0)])
    assert seen[1:] == [["recorded", "later"], ["recorded"]]
    assert list(Decision.objects.order_by("number").values_list("proposal_id", flat=True)) == [one.proposal_id for one in lines]


def test_a_captured_decision_keeps_its_own_moment_and_a_clock_two_days_off_does_not(people):
    now = clock.now()
    meeting = make.a_meeting(opened_at=now - timedelta(hours=5))
    hour_ago = Told(now - timedelta(hours=1), now)
    assert abs(told.decided(meeting, make.proposal(), people.village_head, told=hour_ago).decided_at - hour_ago.captured_at) < timedelta(seconds=5)
    off = Told(now - timedelta(days=2, hours=1), now - timedelta(days=2))
    made = told.decided(meeting, make.proposal(), people.village_head, told=off)
    assert abs(made.decided_at - now) < timedelta(minutes=1)


def test_what_was_captured_in_time_is_taken_within_the_grace_and_refused_after(people):
    now = clock.now()
    window = make.open_cycle().windows.get(stage="village")
    type(window).objects.filter(pk=window.pk).update(closes_at=now - timedelta(hours=1), late_grace_hours=24)
    meeting = make.a_meeting(opened_at=now - timedelta(hours=5))
    in_time, too_late = Told(now - timedelta(hours=2), now), Told(now - timedelta(minutes=30), now)
    assert told.decided(meeting, make.proposal(), people.village_head, told=in_time).number == 1
    with pytest.raises(Conflict) as refused:
        told.decided(meeting, make.proposal(), people.village_head, told=too_late)
    assert refused.value.code == "window_closed"
    with pytest.raises(Conflict):
        told.decided(meeting, make.proposal(), people.village_head)
