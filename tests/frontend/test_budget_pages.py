"""Ceilings and runs on the screen: who sees what, what a refused form keeps, and the second person's buttons."""

import pytest
from django.test import Client

from budgeting import services
from budgeting.models import AllocationRun, Ceiling
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make

pytestmark = pytest.mark.django_db

TYPED = {
    "plan_year": "2028",
    "region": cast.HOME,
    "funding_source": "district_budget",
    "amount": "1.000.000.000",
    "reserve": "",
    "legal_basis": "Perbup 7/2027",
    "version": "",
}


@pytest.fixture
def enter(people):
    make.cycle()

    def signed_in(name: str) -> Client:
        client = Client()
        if name != "stranger":
            client.force_login(getattr(people, name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def ceiling(people) -> Ceiling:
    kept = services.set_ceiling(
        actor=people.planner,
        plan_year=2028,
        region_code=cast.HOME,
        funding_source="district_budget",
        amount=1_000_000_000,
        reserve=100_000_000,
        legal_basis="Perbup 7/2027",
    )
    return services.publish_ceiling(actor=people.budget_team, ceiling_id=kept.pk)


@pytest.fixture
def draft(people, ceiling) -> AllocationRun:
    make.proposal(stage=Stage.BUDGET, amount=400_000_000, supports=9, title="Jembatan Parit Sembilan")
    make.proposal(stage=Stage.BUDGET, amount=700_000_000, supports=8, title="Turap tebing sungai", unit_price=1_400_000)
    make.proposal(stage=Stage.BUDGET, amount=300_000_000, supports=7, title="Posyandu Melati", unit_price=600_000)
    run = services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    return services.perform_run(run.pk)


def _text(answer) -> str:
    return answer.content.decode()


def test_without_a_ceiling_the_page_says_who_sets_one(enter):
    assert 'class="empty"' in _text(enter("stranger").get("/anggaran/"))


def test_everybody_sees_a_published_ceiling_with_what_is_left_of_it(enter, ceiling):
    page = _text(enter("stranger").get("/anggaran/"))
    assert "Rp1.000.000.000" in page
    assert "Rp900.000.000" in page
    assert 'method="post"' not in page.split("<main")[1].split("</main>")[0]


def test_a_ceiling_that_waits_is_seen_by_its_team_only(enter):
    enter("planner").post("/anggaran/pagu/", TYPED)
    address = f"/anggaran/pagu/{Ceiling.objects.get().pk}/"
    for name in ("stranger", "foreign_planner"):
        assert address not in _text(enter(name).get("/anggaran/"))
        assert enter(name).get(address).status_code == 404
    assert address in _text(enter("budget_team").get("/anggaran/"))
    assert "Perbup 7/2027" in _text(enter("budget_team").get(address))


def test_who_set_a_ceiling_reads_that_another_person_publishes_it(enter):
    planner = enter("planner")
    planner.post("/anggaran/pagu/", TYPED)
    kept = Ceiling.objects.get()
    assert f"/anggaran/pagu/{kept.pk}/terbit/" not in _text(planner.get(f"/anggaran/pagu/{kept.pk}/"))
    assert planner.post(f"/anggaran/pagu/{kept.pk}/terbit/").status_code == 403
    assert enter("budget_team").post(f"/anggaran/pagu/{kept.pk}/terbit/", {"version": "1"}).status_code == 302


def test_a_refused_ceiling_keeps_what_was_typed_and_names_the_field(enter):
    answer = enter("planner").post("/anggaran/pagu/", {**TYPED, "amount": "12,5", "legal_basis": "SK <b>1</b>"})
    assert answer.status_code == 400
    assert "SK &lt;b&gt;1&lt;/b&gt;" in _text(answer)
    assert 'value="12,5"' in _text(answer)
    assert not Ceiling.objects.exists()


def test_a_ceiling_cannot_be_set_for_another_kabupaten_by_changing_the_form(enter):
    assert enter("planner").post("/anggaran/pagu/", {**TYPED, "region": cast.ELSEWHERE}).status_code == 400
    assert enter("resident").post("/anggaran/pagu/", TYPED).status_code == 403
    assert not Ceiling.objects.exists()


def test_a_change_carries_the_version_that_was_read(enter, ceiling):
    planner = enter("planner")
    assert f'name="version" value="{ceiling.version}"' in _text(planner.get(f"/anggaran/pagu/?ubah={ceiling.pk}"))
    stale = planner.post("/anggaran/pagu/", {**TYPED, "version": "1", "amount": "2.000.000.000"})
    assert stale.status_code == 400
    ceiling.refresh_from_db()
    assert ceiling.amount == 1_000_000_000


def test_a_queued_run_tells_its_progress_and_leads_to_itself_without_scripts(enter, people, ceiling):
    make.proposal(stage=Stage.BUDGET, amount=400_000_000)
    run = services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    page = _text(enter("planner").get(f"/anggaran/{run.pk}/"))
    assert 'http-equiv="refresh"' not in page, "a page that loads itself anew takes a screen reader back to its top"
    assert f'<noscript><p><a class="btn second" href="/anggaran/{run.pk}/">' in page


def test_asking_for_a_run_leads_to_its_page(enter, ceiling):
    make.proposal(stage=Stage.BUDGET)
    answer = enter("planner").post(f"/anggaran/pagu/{ceiling.pk}/hitung/", {"rule": "greedy"})
    assert answer["Location"] == f"/anggaran/{AllocationRun.objects.get().pk}/"


def test_every_line_has_its_rank_its_verdict_and_a_sentence(enter, draft):
    answer = enter("planner").get(f"/anggaran/{draft.pk}/")
    told = [(one.line.rank, one.line.verdict, one.is_cut) for one in answer.context["rows"]]
    assert told == [(1, "funded", False), (2, "not_funded", False), (3, "funded", True)]
    page = _text(answer)
    assert "Rp200.000.000" in page  # what is left, and what the second one lacks
    assert draft.inputs_sha256 in page


@pytest.mark.parametrize(("name", "status"), [("stranger", 302), ("resident", 403), ("foreign_budget_team", 403), ("budget_team", 200)])
def test_a_draft_run_is_seen_by_its_team_only(enter, draft, name, status):
    assert enter(name).get(f"/anggaran/{draft.pk}/").status_code == status


def test_the_second_person_has_the_button_and_the_first_reads_why_not(enter, draft):
    publish = f"/anggaran/{draft.pk}/terbit/"
    assert publish not in _text(enter("planner").get(f"/anggaran/{draft.pk}/"))
    assert publish in _text(enter("budget_team").get(f"/anggaran/{draft.pk}/"))


def test_publishing_moves_the_proposals_and_opens_the_run_to_everybody(enter, draft):
    answer = enter("budget_team").post(f"/anggaran/{draft.pk}/terbit/", follow=True)
    assert answer.status_code == 200
    assert Proposal.objects.filter(outcome=Outcome.FUNDED).count() == 2
    page = _text(enter("stranger").get(f"/anggaran/{draft.pk}/"))
    assert f"/anggaran/{draft.pk}/buang/" not in page
    assert enter("budget_team").post(f"/anggaran/{draft.pk}/terbit/").status_code == 409


def test_a_discarded_run_moves_nothing_and_leaves_the_list(enter, draft):
    team = enter("budget_team")
    team.post(f"/anggaran/{draft.pk}/buang/")
    assert not Proposal.objects.filter(outcome=Outcome.FUNDED).exists()
    assert str(draft.pk) not in _text(team.get(f"/anggaran/pagu/{draft.ceiling_id}/"))


def test_a_run_that_never_was_is_a_404(enter):
    assert enter("planner").get("/anggaran/6a0cb3b2-0000-4000-8000-000000000000/").status_code == 404


def test_the_run_page_asks_as_often_for_many_lines_as_for_few(enter, people, ceiling, django_assert_max_num_queries):
    make.proposals(40, stage=Stage.BUDGET, amount=10_000_000)
    run = services.perform_run(services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner).pk)
    client = enter("budget_team")
    with django_assert_max_num_queries(19):
        assert client.get(f"/anggaran/{run.pk}/").status_code == 200
