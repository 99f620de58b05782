"""The checklist on the road: forwarding past a gate is refused by name, answers are heard and may be refused."""

import pytest
from django.utils import translation

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from proposals import policy, services
from proposals.models import NotApplicable, Proposal, Requirement
from proposals.papers.checklist import checklist_of
from proposals.services import requirements
from proposals.services.planning import Window, open_plan_year
from proposals.stages import Outcome, Stage
from proposals.words import WorkKind
from tests import cast, make
from tests.proposals import pictures, told

REASON = "Pekerjaan berada di badan jalan desa."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"):
        yield tmp_path


@pytest.fixture
def year(people):
    plan = make.cycle()
    requirements.give(plan)
    plan.requirements.update(verified_at=clock.now())
    return plan


@pytest.fixture
def asked(year):
    return make.proposal(of=year, stage=Stage.SUBDISTRICT)


def _bring(proposal, people, kind):
    return services.attach(proposal_id=proposal.pk, actor=people.facilitator, content=pictures.jpeg(100 + len(kind)), kind=kind)


def _with_photo(proposal, people):
    Proposal.objects.filter(pk=proposal.pk).update(outcome=Outcome.RETURNED)
    _bring(proposal, people, "photo")
    Proposal.objects.filter(pk=proposal.pk).update(outcome=Outcome.OPEN)


@pytest.mark.parametrize("name", ["forward", "forward_adjusted"])
def test_a_gate_is_refused_with_what_is_missing(people, asked, name):
    said = {"reason": told.REASON, "volume": 400} if name == "forward_adjusted" else {}
    with pytest.raises(Conflict) as refusal:
        told.move(asked, name, people.subdistrict_officer, **said)
    assert refusal.value.code == "not_ready"
    assert "photo before the work, land evidence" in str(refusal.value.message)
    asked.refresh_from_db()
    assert (asked.stage, asked.version) == (Stage.SUBDISTRICT, 1)


def test_every_other_move_stays_open_without_papers(people, asked):
    names = {move.name for move in policy.possible_moves(people.subdistrict_officer, asked)}
    assert names == {"return", "reserve", "reject", "merge"}


def test_the_village_stage_has_no_gate_so_the_village_may_collect_its_papers_later(people, year):
    proposal = make.proposal(of=year)
    assert told.move(proposal, "forward", people.village_head).stage == Stage.SUBDISTRICT


def test_with_photo_and_land_it_goes_on_and_stops_at_the_agency_for_its_cost_plan(people, asked):
    _with_photo(asked, people)
    _bring(asked, people, "land_evidence")
    assert told.move(asked, "forward", people.subdistrict_officer).stage == Stage.AGENCY
    with pytest.raises(Conflict, match="cost plan"):
        told.move(asked, "forward", people.agency_officer)
    _bring(asked, people, "cost_plan")
    assert told.move(asked, "forward", people.agency_officer).stage == Stage.DISTRICT


def test_who_has_no_say_is_not_told_what_is_missing(people, asked):
    with pytest.raises(Refusal) as refusal:
        told.move(asked, "forward", people.neighbour)
    assert (refusal.value.status, refusal.value.code) == (403, "not_yours")


def test_a_default_that_nobody_has_confirmed_is_told_and_holds_nothing_back(people, asked, year):
    year.requirements.update(verified_at=None)
    told_of = {item.document: (item.gate, item.proposed_gate) for item in checklist_of(Proposal.objects.get(pk=asked.pk))}
    assert told_of["photo"] == (None, Stage.SUBDISTRICT)
    assert told.move(asked, "forward", people.subdistrict_officer).stage == Stage.AGENCY


def test_a_cycle_without_requirements_asks_nothing(people):
    proposal = make.proposal(stage=Stage.SUBDISTRICT)
    assert told.move(proposal, "forward", people.subdistrict_officer).stage == Stage.AGENCY


def test_a_training_needs_no_land(people, year):
    entry = make.dictionary_entry(of=year, kind=WorkKind.SERVICE)
    proposal = make.proposal(of=year, stage=Stage.SUBDISTRICT, dictionary_entry=entry)
    _with_photo(proposal, people)
    assert told.move(proposal, "forward", people.subdistrict_officer).stage == Stage.AGENCY


def _answer(proposal, person, document="land_evidence", reason=REASON):
    return services.answer(proposal_id=proposal.pk, document=document, actor=person, reason=reason)


def test_a_reason_opens_the_gate_and_a_return_may_refuse_it(people, asked):
    _with_photo(asked, people)
    _answer(asked, people.facilitator)
    returned = told.move(
        asked, "return", people.subdistrict_officer, reason="Bawa surat aset desa yang ditandatangani.", refused_answers=["land_evidence"]
    )
    assert NotApplicable.objects.get().refused_by == people.subdistrict_officer
    services.submit(proposal_id=returned.pk, actor=people.facilitator)
    with pytest.raises(Conflict, match="land evidence"):
        told.move(asked, "forward", people.subdistrict_officer)
    with pytest.raises(Invalid):
        _answer(asked, people.facilitator)
    _answer(asked, people.facilitator, reason="Surat aset desa hilang terbakar tahun lalu.")
    assert told.move(asked, "forward", people.subdistrict_officer).stage == Stage.AGENCY


def test_answers_are_refused_only_by_returning_and_only_where_there_are_some(people, asked):
    _answer(asked, people.facilitator)
    for name, documents, said in (("reserve", ["land_evidence"], {}), ("return", ["photo"], {}), ("return", [7], {})):
        with pytest.raises(Invalid) as refusal:
            told.move(asked, name, people.subdistrict_officer, reason=told.REASON, refused_answers=documents, **said)
        assert set(refusal.value.fields) == {"refused_answers"}
    asked.refresh_from_db()
    assert asked.version == 1, "nothing half-written"


def test_the_same_answer_twice_is_one(people, asked):
    _answer(asked, people.facilitator)
    _answer(asked, people.village_head)
    assert NotApplicable.objects.get().said_by == people.facilitator
    assert AuditEntry.objects.filter(action="proposals.readiness.answer").count() == 1
    assert services.take_back(proposal_id=asked.pk, document="land_evidence", actor=people.facilitator)
    assert not services.take_back(proposal_id=asked.pk, document="land_evidence", actor=people.facilitator)


@pytest.mark.parametrize(
    ("document", "reason", "field"), [("land_evidence", "pendek", "reason"), ("rumah", REASON, "document"), ("photo", "x" * 301, "reason")]
)
def test_an_answer_says_why_about_something_that_exists(people, asked, document, reason, field):
    with pytest.raises(Invalid) as refusal:
        _answer(asked, people.facilitator, document, reason)
    assert set(refusal.value.fields) == {field}


def test_only_the_village_answers(people, asked):
    allowed = set()
    for name, person in people.people().items():
        try:
            _answer(asked, person, reason=f"{REASON} {name}")
        except Refusal:
            continue
        allowed.add(name)
    assert allowed == {"facilitator", "village_head"}


WINDOWS = [Window(Stage.VILLAGE), Window(Stage.SUBDISTRICT), Window(Stage.BUDGET), Window(Stage.WORKS), Window(Stage.DONE)]


def _open(people, year):
    return open_plan_year(actor=people.planner, region_code=cast.HOME, plan_year=year, windows=WINDOWS, legal_basis="Perbup 1/2026")


def test_a_new_plan_year_begins_with_defaults_that_nobody_has_confirmed_then_with_a_copy(people):
    first = _open(people, 2030)
    rows = Requirement.objects.filter(cycle=first)
    assert (rows.count(), rows.filter(verified_at__isnull=False).count()) == (len(requirements.DEFAULTS), 0)
    requirements.confirm_all(actor=people.planner, cycle_id=first.pk)
    requirements.ask_for(actor=people.planner, cycle_id=first.pk, document="other", sector="health", gate_stage="district", hint="Izin Dinkes.")
    second = Requirement.objects.filter(cycle=_open(people, 2031))
    assert second.count() == len(requirements.DEFAULTS) + 1
    assert not second.filter(verified_at__isnull=False).exists(), "next year's decree confirms next year's list"
    assert second.filter(document="other", sector="health", gate_stage="district", hint="Izin Dinkes.").exists()


def test_only_the_kabupatens_planner_says_what_is_asked(people, year):
    allowed = set()
    for name, person in people.people().items():
        try:
            requirements.ask_for(actor=person, cycle_id=year.pk, document="other", sector="road", hint=name)
        except Conflict:
            allowed.add(name)
        except Refusal:
            continue
        else:
            allowed.add(name)
    assert allowed == {"planner", "second_planner"}


def test_the_same_document_is_asked_for_once_for_the_same_works(people, year):
    with pytest.raises(Conflict):
        requirements.ask_for(actor=people.planner, cycle_id=year.pk, document="photo")
    row = Requirement.objects.get(cycle=year, document="photo")
    requirements.ask_for(actor=people.planner, cycle_id=year.pk, pk=row.pk, document="photo", gate_stage="village")
    row.refresh_from_db()
    assert (row.gate_stage, row.verified_by) == ("village", people.planner)
    assert requirements.drop(actor=people.planner, cycle_id=year.pk, pk=row.pk)
    assert not requirements.drop(actor=people.planner, cycle_id=year.pk, pk=row.pk)


@pytest.mark.parametrize("wrong", [{"document": "rumah"}, {"work_kind": "x"}, {"sector": "x"}, {"gate_stage": "budget"}, {"hint": "x" * 301}])
def test_a_requirement_names_what_exists(people, year, wrong):
    with pytest.raises(Invalid) as refusal:
        requirements.ask_for(actor=people.planner, cycle_id=year.pk, **{"document": "other", **wrong})
    assert set(refusal.value.fields) == set(wrong)


def test_a_list_of_checklists_costs_the_same_for_many_as_for_one(people, year, django_assert_num_queries):
    from proposals.papers.checklist import checklist_of, with_papers

    make.proposals(12, of=year, stage=Stage.SUBDISTRICT)
    for count in (2, 12):
        found = list(Proposal.objects.filter(cycle=year).select_related("cycle")[:count])
        with django_assert_num_queries(3):  # what is asked, files, answers
            assert all(checklist_of(proposal) for proposal in with_papers(found))
