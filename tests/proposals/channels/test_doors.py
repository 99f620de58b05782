"""Programmes of others: who writes them, at which stage they come in, and that a village's rules are not borrowed by mistake."""

import uuid

import pytest

from accounts.refusals import Conflict, Invalid, Refusal
from deliberation import policy as talking
from proposals import history, policy, services, tallies
from proposals.models import Proposal
from proposals.stages import DECIDING, ENTRANCES, MOVES, WRITERS, Stage, entrance, leads_to
from proposals.words import Channel
from tests import cast, make

WHO = {"council": ("council_secretary", "planner", "second_planner"), "agency": ("agency_officer",), "mandatory": ("planner", "second_planner")}


@pytest.fixture
def cycle(people):
    return make.cycle()


def _fields(people, channel="council", **changes):
    return {
        "channel": channel,
        "sponsor": "H. Anwar, Fraksi Karya",
        "sponsor_reference": "Reses I 2027",
        "agency": people.works_agency.pk,
        "village": cast.HOME,
        "plan_year": 2028,
        "title": "Penerangan jalan poros kabupaten",
        "problem": "Jalan poros gelap.",
        "objective": "Jalan poros terang.",
        "sector": "energy",
        "volume": "40",
        "unit": "titik",
        "unit_price": "7900000",
        "locus": "Jalan poros",
        **changes,
    }


def _draft(people, who, channel="council", **changes):
    return services.save_draft(proposal_id=uuid.uuid4(), actor=getattr(people, who), fields=_fields(people, channel, **changes))[0]


def test_every_channel_has_a_door_and_somebody_who_writes():
    assert set(ENTRANCES) == set(WRITERS) == set(Channel.values)
    assert all(stage in DECIDING for stages in ENTRANCES.values() for stage in stages)


@pytest.mark.parametrize(
    ("channel", "order", "expected"),
    [
        ("village", make.ORDER, Stage.VILLAGE),
        ("council", make.ORDER, Stage.AGENCY),
        ("council", (Stage.VILLAGE, Stage.DISTRICT, Stage.BUDGET), Stage.DISTRICT),
        ("agency", make.ORDER, Stage.AGENCY),
        ("mandatory", make.ORDER, Stage.DISTRICT),
        ("mandatory", (Stage.VILLAGE, Stage.BUDGET), Stage.BUDGET),
        ("council", (Stage.VILLAGE, Stage.BUDGET), None),
    ],
)
def test_it_enters_at_the_first_of_its_stages_that_the_cycle_uses(channel, order, expected):
    assert entrance(channel, order) is expected
    assert leads_to(MOVES["submit"], Stage.DRAFT, order, channel) is expected


@pytest.mark.parametrize("channel", list(WHO))
def test_who_answers_for_a_channel_writes_it_and_nobody_else(people, cycle, channel):
    for name in people.people():
        answer = policy.may_create(getattr(people, name), cast.HOME, cycle, channel, people.works_agency.pk)
        assert bool(answer) is (name in WHO[channel]), (channel, name)


def test_a_secretariat_or_an_agency_writes_nothing_for_a_village(people, cycle):
    for name in ("council_secretary", "agency_officer", "planner"):
        assert not policy.may_create(getattr(people, name), cast.VILLAGE, cycle)


@pytest.mark.parametrize(
    ("who", "channel", "stage"),
    [("council_secretary", "council", "agency"), ("agency_officer", "agency", "agency"), ("planner", "mandatory", "district")],
)
def test_sent_in_it_gets_a_number_and_stands_where_its_channel_enters(people, cycle, who, channel, stage):
    draft = _draft(people, who, channel)
    services.submit(proposal_id=draft.pk, actor=getattr(people, who), version=None)
    draft.refresh_from_db()
    assert (draft.stage, draft.number, draft.channel) == (stage, "6112-2028-0001", channel)
    assert draft.recommendations.get().role == {"who": who, "agency_officer": "agency_officer"}.get(who, who)


def test_the_window_of_its_own_stage_decides_when_it_can_be_sent(people, cycle):
    draft = _draft(people, "council_secretary")
    cycle.windows.filter(stage="village").update(closed_at="2020-01-01T00:00:00Z")
    assert policy.may_submit(people.council_secretary, draft)
    cycle.windows.filter(stage="agency").update(closed_at="2020-01-01T00:00:00Z")
    again = Proposal.objects.get(pk=draft.pk)
    assert policy.may_submit(people.council_secretary, again).code == "window_closed"


def test_without_a_stage_to_enter_it_stays_a_draft_and_a_sentence_says_why(people):
    make.cycle(order=(Stage.VILLAGE, Stage.BUDGET, Stage.WORKS, Stage.DONE))
    draft = _draft(people, "council_secretary")
    with pytest.raises(Conflict) as refused:
        services.submit(proposal_id=draft.pk, actor=people.council_secretary, version=None)
    assert refused.value.code == "no_such_stage"


def test_a_draft_of_another_channel_is_seen_by_who_writes_for_it_only(people, cycle):
    draft = _draft(people, "council_secretary", village=cast.VILLAGE)
    seen = {name for name in people.people() if policy.may_see(getattr(people, name), draft)}
    assert seen == {"council_secretary", "planner", "second_planner"}


def test_an_agency_officer_writes_for_the_own_agency_alone(people, cycle):
    with pytest.raises(Refusal) as refused:
        _draft(people, "agency_officer", "agency", agency=people.farming_agency.pk)
    assert refused.value.code == "other_agency"
    draft = _draft(people, "agency_officer", "agency")
    with pytest.raises(Refusal):
        services.edit(proposal_id=draft.pk, actor=people.agency_officer, version=draft.version, fields={"agency": people.farming_agency.pk})
    assert not policy.may_edit(people.other_agency_officer, draft)


def test_who_wrote_it_does_not_decide_about_it(people, cycle):
    draft = _draft(people, "planner", "mandatory")
    services.submit(proposal_id=draft.pk, actor=people.planner, version=None)
    sent = Proposal.objects.get(pk=draft.pk)
    assert policy.may_move(people.planner, sent, "forward").code == "own_proposal"
    assert policy.may_move(people.second_planner, sent, "forward")


def test_it_is_withdrawn_where_it_entered_by_who_writes_for_it(people, cycle):
    sent = make.proposal(stage=Stage.AGENCY, channel="council", village=cast.HOME, author=people.council_secretary, agency=people.works_agency)
    assert policy.may_move(people.council_secretary, sent, "withdraw")
    assert not policy.may_move(people.facilitator, sent, "withdraw")
    own = make.proposal(stage=Stage.AGENCY)
    assert not policy.may_move(people.facilitator, own, "withdraw")


@pytest.mark.parametrize("field", ["sponsor", "sponsor_reference", "agency"])
def test_it_is_not_sent_without_saying_whose_it_is_and_what_it_rests_on(people, cycle, field):
    draft = _draft(people, "council_secretary", **{field: ""})
    with pytest.raises(Invalid) as refused:
        services.submit(proposal_id=draft.pk, actor=people.council_secretary, version=None)
    assert field in refused.value.fields


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("channel", "moon"),
        ("channel", 5),
        ("village", "61"),
        ("village", "61.71"),
        ("village", "x"),
        ("agency", "x"),
        ("agency", 10**12),
        ("sponsor", "x" * 161),
    ],
)
def test_bad_input_is_named_by_its_field_and_nothing_is_kept(people, cycle, field, value):
    with pytest.raises(Refusal) as refused:
        _draft(people, "council_secretary", **{field: value})
    assert refused.value.status in (400, 403)
    assert not Proposal.objects.exists()


def test_a_village_proposal_is_at_home_in_a_village_and_has_no_sponsor(people, cycle):
    with pytest.raises(Invalid) as refused:
        services.save_draft(proposal_id=uuid.uuid4(), actor=people.facilitator, fields=_fields(people, "village"))
    assert "village" in refused.value.fields
    kept, _new = services.save_draft(proposal_id=uuid.uuid4(), actor=people.facilitator, fields=_fields(people, "village", village=cast.VILLAGE))
    assert (kept.sponsor, kept.sponsor_reference, kept.agency) == ("", "", None)


def test_a_facilitators_draft_cannot_slip_into_another_channel(people, cycle):
    kept, _new = services.save_draft(proposal_id=uuid.uuid4(), actor=people.facilitator, fields=_fields(people, "village", village=cast.VILLAGE))
    with pytest.raises(Refusal) as refused:
        services.edit(proposal_id=kept.pk, actor=people.facilitator, version=kept.version, fields={"channel": "council"})
    assert refused.value.status == 403


def test_a_point_in_any_village_fits_a_programme_of_the_kabupaten(people, cycle):
    point = cast.point_in(cast.NEXT_VILLAGE)
    kept = _draft(people, "council_secretary", location=[point.x, point.y])
    assert (kept.location.x, kept.located_village) == (point.x, None)
    outside = cast.point_in(cast.FOREIGN_VILLAGE)
    with pytest.raises(Invalid) as refused:
        _draft(people, "council_secretary", location=[outside.x, outside.y])
    assert "location" in refused.value.fields


def test_tallies_count_a_programme_of_the_kabupaten_once_a_level_and_in_no_village(people, cycle):
    make.proposal(stage=Stage.AGENCY, channel="council", village=cast.HOME)
    make.proposal(stage=Stage.VILLAGE)
    for _turn in range(2):
        found = tallies.counts(["", "61", cast.HOME, cast.SUBDISTRICT, cast.VILLAGE])
        assert {code: count.proposals for code, count in found.items()} == {"": 2, "61": 2, cast.HOME: 2, cast.SUBDISTRICT: 1, cast.VILLAGE: 1}
        assert tallies.breakdown(cast.HOME, "channel")["council"].proposals == 1
        tallies.fold()


def test_everybody_who_lives_in_the_kabupaten_may_support_its_programme(people, cycle):
    sent = make.proposal(stage=Stage.AGENCY, channel="council", village=cast.HOME, author=people.council_secretary)
    assert talking.may_support(people.resident, sent)
    assert talking.may_support(people.neighbour, sent)
    assert not talking.may_support(people.newcomer, sent)
    assert not talking.may_support(people.neighbour, make.proposal(stage=Stage.AGENCY))


def test_the_road_begins_where_the_channel_enters(people, cycle):
    sent = make.proposal(stage=Stage.AGENCY, channel="council", village=cast.HOME, author=people.council_secretary)
    assert [(one.stage, one.state) for one in history.road(sent)][:2] == [("agency", "now"), ("district", "ahead")]
    assert history.road(make.proposal(stage=Stage.AGENCY))[0].stage == "village"
