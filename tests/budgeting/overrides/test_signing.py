"""Changing a line by hand: who may, what is refused, once however often, and what the database keeps."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEntry, Residency
from accounts.refusals import Conflict, Invalid, Refusal
from budgeting import services
from budgeting.models import AllocationRun, Override
from budgeting.overrides import policy, reading
from budgeting.overrides.services import sign_override, withdraw_override
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.conftest import calculated, published_ceiling

pytestmark = pytest.mark.django_db
REASON = "Jembatan itu satu-satunya jalan ke sekolah dan puskesmas."


@pytest.fixture
def draft(people, ceiling, waiting):
    """Bridge (500) and well (100) are in, the road (400) is out; 50 million of 650 are left."""
    return calculated(people, ceiling)


def signed(people, draft, proposal, **changes):
    sent = {"override_id": uuid.uuid4(), "verdict": "not_funded", "reason": REASON, "actor": people.second_planner, **changes}
    return sign_override(run_id=draft.pk, proposal_id=proposal.pk, **sent)


def test_planners_and_budget_team_of_the_region_sign_and_nobody_else_does(people, draft, waiting):
    allowed = {name for name, person in people.people().items() if policy.may_sign(person, draft, waiting[0])}
    assert allowed == {"planner", "second_planner", "budget_team", "second_budget_team"}


def test_a_stranger_hears_to_sign_in_and_an_official_elsewhere_that_it_is_not_theirs(people, draft, waiting):
    with pytest.raises(Refusal) as stranger:
        signed(people, draft, waiting[0], actor=people.stranger)
    with pytest.raises(Refusal) as foreign:
        signed(people, draft, waiting[0], actor=people.foreign_planner)
    assert (stranger.value.status, foreign.value.status) == (401, 403)


@pytest.mark.parametrize("tie", ["writes", "lives", "serves"])
def test_whoever_is_bound_to_what_asks_does_not_decide_about_it(people, ceiling, plan, tie):
    author = people.second_planner if tie == "writes" else people.facilitator
    proposal = make.proposal(stage=Stage.BUDGET, of=plan, author=author, supports=5)
    run = calculated(people, ceiling)
    if tie == "lives":
        cast.residency(user=people.second_planner, status=Residency.Status.CONFIRMED)
    if tie == "serves":
        cast.office(user=people.second_planner, role="village_head", region=cast.VILLAGE)
    with pytest.raises(Refusal) as refused:
        signed(people, run, proposal)
    assert (refused.value.status, refused.value.code) == (403, "bound")


def test_in_a_villages_own_money_living_there_binds_nobody(people):
    plan = make.open_cycle()
    proposal = make.proposal(stage=Stage.VILLAGE, of=plan, amount=50_000_000, author=people.facilitator)
    run = calculated(people, published_ceiling(people, region_code=cast.VILLAGE, funding_source="village_fund"))
    cast.residency(user=people.village_head)
    assert policy.may_sign(people.village_head, run, proposal)


def test_what_is_taken_out_leaves_the_line_as_the_rule_gave_it(people, draft, waiting):
    one = signed(people, draft, waiting[0])
    line = draft.lines.get(proposal=waiting[0])
    assert (line.verdict, line.amount, one.verdict, one.amount, one.signed_role) == ("funded", 500_000_000, "not_funded", 0, "planner")
    assert reading.change_of(draft) == reading.Change(1, 100_000_000)
    entry = AuditEntry.objects.get(action="budgeting.override.sign")
    assert (entry.reason, entry.changes["amount"]) == (REASON, [500_000_000, 0])


def test_what_is_put_in_must_fit_under_the_ceiling_with_all_that_is_in(people, draft, waiting):
    with pytest.raises(Conflict, match=r"350\.000\.000") as refused:
        signed(people, draft, waiting[1], verdict="funded")
    assert refused.value.code == "ceiling_overdrawn"
    signed(people, draft, waiting[0])
    assert signed(people, draft, waiting[1], verdict="funded").amount == 400_000_000


def test_another_amount_is_whole_rupiah_above_zero_and_at_most_what_was_asked(people, draft, waiting):
    for amount in ("0", "-5", "1.5", "banyak", 500_000_001):
        with pytest.raises(Invalid) as refused:
            signed(people, draft, waiting[0], verdict="funded", amount=amount)
        assert "amount" in refused.value.fields, amount
    assert signed(people, draft, waiting[0], verdict="funded", amount="300000000").amount == 300_000_000


def test_a_change_that_changes_nothing_and_a_reason_that_says_nothing_are_refused_by_field(people, draft, waiting):
    with pytest.raises(Invalid) as refused:
        signed(people, draft, waiting[0], verdict="funded", reason="Mendesak")
    assert set(refused.value.fields) == {"verdict", "reason"}
    with pytest.raises(Invalid):
        signed(people, draft, waiting[0], verdict="maybe")


def test_the_same_key_again_is_the_same_change_and_for_another_line_a_conflict(people, draft, waiting):
    key = uuid.uuid4()
    first = signed(people, draft, waiting[0], override_id=key)
    assert signed(people, draft, waiting[0], override_id=key, reason="Alasan lain yang panjangnya cukup juga.").reason == first.reason
    with pytest.raises(Conflict):
        signed(people, draft, waiting[2], override_id=key)
    assert Override.objects.count() == 1


def test_a_second_change_of_a_line_waits_until_the_first_is_withdrawn(people, draft, waiting):
    one = signed(people, draft, waiting[0])
    with pytest.raises(Conflict, match="Second Planner"):
        signed(people, draft, waiting[0], actor=people.planner)
    kept = withdraw_override(override_id=one.pk, actor=people.planner)
    assert (kept.withdrawn_by, reading.change_of(draft).count) == (people.planner, 0)
    with pytest.raises(Conflict):
        withdraw_override(override_id=one.pk, actor=people.planner)
    assert [row["withdrawn_by"] for row in reading.of_run(draft)] == ["Planner"]


def test_withdrawing_does_not_bring_back_what_the_ceiling_no_longer_covers(people, draft, waiting):
    one = signed(people, draft, waiting[0])
    signed(people, draft, waiting[1], verdict="funded")
    with pytest.raises(Conflict) as refused:
        withdraw_override(override_id=one.pk, actor=people.planner)
    assert refused.value.code == "ceiling_overdrawn"


def test_only_drafts_take_changes_also_past_the_services(people, draft, waiting):
    services.publish_run(run_id=draft.pk, actor=people.budget_team)
    with pytest.raises(Conflict):
        signed(people, draft, waiting[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.create(
            run=draft, proposal=waiting[0], verdict="not_funded", amount=0, reason=REASON, signed_by=people.planner, signed_role="planner",
            signed_at=draft.requested_at,
        )  # fmt: skip


def test_what_was_signed_is_neither_rewritten_nor_deleted(people, draft, waiting):
    one = signed(people, draft, waiting[0])
    for statement in ("UPDATE budgeting_override SET reason = 'lain' WHERE id = %s", "DELETE FROM budgeting_override WHERE id = %s"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [one.pk])
    assert Override.objects.get().reason == REASON


def test_who_signed_does_not_publish_by_policy_and_by_the_database(people, draft, waiting):
    signed(people, draft, waiting[0], actor=people.budget_team)
    with pytest.raises(Refusal) as refused:
        services.publish_run(run_id=draft.pk, actor=people.budget_team)
    assert refused.value.code == "signed_an_override"
    with pytest.raises(IntegrityError, match="does not publish"), transaction.atomic():
        AllocationRun.objects.filter(pk=draft.pk).update(status="published", published_by=people.budget_team, published_at=draft.requested_at)
    assert services.publish_run(run_id=draft.pk, actor=people.second_budget_team).status == "published"
