"""Deciding: each move leaves one step with who, why and what stands; a wrong one leaves nothing."""

import uuid

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from proposals import services
from proposals.models import LiveEvent, Proposal, Recommendation
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.proposals import told


@pytest.fixture(autouse=True)
def _cycle(people):
    make.cycle()


def _state(proposal):
    row = Proposal.objects.get(pk=proposal.pk)
    return (row.stage, row.outcome, row.version, row.volume, row.amount, row.number, Recommendation.objects.count(), LiveEvent.objects.count())


def test_a_submission_gives_a_number_and_keeps_what_the_village_asks(people):
    step = services.submit(proposal_id=told.draft(people.facilitator).pk, actor=people.facilitator)
    proposal = Proposal.objects.get(pk=step.proposal_id)
    assert (proposal.number, proposal.stage, proposal.outcome) == ("6112-2028-0001", "village", "open")
    assert (step.move, step.volume, step.unit, step.amount, step.role) == ("submit", 500, "m", 400_000_000, "facilitator")
    assert proposal.submitted_at == step.decided_at


def test_numbers_run_by_kabupaten_and_year(people):
    make.cycle(plan_year=2029)
    numbers = [told.sent(people, plan_year=year).number for year in (2028, 2029, 2028)]
    assert numbers == ["6112-2028-0001", "6112-2029-0001", "6112-2028-0002"]


def test_the_whole_road_is_told_level_by_level(people):
    proposal = told.sent(people)
    told.move(proposal, "forward", people.village_head)
    told.move(proposal, "forward_adjusted", people.subdistrict_officer, volume=300, reason=told.REASON)
    told.move(proposal, "forward", people.agency_officer)
    told.move(proposal, "forward", people.planner)
    proposal = told.move(proposal, "fund", people.budget_team, by_run=True, funded_amount=200_000_000, funding_source="apbd")
    assert (proposal.stage, proposal.outcome, proposal.funded_amount, proposal.funding_source) == ("works", "funded", 200_000_000, "apbd")
    told.move(proposal, "start", people.agency_officer)
    told.move(proposal, "report_done", people.agency_officer)
    told.move(proposal, "dispute", people.resident, reason=told.REASON)
    proposal = told.move(proposal, "confirm", people.resident)
    assert (proposal.stage, proposal.outcome, proposal.realisation) == ("done", "funded", "confirmed")
    steps = list(proposal.recommendations.values_list("stage", "move", "volume", "amount", "version"))
    assert steps[:3] == [
        ("draft", "submit", 500, 400_000_000, 2),
        ("village", "forward", 500, 400_000_000, 3),
        ("subdistrict", "forward_adjusted", 300, 240_000_000, 4),
    ]
    assert len(steps) == proposal.version - 1, "one step a version"
    assert AuditEntry.objects.filter(subject=f"proposal:{proposal.pk}").count() == len(steps) + 1
    assert [event.facts["move"] for event in LiveEvent.objects.filter(room_id=proposal.pk)] == [step[1] for step in steps]


def test_a_rank_belongs_to_the_list_of_one_stage(people):
    proposal = make.proposal(rank=3)
    assert told.move(proposal, "reserve", people.village_head, reason=told.REASON).rank == 3
    assert told.move(proposal, "forward", people.village_head).rank is None


@pytest.mark.parametrize("reason", ["", "terlalu mahal", "a" * 19, " " * 40, "\u202e" * 40, None])
@pytest.mark.parametrize("name", ["return", "reserve", "reject", "forward_adjusted"])
def test_what_stops_a_proposal_carries_a_sentence_for_citizens(people, name, reason):
    proposal = make.proposal()
    before = _state(proposal)
    with pytest.raises(Invalid) as refusal:
        told.move(proposal, name, people.village_head, reason=reason, reason_code="LOW_URGENCY", responsible="Desa Kapur", volume=100)
    assert "reason" in refusal.value.fields or reason is None
    assert _state(proposal) == before


def test_a_rejection_names_its_reason_and_who_answers_for_it(people):
    proposal = make.proposal()
    with pytest.raises(Invalid) as refusal:
        told.move(proposal, "reject", people.village_head, reason=told.REASON, reason_code="TOO_UGLY")
    assert set(refusal.value.fields) == {"reason_code"}
    with pytest.raises(Invalid) as refusal:
        told.move(proposal, "reject", people.village_head, reason=told.REASON, reason_code="OTHER_AUTHORITY")
    assert set(refusal.value.fields) == {"responsible"}, "who is sent elsewhere is told where"
    told.move(proposal, "reject", people.village_head, reason=told.REASON, reason_code="OTHER_AUTHORITY", responsible="Balai Jalan Nasional")
    step = proposal.recommendations.get()
    assert (step.outcome_after, step.reason_code, step.responsible) == ("rejected", "OTHER_AUTHORITY", "Balai Jalan Nasional")


@pytest.mark.parametrize(
    ("stage", "who", "body"),
    [
        (Stage.VILLAGE, "village_head", "Desa Kapur"),
        (Stage.SUBDISTRICT, "subdistrict_officer", "Kecamatan Sungai Raya"),
        (Stage.AGENCY, "agency_officer", "Dinas Pekerjaan Umum"),
        (Stage.DISTRICT, "planner", "Kabupaten Kubu Raya"),
    ],
)
def test_otherwise_the_body_that_rejects_answers_for_it(people, stage, who, body):
    proposal = make.proposal(stage=stage, agency=people.works_agency)
    told.move(proposal, "reject", getattr(people, who), reason=told.REASON, reason_code="LOW_URGENCY")
    assert proposal.recommendations.get().responsible == body


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "amount"),
        ({"volume": 500}, "amount"),
        ({"amount": 400_000_000}, "amount"),
        ({"volume": 501}, "volume"),
        ({"amount": 400_000_001}, "amount"),
        ({"volume": 0}, "volume"),
        ({"volume": "banyak"}, "volume"),
        ({"amount": 1.5}, "amount"),
        ({"amount": -5}, "amount"),
        ({"amount": 10**16}, "amount"),
    ],
)
def test_advice_differs_from_what_stands_and_is_never_more_than_was_asked(people, said, field):
    proposal = told.sent(people)
    before = _state(proposal)
    with pytest.raises(Invalid) as refusal:
        told.move(proposal, "forward_adjusted", people.village_head, reason=told.REASON, **said)
    assert field in refusal.value.fields
    assert _state(proposal) == before


def test_a_plain_forward_does_not_swallow_another_amount(people):
    proposal = told.sent(people)
    with pytest.raises(Invalid):
        told.move(proposal, "forward", people.village_head, amount=1)
    assert told.move(proposal, "forward", people.village_head, amount=400_000_000).stage == "subdistrict"


def test_a_proposal_is_sent_to_another_agency_of_the_same_kabupaten(people):
    proposal = make.proposal(stage=Stage.AGENCY, agency=people.works_agency)
    abroad = type(people.works_agency).objects.create(region_id=cast.ELSEWHERE, code="9", name="Dinas Kota")
    for wrong in (None, abroad.pk, people.works_agency.pk, 10**30, "1", True):
        with pytest.raises(Invalid) as refusal:
            told.move(proposal, "reroute", people.agency_officer, reason=told.REASON, agency_id=wrong)
        assert set(refusal.value.fields) == {"agency"}
    moved = told.move(proposal, "reroute", people.agency_officer, reason=told.REASON, agency_id=people.farming_agency.pk)
    assert (moved.agency, moved.stage, moved.outcome) == (people.farming_agency, "agency", "open")


def test_a_proposal_joins_another_that_is_still_discussed(people):
    proposal, target = make.proposal(), make.proposal()
    joined = told.move(proposal, "merge", people.village_head, reason=told.REASON, target_id=target.pk)
    assert (joined.outcome, joined.merged_into) == ("merged", target)
    assert joined.recommendations.get().target == target


def test_nothing_joins_itself_a_draft_the_decided_another_year_or_a_chain(people):
    proposal = make.proposal()
    wrong = [
        None,
        proposal.pk,
        uuid.uuid4(),
        make.proposal(stage=Stage.DRAFT).pk,
        make.proposal(outcome=Outcome.REJECTED).pk,
        make.proposal(outcome=Outcome.MERGED).pk,
        make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED).pk,
        make.proposal(of=make.cycle(plan_year=2029)).pk,
    ]
    for target in wrong:
        with pytest.raises(Invalid) as refusal:
            told.move(proposal, "merge", people.village_head, reason=told.REASON, target_id=target)
        assert set(refusal.value.fields) == {"target"}
    told.move(make.proposal(), "merge", people.village_head, reason=told.REASON, target_id=proposal.pk)
    with pytest.raises(Invalid):
        told.move(proposal, "merge", people.village_head, reason=told.REASON, target_id=make.proposal().pk)


def test_a_stale_version_is_a_conflict_that_says_what_happened(people):
    proposal = make.proposal()
    told.move(proposal, "reserve", people.village_head, reason=told.REASON)
    with pytest.raises(Conflict) as refusal:
        told.move(proposal, "forward", people.village_head, version=1)
    assert refusal.value.code == "version"
    assert "Village Head" in str(refusal.value)


def test_who_was_overtaken_hears_of_it_even_where_the_proposal_is_now_somebody_elses(people):
    proposal = make.proposal()
    told.move(proposal, "forward", people.village_head)
    with pytest.raises(Conflict):
        told.move(proposal, "forward", people.village_head, version=1)
    with pytest.raises(Refusal) as refusal:
        told.move(proposal, "forward", people.resident, version=1)
    assert refusal.value.status == 403, "who has no say is not told what happened"


@pytest.mark.parametrize("version", ["1", True, 1.0])
def test_a_version_is_a_whole_number(people, version):
    proposal = make.proposal()
    with pytest.raises(Invalid) as refusal:
        services.move(proposal_id=proposal.pk, name="forward", actor=people.village_head, version=version)
    assert "version" in refusal.value.fields


def test_what_was_closed_stays_closed(people):
    proposal = make.proposal(outcome=Outcome.REJECTED)
    before = _state(proposal)
    with pytest.raises(Conflict):
        told.move(proposal, "forward", people.village_head)
    assert _state(proposal) == before


def test_an_unknown_move_and_an_unknown_proposal_are_said_to_be_so(people):
    with pytest.raises(Invalid):
        told.move(make.proposal(), "approve", people.village_head)
    with pytest.raises(Refusal) as refusal:
        services.move(proposal_id=uuid.uuid4(), name="forward", actor=people.village_head, version=1)
    assert refusal.value.status == 404


def test_a_failed_announcement_undoes_the_decision(people, monkeypatch):
    proposal = make.proposal()
    before = _state(proposal)

    def broken(*_args, **_kwargs):
        raise RuntimeError("no room")

    monkeypatch.setattr("proposals.live.announce", broken)
    with pytest.raises(RuntimeError):
        told.move(proposal, "forward", people.village_head)
    assert _state(proposal) == before
    assert not AuditEntry.objects.exists()
