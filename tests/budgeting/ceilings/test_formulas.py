"""Formulas as rows: two people, versions that stay, and ceilings made by them all together or not at all."""

import pytest
from django.db import IntegrityError, transaction

from accounts.refusals import Conflict, Invalid, Refusal
from budgeting import ledger, services
from budgeting.ceilings import formula_sheet
from budgeting.ceilings.formulas import units_below
from budgeting.models import Ceiling, Formula
from tests import cast
from tests.budgeting.ceilings.conftest import MILLION, commit, fresh, moved, part, setting
from tests.budgeting.conftest import published_ceiling


def inputs(regions, total=400 * MILLION, **changes):
    """Everything by one variable: the first region has one part, the second two, and so on."""
    return {
        "total": total,
        "base": "0",
        "reward": "0",
        "variables": [{"key": "people", "name": "Penduduk", "weight": "100"}],
        "values": {code: {"people": place} for place, code in enumerate(regions, start=1)},
        **changes,
    }


SUBDISTRICTS = (cast.SUBDISTRICT, cast.OTHER_SUBDISTRICT)


def published(people, ceiling, told):
    made = services.set_formula(actor=people.planner, ceiling_id=ceiling.pk, inputs=told, legal_basis="Perbup 30/2027")
    return services.publish_formula(actor=people.budget_team, formula_id=made.pk)


def amounts(ceiling):
    return dict(Ceiling.objects.filter(parent=ceiling).values_list("region_id", "amount"))


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    return caught.value


def test_existing_parts_are_changed_and_lose_their_publication_those_that_fit_keep_it(people, tree):
    told = inputs(SUBDISTRICTS, 900 * MILLION)
    services.apply_formula(actor=people.planner, formula_id=published(people, tree.whole, told).pk)
    assert amounts(tree.whole) == {cast.SUBDISTRICT: 300 * MILLION, cast.OTHER_SUBDISTRICT: 600 * MILLION}
    assert fresh(tree.second).published_at is None
    services.publish_parts(actor=people.budget_team, versions={tree.second.pk: fresh(tree.second).version, tree.first.pk: fresh(tree.first).version})
    services.apply_formula(actor=people.planner, formula_id=Formula.objects.get().pk)
    assert fresh(tree.second).published_at is not None


def test_a_region_that_has_more_committed_than_it_would_get_stops_the_whole(people, tree):
    commit(people, tree.first, 150 * MILLION)
    formula = published(people, tree.whole, inputs(SUBDISTRICTS))
    refusal = refused(services.apply_formula, actor=people.planner, formula_id=formula.pk)
    assert (refusal.code, fresh(tree.second).amount) == ("below_committed", 200 * MILLION)


def test_transfers_of_a_part_count_when_a_formula_changes_it(people, tree):
    moved(people, tree.first, tree.second, 150 * MILLION)
    formula = published(people, tree.whole, inputs(SUBDISTRICTS))
    assert refused(services.apply_formula, actor=people.planner, formula_id=formula.pk).status == 409
    formula = published(people, tree.whole, inputs(reversed(SUBDISTRICTS)))
    services.apply_formula(actor=people.planner, formula_id=formula.pk)
    standing = ledger.standing(fresh(tree.whole))
    assert (standing.handed, ledger.standing(fresh(tree.first)).size) == (400 * MILLION, 266_666_667 - 150 * MILLION)


def test_a_formula_gives_no_more_than_the_ceiling_has(people, tree):
    formula = published(people, tree.whole, inputs(SUBDISTRICTS, 900 * MILLION + 1))
    assert refused(services.apply_formula, actor=people.planner, formula_id=formula.pk).code == "above_parent"
    assert amounts(tree.whole) == {cast.SUBDISTRICT: 300 * MILLION, cast.OTHER_SUBDISTRICT: 200 * MILLION}


def test_a_ceiling_that_stood_alone_is_taken_in_one_of_another_whole_is_not(people):
    whole = published_ceiling(people, amount=500 * MILLION, reserve=0)
    alone = published_ceiling(people, region_code=cast.SUBDISTRICT, amount=20 * MILLION, reserve=0)
    formula = published(people, whole, inputs(SUBDISTRICTS, 300 * MILLION))
    services.apply_formula(actor=people.planner, formula_id=formula.pk)
    assert (fresh(alone).parent_id, fresh(alone).amount) == (whole.pk, 100 * MILLION)
    fund = published_ceiling(people, funding_source="village_fund", amount=70 * MILLION, reserve=0)
    between = part(people, fund, cast.SUBDISTRICT, 30 * MILLION, funding_source="village_fund")
    part(people, between, cast.VILLAGE, MILLION, funding_source="village_fund")
    formula = published(people, fund, inputs([region.pk for region in units_below(fund)], 20 * MILLION))
    assert refused(services.apply_formula, actor=people.planner, formula_id=formula.pk).code == "part_of_another"


def test_a_village_fund_goes_to_villages_and_a_kecamatans_money_too(people, tree):
    fund = published_ceiling(people, funding_source="village_fund", amount=70 * MILLION, reserve=0)
    assert len(units_below(fund)) == 7
    below = [region.pk for region in units_below(tree.first)]
    assert below == [f"{cast.SUBDISTRICT}.200{n}" for n in (1, 2, 3, 4)]
    told = inputs(below, 100 * MILLION, values={code: {"people": int(code != cast.VILLAGE)} for code in below})
    services.apply_formula(actor=people.planner, formula_id=published(people, tree.first, told).pk)
    # nothing by the formula is no ceiling
    assert sorted(amounts(tree.first).values()) == [33_333_333, 33_333_333, 33_333_334]
    assert cast.VILLAGE not in amounts(tree.first)


def test_a_formula_set_by_hand_afterwards_is_no_longer_the_formulas(people, tree):
    formula = published(people, tree.whole, inputs(SUBDISTRICTS, 900 * MILLION))
    services.apply_formula(actor=people.planner, formula_id=formula.pk)
    row = fresh(tree.first)
    kept = services.set_ceiling(actor=people.planner, **setting(row, legal_basis="SK lain"))
    assert kept.formula_id == formula.pk
    assert services.set_ceiling(actor=people.planner, **setting(kept, amount=299 * MILLION)).formula_id is None


def test_two_people_and_two_versions(people, tree):
    made = services.set_formula(actor=people.planner, ceiling_id=tree.whole.pk, inputs=inputs(SUBDISTRICTS), legal_basis="SK 1")
    assert refused(services.publish_formula, actor=people.planner, formula_id=made.pk).code == "second_person"
    assert refused(services.publish_formula, actor=people.budget_team, formula_id=made.pk, version=7).code == "version"
    assert refused(
        services.set_formula, actor=people.second_planner, ceiling_id=tree.whole.pk, inputs=inputs(SUBDISTRICTS), legal_basis="SK 2"
    ).code == ("formula_exists")
    for who, status in (("stranger", 401), ("village_head", 403), ("foreign_planner", 403), ("agency_officer", 403)):
        answer = refused(services.set_formula, actor=getattr(people, who), ceiling_id=tree.whole.pk, inputs={}, legal_basis="x")
        assert answer.status == status, who
    services.publish_formula(actor=people.budget_team, formula_id=made.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Formula.objects.filter(pk=made.pk).update(outcome=[])


@pytest.mark.parametrize("weight", ["90", "110"])
def test_an_incomplete_formula_is_kept_but_not_published(people, tree, weight):
    told = (
        inputs(SUBDISTRICTS, variables=[{"key": "people", "name": "Penduduk", "weight": weight}]) if weight == "90" else {**inputs([]), "values": {}}
    )
    made = services.set_formula(actor=people.planner, ceiling_id=tree.whole.pk, inputs=told, legal_basis="SK 1")
    with pytest.raises(Conflict) as caught:
        services.publish_formula(actor=people.budget_team, formula_id=made.pk)
    assert caught.value.code == "formula_incomplete"


@pytest.mark.parametrize("figure", [-1, "x", float("nan"), 10**20, "1.5.5", [1], True, "0,0000001"])
def test_a_figure_that_is_none_names_its_variable_and_region(people, tree, figure):
    told = inputs(SUBDISTRICTS)
    told["values"][cast.SUBDISTRICT]["people"] = figure
    with pytest.raises(Invalid) as caught:
        services.set_formula(actor=people.planner, ceiling_id=tree.whole.pk, inputs=told, legal_basis="SK 1")
    sentence = caught.value.fields[f"values.{cast.SUBDISTRICT}.people"][0]
    assert "Penduduk" in sentence
    assert "Sungai Raya" in sentence


def test_a_ward_gets_no_village_money_and_a_village_no_ward_fund(people, tree):
    fields = {
        "plan_year": 2028,
        "region_code": cast.ELSEWHERE,
        "amount": 9 * MILLION,
        "legal_basis": "Perwali 3/2027",
        "actor": people.foreign_planner,
    }
    fund, wards = (services.set_ceiling(**fields, funding_source=source) for source in ("village_fund", "ward_fund"))
    assert units_below(fund) == []
    assert [region.pk for region in units_below(wards)] == [cast.FOREIGN_VILLAGE]
    for source, region, who in (("village_fund", cast.FOREIGN_VILLAGE, people.foreign_planner), ("ward_fund", cast.VILLAGE, people.planner)):
        with pytest.raises(Invalid) as refusal:
            services.set_ceiling(**{**fields, "region_code": region, "actor": who}, funding_source=source)
        assert set(refusal.value.fields) == {"region"}


def test_each_wrong_cell_of_a_sheet_is_named_by_row_and_column(people, tree):
    variables = [{"key": "people", "name": "Penduduk"}, {"key": "poor", "name": "Keluarga miskin"}]
    rows = ["kode;Penduduk;Keluarga miskin;imbalan", f"{cast.SUBDISTRICT};-5;tiga;", f"{cast.OTHER_SUBDISTRICT};1.234,5;7;x"]
    with pytest.raises(Invalid) as refusal:
        formula_sheet.read("\n".join(rows).encode(), units_below(tree.whole), variables)
    told = refusal.value.fields["sheet"]
    for number, column, cell in ((2, "Penduduk", "-5"), (2, "Keluarga miskin", "tiga"), (3, "imbalan", "x")):
        assert any(f"Baris {number}: kolom “{column}”: “{cell}”" in sentence for sentence in told), told
    assert len(told) == 3
