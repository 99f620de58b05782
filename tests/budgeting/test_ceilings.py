"""Ceilings: who sets and publishes them, and what no ceiling may ever be."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from budgeting import ledger, services
from budgeting.models import Ceiling
from tests import cast
from tests.budgeting.conftest import calculated, published_ceiling

FIELDS = {
    "plan_year": 2028,
    "region_code": cast.HOME,
    "funding_source": "district_budget",
    "amount": 1_000_000_000,
    "reserve": 100_000_000,
    "legal_basis": "Perbup 12/2027",
}
VILLAGE_FIELDS = {**FIELDS, "region_code": cast.VILLAGE, "funding_source": "village_fund"}


def _refused(who, **fields):
    with pytest.raises(Refusal) as caught:
        services.set_ceiling(actor=who, **fields)
    return caught.value


def test_a_ceiling_is_set_by_one_person_and_published_by_another(people):
    ceiling = services.set_ceiling(actor=people.planner, **FIELDS)
    assert (ceiling.published_at, ledger.balance(ceiling)) == (None, 900_000_000)
    with pytest.raises(Refusal, match=r"orang lain|another person") as caught:
        services.publish_ceiling(actor=people.planner, ceiling_id=ceiling.pk)
    assert (caught.value.code, caught.value.status) == ("second_person", 403)
    published = services.publish_ceiling(actor=people.budget_team, ceiling_id=ceiling.pk, version=1)
    assert published.published_by == people.budget_team
    assert list(AuditEntry.objects.filter(subject=f"ceiling:{ceiling.pk}").order_by("at").values_list("action", "role")) == [
        ("budgeting.ceiling.set", "planner"),
        ("budgeting.ceiling.publish", "budget_team"),
    ]


@pytest.mark.parametrize("name", ["stranger", "resident", "facilitator", "village_head", "agency_officer", "foreign_planner", "auditor", "moderator"])
def test_nobody_else_sets_the_districts_ceiling(people, name):
    refusal = _refused(getattr(people, name), **FIELDS)
    assert refusal.status == (401 if name == "stranger" else 403)
    assert not Ceiling.objects.exists()


def test_a_village_head_sets_the_villages_own_money_but_not_the_neighbours(people):
    assert services.set_ceiling(actor=people.village_head, **VILLAGE_FIELDS).region_id == cast.VILLAGE
    assert _refused(people.village_head, **{**VILLAGE_FIELDS, "region_code": cast.NEXT_VILLAGE}).status == 403
    assert _refused(people.facilitator, **VILLAGE_FIELDS).status == 403


def test_the_facilitator_is_a_second_person_for_the_villages_money(people):
    ceiling = services.set_ceiling(actor=people.village_head, **VILLAGE_FIELDS)
    with pytest.raises(Refusal):
        services.publish_ceiling(actor=people.next_facilitator, ceiling_id=ceiling.pk)
    assert services.publish_ceiling(actor=people.facilitator, ceiling_id=ceiling.pk).published_at


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", 0),
        ("amount", -5),
        ("amount", 1.5),
        ("amount", "1,5"),
        ("amount", "banyak"),
        ("amount", True),
        ("amount", None),
        ("amount", 10**15 + 1),
        ("amount", float("inf")),
        ("amount", "9" * 500),
        ("reserve", -1),
        ("reserve", 0.5),
        ("reserve", 1_000_000_000),
        ("reserve", 2_000_000_000),
        ("legal_basis", "  "),
        ("legal_basis", "x" * 301),
        ("legal_basis", "a\x00b"),
        ("plan_year", 28),
        ("plan_year", "2028"),
        ("plan_year", True),
    ],
)
def test_a_figure_of_the_wrong_shape_is_refused_by_its_field_and_nothing_is_written(people, field, value):
    refusal = _refused(people.planner, **{**FIELDS, field: value})
    assert isinstance(refusal, Invalid)
    assert list(refusal.fields) == [field]
    assert not Ceiling.objects.exists()


@pytest.mark.parametrize("changes", [{"funding_source": "lottery"}, {"region_code": cast.VILLAGE}, {"region_code": "61.12.01.9999"}])
def test_a_source_or_region_that_does_not_fit_is_refused_by_field(people, changes):
    refusal = _refused(people.planner, **{**FIELDS, **changes})
    assert set(refusal.fields) <= {"funding_source", "region"}


def test_the_figures_may_be_typed_the_indonesian_way(people):
    ceiling = services.set_ceiling(actor=people.planner, **{**FIELDS, "amount": "1.250.000.000", "reserve": "0"})
    assert (ceiling.amount, ceiling.reserve) == (1_250_000_000, 0)


def test_two_people_changing_a_ceiling_at_once_have_one_winner(people):
    services.set_ceiling(actor=people.planner, **FIELDS)
    services.set_ceiling(actor=people.second_planner, **{**FIELDS, "amount": 900_000_000}, version=1)
    with pytest.raises(Conflict) as caught:
        services.set_ceiling(actor=people.planner, **{**FIELDS, "amount": 800_000_000}, version=1)
    assert caught.value.code == "version"
    assert Ceiling.objects.get().amount == 900_000_000


def test_setting_it_a_second_time_without_having_read_it_is_a_conflict(people):
    services.set_ceiling(actor=people.planner, **FIELDS)
    assert _refused(people.second_planner, **FIELDS).code == "ceiling_exists"
    assert _refused(people.planner, **{**FIELDS, "plan_year": 2029}, version=1).code == "no_such_ceiling"


def test_changing_a_published_ceiling_takes_the_publication_back(people):
    ceiling = published_ceiling(people)
    changed = services.set_ceiling(actor=people.budget_team, **{**FIELDS, "amount": 2_000_000_000}, version=ceiling.version)
    assert changed.published_at is None
    with pytest.raises(Refusal):
        services.publish_ceiling(actor=people.budget_team, ceiling_id=changed.pk)
    assert services.publish_ceiling(actor=people.planner, ceiling_id=changed.pk).published_by == people.planner


def test_what_was_published_is_the_version_that_was_seen(people):
    ceiling = services.set_ceiling(actor=people.planner, **FIELDS)
    services.set_ceiling(actor=people.planner, **{**FIELDS, "amount": 500_000_000}, version=1)
    with pytest.raises(Conflict):
        services.publish_ceiling(actor=people.budget_team, ceiling_id=ceiling.pk, version=1)


def test_publishing_twice_is_a_conflict(people):
    ceiling = published_ceiling(people)
    with pytest.raises(Conflict):
        services.publish_ceiling(actor=people.second_planner, ceiling_id=ceiling.pk)


def test_a_ceiling_never_falls_below_what_is_committed(people, ceiling, waiting):
    services.publish_run(run_id=calculated(people, ceiling).pk, actor=people.budget_team)
    ceiling.refresh_from_db()
    assert ledger.balance(ceiling) == 50_000_000
    lower = {**FIELDS, "reserve": 0, "version": ceiling.version}
    assert _refused(people.planner, **{**lower, "amount": 599_999_999}).code == "below_committed"
    assert _refused(people.planner, **{**lower, "amount": 650_000_000, "reserve": 50_000_001}).code == "below_committed"
    assert ledger.balance(services.set_ceiling(actor=people.planner, **{**lower, "amount": 600_000_000})) == 0


def test_the_database_itself_refuses_to_lower_it_past_the_services(people, ceiling, waiting):
    services.publish_run(run_id=calculated(people, ceiling).pk, actor=people.budget_team)
    with pytest.raises(IntegrityError, match="below what is committed"), transaction.atomic():
        Ceiling.objects.filter(pk=ceiling.pk).update(amount=1_000_000, reserve=0)


def test_a_ceiling_nobody_made_is_not_found(people):
    with pytest.raises(Refusal) as caught:
        services.publish_ceiling(actor=people.planner, ceiling_id=10**9)
    assert caught.value.status == 404
