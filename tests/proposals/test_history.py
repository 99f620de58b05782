"""What the page tells: where the proposal was, is and may go, and what each level made of the sum."""

import pytest
from django.utils import translation

from proposals import history
from proposals.models import Proposal, StageWindow
from proposals.stages import Stage
from tests import make
from tests.proposals import told


@pytest.fixture
def proposal(people):
    StageWindow.objects.filter(cycle=make.cycle(), stage=Stage.SUBDISTRICT).update(name="Musrenbang Distrik")
    made = told.sent(people)
    told.move(made, "forward", people.village_head)
    told.move(made, "forward_adjusted", people.subdistrict_officer, volume="312.5", reason=told.REASON)
    return Proposal.objects.get(pk=made.pk)


def test_the_road_shows_what_is_past_now_and_ahead(proposal):
    road = history.road(proposal)
    assert [(stop.stage, stop.state) for stop in road] == [
        ("village", "past"),
        ("subdistrict", "past"),
        ("agency", "now"),
        ("district", "ahead"),
        ("budget", "ahead"),
        ("works", "ahead"),
        ("done", "ahead"),
    ]
    assert road[1].title == "Musrenbang Distrik"
    assert [step.name for step in road[0].steps] == ["submit", "forward"]
    assert (road[1].steps[0].who, road[1].steps[0].text) == ("Subdistrict Officer", told.REASON)


def test_a_road_that_ended_says_where(people, proposal):
    told.move(proposal, "reject", people.agency_officer, reason=told.REASON, reason_code="LAND_NOT_CLEAR")
    road = history.road(Proposal.objects.get(pk=proposal.pk))
    assert [stop.state for stop in road[:4]] == ["past", "past", "stopped", "ahead"]
    assert road[2].steps[0].responsible == "Kabupaten Kubu Raya"
    assert road[2].steps[0].reason_label


def test_the_ladder_is_what_was_asked_and_the_last_word_of_each_level(people, proposal):
    rungs = history.ladder(proposal)
    assert [(rung.stage, rung.asked, rung.volume, rung.amount, rung.share) for rung in rungs] == [
        ("village", True, 500, 400_000_000, 100),
        ("village", False, 500, 400_000_000, 100),
        ("subdistrict", False, 312.5, 250_000_000, 62),
    ]
    with translation.override("en"):
        assert history.ladder_sentence(rungs[2:]) == "Musrenbang Distrik 312,5 m, Rp250.000.000"


def test_a_level_that_refused_is_not_said_to_have_advised_the_sum(people, proposal):
    told.move(proposal, "reject", people.agency_officer, reason=told.REASON, reason_code="LAND_NOT_CLEAR")
    assert [rung.stage for rung in history.ladder(Proposal.objects.get(pk=proposal.pk))] == ["village", "village", "subdistrict"]


def test_a_village_that_asks_for_less_after_a_return_stands_twice(people):
    make.cycle()
    made = told.sent(people)
    returned = told.move(made, "return", people.village_head, reason=told.REASON)
    from proposals import services

    services.edit(proposal_id=made.pk, actor=people.facilitator, version=returned.version, fields={"volume": 400})
    told.move(made, "submit", people.facilitator)
    asked = [rung.amount for rung in history.ladder(Proposal.objects.get(pk=made.pk)) if rung.asked]
    assert asked == [400_000_000, 320_000_000]


def test_a_draft_has_its_road_ahead_and_no_ladder(people):
    make.cycle()
    draft = Proposal.objects.get(pk=told.draft(people.facilitator).pk)
    assert {stop.state for stop in history.road(draft)} == {"ahead"}
    assert history.ladder(draft) == []


def test_road_and_ladder_together_take_the_same_queries_however_long_the_road(people, proposal, django_assert_num_queries):
    for _ in range(2):
        fresh = Proposal.objects.get(pk=proposal.pk)
        with django_assert_num_queries(3):  # steps with their people, cycle, windows
            history.road(fresh)
            history.ladder(fresh)
        told.move(proposal, "reserve", people.agency_officer, reason=told.REASON)
        told.move(proposal, "return", people.agency_officer, reason=told.REASON)
        told.move(proposal, "submit", people.facilitator)
