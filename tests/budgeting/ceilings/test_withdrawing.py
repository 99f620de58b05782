"""A draft that was set by mistake is taken away; what anybody has read stays."""

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Refusal
from budgeting import ledger, services
from budgeting.models import Ceiling, Formula
from tests import cast
from tests.at_once import together
from tests.budgeting.ceilings.conftest import MILLION, setting
from tests.budgeting.ceilings.test_api import INPUTS
from tests.budgeting.test_api import api


@pytest.fixture
def draft(people, tree):
    """A part of 50 million in the village, set by the planner under the first sub-district and published by nobody."""
    fields = setting(tree.first, region_code=cast.VILLAGE, amount=50 * MILLION, version=None)
    return services.set_ceiling(actor=people.planner, **{**fields, "parent_id": tree.first.pk})


def _refused(who, ceiling, version=1):
    with pytest.raises(Refusal) as caught:
        services.withdraw_ceiling(actor=who, ceiling_id=ceiling.pk, version=version)
    return caught.value


def test_a_draft_is_withdrawn_its_money_is_free_above_and_the_journal_keeps_it(people, tree, draft):
    assert ledger.balance(tree.first) == 250 * MILLION
    services.withdraw_ceiling(actor=people.budget_team, ceiling_id=draft.pk, version=1)
    assert (Ceiling.objects.filter(pk=draft.pk).exists(), ledger.balance(tree.first)) == (False, 300 * MILLION)
    kept = AuditEntry.objects.get(action="budgeting.ceiling.withdraw")
    assert (kept.subject, kept.region_code, kept.changes["amount"]) == (f"ceiling:{draft.pk}", cast.VILLAGE, [50 * MILLION, None])


def test_only_who_may_set_it_withdraws_it(people, tree, draft):
    for who, status in ((people.stranger, 401), (people.village_head, 403), (people.facilitator, 403)):
        assert _refused(who, draft).status == status
    assert Ceiling.objects.filter(pk=draft.pk).exists()


def test_what_was_published_once_stays_also_while_it_is_being_changed(people, tree):
    assert _refused(people.planner, tree.second, tree.second.version).code == "was_published"
    changed = services.set_ceiling(actor=people.planner, **setting(tree.second, amount=150 * MILLION))
    assert _refused(people.planner, changed, changed.version).code == "was_published"


def test_a_draft_with_parts_stays_until_they_are_withdrawn(people, tree):
    fields = setting(tree.first, funding_source="village_fund", reserve=0, version=None)
    whole = services.set_ceiling(actor=people.planner, **{**fields, "region_code": cast.HOME, "amount": 90 * MILLION, "parent_id": None})
    below = services.set_ceiling(actor=people.planner, **{**fields, "region_code": cast.VILLAGE, "amount": 9 * MILLION, "parent_id": whole.pk})
    assert _refused(people.planner, whole).code == "has_parts"
    services.withdraw_ceiling(actor=people.planner, ceiling_id=below.pk, version=1)
    services.withdraw_ceiling(actor=people.planner, ceiling_id=whole.pk, version=1)
    assert not Ceiling.objects.filter(funding_source="village_fund").exists()


def test_a_formula_in_preparation_goes_with_it_and_a_published_one_keeps_it(people, tree):
    fields = setting(tree.whole, funding_source="special_allocation", amount=900 * MILLION, reserve=0, version=None)
    whole = services.set_ceiling(actor=people.planner, **fields)
    wanted = {"actor": people.planner, "ceiling_id": whole.pk, "inputs": INPUTS, "legal_basis": "Perbup 30/2027"}
    formula = services.set_formula(**wanted)
    services.publish_formula(actor=people.budget_team, formula_id=formula.pk)
    assert _refused(people.planner, whole).code == "has_formula"
    other = services.set_ceiling(actor=people.planner, **{**fields, "funding_source": "province_budget"})
    gone = services.set_formula(**{**wanted, "ceiling_id": other.pk})
    services.withdraw_ceiling(actor=people.planner, ceiling_id=other.pk, version=1)
    assert Formula.objects.count() == 1
    with pytest.raises(Refusal) as caught:
        services.publish_formula(actor=people.budget_team, formula_id=gone.pk)
    assert (caught.value.status, caught.value.code) == (409, "withdrawn"), "who has its page open is told what happened"


def test_a_draft_that_changed_since_it_was_read_is_not_withdrawn(people, tree, draft):
    services.set_ceiling(actor=people.budget_team, **setting(draft, amount=40 * MILLION))
    assert _refused(people.planner, draft).code == "version"


def test_programs_withdraw_with_the_version_that_they_read(people, tree, draft):
    address = f"/api/v1/ceilings/{draft.pk}/withdraw/"
    assert api(people.planner).post(address, {}).json()["fields"].keys() == {"version"}
    assert api(people.planner).post(address, {"version": 1}).status_code == 204
    again = api(people.planner).post(address, {"version": 1})
    assert (again.status_code, again.json()["code"]) == (409, "withdrawn")
    assert api(people.planner).post("/api/v1/ceilings/987654/withdraw/", {"version": 1}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_a_withdrawal_and_another_act_at_the_same_moment_one_happens_and_the_other_is_told(people, tree):
    fields = {**setting(tree.whole, amount=50 * MILLION, reserve=0, version=None), "parent_id": tree.whole.pk}
    acts = (
        lambda row: services.withdraw_ceiling(actor=people.planner, ceiling_id=row.pk, version=1),
        lambda row: services.publish_ceiling(actor=people.budget_team, ceiling_id=row.pk),
        lambda row: services.set_ceiling(actor=people.planner, **setting(row, amount=60 * MILLION)),
    )
    for act, village in zip(acts, (cast.VILLAGE, cast.NEXT_VILLAGE, cast.FAR_VILLAGE), strict=True):
        row = services.set_ceiling(actor=people.planner, **{**fields, "region_code": village})
        second = {"actor": people.second_planner, "ceiling_id": row.pk, "version": 1}
        answers = together(lambda second=second: services.withdraw_ceiling(**second), lambda row=row, act=act: act(row))
        lost = [answer for answer in answers if isinstance(answer, Refusal)]
        assert [one.status for one in lost] == [409], answers
        assert lost[0].code in {"withdrawn", "was_published", "version"}


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_beside_a_part_or_a_formula_for_the_same_draft_leaves_either_all_or_nothing(people, tree):
    """Both look at the draft before they lock it: a part or a formula never stands below a ceiling that is gone."""
    fields = setting(tree.whole, funding_source="special_allocation", amount=900 * MILLION, reserve=0, version=None)
    part = {**fields, "region_code": cast.SUBDISTRICT, "amount": 9 * MILLION}
    basis = "Perbup 30/2027"

    def draft(source):
        made = services.set_ceiling(actor=people.planner, **{**fields, "funding_source": source})
        return made, {"actor": people.second_planner, "ceiling_id": made.pk, "version": 1}

    one, way = draft("special_allocation")
    answers = together(lambda: services.withdraw_ceiling(**way), lambda: services.set_ceiling(actor=people.planner, **{**part, "parent_id": one.pk}))
    assert [answer.status for answer in answers if isinstance(answer, Refusal)] == [409], answers
    assert Ceiling.objects.filter(parent=one.pk).exists() == Ceiling.objects.filter(pk=one.pk).exists()

    other, way = draft("province_budget")
    formula = services.set_formula(actor=people.planner, ceiling_id=other.pk, inputs=INPUTS, legal_basis=basis)
    answers = together(lambda: services.withdraw_ceiling(**way), lambda: services.publish_formula(actor=people.budget_team, formula_id=formula.pk))
    assert [answer.status for answer in answers if isinstance(answer, Refusal)] == [409], answers
    assert Formula.objects.filter(published_at__isnull=False).exists() == Ceiling.objects.filter(pk=other.pk).exists()
