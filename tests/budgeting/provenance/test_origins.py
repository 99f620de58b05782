"""Where lines come from: the sums, what is said afterwards about a line that nobody proposed, and claims that two people settle."""

import uuid

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Allowed, Conflict, Invalid, Refusal
from accounts.scope import offices_of
from budgeting.models import FundedWork, OriginClaim, OriginStatement
from budgeting.provenance import claims, figures, lists, stating
from budgeting.provenance.waiting import waiting_for
from budgeting.words import Origin
from budgeting.works import rows, stepping
from deliberation.models import Notice
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.budgeting.provenance.conftest import REASON, a_line, status_of

pytestmark = pytest.mark.django_db
WORDS = "Pekerjaan lanjutan kontrak tahun jamak dari rencana kerja dinas."


def state(actor, work, **changes):
    said = {"origin": "agency", "reference": "Renja 1.03.10", "words": WORDS, **changes}
    return stating.state_origin(actor=actor, work_id=work.pk, **said)


def claim(actor, work, proposal, **changes):
    return claims.claim_line(actor=actor, work_id=work.pk, proposal_id=proposal.pk, **{"words": REASON, **changes})


def test_the_sums_name_every_origin_and_the_ghost_share_says_of_what(people, plan, ghost):
    a_line(people, origin="agency", amount=100_000_000)
    a_line(people, origin="council", amount=50_000_000)
    a_line(people, origin="village", amount=550_000_000, proposal=make.proposal(of=plan))
    money = figures.by_origin(FundedWork.objects.filter(plan_year=2028))
    assert [row.origin for row in money.rows] == list(Origin)
    assert (money.amount, money.lines) == (1_000_000_000, 4)
    assert (money.ghost.amount, money.ghost.of_amount, money.ghost.per_mille) == (400_000_000, 1_000_000_000, 400)
    assert (money.never_proposed.lines, money.unexplained.amount) == (3, 300_000_000)


def test_of_no_money_every_share_is_nothing(people):
    money = figures.by_origin(FundedWork.objects.none())
    assert (money.amount, money.ghost.per_mille, money.last_change) == (0, 0, None)
    assert figures.per_mille(1, 3) == 333
    assert figures.per_mille(2, 3) == 667


def test_the_agency_says_afterwards_where_a_line_comes_from_and_both_stay_readable(people, ghost):
    said, is_new = state(people.agency_officer, ghost)
    ghost.refresh_from_db()
    assert (is_new, said.origin_before, ghost.origin, ghost.origin_reference) == (True, "unknown", "agency", "Renja 1.03.10")
    assert AuditEntry.objects.get(action="budgeting.origin.state").changes["origin"] == ["unknown", "agency"]
    assert [row.pk for row in lists.lines({"state": "explained"})] == [ghost.pk], "it stays on the list, as explained since"
    assert not lists.lines({"state": "unexplained"})


def test_only_the_lines_own_agency_and_the_planning_offices_say_it(people, ghost):
    may = set()
    for name, person in people.people().items():
        turn = len(may)
        status = status_of(lambda who=person, turn=turn, tail=name: state(who, ghost, words=f"{WORDS} {tail}", seen=turn))
        assert status in (200, 401, 403), name
        may |= {name} if status == 200 else set()
    assert may == {"agency_officer", "planner", "second_planner", "budget_team", "second_budget_team"}


def test_a_statement_twice_is_one_and_a_second_person_is_told_of_the_first(people, ghost):
    key = uuid.uuid4()
    said, _is_new = state(people.agency_officer, ghost, statement_id=key)
    assert state(people.agency_officer, ghost, statement_id=key) == (said, False)
    assert state(people.agency_officer, ghost) == (said, False)
    with pytest.raises(Conflict):
        state(people.planner, ghost, origin="mandatory")
    state(people.planner, ghost, origin="mandatory", seen=1)
    assert list(OriginStatement.objects.order_by("turn").values_list("origin_before", "origin")) == [("unknown", "agency"), ("agency", "mandatory")]


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"origin": "village"}, {"origin"}),
        ({"origin": "unknown", "reference": ""}, {"origin", "reference"}),
        ({"words": "lanjutan"}, {"words"}),
        ({"words": 7}, {"words"}),
        ({"reference": "r" * 201}, {"reference"}),
    ],
)
def test_a_statement_that_rests_on_nothing_is_refused_by_its_field(people, ghost, wrong, fields):
    with pytest.raises(Invalid) as refusal:
        state(people.agency_officer, ghost, **wrong)
    assert set(refusal.value.fields) == fields
    ghost.refresh_from_db()
    assert ghost.origin == "unknown"


def test_of_a_line_with_a_proposal_nothing_is_stated(people, plan):
    work = a_line(people, origin="village", proposal=make.proposal(of=plan))
    with pytest.raises(Conflict):
        state(people.planner, work)


def test_a_village_finds_its_proposal_in_the_budget_and_a_second_person_agrees(people, plan, ghost):
    proposal = make.proposal(of=plan, stage=Stage.SUBDISTRICT)
    asked, is_new = claim(people.facilitator, ghost, proposal)
    assert (is_new, claim(people.facilitator, ghost, proposal)) == (True, (asked, False))
    settled = claims.confirm_claim(actor=people.agency_officer, claim_id=asked.pk)
    ghost.refresh_from_db()
    assert (ghost.proposal, ghost.origin, settled.origin_before) == (proposal, "village", "unknown")
    assert not lists.lines({"never_proposed": "1"})
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.outcome) == (Stage.SUBDISTRICT, Outcome.OPEN), "money is given by a run, never by a claim"


def test_the_origin_follows_the_proposals_own_channel_and_years(people, plan, ghost):
    waited = make.proposal(of=plan, first_asked_year=2025)
    asked, _is_new = claim(people.village_head, ghost, waited)
    claims.confirm_claim(actor=people.planner, claim_id=asked.pk)
    pokir = make.proposal(of=plan, channel="council", sponsor_reference="Reses I")
    other = a_line(people)
    asked, _is_new = claim(people.council_secretary, other, pokir)
    claims.confirm_claim(actor=people.planner, claim_id=asked.pk)
    assert set(FundedWork.objects.values_list("origin", "origin_reference")) == {("carried_over", ""), ("council", "Reses I")}


def test_nobody_agrees_with_themselves_and_who_asked_takes_it_back(people, plan, ghost):
    proposal = make.proposal(of=plan)
    asked, _is_new = claim(people.planner, ghost, proposal)
    with pytest.raises(Refusal) as refusal:
        claims.confirm_claim(actor=people.planner, claim_id=asked.pk)
    assert refusal.value.code == "second_person"
    with pytest.raises(Refusal):
        claims.withdraw_claim(actor=people.second_planner, claim_id=asked.pk)
    assert claims.withdraw_claim(actor=people.planner, claim_id=asked.pk).state == OriginClaim.State.WITHDRAWN
    with pytest.raises(Conflict):
        claims.confirm_claim(actor=people.second_planner, claim_id=asked.pk)


def test_a_refusal_says_why(people, plan, ghost):
    asked, _is_new = claim(people.facilitator, ghost, make.proposal(of=plan))
    with pytest.raises(Invalid):
        claims.refuse_claim(actor=people.agency_officer, claim_id=asked.pk, reason="bukan")
    refused = claims.refuse_claim(actor=people.agency_officer, claim_id=asked.pk, reason="Turap ini di sisi sungai yang lain, bukan di dusun itu.")
    assert refused.decided_role == "agency_officer"
    ghost.refresh_from_db()
    assert ghost.proposal is None


def test_who_points_at_a_line_writes_for_its_proposal(people, plan, ghost):
    proposal, may = make.proposal(of=plan), set()
    for name, person in people.people().items():
        status = status_of(lambda who=person: claims.withdraw_claim(actor=who, claim_id=claim(who, ghost, proposal)[0].pk))
        assert status in (200, 401, 403), name
        may |= {name} if status == 200 else set()
    assert may == {"facilitator", "village_head", "planner", "second_planner"}


def test_who_agrees_holds_the_line(people, plan):
    may = set()
    for name, person in people.people().items():
        work = a_line(people)
        asked, _is_new = claim(people.facilitator, work, make.proposal(of=plan))
        status = status_of(lambda who=person, key=asked.pk: claims.confirm_claim(actor=who, claim_id=key))
        assert status in (200, 401, 403), name
        may |= {name} if status == 200 else set()
    assert may == {"agency_officer", "planner", "second_planner", "budget_team", "second_budget_team"}


@pytest.mark.parametrize(
    "changes",
    [
        {"stage": Stage.WORKS, "outcome": Outcome.FUNDED},
        {"outcome": Outcome.WITHDRAWN},
        {"plan_year": 2029},
    ],
)
def test_what_has_money_was_taken_back_or_asks_for_a_later_year_is_not_the_line(people, plan, ghost, changes):
    with pytest.raises(Conflict):
        claim(people.planner, ghost, make.proposal(of=plan, **changes))


def test_somebody_elses_draft_and_nothing_are_told_alike(people, plan, ghost):
    draft = make.proposal(of=plan, stage=Stage.DRAFT)
    for key in (draft.pk, uuid.uuid4(), None):
        with pytest.raises(Invalid) as refusal:
            claims.claim_line(actor=people.next_facilitator, work_id=ghost.pk, proposal_id=key, words=REASON)
        assert set(refusal.value.fields) == {"proposal"}


def test_another_kabupatens_planner_cannot_bring_a_foreign_proposal(people, ghost):
    foreign = make.proposal(village=cast.FOREIGN_VILLAGE)
    with pytest.raises(Conflict):
        claim(people.foreign_planner, ghost, foreign)


def test_who_else_waited_for_the_line_hears_that_it_is_taken(people, plan, ghost):
    mine, theirs = make.proposal(of=plan), make.proposal(of=plan, village=cast.NEXT_VILLAGE)
    first, _is_new = claim(people.facilitator, ghost, mine)
    second, _is_new = claim(people.next_facilitator, ghost, theirs)
    claims.confirm_claim(actor=people.planner, claim_id=first.pk)
    second.refresh_from_db()
    assert (second.state, mine.number in second.reason) == (OriginClaim.State.REFUSED, True)
    with pytest.raises(Conflict):
        claim(people.next_facilitator, ghost, theirs)


def test_one_proposal_is_one_line(people, plan, ghost):
    proposal = make.proposal(of=plan)
    asked, _is_new = claim(people.facilitator, ghost, proposal)
    FundedWork.objects.filter(pk=a_line(people).pk).update(proposal=proposal, origin="village")
    with pytest.raises(Conflict):
        claims.confirm_claim(actor=people.planner, claim_id=asked.pk)
    assert Proposal.objects.get(pk=proposal.pk).funded_work.pk != ghost.pk


def test_filters_narrow_the_lines_and_nonsense_is_named(people, plan, ghost):
    other = a_line(people, region_id=cast.FAR_VILLAGE, agency=people.farming_agency, amount=900_000_000, title="Pintu air")
    assert [row.pk for row in lists.lines({"region": cast.SUBDISTRICT})] == [ghost.pk]
    assert [row.pk for row in lists.lines({"agency": str(people.farming_agency.pk)})] == [other.pk]
    assert [row.pk for row in lists.lines({"ordering": "amount"})] == [other.pk, ghost.pk]
    assert [row.pk for row in lists.lines({"q": "turap sungai", "region": cast.HOME})] == [ghost.pk]
    for wrong in (
        {"origin": "moon"},
        {"plan_year": "x"},
        {"region": "1 OR 1"},
        {"agency": "x"},
        {"state": "maybe"},
        {"q": "a\0", "region": cast.HOME},
    ):
        with pytest.raises(Invalid) as refusal:
            lists.lines(wrong)
        assert set(refusal.value.fields) == set(wrong) - ({"region"} if "q" in wrong else set())
    for wide in ({"q": "turap"}, {"q": "turap", "region": "61"}):
        with pytest.raises(Invalid) as refusal:
            lists.lines(wide)
        assert set(refusal.value.fields) == {"region"}


def test_the_offices_hear_of_a_claim_who_asked_hears_of_its_end_and_the_desk_shows_it(people, plan, ghost):
    first, _is_new = claim(people.facilitator, ghost, make.proposal(of=plan))
    second, _is_new = claim(people.next_facilitator, ghost, make.proposal(of=plan, village=cast.NEXT_VILLAGE))
    told = set(Notice.objects.filter(news__key=f"line_claimed:{first.pk}").values_list("user__username", flat=True))
    assert told == {"agency_officer", "planner", "second_planner", "budget_team", "second_budget_team"}
    desk = waiting_for(offices_of(people.agency_officer), people.agency_officer.pk)
    assert [one.pk for one in desk] == [first.pk, second.pk]
    assert not waiting_for(offices_of(people.other_agency_officer), people.other_agency_officer.pk)
    claims.confirm_claim(actor=people.planner, claim_id=first.pk)
    assert set(Notice.objects.filter(news__kind__startswith="claim_").values_list("news__kind", "user__username")) == {
        ("claim_confirmed", "facilitator"),
        ("claim_refused", "next_facilitator"),
    }


def test_a_number_that_somebody_can_be_called_at_is_not_published(people, plan, ghost):
    asked, _is_new = claim(people.facilitator, ghost, make.proposal(of=plan), words=f"{REASON} Hubungi 0812-3456-7890.")
    assert "3456" not in asked.words


def test_a_recognised_line_is_built_although_the_register_never_funded_its_proposal(people, plan, ghost):
    proposal = make.proposal(of=plan, stage=Stage.SUBDISTRICT, outcome=Outcome.REJECTED)
    asked, _is_new = claim(people.facilitator, ghost, proposal)
    claims.confirm_claim(actor=people.planner, claim_id=asked.pk)
    work = rows.locked(ghost.pk)
    stepping.take(work, "start", actor=people.agency_officer, allowed=Allowed("agency_officer"))
    proposal.refresh_from_db()
    assert (work.realisation, proposal.outcome, proposal.realisation) == ("under_way", Outcome.REJECTED, "")


def test_the_money_by_sub_district_adds_up_to_all_of_it_with_what_is_the_whole_kabupatens(people, plan, ghost):
    a_line(people, region_id=cast.FAR_VILLAGE, amount=900_000_000)
    a_line(people, region_id=cast.SUBDISTRICT, amount=100_000_000)
    a_line(people, region_id=cast.HOME, amount=950_000_000)
    found = lists.lines({"region": cast.HOME, "never_proposed": "1"})
    rows = figures.by_subdistrict(found, cast.HOME)
    assert [(row.code, row.lines, row.amount) for row in rows] == [
        (cast.OTHER_SUBDISTRICT, 1, 900_000_000), (cast.SUBDISTRICT, 2, 400_000_000), ("", 1, 950_000_000),
    ]  # fmt: skip
    whole = figures.by_origin(found)
    assert (sum(row.lines for row in rows), sum(row.amount for row in rows)) == (whole.lines, whole.amount)
    for row in rows[:2]:
        assert figures.by_origin(lists.lines({"region": row.code, "never_proposed": "1"})).amount == row.amount
