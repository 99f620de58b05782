"""Who may call, run, record and decide: the whole cast at every kind of meeting."""

import pytest

from deliberation.meetings import policy
from deliberation.words import MeetingKind
from tests import cast, make

#: Kind, region, and everybody of the cast who may call such a meeting there.
CALLERS = {
    ("hamlet", cast.VILLAGE): {"facilitator", "village_head"},
    ("village", cast.VILLAGE): {"facilitator", "village_head"},
    ("village_plan", cast.VILLAGE): {"village_head"},
    ("village_plan", cast.NEXT_VILLAGE): set(),
    ("subdistrict", cast.SUBDISTRICT): {"subdistrict_officer", "planner", "second_planner"},
    ("subdistrict", cast.OTHER_SUBDISTRICT): {"other_subdistrict_officer", "planner", "second_planner"},
    ("agency_forum", cast.HOME): {"agency_officer", "planner", "second_planner"},
    ("district", cast.HOME): {"planner", "second_planner"},
    ("district", cast.ELSEWHERE): {"foreign_planner"},
}


@pytest.mark.parametrize(("kind", "region"), CALLERS)
def test_a_meeting_is_called_by_those_who_answer_for_its_level(people, kind, region):
    agency = people.works_agency.pk if kind == "agency_forum" else None
    found = {name for name, person in people.people().items() if policy.may_convene(person, kind, region, agency)}
    assert found == CALLERS[kind, region]


@pytest.mark.parametrize("kind", [*MeetingKind.values, "picnic", ""])
def test_a_kind_at_a_wrong_level_is_no_meeting(people, kind):
    for region in ("61", "61.12.01.2001.9", "x", ""):
        assert not policy.may_convene(people.planner, kind, region)


def test_an_agency_officer_calls_no_forum_of_another_agency_nor_of_none(people):
    assert policy.may_convene(people.agency_officer, "agency_forum", cast.HOME, people.farming_agency.pk).code == "other_agency"
    assert policy.may_convene(people.agency_officer, "agency_forum", cast.HOME).code == "other_agency"


RIGHTS = {
    "may_run": {"village_head", "resident", "next_facilitator"},
    "may_record": {"village_head", "resident", "next_facilitator", "facilitator"},
    "may_decide": {"village_head", "resident", "next_facilitator"},
}


@pytest.mark.parametrize("question", RIGHTS)
def test_chair_and_note_taker_run_and_write_down_whoever_they_are(people, question):
    make.cycle()
    meeting = make.a_meeting(chair=people.resident, note_taker=people.next_facilitator)
    asked = getattr(policy, question)
    assert {name for name, person in people.people().items() if asked(person, meeting)} == RIGHTS[question]
    assert asked(people.stranger, meeting).status == 401


def test_nobody_decides_in_the_name_of_one_who_no_longer_decides(people):
    make.cycle()
    meeting = make.a_meeting(convened_by=people.planner, note_taker=people.resident)
    assert policy.may_decide(people.resident, meeting).code == "nobody_decides"
    meeting.chair = people.village_head
    assert policy.may_decide(people.resident, meeting)


def test_a_meeting_that_prepares_decides_nothing(people):
    make.cycle()
    answer = policy.may_decide(people.village_head, make.a_meeting(kind="village"))
    assert (answer.code, answer.status) == ("only_prepares", 409)


def test_another_agencys_officer_decides_nothing_in_a_forum(people):
    make.cycle()
    meeting = make.a_meeting(kind="agency_forum", agency=people.works_agency)
    assert policy.may_decide(people.agency_officer, meeting)
    assert not policy.may_decide(people.other_agency_officer, meeting)
