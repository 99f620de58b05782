"""Parts of ceilings: who may stand below whom, and that parts, reserve and commitments never exceed the whole."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from budgeting import ledger, selectors, services
from budgeting.models import Ceiling
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.ceilings.conftest import MILLION, commit, fresh, part, setting
from tests.budgeting.conftest import published_ceiling


def _refused(who, **fields):
    with pytest.raises(Refusal) as caught:
        services.set_ceiling(actor=who, **fields)
    return caught.value


def test_what_is_handed_down_is_no_longer_free_above(tree):
    assert ledger.balance(tree.whole) == 400 * MILLION
    assert ledger.standing(tree.whole).handed == 500 * MILLION
    assert ledger.balance(tree.first) == 300 * MILLION


def test_a_part_takes_no_more_than_the_whole_has_left(people, tree):
    fields = {**setting(tree.first, region_code=cast.VILLAGE, version=None), "parent_id": tree.whole.pk}
    refusal = _refused(people.planner, **{**fields, "amount": 400 * MILLION + 1})
    assert (refusal.code, refusal.status) == ("above_parent", 409)
    assert "Rp400.000.000" in str(refusal)
    assert services.set_ceiling(actor=people.planner, **{**fields, "amount": 400 * MILLION}).parent_id == tree.whole.pk


def test_a_whole_is_not_lowered_below_its_parts_and_the_sentence_names_the_largest(people, tree):
    refusal = _refused(people.planner, **setting(tree.whole, amount=599 * MILLION))
    assert refusal.code == "below_parts"
    for word in ("Sungai Raya", "Rp300.000.000", "Rp500.000.000", "Rp599.000.000"):
        assert word in str(refusal)
    assert services.set_ceiling(actor=people.planner, **setting(tree.whole, amount=600 * MILLION)).amount == 600 * MILLION


def test_what_is_committed_at_the_whole_itself_is_not_handed_down(people, tree):
    commit(people, tree.whole, 390 * MILLION)
    assert _refused(people.planner, **setting(tree.first, amount=311 * MILLION)).code == "above_parent"
    assert services.set_ceiling(actor=people.planner, **setting(tree.first, amount=310 * MILLION)).amount == 310 * MILLION
    with pytest.raises(IntegrityError), transaction.atomic():
        commit(people, tree.whole, 1)


def test_money_of_a_part_is_committed_at_the_part_and_needs_nothing_above(people, tree):
    commit(people, tree.first, 300 * MILLION)
    assert (ledger.balance(tree.first), ledger.balance(tree.whole)) == (0, 400 * MILLION)
    with pytest.raises(IntegrityError), transaction.atomic():
        commit(people, tree.first, 1)


def test_a_run_under_a_part_has_the_parts_money(people, tree):
    make.proposal(stage=Stage.BUDGET, amount=MILLION)
    run = services.request_run(ceiling_id=tree.first.pk, rule="greedy", actor=people.planner)
    assert run.budget == 300 * MILLION


def test_an_agencys_part_stands_below_the_undivided_ceiling_and_beside_its_own_regions(people, tree):
    works = people.works_agency.pk
    agency = part(people, tree.whole, cast.HOME, 150 * MILLION, agency_id=works)
    below = part(people, agency, cast.SUBDISTRICT, 50 * MILLION, agency_id=works)
    assert (ledger.balance(tree.whole), ledger.balance(agency), below.agency_id) == (250 * MILLION, 100 * MILLION, works)
    found = Ceiling.objects.filter(region=cast.SUBDISTRICT, funding_source="district_budget")
    assert found.count() == 2  # the undivided one and the agency's


def test_a_part_of_a_part_is_a_villages(people, tree):
    village = part(people, tree.first, cast.VILLAGE, 120 * MILLION)
    assert (ledger.balance(tree.first), ledger.balance(village)) == (180 * MILLION, 120 * MILLION)
    assert _refused(people.planner, **setting(tree.first, amount=119 * MILLION)).code == "below_parts"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"plan_year": 2029}, "parent"),
        ({"funding_source": "special_allocation"}, "parent"),
        ({"region_code": cast.HOME}, "parent"),
        ({"region_code": cast.OTHER_SUBDISTRICT, "parent_id": "first"}, "parent"),
        ({"region_code": cast.HOME, "parent_id": "first"}, "parent"),
        ({"parent_id": 10**9}, "parent"),
        ({"agency_id": 10**9}, "agency"),
        ({"region_code": "61"}, "region"),
        ({"funding_source": "community"}, "funding_source"),
    ],
)
def test_a_part_that_does_not_fit_is_refused_by_field(people, tree, changes, field):
    fields = {**setting(tree.first, region_code=cast.VILLAGE, version=None, amount=1), "parent_id": "whole", **changes}
    if isinstance(fields["parent_id"], str):
        fields["parent_id"] = getattr(tree, fields["parent_id"]).pk
    who = people.planner
    if fields["region_code"] == "61":
        who = cast.person(username="province_planner")
        cast.office(user=who, role="planner", region="61")
    refusal = _refused(who, **fields)
    assert isinstance(refusal, Invalid)
    assert list(refusal.fields) == [field]


def test_a_part_of_an_agencys_ceiling_belongs_to_the_same_agency(people, tree):
    agency = part(people, tree.whole, cast.HOME, 150 * MILLION, agency_id=people.works_agency.pk)
    for agency_id in (None, people.farming_agency.pk):
        fields = setting(tree.first, region_code=cast.VILLAGE, version=None, amount=1, agency_id=agency_id, parent_id=agency.pk)
        assert list(_refused(people.planner, **fields).fields) == ["parent"]


def test_a_path_never_leads_back(people, tree):
    assert list(_refused(people.planner, **setting(tree.whole, parent_id=tree.first.pk)).fields) == ["parent"]
    assert list(_refused(people.planner, **setting(tree.whole, parent_id=tree.whole.pk)).fields) == ["parent"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Ceiling.objects.filter(pk=tree.whole.pk).update(parent=tree.first)


def test_a_village_has_a_ceiling_of_the_kabupatens_money_only_as_a_part(people, tree):
    fields = setting(tree.first, region_code=cast.VILLAGE, version=None, amount=1)
    assert list(_refused(people.planner, **fields).fields) == ["region"]


def test_a_ceiling_that_stood_alone_becomes_a_part_and_stands_alone_again(people, tree):
    alone = published_ceiling(people, region_code=cast.VILLAGE, funding_source="village_fund", amount=50 * MILLION, reserve=0)
    whole = published_ceiling(people, funding_source="village_fund", amount=60 * MILLION, reserve=0)
    kept = services.set_ceiling(actor=people.planner, **setting(alone, parent_id=whole.pk))
    assert (kept.parent_id, ledger.balance(whole)) == (whole.pk, 10 * MILLION)
    assert services.set_ceiling(actor=people.planner, **setting(kept)).parent_id == whole.pk
    kept = services.set_ceiling(actor=people.planner, **setting(fresh(kept), parent_id=None))
    assert (kept.parent_id, ledger.balance(whole)) == (None, 60 * MILLION)


def test_a_village_head_takes_nothing_from_the_other_villages(people, tree):
    whole = published_ceiling(people, funding_source="village_fund", amount=60 * MILLION, reserve=0)
    own = part(people, whole, cast.VILLAGE, 20 * MILLION, funding_source="village_fund")
    assert _refused(people.village_head, **setting(own, amount=30 * MILLION)).status == 403
    assert _refused(people.village_head, **setting(own, parent_id=None)).status == 403


def test_a_villages_money_is_spent_in_the_village(people, tree):
    whole = published_ceiling(people, funding_source="village_fund", amount=60 * MILLION, reserve=0)
    make.proposal(stage=Stage.VILLAGE)
    with pytest.raises(Conflict) as caught:
        services.request_run(ceiling_id=whole.pk, rule="greedy", actor=people.planner)
    assert caught.value.code == "handed_down"


def test_a_part_is_published_after_its_whole(people, tree):
    services.set_ceiling(actor=people.planner, **setting(tree.whole, amount=2000 * MILLION))
    changed = services.set_ceiling(actor=people.planner, **setting(tree.first, amount=900 * MILLION))
    with pytest.raises(Conflict) as caught:
        services.publish_ceiling(actor=people.budget_team, ceiling_id=changed.pk)
    assert caught.value.code == "parent_not_published"


def test_the_parent_of_a_part_is_in_the_journal(people, tree):
    entry = AuditEntry.objects.get(subject=f"ceiling:{tree.first.pk}", action="budgeting.ceiling.set")
    assert entry.changes["parent_id"] == [None, tree.whole.pk]


@pytest.mark.parametrize(
    "tampering",
    [
        lambda tree: Ceiling.objects.filter(pk=tree.first.pk).update(amount=701 * MILLION),
        lambda tree: Ceiling.objects.filter(pk=tree.whole.pk).update(reserve=501 * MILLION),
        lambda tree: Ceiling.objects.filter(pk=tree.whole.pk).update(amount=599 * MILLION),
        lambda tree: Ceiling.objects.filter(pk=tree.second.pk).update(region_id=cast.HOME),
        lambda tree: Ceiling.objects.filter(pk=tree.second.pk).update(plan_year=2029),
        lambda tree: Ceiling.objects.filter(pk=tree.second.pk).update(parent=tree.first),
    ],
)
def test_the_database_itself_keeps_the_tree_together(people, tree, tampering):
    with pytest.raises(IntegrityError), transaction.atomic():
        tampering(tree)


def test_lists_know_what_is_handed_down_and_what_is_free(people, tree):
    commit(people, tree.whole, 10 * MILLION)
    found = {row.pk: row for row in selectors.ceilings(people.stranger)}
    assert (found[tree.whole.pk].handed, found[tree.whole.pk].balance) == (500 * MILLION, 390 * MILLION)
    for ceiling in (tree.whole, tree.first):
        assert found[ceiling.pk].balance == ledger.balance(ceiling)
