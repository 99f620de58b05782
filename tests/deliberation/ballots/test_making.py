"""Writing and opening: who may, what is refused, what opening freezes."""

import uuid
from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Missing, Refusal
from deliberation.ballots.reading import loaded, standees_of
from deliberation.ballots.services.making import discard_draft
from deliberation.ballots.services.opening import open_ballot, withdraw_candidate
from deliberation.models import Ballot, Notice
from proposals.events import events_after
from proposals.models import Proposal
from proposals.stages import Outcome
from tests import cast
from tests.deliberation.ballots import drawn_up as up

pytestmark = pytest.mark.django_db


def test_only_officials_of_the_region_ask_its_residents(people):
    through, statuses = set(), {}
    for name, person in people.people().items():
        try:
            up.draft(person)
            through.add(name)
        except Refusal as refusal:
            statuses[name] = refusal.status
    assert through == {"facilitator", "village_head"}
    assert {name for name, status in statuses.items() if status != 403} == {"stranger"}


def test_a_meetings_ballot_is_called_by_who_runs_the_meeting(people):
    held = up.meeting(people.village_head)
    assert up.draft(people.village_head, scope="roll", meeting=held).meeting == held
    with pytest.raises(Refusal) as refusal:
        up.draft(people.facilitator, scope="roll", meeting=held)
    assert refusal.value.status == 403


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"limits": {"most": "0"}}, "most"),
        ({"limits": {"most": "banyak"}}, "most"),
        ({"kind": "knapsack", "limits": {"budget": ""}}, "budget"),
        ({"kind": "knapsack", "limits": {"budget": "1,5 juta"}}, "budget"),
        ({"kind": "points", "limits": {"points_total": 3, "points_each": 5}}, "points_each"),
        ({"count": 1}, "proposals"),
        ({"closes_at": None}, "opens_at"),
        ({"scope": "roll"}, "meeting"),
    ],
)
def test_a_draft_that_cannot_be_voted_on_is_told_field_by_field(people, fields, named):
    with pytest.raises(Invalid) as refusal:
        up.draft(people.village_head, **fields)
    assert named in refusal.value.fields or (named == "opens_at" and "closes_at" in refusal.value.fields)


def test_proposals_of_elsewhere_do_not_stand_on_a_villages_ballot(people):
    with pytest.raises(Invalid):
        up.draft(people.next_facilitator, region=cast.NEXT_VILLAGE)


def test_opening_freezes_title_cost_and_rules_whatever_becomes_of_the_proposal(people):
    ballot = up.opened(people.village_head)
    Proposal.objects.filter(candidacies__ballot=ballot).update(title="Lain sama sekali", amount=1)
    again = Ballot.objects.get(pk=ballot.pk)
    assert {(one.title, one.cost) for one in standees_of(again).values()} == {("Perbaikan jalan Dusun Karya", 400_000_000)}
    with pytest.raises(Conflict):
        open_ballot(ballot_id=ballot.pk, actor=people.village_head)
    with pytest.raises(Conflict):
        discard_draft(ballot_id=ballot.pk, actor=people.village_head)


def test_what_is_no_longer_discussed_or_has_no_time_left_is_not_opened(people):
    gone, late = up.draft(people.village_head), up.draft(people.village_head)
    Proposal.objects.filter(pk=gone.candidates.first().proposal_id).update(outcome=Outcome.REJECTED)
    for ballot, code in ((gone, "candidate_gone"), (late, "window_passed")):
        with clock.telling(clock.now() + (timedelta(hours=2) if ballot is late else timedelta(0))), pytest.raises(Conflict) as refusal:
            open_ballot(ballot_id=ballot.pk, actor=people.village_head)
        assert refusal.value.code == code


def test_a_draft_is_seen_by_officials_only_and_thrown_away_leaves_a_line(people):
    ballot = up.draft(people.village_head)
    assert loaded(ballot.pk, people.facilitator) == ballot
    for person in (people.resident, people.stranger, people.foreign_planner):
        with pytest.raises(Missing):
            loaded(ballot.pk, person)
    discard_draft(ballot_id=ballot.pk, actor=people.village_head)
    assert AuditEntry.objects.filter(action="deliberation.ballot.discard").exists()


def test_two_who_change_a_draft_have_one_winner(people):
    ballot = up.draft(people.village_head)
    with pytest.raises(Conflict):
        open_ballot(ballot_id=ballot.pk, actor=people.facilitator, version=ballot.version + 1)


def test_a_withdrawn_candidate_takes_no_more_votes_and_the_others_stand(people):
    ballot = up.opened(people.village_head)
    withdraw_candidate(ballot_id=ballot.pk, number=2, actor=people.village_head, reason=up.REASON)
    with pytest.raises(Invalid) as refusal:
        up.vote(ballot, people.resident, 2)
    assert "ditarik" in refusal.value.in_words() or "withdrawn" in refusal.value.in_words()
    assert up.vote(ballot, people.resident, 1).is_new


def test_the_room_of_the_meeting_hears_that_it_opened_and_those_on_the_roll_are_told(people):
    held = up.meeting(people.village_head)
    up.on_the_roll(held, people.village_head, "Resident", people.resident)
    ballot = up.opened(people.village_head, scope="roll", meeting=held)
    assert events_after(held.pk, 0) == [{"seq": 1, "kind": "ballot", "ballot": str(ballot.pk), "state": "open"}]
    assert Notice.objects.filter(user=people.resident, news__kind="ballot_open").count() == 1


def test_a_draft_that_is_none_is_missing(people):
    with pytest.raises(Missing):
        open_ballot(ballot_id=uuid.uuid4(), actor=people.village_head)
