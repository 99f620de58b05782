"""Paper: one roll with the online votes, batches typed twice, nothing counted that nobody cast."""

import re
import uuid

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from deliberation.ballots import secrecy
from deliberation.ballots.services.casting import cast_vote
from deliberation.ballots.services.closing import close_ballot
from deliberation.ballots.services.paper_batches import count_batch, open_batch, recount_batch, type_batch
from deliberation.ballots.services.paper_roll import PaperVoter, mark_paper_voters
from deliberation.ballots.services.publishing import publish_ballot
from deliberation.models import Vote, VoterMark
from tests import cast
from tests.deliberation.ballots import drawn_up as up

pytestmark = pytest.mark.django_db
NAMES = ("Aminah", "Basri", "Cici", "Darma", "Endang")


def on_paper(ballot, by, *names, **more):
    voters = [PaperVoter(name=name, village=cast.VILLAGE, **more) for name in names]
    return [one.verdict for one in mark_paper_voters(ballot_id=ballot.pk, actor=by, voters=voters)]


@pytest.fixture
def closed(people):
    """A closed ballot of three candidates, with five who voted on paper."""
    ballot = up.opened(people.village_head)
    on_paper(ballot, people.facilitator, *NAMES)
    return close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON)


def heap(ballot, by, sheets=5, **more):
    return open_batch(batch_id=uuid.uuid4(), ballot_id=ballot.pk, actor=by, label=f"Kotak {uuid.uuid4().hex[:4]}", sheets=sheets, **more)


def test_a_person_is_marked_once_however_often_and_however_the_name_is_written(people):
    ballot = up.opened(people.village_head)
    assert on_paper(ballot, people.facilitator, "Aminah", "Bpk. H. Basri, S.Pd.") == ["marked", "marked"]
    assert on_paper(ballot, people.village_head, "aminah", "Basri") == ["again", "again"]
    assert on_paper(ballot, people.facilitator, "Aminah", hint="RT 03") == ["marked"]
    assert VoterMark.objects.filter(ballot=ballot).count() == 3


def test_a_bare_name_is_not_marked_beside_one_that_was_told_apart_because_it_may_be_the_same_person(people):
    ballot = up.opened(people.village_head)
    assert on_paper(ballot, people.facilitator, "Slamet Riyadi", hint="RT 03") == ["marked"]
    assert on_paper(ballot, people.village_head, "Slamet", "slamet riyadi") == ["marked", "namesake"]
    assert on_paper(ballot, people.village_head, "Slamet Riyadi", hint="RT 04") == ["marked"]
    assert VoterMark.objects.filter(ballot=ballot).count() == 3


def test_who_voted_online_is_told_and_not_marked_on_paper(people):
    ballot = up.opened(people.village_head)
    up.vote(ballot, people.resident, 1)
    assert on_paper(ballot, people.facilitator, people.resident.display_name, "Cici") == ["online", "marked"]
    assert on_paper(ballot, people.facilitator, people.resident.display_name, hint="RT 09", is_other=True) == ["marked"]
    told = AuditEntry.objects.filter(action="deliberation.ballot.paper_roll").order_by("at").first()
    assert told.changes["online"] == 1


def test_who_is_marked_on_paper_does_not_vote_online(people):
    ballot = up.opened(people.village_head)
    on_paper(ballot, people.facilitator, people.resident.display_name)
    with pytest.raises(Conflict) as refusal:
        up.vote(ballot, people.resident, 1)
    assert refusal.value.code == "already_voted"
    assert not Vote.objects.filter(ballot=ballot).exists()


def test_on_a_meetings_roll_people_without_an_account_are_marked_by_their_line(people):
    held = up.meeting(people.village_head)
    one = up.on_the_roll(held, people.village_head, "Aminah")
    two = up.on_the_roll(held, people.village_head, "Resident", people.resident)
    ballot = up.opened(people.village_head, scope="roll", meeting=held)
    up.vote(ballot, people.resident, 1)
    sent = [PaperVoter(line=one.pk), PaperVoter(line=two.pk), PaperVoter(line=uuid.uuid4())]
    outcomes = mark_paper_voters(ballot_id=ballot.pk, actor=people.village_head, voters=sent)
    assert [outcome.verdict for outcome in outcomes] == ["marked", "online", "unknown"]


def test_a_name_of_another_village_is_not_marked(people):
    ballot = up.opened(people.village_head)
    voters = [PaperVoter(name="Aminah", village=cast.FAR_VILLAGE), PaperVoter(name="Basri", village="dua")]
    assert {one.verdict for one in mark_paper_voters(ballot_id=ballot.pk, actor=people.facilitator, voters=voters)} == {"elsewhere"}


def test_strangers_mark_and_type_nothing(people, closed):
    for person in (people.resident, people.next_facilitator, people.stranger):
        with pytest.raises(Refusal):
            on_paper(closed, person, "Farida")
        with pytest.raises(Refusal):
            heap(closed, person)


def test_the_box_stays_shut_until_the_close(people):
    """What lies in it is part of the result."""
    ballot = up.opened(people.village_head)
    on_paper(ballot, people.facilitator, *NAMES)
    with pytest.raises(Conflict):
        heap(ballot, people.facilitator)


def test_more_ballots_than_voters_are_refused_in_clear_words(people, closed):
    with pytest.raises(Conflict) as refusal:
        heap(closed, people.facilitator, 6)
    assert refusal.value.code == "more_ballots_than_voters"
    heap(closed, people.facilitator, 3)
    with pytest.raises(Conflict):
        heap(closed, people.facilitator, 3)
    with pytest.raises(Invalid):
        heap(closed, people.facilitator, 2, set_aside=1)
    assert heap(closed, people.facilitator, 2, set_aside=1, reason=up.REASON).set_aside == 1


def test_two_people_type_and_only_what_both_typed_counts(people, closed):
    batch = heap(closed, people.facilitator)
    lines = ["1", "1 2", "-", "x", "3"]
    type_batch(batch_id=batch.pk, actor=people.facilitator, lines=lines)
    with pytest.raises(Conflict):
        count_batch(batch_id=batch.pk, actor=people.facilitator)
    assert type_batch(batch_id=batch.pk, actor=people.facilitator, lines=lines).state == "typing", "the same person twice is one"
    assert type_batch(batch_id=batch.pk, actor=people.village_head, lines=["1", "2,1", "-", "X", "3"]).state == "agreed"
    counted = count_batch(batch_id=batch.pk, actor=people.village_head)
    again = count_batch(batch_id=batch.pk, actor=people.village_head)
    assert (counted.invalid, again.state) == (1, "counted")
    assert sorted(Vote.objects.filter(ballot=closed).values_list("marks", flat=True)) == [[], [[1, 1]], [[1, 1], [2, 1]], [[3, 1]]]


def test_where_two_typings_differ_a_third_person_decides_those_sheets_only(people, closed):
    batch = heap(closed, people.facilitator)
    type_batch(batch_id=batch.pk, actor=people.facilitator, lines=["1", "1 2", "-", "x", "3"])
    assert type_batch(batch_id=batch.pk, actor=people.village_head, lines=["1", "1 3", "-", "x", "2"]).state == "differs"
    with pytest.raises(Invalid):
        type_batch(batch_id=batch.pk, actor=people.subdistrict_officer, lines=["1", "1 3", "-", "x", "2"])
    decided = type_batch(batch_id=batch.pk, actor=people.subdistrict_officer, lines=["1 3", "3"])
    assert (decided.state, decided.differences) == ("agreed", 2)
    count_batch(batch_id=batch.pk, actor=people.village_head)
    assert sorted(Vote.objects.filter(ballot=closed).values_list("marks", flat=True)) == [[], [[1, 1]], [[1, 1], [3, 1]], [[3, 1]]]


def test_both_may_look_again_instead_of_asking_a_third(people, closed):
    batch = heap(closed, people.facilitator)
    type_batch(batch_id=batch.pk, actor=people.facilitator, lines=["1", "1", "1", "1", "1"])
    type_batch(batch_id=batch.pk, actor=people.village_head, lines=["1", "1", "1", "1", "2"])
    corrected = type_batch(batch_id=batch.pk, actor=people.village_head, lines=["1", "1", "1", "1", "1"])
    assert (corrected.state, corrected.differences) == ("agreed", 1)


def test_a_sheet_that_breaks_the_rules_is_typed_as_not_valid(people, closed):
    batch = heap(closed, people.facilitator)
    with pytest.raises(Invalid) as refusal:
        type_batch(batch_id=batch.pk, actor=people.facilitator, lines=["1 2 3", "1", "1", "1", "1"])
    assert "1" in refusal.value.fields["rows"][0]
    with pytest.raises(Invalid):
        type_batch(batch_id=batch.pk, actor=people.facilitator, lines=["1"])


def test_paper_that_waits_holds_the_publication_back_and_a_recount_is_told(people, closed):
    batch = heap(closed, people.facilitator)
    with pytest.raises(Conflict) as refusal:
        publish_ballot(ballot_id=closed.pk, actor=people.village_head)
    assert refusal.value.code == "paper_waits"
    for person in (people.facilitator, people.village_head):
        type_batch(batch_id=batch.pk, actor=person, lines=["1", "1 2", "-", "x", "3"])
    count_batch(batch_id=batch.pk, actor=people.village_head)
    recount_batch(batch_id=batch.pk, actor=people.facilitator, sheets=4, note="Satu lembar ternyata kosong di baliknya")
    result = publish_ballot(ballot_id=closed.pk, actor=people.village_head).result
    assert result["paper"]["recounts"][0]["recounted"] == 4
    assert (result["paper"]["invalid"], result["ballots"]) == (1, 4)
    assert result["abstentions"] is None, "of four secret ballots nothing is told"


def test_where_few_voted_online_nothing_that_is_published_lets_anybody_count_them(people):
    """Neither the lines of the receipts nor the sheets: turnout by channel holds the number back (decision 0270)."""
    ballot = up.opened(people.village_head)
    receipt = up.vote(ballot, people.resident, 1)
    on_paper(ballot, people.facilitator, *NAMES, "Farida")
    close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON)
    batch = heap(ballot, people.facilitator, sheets=6)
    for person in (people.facilitator, people.village_head):
        type_batch(batch_id=batch.pk, actor=person, lines=["1", "1 2", "2", "x", "3", "3"])
    count_batch(batch_id=batch.pk, actor=people.village_head)
    recount_batch(batch_id=batch.pk, actor=people.facilitator, sheets=5, note="Satu lembar ternyata kosong di baliknya")
    published = publish_ballot(ballot_id=ballot.pk, actor=people.village_head)
    told = published.result
    assert (told["turnout"]["online"], told["turnout"]["paper"], told["ballots"], told["paper"]["sheets"]) == (None, None, 6, None)
    assert [(row["sheets"], row["recounted"]) for row in told["paper"]["recounts"]] == [(None, None)]
    listed = published.files.get(kind="receipts.csv").body.splitlines()[1:]
    assert len(set(listed)) == told["ballots"]
    assert secrecy.receipt_sha256(receipt.code) in listed
    assert all(re.fullmatch("[0-9a-f]{64}", line) for line in listed), "a line of chance looks like any other"


def test_the_same_batch_sent_twice_is_one(people, closed):
    key = uuid.uuid4()
    made = [open_batch(batch_id=key, ballot_id=closed.pk, actor=people.facilitator, label="Kotak 1", sheets=5) for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(Conflict):
        cast_vote(ballot_id=closed.pk, actor=people.resident, marks=[(1, 1)], nonce=key)
