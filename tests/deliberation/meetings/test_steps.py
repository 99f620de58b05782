"""Planning, opening, closing: the table walked, the same thing twice, two at once, bad input."""

import uuid
from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from deliberation.meetings.services.inviting import called, invite
from deliberation.meetings.services.planning import plan
from deliberation.meetings.services.stepping import step
from deliberation.meetings.states import STEPS
from deliberation.models import Meeting, News
from proposals.live import events_after
from tests import make
from tests.deliberation.meetings import told

STATES = ("planned", "open", "adjourned", "closed", "cancelled")


@pytest.fixture(autouse=True)
def _year(people):
    make.cycle()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_leads_where_the_table_says_and_nowhere_else(people, state, name):
    meeting = make.a_meeting(state=state)
    law = STEPS[name]

    def take():
        return step(meeting_id=meeting.pk, name=name, actor=people.village_head, reason="Banjir menutup jalan.")

    if state == law.leads_to:
        assert take().state == state
        assert not events_after(meeting.pk, 0)
    elif state in law.comes_from:
        assert take().state == law.leads_to
        assert [event["state"] for event in events_after(meeting.pk, 0)] == [law.leads_to]
        assert AuditEntry.objects.filter(subject=f"meeting:{meeting.pk}", action=f"deliberation.meeting.{name}").count() == 1
    else:
        with pytest.raises(Conflict):
            take()


def test_a_meeting_is_cancelled_with_a_reason_only(people):
    meeting = make.a_meeting(state="planned")
    with pytest.raises(Invalid):
        step(meeting_id=meeting.pk, name="cancel", actor=people.village_head, reason="batal")
    assert step(meeting_id=meeting.pk, name="cancel", actor=people.village_head, reason="Banjir menutup jalan.").cancelled_reason


def test_a_step_by_somebody_who_read_another_version_is_a_conflict(people):
    meeting = make.a_meeting(state="open", version=3)
    with pytest.raises(Conflict) as refused:
        step(meeting_id=meeting.pk, name="close", actor=people.village_head, version=2)
    assert refused.value.code == "version"


def test_a_meeting_does_not_open_before_its_stage_does(people):
    window = Meeting(cycle=make.open_cycle()).cycle.windows.get(stage="village")
    type(window).objects.filter(pk=window.pk).update(opens_at=clock.now() + timedelta(days=1))
    with pytest.raises(Conflict) as refused:
        step(meeting_id=make.a_meeting(state="planned").pk, name="open", actor=people.village_head)
    assert refused.value.code == "not_yet_open"


def test_the_time_of_opening_is_the_captured_one_unless_it_cannot_be_true(people):
    now = clock.now()
    for at, expected in ((now - timedelta(hours=3), True), (now + timedelta(days=2), False)):
        meeting = step(meeting_id=make.a_meeting(state="planned").pk, name="open", actor=people.village_head, at=at)
        assert (meeting.opened_at == at) is expected


def test_no_meeting_opens_in_another_week_or_closes_before_what_it_decided(people):
    now = clock.now()
    opened = step(meeting_id=make.a_meeting(state="planned").pk, name="open", actor=people.village_head, at=now - timedelta(days=40))
    assert now - opened.opened_at < timedelta(minutes=5)
    meeting = make.a_meeting(opened_at=now - timedelta(hours=3))
    told.decided(meeting, make.proposal(of=meeting.cycle), people.village_head)
    closed = step(
        meeting_id=meeting.pk, name="close", actor=people.village_head, at=now - timedelta(hours=2), shortfall_reason="Hujan deras sejak pagi hari."
    )
    assert closed.closed_at >= now


def test_a_planned_meeting_stands_with_its_journal_and_its_event(people):
    key = uuid.uuid4()
    made, is_new = plan(meeting_id=key, actor=people.village_head, fields=told.plan())
    assert (is_new, made.stage, made.convened_role) == (True, "village", "village_head")
    assert made.title.endswith(" Kapur"), "a meeting without a title is called by its kind and region"
    again, is_new = plan(meeting_id=key, actor=people.village_head, fields=told.plan(starts_at=made.starts_at))
    assert (is_new, again.version) == (False, 1)
    assert AuditEntry.objects.filter(subject=f"meeting:{key}").count() == 1


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"place": ""}, "place"),
        ({"place": "x" * 201}, "place"),
        ({"plan_year": 1999}, "plan_year"),
        ({"plan_year": "2028"}, "plan_year"),
        ({"starts_at": ...}, "starts_at"),
        ({"starts_at": "besok"}, "starts_at"),
        ({"online_address": "javascript:alert(1)"}, "online_address"),
        ({"chair": "nobody-here"}, "chair"),
        ({"purpose": "a\0b"}, "purpose"),
    ],
)
def test_a_plan_that_cannot_be_read_names_the_field(people, fields, at):
    with pytest.raises(Invalid) as refused:
        plan(meeting_id=uuid.uuid4(), actor=people.village_head, fields=told.plan(**fields))
    assert at in (refused.value.fields or {})
    assert not Meeting.objects.exists()


def test_a_meeting_ends_after_it_starts_and_within_a_week(people):
    starts = clock.now() + timedelta(days=7)
    for ends in (starts, starts - timedelta(hours=1), starts + timedelta(days=8)):
        with pytest.raises(Invalid) as refused:
            plan(meeting_id=uuid.uuid4(), actor=people.village_head, fields=told.plan(starts_at=starts, ends_at=ends))
        assert "ends_at" in (refused.value.fields or {})


def test_a_change_needs_the_version_that_was_read_and_keeps_kind_and_place(people):
    made, _new = plan(meeting_id=uuid.uuid4(), actor=people.village_head, fields=told.plan())
    changed = told.plan(starts_at=made.starts_at, place="Gedung serbaguna")
    with pytest.raises(Conflict):
        plan(meeting_id=made.pk, actor=people.village_head, fields=changed, version=7)
    assert plan(meeting_id=made.pk, actor=people.village_head, fields=changed, version=1)[0].version == 2
    with pytest.raises(Invalid):
        plan(meeting_id=made.pk, actor=people.village_head, fields={**changed, "kind": "village"}, version=2)


def test_a_note_taker_names_no_other_chair(people):
    meeting = make.a_meeting(state="planned", note_taker=people.resident)
    fields = told.plan(starts_at=meeting.starts_at, title=meeting.title, note_taker="resident", chair="neighbour", purpose="")
    with pytest.raises(Invalid) as refused:
        plan(meeting_id=meeting.pk, actor=people.resident, fields=fields, version=1)
    assert "chair" in (refused.value.fields or {})


@pytest.mark.parametrize("name", ["resident", "subdistrict_officer", "moderator"])
def test_whoever_has_no_part_in_a_meeting_changes_nothing(people, name):
    meeting = make.a_meeting(state="planned")
    for act in (
        lambda who: plan(meeting_id=meeting.pk, actor=who, fields=told.plan(), version=1),
        lambda who: step(meeting_id=meeting.pk, name="open", actor=who),
        lambda who: invite(meeting_id=meeting.pk, actor=who),
    ):
        with pytest.raises(Refusal) as refused:
            act(getattr(people, name))
        assert refused.value.status == 403


def test_an_invitation_goes_out_once_until_the_plan_changes(people):
    meeting = make.a_meeting(state="planned", chair=people.neighbour)
    assert people.subdistrict_officer.pk in called(meeting)
    assert {people.facilitator.pk, people.neighbour.pk} <= set(called(meeting))
    assert people.planner.pk not in called(meeting), "a kabupaten's planner is not called to every village"
    for _ in range(2):
        invited = invite(meeting_id=meeting.pk, actor=people.village_head)
    assert News.objects.filter(kind="invitation").count() == 1
    invited = step(meeting_id=step(meeting_id=meeting.pk, name="open", actor=people.village_head).pk, name="adjourn", actor=people.village_head)
    assert invited.invitation_stands, "opening a meeting changes nothing that was invited to"
    moved = told.plan(starts_at=meeting.starts_at + timedelta(days=1), title=meeting.title, chair="neighbour", purpose="")
    plan(meeting_id=meeting.pk, actor=people.village_head, fields=moved, version=invited.version)
    invite(meeting_id=meeting.pk, actor=people.village_head)
    assert News.objects.filter(kind="invitation").count() == 2
