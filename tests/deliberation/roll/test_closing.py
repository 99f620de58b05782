"""A meeting opens and closes below its quorum only with a reason, which stays."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.refusals import Invalid
from deliberation.meetings.services.stepping import step
from deliberation.models import Meeting, Presence
from proposals import live
from tests.cast import Cast
from tests.deliberation.roll.halls import hall, line, rules

REASON = "Banjir memutus jalan ke dua dusun sejak pagi."


def test_below_quorum_a_meeting_opens_with_its_reason_and_no_other_way(people: Cast) -> None:
    meeting = hall(state="planned")
    rules(quorum_people=3)
    line(meeting)
    for reason in ("", "x"):
        with pytest.raises(Invalid) as refused:
            step(meeting_id=meeting.pk, name="open", actor=people.village_head, shortfall_reason=reason)
        assert "shortfall_reason" in (refused.value.fields or {})
    assert step(meeting_id=meeting.pk, name="open", actor=people.village_head, shortfall_reason=REASON).shortfall_reason == REASON


def test_a_reason_told_once_is_not_asked_for_again(people: Cast) -> None:
    meeting = hall(shortfall_reason=REASON)
    rules(quorum_people=3)
    assert step(meeting_id=meeting.pk, name="close", actor=people.village_head).shortfall_reason == REASON


def test_closing_looks_at_everybody_who_came_and_ends_their_stays(people: Cast) -> None:
    meeting = hall()
    rules(quorum_people=2, women_percent=50)
    line(meeting, "Siti", left=clock.now() - timedelta(minutes=10))
    line(meeting, "Budi", sex="male")
    closed = step(meeting_id=meeting.pk, name="close", actor=people.village_head)
    assert closed.shortfall_reason == ""
    assert not Presence.objects.filter(left_at__isnull=True).exists()
    assert live.events_after(meeting.pk, 0)[0]["kind"] == "presence"


def test_too_few_women_need_a_reason_as_a_quorum_does(people: Cast) -> None:
    meeting = hall()
    rules(women_percent=30)
    line(meeting, "Budi", sex="male")
    with pytest.raises(Invalid):
        step(meeting_id=meeting.pk, name="close", actor=people.village_head)
    assert Meeting.objects.get().state == "open"


def test_a_stage_without_rules_asks_nothing_and_an_adjournment_never_does(people: Cast) -> None:
    meeting = hall()
    assert step(meeting_id=meeting.pk, name="adjourn", actor=people.village_head).state == "adjourned"
    assert step(meeting_id=meeting.pk, name="open", actor=people.village_head).state == "open"
    rules(quorum_people=3)
    assert step(meeting_id=meeting.pk, name="adjourn", actor=people.village_head).shortfall_reason == ""
