"""The officials' desk shows what waits for this office in this region, and nothing of anybody else's."""

import pytest
from django.test import Client

from budgeting import services
from budgeting.calculation import perform_run
from proposals.stages import Outcome, Stage
from tests import cast, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people):
    make.cycle()

    def of(name: str):
        client = Client()
        client.force_login(getattr(people, name), backend="django.contrib.auth.backends.ModelBackend")
        return client.get("/kerja/")

    return of


def test_a_stranger_is_asked_to_sign_in(db):
    assert Client().get("/kerja/")["Location"].startswith("/akun/masuk/")


def test_a_citizen_reads_politely_what_the_desk_is_for(desk):
    answer = desk("resident")
    assert answer.status_code == 200
    assert answer.context["offices"] == []
    assert "<table" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "stage", "seen"),
    [
        ("village_head", Stage.VILLAGE, True),
        ("village_head", Stage.SUBDISTRICT, False),
        ("subdistrict_officer", Stage.SUBDISTRICT, True),
        ("other_subdistrict_officer", Stage.SUBDISTRICT, False),
        ("planner", Stage.DISTRICT, True),
        ("foreign_planner", Stage.DISTRICT, False),
        ("budget_team", Stage.BUDGET, True),
        ("moderator", Stage.VILLAGE, False),
    ],
)
def test_what_waits_is_what_this_office_decides_in_this_region(desk, name, stage, seen):
    proposal = make.proposal(stage=stage)
    answer = desk(name)
    assert (proposal in answer.context["decide"]) is seen
    assert (proposal.number in answer.content.decode()) is seen


def test_what_was_decided_waits_no_longer(desk):
    make.proposal(stage=Stage.SUBDISTRICT, outcome=Outcome.REJECTED)
    assert desk("subdistrict_officer").context["decide"] == []


def test_the_facilitator_finds_the_residents_to_confirm(desk):
    assert "Newcomer" in desk("facilitator").content.decode()
    assert "Newcomer" not in desk("next_facilitator").content.decode()


def test_money_that_waits_for_a_second_person_lies_on_that_persons_desk(desk, people):
    services.set_ceiling(
        actor=people.planner, plan_year=2028, region_code=cast.HOME, funding_source="district_budget", amount=10**9, legal_basis="Perbup 7/2027"
    )
    assert len(desk("budget_team").context["ceilings"]) == 1
    assert desk("planner").context["ceilings"] == []


def test_what_waits_is_named_with_its_agency(desk, people):
    """Ceilings of one kabupaten that are all called alike cannot be told apart."""
    fields = {"plan_year": 2028, "region_code": cast.HOME, "funding_source": "district_budget", "amount": 10**9, "legal_basis": "Perbup 7/2027"}
    services.set_ceiling(actor=people.planner, agency_id=people.works_agency.pk, **fields)
    assert f", {people.works_agency}</a>" in desk("budget_team").content.decode()


def test_what_only_waits_for_a_second_person_comes_before_the_long_table_and_each_list_is_called_by_its_rule(desk, people):
    waiting = make.proposal(stage=Stage.BUDGET, amount=5_000_000)
    ceiling = _set_ceiling(people.planner, cast.HOME)
    services.publish_ceiling(ceiling_id=ceiling.pk, actor=people.budget_team)
    for rule in ("greedy", "greedy-per-cost"):
        perform_run(services.request_run(ceiling_id=ceiling.pk, rule=rule, actor=people.planner).pk)
    page = desk("budget_team").content.decode()
    assert page.index('id="setuju"') < page.index('id="putus"') < page.index(waiting.title)
    assert ": Dukungan terbanyak lebih dulu</a>" in page
    assert ": Dukungan terbanyak per rupiah</a>" in page


def _set_ceiling(who, region):
    fields = {"plan_year": 2028, "region_code": region, "funding_source": "district_budget", "amount": 1000, "legal_basis": "Perbup 12/2027"}
    return services.set_ceiling(actor=who, **fields)


def test_what_waits_for_others_does_not_crowd_out_what_waits_for_oneself(people, desk, monkeypatch):
    """Only so many rows are looked at; another kabupaten's, and one's own that others publish, are not among them."""
    monkeypatch.setattr("frontend.desk.SHOWN", 1)
    _set_ceiling(people.foreign_planner, cast.ELSEWHERE)
    _set_ceiling(people.budget_team, cast.HOME)
    _set_ceiling(people.planner, cast.SUBDISTRICT)
    assert [ceiling.region_id for ceiling in desk("budget_team").context["ceilings"]] == [cast.SUBDISTRICT]


def test_the_desk_asks_as_often_for_many_as_for_one(people, desk, django_assert_max_num_queries):
    make.proposals(30, stage=Stage.SUBDISTRICT)
    client = Client()
    client.force_login(people.subdistrict_officer, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_max_num_queries(20):
        client.get("/kerja/")
