"""Carrying over: what a year left unfunded becomes one draft of a later year, with its last reason and its years of waiting."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from proposals import services
from proposals.descent import reading as descent
from proposals.models import Lineage, LiveEvent, Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.proposals import told

CLOSED_UNFUNDED = (Outcome.REJECTED, Outcome.NOT_FUNDED, Outcome.WITHDRAWN)


@pytest.fixture
def last(people):
    """A plan year whose budget was decided."""
    return ended(make.cycle(plan_year=2027))


@pytest.fixture
def this(people):
    """The plan year that takes proposals now."""
    return make.cycle(plan_year=2028)


def ended(cycle):
    cycle.windows.update(opens_at=make.clock.now() - 4 * make.MONTH, closes_at=make.clock.now() - make.MONTH)
    return cycle


def carry(proposal, actor, year=2028, **more):
    return services.carry_over(proposal_id=proposal.pk, actor=actor, plan_year=year, **more)[0]


def tried(act) -> str:
    """The code of what stood in the way; empty where it went through."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("outcome", CLOSED_UNFUNDED)
def test_what_ended_without_money_goes_on_with_all_that_the_village_wrote(people, last, this, outcome):
    proposal = make.proposal(of=last, outcome=outcome, raised_by_women=True, pre_meeting="Musyawarah perempuan", beneficiaries_female=40)
    draft = carry(proposal, people.facilitator)
    draft = Proposal.objects.get(pk=draft.pk)
    kept = (
        "title",
        "problem",
        "objective",
        "sector",
        "locus",
        "location",
        "location_source",
        "raised_by_women",
        "pre_meeting",
        "beneficiaries_female",
    )
    assert all(getattr(draft, name) == getattr(proposal, name) for name in kept)
    assert (draft.stage, draft.outcome, draft.number, draft.plan_year, draft.cycle_id) == ("draft", "open", None, 2028, this.pk)
    assert (draft.author, draft.first_asked_year, draft.years_waiting) == (people.facilitator, 2027, 1)
    step = Lineage.objects.get()
    assert (step.parent_id, step.child_id, step.kind, step.by, step.role) == (
        proposal.pk,
        draft.pk,
        "carried_over",
        people.facilitator,
        "facilitator",
    )
    assert AuditEntry.objects.get(subject=f"proposal:{draft.pk}").action == "proposals.carry_over"
    assert Proposal.objects.get(pk=proposal.pk).outcome == outcome, "the year keeps what it decided"


@pytest.mark.parametrize("outcome", [Outcome.OPEN, Outcome.RESERVED, Outcome.RETURNED])
def test_what_nobody_decided_is_closed_when_it_goes_on_so_that_no_late_run_funds_it_twice(people, last, this, outcome):
    proposal = make.proposal(of=last, stage=Stage.BUDGET if outcome is Outcome.OPEN else Stage.DISTRICT, outcome=outcome)
    carry(proposal, people.village_head)
    closed = Proposal.objects.get(pk=proposal.pk)
    assert (closed.outcome, closed.version) == ("not_funded", 2)
    assert proposal.recommendations.get().move == "carry_over"
    assert LiveEvent.objects.get(room_id=proposal.pk).facts["outcome"] == "not_funded"


def test_while_its_year_runs_it_may_yet_be_funded(people, this):
    make.cycle(plan_year=2029)
    with pytest.raises(Conflict, match="masih mungkin didanai"):
        carry(make.proposal(of=this), people.facilitator, 2029)


@pytest.mark.parametrize(
    ("outcome", "stage", "words"),
    [(Outcome.FUNDED, Stage.WORKS, "sudah didanai"), (Outcome.MERGED, Stage.VILLAGE, "gabungannya"), (Outcome.SPLIT, Stage.VILLAGE, "bagian")],
)
@pytest.mark.usefixtures("this")
def test_what_was_funded_or_goes_on_elsewhere_is_refused_with_a_sentence(people, last, outcome, stage, words):
    with pytest.raises(Conflict, match=words):
        carry(make.proposal(of=last, outcome=outcome, stage=stage), people.facilitator)
    assert not Lineage.objects.exists()


def test_only_its_village_carries_over(people, last, this):
    author = cast.resident_of(username="author")
    proposal = make.proposal(of=last, outcome=Outcome.REJECTED, author=author)
    everybody = {**people.people(), "author": author}
    answers = {name: tried(lambda who=person: carry(proposal, who)) for name, person in everybody.items()}
    assert {name for name, answer in answers.items() if answer in {"", "carried_over"}} == {"facilitator", "village_head", "author"}
    assert answers["stranger"] == "not_authenticated"
    assert {answers[name] for name in ("resident", "neighbour", "planner", "subdistrict_officer", "moderator")} == {"not_yours"}


def test_a_draft_is_nothing_to_carry_over_and_nobody_elses_is_even_told(people, last, this):
    draft = make.proposal(of=last, stage=Stage.DRAFT)
    with pytest.raises(Conflict):
        carry(draft, people.facilitator)
    with pytest.raises(Refusal) as refusal:
        carry(draft, people.neighbour)
    assert refusal.value.status == 404


def test_prices_are_those_of_the_new_year_where_its_dictionary_has_the_work(people, last, this):
    old = make.dictionary_entry(of=last, code="J01", unit_price=800_000)
    new = make.dictionary_entry(of=this, code="J01", unit="meter", unit_price=900_000, agency=people.works_agency)
    make.dictionary_entry(of=this, code="J02", unit="unit", unit_price=5)
    gone = make.dictionary_entry(of=last, code="J02")
    first = carry(make.proposal(of=last, outcome=Outcome.REJECTED, dictionary_entry=old), people.facilitator)
    assert (first.dictionary_entry, first.unit_price, first.amount, first.agency) == (new, 900_000, 450_000_000, people.works_agency)
    other = carry(make.proposal(of=last, outcome=Outcome.REJECTED, dictionary_entry=gone), people.facilitator)
    assert (other.dictionary_entry, other.unit_price, other.amount) == (None, 800_000, 400_000_000), "counted in another unit now: chosen anew"


def test_the_village_asks_again_for_what_it_asked_not_for_what_a_level_left_of_it(people, last, this):
    last.windows.update(closes_at=make.clock.now() + make.MONTH)
    proposal = told.sent(people, plan_year=2027)
    told.move(proposal, "forward_adjusted", people.village_head, volume=300, reason=told.REASON)
    told.move(proposal, "reject", people.subdistrict_officer, reason=told.REASON, reason_code="LOW_URGENCY")
    draft = carry(proposal, people.facilitator)
    assert (draft.volume, draft.amount) == (500, 400_000_000)


def test_an_amount_that_was_explained_stays_at_the_same_price(people, last, this):
    proposal = make.proposal(of=last, outcome=Outcome.REJECTED, amount=420_000_000, amount_reason="Termasuk ongkos angkut lewat sungai.")
    draft = carry(proposal, people.facilitator)
    assert (draft.amount, draft.amount_reason) == (420_000_000, "Termasuk ongkos angkut lewat sungai.")


def test_years_count_from_the_first_ancestor_through_every_year(people, last, this):
    proposal = make.proposal(of=last, outcome=Outcome.REJECTED)
    draft = carry(proposal, people.facilitator)
    services.submit(proposal_id=draft.pk, actor=people.facilitator)
    told.move(draft, "reject", people.village_head, reason=told.REASON, reason_code="LOW_URGENCY")
    make.cycle(plan_year=2030)
    again = carry(draft, people.facilitator, 2030)
    assert (again.first_asked_year, again.years_waiting) == (2027, 3)
    with pytest.raises(Conflict, match="berlanjut sebagai 6112-2028"):
        carry(proposal, people.facilitator, 2030)


def test_one_that_was_taken_back_may_be_carried_over_again(people, last, this):
    proposal = make.proposal(of=last, outcome=Outcome.REJECTED)
    draft = carry(proposal, people.facilitator)
    with pytest.raises(Conflict) as refusal:
        carry(proposal, people.village_head)
    assert refusal.value.code == "carried_over"
    told.move(draft, "withdraw", people.facilitator)
    assert carry(proposal, people.village_head).pk != draft.pk


def test_the_same_request_twice_answers_the_same_draft(people, last, this):
    proposal, key = make.proposal(of=last, outcome=Outcome.REJECTED), uuid.uuid4()
    answers = [services.carry_over(proposal_id=proposal.pk, actor=people.facilitator, plan_year=2028, draft_id=key) for _ in range(2)]
    assert [(draft.pk, is_new) for draft, is_new in answers] == [(key, True), (key, False)]


def test_a_uuid_that_is_in_use_is_refused(people, last, this):
    proposal = make.proposal(of=last, outcome=Outcome.REJECTED)
    with pytest.raises(Conflict):
        carry(proposal, people.facilitator, draft_id=make.proposal(of=this).pk)
    assert not Lineage.objects.exists()


@pytest.mark.parametrize("year", [None, "2028", True, 1999, 2101, 2027, 2026, 2055])
def test_a_year_that_is_none_or_not_later_is_an_error_of_its_field(people, last, this, year):
    proposal = make.proposal(of=last, outcome=Outcome.REJECTED)
    with pytest.raises(Invalid) as refusal:
        carry(proposal, people.facilitator, year)
    assert set(refusal.value.fields) == {"plan_year"}


def test_a_programme_of_others_is_not_the_villages_to_carry(people, last, this):
    with pytest.raises(Refusal):
        carry(make.proposal(of=last, outcome=Outcome.REJECTED, channel="council", sponsor="Fraksi A"), people.facilitator)
    assert not Lineage.objects.exists()


def test_a_carried_draft_stays_in_its_village_and_year(people, last, this):
    make.cycle(plan_year=2029)
    cast.office(user=people.facilitator, role="facilitator", region=cast.NEXT_VILLAGE)
    draft = carry(make.proposal(of=last, outcome=Outcome.REJECTED), people.facilitator)
    for fields in ({"plan_year": 2029}, {"village": cast.NEXT_VILLAGE, "location": None}):
        with pytest.raises(Invalid) as refusal:
            services.edit(proposal_id=draft.pk, actor=people.facilitator, version=1, fields=fields)
        assert set(refusal.value.fields) <= {"plan_year", "village"}
    assert services.edit(proposal_id=draft.pk, actor=people.facilitator, version=1, fields={"title": "Perbaikan jalan Dusun Tani"}).version == 2


def test_of_many_all_that_can_be_go_and_the_others_say_why(people, last, this):
    good = make.proposals(3, of=last, outcome=Outcome.REJECTED)
    foreign = make.proposal(of=last, outcome=Outcome.REJECTED, village=cast.NEXT_VILLAGE)
    funded = make.proposal(of=last, outcome=Outcome.FUNDED, stage=Stage.WORKS)
    keys = [row.pk for row in (*good, foreign, funded)]
    carried = services.carry_over_many(proposal_ids=keys, actor=people.facilitator, plan_year=2028)
    assert {step.parent_id for step in Lineage.objects.all()} == {row.pk for row in good}
    assert {parent.pk: refusal.status for parent, refusal in carried.refused} == {foreign.pk: 403, funded.pk: 409}
    again = services.carry_over_many(proposal_ids=keys, actor=people.facilitator, plan_year=2028)
    assert again.made == []


def test_many_cost_as_many_statements_as_few(people, last, this):
    counts = []
    for number in (1, 2, 30):
        keys = [row.pk for row in make.proposals(number, of=last, stage=Stage.BUDGET)]
        with CaptureQueriesContext(connection) as asked:
            assert len(services.carry_over_many(proposal_ids=keys, actor=people.facilitator, plan_year=2028).made) == number
        counts.append(len(asked))
    assert counts[1] == counts[2], counts


def test_two_lines_that_meet_are_one_graph_without_cycles_and_without_others_drafts(people, last, this):
    one, other = make.proposals(2, of=last, outcome=Outcome.REJECTED)
    drafts = [carry(one, people.facilitator), carry(other, people.facilitator)]
    sent = [services.submit(proposal_id=draft.pk, actor=people.facilitator).proposal for draft in drafts]
    told.move(sent[0], "merge", people.village_head, reason=told.REASON, target_id=sent[1].pk)
    found = descent.descent_of(sent[1], people.stranger)
    assert {node.proposal.pk: node.depth for node in found.nodes} == {sent[1].pk: 0, sent[0].pk: -1, other.pk: -1, one.pk: -2}
    assert set(descent.ancestors_of(sent[1].pk)) == {one.pk, other.pk, sent[0].pk}
    third = make.proposal(of=last, outcome=Outcome.REJECTED)
    carry(third, people.facilitator)
    assert descent.descent_of(third, people.stranger).is_empty
    assert not descent.descent_of(third, people.village_head).is_empty


def test_what_three_hundred_joined_is_told_in_part_and_counted_whole(people, this, django_assert_num_queries):
    target = make.proposal(of=this)
    joined = make.proposals(300, of=this, outcome=Outcome.MERGED, merged_into=target)
    now = make.clock.now()
    Lineage.objects.bulk_create(Lineage(parent=row, child=target, kind="merged", by=people.village_head, at=now) for row in joined)
    with django_assert_num_queries(6):
        found = descent.descent_of(target, people.stranger)
    assert len(found.steps) == descent.WIDTH
    assert next(node.more for node in found.nodes if node.proposal == target) == 300 - descent.WIDTH


def test_who_joins_an_older_wish_has_waited_as_long(people, this):
    older, target = make.proposal(of=this, first_asked_year=2025), make.proposal(of=this)
    told.move(older, "merge", people.village_head, reason=told.REASON, target_id=target.pk)
    target.refresh_from_db()
    assert (target.first_asked_year, target.years_waiting, target.version) == (2025, 3, 1)
