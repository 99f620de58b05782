"""Comparison, changes by hand and answers on the screen: who sees what, what a refused form keeps, what is printed, what it costs."""

import csv
import io
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budgeting import services
from budgeting.models import Override
from budgeting.overrides.services import sign_override
from geo.models import Region
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.conftest import calculated, published_ceiling
from tests.frontend.html import read

pytestmark = pytest.mark.django_db
REASON = "Jembatan itu satu-satunya jalan ke sekolah dan puskesmas."


@pytest.fixture
def asked(people):
    plan = make.open_cycle()
    rows = (("Jembatan", cast.VILLAGE, 500, 30), ("Jalan", cast.NEXT_VILLAGE, 400, 20), ("Sumur", cast.FAR_VILLAGE, 100, 10))
    return [
        make.proposal(stage=Stage.BUDGET, of=plan, title=title, village=village, amount=amount * 10**6, supports=supports)
        for title, village, amount, supports in rows
    ]


@pytest.fixture
def ceiling(people, asked):
    return published_ceiling(people)


@pytest.fixture
def two(people, ceiling, asked):
    """By supports the bridge and the well; in the second the road instead of the bridge."""
    first, second = calculated(people, ceiling), calculated(people, ceiling)
    for proposal, verdict in ((asked[0], "not_funded"), (asked[1], "funded")):
        sign_override(
            override_id=uuid.uuid4(), run_id=second.pk, proposal_id=proposal.pk, verdict=verdict, reason=REASON, actor=people.second_planner
        )
    return first, second


def enter(person=None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _address(two, part="") -> str:
    return f"/anggaran/banding/{part}?" + "&".join(f"run={run.pk}" for run in two)


def _text(answer) -> str:
    return answer.content.decode()


def test_a_planner_sees_drafts_side_by_side_with_what_moved_and_why(people, two):
    Region.objects.filter(pk=cast.VILLAGE).update(population=1000)
    page = _text(enter(people.planner).get(_address(two)))
    assert read(page).faults == []
    facts = re.sub(r"<[^>]+>|\s+", " ", page)
    assert "Rp600.000.000" in facts
    assert "1 usulan masuk, 1 usulan keluar." in facts
    assert "Kini mendapat pekerjaan: Arang." in facts
    assert "Tidak lagi mendapat pekerjaan: Kapur." in facts
    assert REASON in page
    assert "Rp500.000</td>" in page
    assert page.count('class="comparing-map"') == 2


def test_drafts_are_no_strangers_business_and_published_lists_are_everybodys(people, two, ceiling):
    assert enter().get(_address(two)).status_code == 302
    assert enter(people.resident).get(_address(two)).status_code == 403
    services.publish_run(run_id=two[1].pk, actor=people.budget_team)
    other = published_ceiling(people, funding_source="special_allocation")
    make.proposal(stage=Stage.BUDGET)
    run = services.publish_run(run_id=calculated(people, other).pk, actor=people.budget_team)
    assert enter().get(_address((two[1], run))).status_code == 200


def test_what_cannot_stand_side_by_side_is_told_over_the_list_with_what_was_ticked(people, two):
    page = enter(people.planner).get("/anggaran/banding/?" + "&".join(f"run={uuid.uuid4()}" for _ in range(5)))
    assert page.status_code == 400
    chosen = enter(people.planner).get(f"/anggaran/banding/?run={two[0].pk}")
    assert f'value="{two[0].pk}" checked' in _text(chosen)
    assert enter(people.planner).get("/anggaran/banding/?run=x&run=y").status_code == 400
    assert 'class="empty"' in _text(enter().get("/anggaran/banding/"))


def test_tables_to_take_along_have_every_village_and_every_proposal_in_whole_rupiah(people, two, asked):
    planner = enter(people.planner)
    villages = _text(planner.get(_address(two, "desa.csv"))).splitlines()
    assert len(villages) == 8
    assert any(line.startswith(f"{cast.VILLAGE},Kapur") and line.endswith(",500000000,0") for line in villages)
    proposals = _text(planner.get(_address(two, "usulan.csv"))).splitlines()
    assert f"{asked[1].number},Jalan,{cast.NEXT_VILLAGE},400000000,0,400000000" in proposals
    assert "Diberikan" in _text(planner.get(_address(two, "fakta.csv")))
    assert sum(int(line.rsplit(",", 2)[1]) for line in villages[1:]) == two[0].spent, "what the page says is given"
    assert planner.get(_address(two, "lain.csv")).status_code == 404


def test_a_title_that_a_spreadsheet_would_run_is_text_in_what_is_taken_along(people, ceiling):
    for title in ("=HYPERLINK(1)", "+62 812", "-jalan", "@jembatan"):
        make.proposal(stage=Stage.BUDGET, title=title)
    pair = [calculated(people, ceiling), calculated(people, ceiling, rule="greedy-per-cost")]
    rows = list(csv.reader(io.StringIO(_text(enter(people.planner).get(_address(pair, "usulan.csv"))).removeprefix("\ufeff"))))
    assert sorted(row[1] for row in rows[1:] if row[1].startswith("'")) == ["'+62 812", "'-jalan", "'=HYPERLINK(1)", "'@jembatan"]
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_the_page_costs_the_same_questions_for_three_lines_and_for_forty(people, two, ceiling):
    def asked_for(runs):
        client = enter(people.planner)
        client.get(_address(runs))
        with CaptureQueriesContext(connection) as told:
            assert client.get(_address(runs)).status_code == 200
        return len(told)

    few = asked_for(two)
    make.proposals(40, stage=Stage.BUDGET, village=cast.FAR_VILLAGE)
    assert asked_for((calculated(people, ceiling), calculated(people, ceiling, rule="greedy-per-cost"))) <= few <= 26


def test_a_line_is_changed_by_a_form_that_keeps_what_was_typed_and_counts_once(people, ceiling, asked):
    run = calculated(people, ceiling)
    address, planner = f"/anggaran/{run.pk}/ubah/{asked[0].pk}/", enter(people.second_planner)
    key = re.search(r'name="key" value="([^"]+)"', _text(planner.get(address))).group(1)
    refused = planner.post(address, {"key": key, "verdict": "not_funded", "amount": "", "reason": "Mendesak"})
    assert refused.status_code == 400
    assert "paling sedikit 20 huruf" in _text(refused)
    assert ">Mendesak</textarea>" in _text(refused).replace("\n", "")
    for _ in range(2):
        kept = planner.post(address, {"key": key, "verdict": "not_funded", "amount": "", "reason": REASON})
        assert kept.status_code == 302
    assert Override.objects.count() == 1
    page = _text(planner.get(f"/anggaran/{run.pk}/"))
    assert REASON in page
    assert "Rp100.000.000" in page
    one = Override.objects.get()
    assert planner.post(f"/anggaran/ubahan/{one.pk}/tarik/").status_code == 302
    assert "Ditarik oleh" in _text(planner.get(f"/anggaran/{run.pk}/"))


@pytest.mark.parametrize(
    ("name", "status"), [("stranger", 302), ("resident", 403), ("village_head", 403), ("foreign_planner", 403), ("planner", 200)]
)
def test_the_form_of_a_change_opens_for_its_team_alone(people, ceiling, asked, name, status):
    run = calculated(people, ceiling)
    person = getattr(people, name)
    client = enter(person if person.is_authenticated else None)
    assert client.get(f"/anggaran/{run.pk}/ubah/{asked[0].pk}/").status_code == status


def test_a_village_reads_its_answer_on_a_page_of_its_own_and_on_the_regions_page(people, two, asked):
    services.publish_run(run_id=two[1].pk, actor=people.budget_team)
    page = _text(enter().get(f"/anggaran/{two[1].pk}/jawaban/{cast.VILLAGE}/"))
    assert read(page).faults == []
    assert "Jawaban untuk Desa Kapur" in page
    assert REASON in page
    assert "<svg" in page.split("answer-code")[1]
    region = _text(enter().get(f"/wilayah/{cast.VILLAGE}/"))
    assert f"/anggaran/{two[1].pk}/jawaban/{cast.VILLAGE}/" in region
    listed = _text(enter().get(f"/anggaran/{two[1].pk}/jawaban/"))
    assert listed.count("/jawaban/61.") == 3
    assert read(listed).faults == []


def test_an_answer_that_nobody_gave_is_not_found_and_drafts_have_none(people, two):
    assert enter().get(f"/anggaran/{two[0].pk}/jawaban/{cast.VILLAGE}/").status_code == 404
    assert enter().get(f"/anggaran/{two[0].pk}/jawaban/tidak-ada/").status_code == 404
    assert 'class="empty"' in _text(enter(people.planner).get(f"/anggaran/{two[0].pk}/jawaban/"))


def test_programs_compare_sign_withdraw_and_read_answers(people, two, ceiling, asked):
    planner, key = enter(people.second_planner), uuid.uuid4()
    told = planner.get(f"/api/v1/runs/compare/?run={two[0].pk}&run={two[1].pk}").json()
    assert [one["total"]["amount"] for one in told["runs"]] == [600_000_000, 500_000_000]
    assert told["runs"][1]["supporters"] == {"total": None, "reached": None}
    address = f"/api/v1/runs/{two[0].pk}/overrides/{key}/"
    sent = {"proposal": str(asked[2].pk), "verdict": "funded", "amount": 60_000_000, "reason": REASON}
    for _ in range(2):
        assert planner.put(address, sent, content_type="application/json").json()["amount"] == 60_000_000
    assert planner.put(address, {**sent, "proposal": "x"}, content_type="application/json").status_code == 400
    assert planner.delete(f"/api/v1/runs/{two[1].pk}/overrides/{key}/").status_code == 404
    assert planner.delete(address).json()["withdrawn_by_name"] == "Second Planner"
    assert len(planner.get(f"/api/v1/runs/{two[0].pk}/overrides/").json()["results"]) == 1
    services.publish_run(run_id=two[1].pk, actor=people.budget_team)
    answers = enter().get(f"/api/v1/runs/{two[1].pk}/answers/").json()["results"]
    assert len(answers) == 7
    assert any("Kapur" in sentence for answer in answers for sentence in answer["text"])


def test_from_a_ceiling_or_a_run_one_ticks_the_lists_of_that_ceiling_alone(people, two, ceiling):
    other = calculated(people, published_ceiling(people, funding_source="special_allocation"))
    planner = enter(people.planner)
    for page in (f"/anggaran/pagu/{ceiling.pk}/", f"/anggaran/{two[0].pk}/"):
        assert f"/anggaran/banding/?pagu={ceiling.pk}" in _text(planner.get(page))
    chosen = _text(planner.get(f"/anggaran/banding/?pagu={ceiling.pk}"))
    assert read(chosen).faults == []
    assert all(f'value="{run.pk}" checked' in chosen for run in two)
    assert str(other.pk) not in chosen
    alone = _text(planner.get(f"/anggaran/banding/?pagu={other.ceiling_id}"))
    assert "baru punya satu daftar" in alone
    assert planner.get("/anggaran/banding/?pagu=x").status_code == 400


def test_lists_of_several_ceilings_side_by_side_say_whose_money_they_are(people, two):
    other = calculated(people, published_ceiling(people, funding_source="special_allocation"))
    assert "Dana Alokasi Khusus" not in _text(enter(people.planner).get(_address(two)))
    assert "Dana Alokasi Khusus" in _text(enter(people.planner).get(_address((two[0], other))))


def test_villages_that_asked_for_nothing_stand_as_names_on_a_list_of_their_own(people, two, ceiling):
    services.publish_run(run_id=two[1].pk, actor=people.budget_team)
    address = f"/anggaran/{two[1].pk}/jawaban/"
    listed = _text(enter().get(address))
    assert "4 desa/kelurahan lain tidak membawa usulan" in listed
    quiet = _text(enter().get(f"{address}?tanpa-usulan"))
    assert read(quiet).faults == []
    assert quiet.count("/jawaban/61.") == 4
    assert f"/jawaban/{cast.VILLAGE}/" not in quiet
