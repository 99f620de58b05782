"""What was captured in time is sent in within the grace, flagged and shown; nothing else gets past a closed window."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid
from proposals import history, services
from proposals.capture_words import Told
from proposals.models import Proposal, StageWindow
from proposals.stages import Stage
from tests import cast, make
from tests.proposals import told

HOUR = timedelta(hours=1)


@pytest.fixture
def closed(people):
    """The village stage ended an hour ago, with two days of grace."""
    cycle = make.cycle()
    ended = clock.now() - HOUR
    StageWindow.objects.filter(cycle=cycle, stage="village").update(closes_at=ended, late_grace_hours=48)
    return ended


def word(captured, *, off=timedelta(0)):
    """What a device tells whose clock is `off` ahead."""
    return Told(captured + off, clock.now() + off)


def test_a_draft_captured_before_the_end_is_sent_in_after_it_and_flagged(people, closed):
    draft = make.proposal(stage=Stage.DRAFT)
    step = services.submit(proposal_id=draft.pk, actor=people.facilitator, told=word(closed - HOUR, off=10 * timedelta(minutes=1)))
    assert step.late_sync
    assert abs(step.captured_at - (closed - HOUR)) < timedelta(seconds=5), "put right by the server's clock"
    kept = AuditEntry.objects.get(action="proposals.move.submit").changes
    assert (kept["late_sync"], abs(kept["clock_offset_s"] + 600) < 5) == (True, True)
    [village, *_later] = history.road(Proposal.objects.get(pk=draft.pk))
    assert village.steps[0].late_sync


@pytest.mark.parametrize(
    ("captured", "off", "code"),
    [
        (HOUR / 2, timedelta(0), "window_closed"),
        (-HOUR, timedelta(days=2), "device_clock"),
        (-HOUR, timedelta(days=-2), "device_clock"),
        (timedelta(days=3), timedelta(0), "captured_ahead"),
    ],
)
def test_what_was_captured_late_or_by_a_clock_two_days_off_stays_a_draft(people, closed, captured, off, code):
    draft = make.proposal(stage=Stage.DRAFT)
    with pytest.raises(Conflict) as refused:
        services.submit(proposal_id=draft.pk, actor=people.facilitator, told=word(closed + captured, off=off))
    assert refused.value.code == code
    assert Proposal.objects.get(pk=draft.pk).stage == Stage.DRAFT


def test_without_a_word_of_the_device_the_end_is_the_end(people, closed):
    with pytest.raises(Conflict) as refused:
        services.submit(proposal_id=make.proposal(stage=Stage.DRAFT).pk, actor=people.facilitator)
    assert refused.value.code == "window_closed"


def test_a_draft_keeps_when_its_phone_captured_it_so_that_the_facilitator_may_send_it(people, closed):
    key = uuid.uuid4()
    draft, _new = services.save_draft(proposal_id=key, actor=people.resident, fields=told.entry(), told=word(closed - HOUR))
    assert draft.captured_at is not None
    assert services.submit(proposal_id=key, actor=people.facilitator).late_sync
    far_off, _new = services.save_draft(
        proposal_id=uuid.uuid4(),
        actor=people.resident,
        fields=told.entry(title="Titian Parit Tengkorak rusak"),
        told=word(closed - HOUR, off=timedelta(days=2)),
    )
    assert far_off.captured_at is None, "nothing is lost, and nothing is believed"


def test_after_the_grace_nothing_is_taken_and_a_person_who_closed_ended_it_before(people, closed):
    draft = make.proposal(stage=Stage.DRAFT)
    StageWindow.objects.filter(stage="village").update(closed_in={cast.VILLAGE: clock.now().isoformat()})
    with pytest.raises(Conflict) as shut:
        services.submit(proposal_id=draft.pk, actor=people.facilitator, told=word(closed - HOUR))
    assert shut.value.code == "stage_closed"
    StageWindow.objects.filter(stage="village").update(closed_in={}, late_grace_hours=0)
    with pytest.raises(Conflict) as late:
        services.submit(proposal_id=draft.pk, actor=people.facilitator, told=word(closed - HOUR))
    assert late.value.code == "window_closed"


def test_only_sending_in_comes_from_a_device_without_signal(people):
    with pytest.raises(Invalid):
        services.move(proposal_id=make.proposal().pk, name="forward", actor=people.village_head, version=1, told=word(clock.now()))


def test_a_returned_proposal_does_not_live_on_the_day_its_draft_was_captured(people, closed):
    returned = make.proposal(outcome="returned", captured_at=closed - HOUR)
    with pytest.raises(Conflict) as refused:
        services.submit(proposal_id=returned.pk, actor=people.facilitator)
    assert refused.value.code == "window_closed"


def test_a_program_sends_it_the_same_way_and_reads_the_flag(people, closed):
    client, draft = Client(), make.proposal(stage=Stage.DRAFT)
    client.force_login(people.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    body = {"move": "submit", "version": 1, "captured_at": (closed - HOUR).isoformat(), "device_time": clock.now().isoformat()}
    address = f"/api/v1/proposals/{draft.pk}/moves/"
    assert client.post(address, {**body, "device_time": "tadi"}, content_type="application/json").status_code == 400
    answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["recommendations"][0]["late_sync"] is True
