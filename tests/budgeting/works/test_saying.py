"""The village's word: who may give it, when, what the state follows, and what is answered."""

import uuid
from datetime import timedelta

import pytest

from accounts import clock
from accounts.refusals import Conflict, Invalid, Refusal
from budgeting.models import Confirmation
from budgeting.works import handing_over, reporting, saying
from budgeting.works.words_in_force import state_of
from deliberation.models import Notice
from proposals import services as register
from proposals.stages import Realisation
from tests import cast
from tests.budgeting.works.conftest import said

pytestmark = pytest.mark.django_db
REASON = "Papan lantai belum terpasang sepanjang enam meter."


def done(people, work):
    """Reported complete and handed over."""
    reporting.report(work_id=work.pk, actor=people.agency_officer, **said(physical_percent=100))
    given = {"on": clock.today().isoformat(), "document": "BAST/7/2027", "to": "Pemerintah Desa Kapur"}
    handing_over.hand_over(work_id=work.pk, actor=people.agency_officer, **given)
    work.refresh_from_db()
    return work


def say(work, who, verdict="confirm", reason="", key=None):
    return saying.say(work_id=work.pk, actor=who, id=key or uuid.uuid4(), verdict=verdict, reason=reason)


def standing(work):
    work.refresh_from_db()
    if work.proposal_id:
        work.proposal.refresh_from_db()
        assert work.proposal.realisation == work.realisation, "the proposal and its work tell the same"
    return work.realisation


def test_a_work_is_handed_over_once_it_is_complete(people, work):
    reporting.report(work_id=work.pk, actor=people.agency_officer, **said())
    given = {"on": clock.today().isoformat(), "document": "BAST/7/2027", "to": "Pemerintah Desa Kapur"}
    with pytest.raises(Conflict):
        handing_over.hand_over(work_id=work.pk, actor=people.agency_officer, **given)
    done(people, work)
    assert standing(work) == Realisation.REPORTED_DONE
    handing_over.hand_over(work_id=work.pk, actor=people.agency_officer, **given)
    with pytest.raises(Conflict):
        handing_over.hand_over(work_id=work.pk, actor=people.agency_officer, **{**given, "document": "BAST/8/2027"})


@pytest.mark.parametrize("field", ["on", "document", "to"])
def test_a_handover_lacks_nothing(people, road, field):
    reporting.report(work_id=road.pk, actor=people.agency_officer, **said(physical_percent=100))
    given = {"on": clock.today().isoformat(), "document": "BAST/7/2027", "to": "Pemerintah Desa Kapur", field: ""}
    with pytest.raises(Invalid):
        handing_over.hand_over(work_id=road.pk, actor=people.agency_officer, **given)


def test_nobody_judges_what_is_not_reported_as_done(people, work):
    with pytest.raises(Conflict) as refusal:
        say(work, people.resident)
    assert refusal.value.code == "not_done"


@pytest.mark.parametrize(("who", "status"), [("stranger", 401), ("neighbour", 403), ("newcomer", 403), ("agency_officer", 403), ("planner", 403)])
def test_only_the_village_judges(people, work, who, status):
    done(people, work)
    with pytest.raises(Refusal) as refusal:
        say(work, getattr(people, who))
    assert refusal.value.status == status


@pytest.mark.parametrize(("verdict", "reason", "field"), [("dispute", "", "reason"), ("dispute", "Jelek.", "reason"), ("maybe", "", "verdict")])
def test_a_dispute_says_why(people, road, verdict, reason, field):
    done(people, road)
    with pytest.raises(Invalid) as refusal:
        say(road, people.resident, verdict, reason)
    assert field in refusal.value.fields


def test_a_dispute_stands_until_its_own_author_takes_it_back(people, work):
    done(people, work)
    say(work, people.resident)
    assert standing(work) == Realisation.CONFIRMED
    other = cast.resident_of(username="other_resident")
    say(work, other, "dispute", REASON)
    assert standing(work) == Realisation.DISPUTED
    say(work, people.facilitator)
    say(work, people.village_head)
    assert standing(work) == Realisation.DISPUTED, "who is content does not outvote who is not"
    say(work, other)
    assert standing(work) == Realisation.CONFIRMED
    assert Confirmation.objects.filter(work=work, person=other).count() == 2, "the former word stays readable"


def test_the_same_word_sent_twice_is_one(people, road):
    done(people, road)
    key = uuid.uuid4()
    assert say(road, people.resident, key=key)[1]
    assert not say(road, people.resident, key=key)[1]
    assert not say(road, people.resident)[1]
    with pytest.raises(Conflict):
        say(road, people.facilitator, key=key)


def test_the_proposals_own_door_gives_the_same_word(people, bridge):
    done(people, bridge)
    proposal = bridge.proposal
    proposal.refresh_from_db()
    register.move(proposal_id=proposal.pk, name="dispute", actor=people.resident, version=proposal.version, reason=REASON)
    assert standing(bridge) == Realisation.DISPUTED
    word = Confirmation.objects.get(work=bridge)
    assert (word.person, word.verdict, word.reason) == (people.resident, "dispute", REASON)
    with pytest.raises(Conflict) as refusal:
        register.move(proposal_id=proposal.pk, name="confirm", actor=people.facilitator, version=None)
    assert refusal.value.code == "others_dispute"
    register.move(proposal_id=proposal.pk, name="confirm", actor=people.resident, version=None)
    assert standing(bridge) == Realisation.CONFIRMED


def test_a_dispute_is_answered_in_time_and_both_sides_hear(people, work):
    done(people, work)
    say(work, people.resident, "dispute", REASON)
    work.refresh_from_db()
    assert work.answer_due_on == clock.today() + timedelta(days=14)
    assert Notice.objects.filter(news__kind="work_disputed", user=people.agency_officer).count() == 1
    key, text = uuid.uuid4(), "Sisa papan dipasang paling lambat hari Jumat."
    assert saying.answer(work_id=work.pk, actor=people.agency_officer, id=key, text_said=text)[1]
    assert not saying.answer(work_id=work.pk, actor=people.agency_officer, id=key, text_said=text)[1]
    work.refresh_from_db()
    assert work.answer_due_on is None
    assert standing(work) == Realisation.DISPUTED, "an answer is no repair"
    assert Notice.objects.filter(news__kind="work_answered", user=people.resident).count() == 1


def test_only_who_builds_answers_and_only_a_dispute(people, road):
    done(people, road)
    text = "Sisa papan dipasang paling lambat hari Jumat."
    with pytest.raises(Conflict):
        saying.answer(work_id=road.pk, actor=people.agency_officer, id=uuid.uuid4(), text_said=text)
    say(road, people.resident, "dispute", REASON)
    for who in (people.resident, people.other_agency_officer):
        with pytest.raises(Refusal):
            saying.answer(work_id=road.pk, actor=who, id=uuid.uuid4(), text_said=text)
    with pytest.raises(Invalid):
        saying.answer(work_id=road.pk, actor=people.agency_officer, id=uuid.uuid4(), text_said="Ya.")


def test_phone_numbers_in_a_dispute_are_masked(people, road):
    done(people, road)
    word, _is_new = say(road, people.resident, "dispute", f"{REASON} Hubungi 0812 3456 7890.")
    assert "0812" not in word.reason


@pytest.mark.parametrize(("verdicts", "state"), [([], "reported_done"), (["confirm"], "confirmed"), (["confirm", "dispute"], "disputed")])
def test_the_rule_of_the_state(verdicts, state):
    assert state_of(verdicts) == state
