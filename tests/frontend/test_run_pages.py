"""The pages of a run: the form that asks for it, how it waits, why it failed, a part of its lines, who paid for what."""

import uuid

import pytest
from django.test import Client

from budgeting import calculation, services
from budgeting.models import AllocationRun
from budgeting.overrides.services import sign_override
from proposals.services import judge_resemblance
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.conftest import published_ceiling
from tests.budgeting.provenance.test_same_place import a_pair
from tests.budgeting.runs.polled import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceiling(people):
    make.open_cycle()
    return published_ceiling(people)


@pytest.fixture
def waiting(ceiling):
    return [make.proposal(stage=Stage.BUDGET, amount=amount, supports=9 - at) for at, amount in enumerate((500_000_000, 400_000_000, 100_000_000))]


def enter(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _text(answer):
    return answer.content.decode()


def _sent(**fields):
    return {"id": str(uuid.uuid4()), "rule": "greedy", "votes": "supports", "ties": "cheaper", "mandatory_first": "on", **fields}


def test_the_form_offers_the_ballots_on_which_something_stood_that_waits_and_says_what_each_rule_does(people, ceiling, waiting):
    known = published(people, waiting, [(1,)] * 5)
    known.candidates.create(proposal=waiting[0], number=1)
    other = published(people, waiting, [(1,)] * 5)
    page = _text(enter(people.planner).get(f"/anggaran/pagu/{ceiling.pk}/hitung/"))
    assert str(known.pk) in page
    assert str(other.pk) not in page
    assert page.count('name="rule"') == 7
    assert "Rp650.000.000" in page


def test_the_form_sent_twice_asks_for_one_run_with_the_options_of_its_rule(people, ceiling, waiting):
    planner, sent = enter(people.planner), _sent(per_village="1", women_percent="20", completion="add1", increment="5", ballot="")
    first, again = (planner.post(f"/anggaran/pagu/{ceiling.pk}/hitung/", sent) for _ in range(2))
    run = AllocationRun.objects.get()
    assert first["Location"] == again["Location"] == f"/anggaran/{run.pk}/"
    assert (run.options["per_village"], run.options["women_percent"], "completion" in run.options) == (1, 20, False)


def test_a_refused_form_keeps_what_was_typed_beside_the_sentence(people, ceiling, waiting):
    answer = enter(people.planner).post(f"/anggaran/pagu/{ceiling.pk}/hitung/", _sent(per_village="banyak", excluding="6112-2028-0001 <b>"))
    assert answer.status_code == 400
    assert 'value="banyak"' in _text(answer)
    assert "6112-2028-0001 &lt;b&gt;" in _text(answer)
    assert not AllocationRun.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("resident", 403), ("foreign_planner", 403), ("second_planner", 200)])
def test_only_the_team_sees_the_form(people, ceiling, waiting, name, status):
    assert enter(getattr(people, name)).get(f"/anggaran/pagu/{ceiling.pk}/hitung/").status_code == status


def test_a_run_that_waits_says_where_and_one_that_failed_says_why_and_what_to_do(people, ceiling, waiting):
    planner = enter(people.planner)
    first, second = (services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner) for _ in range(2))
    page = _text(planner.get(f"/anggaran/{second.pk}/"))
    assert "Antrean nomor 2" in page
    assert f'data-address="/anggaran/{second.pk}/kemajuan/"' in page
    assert f'<noscript><p><a class="btn second" href="/anggaran/{second.pk}/">' in page
    AllocationRun.objects.filter(pk=first.pk).update(status="running", step=1)
    assert "Langkah 1 dari 3" in _text(planner.get(f"/anggaran/{first.pk}/"))
    AllocationRun.objects.filter(pk=first.pk).update(step=2, done=2)
    assert "2 dari 3" in _text(planner.get(f"/anggaran/{first.pk}/"))
    calculation.fail(first.pk, calculation.NOT_PROVED, "more than 5 lists")
    page = _text(planner.get(f"/anggaran/{first.pk}/"))
    assert "Pilih aturan lain" in page
    assert "http-equiv" not in page, "a page that reloads by itself takes a reader's place away"


def test_a_page_that_waits_asks_how_far_it_is_until_there_is_a_list(people, ceiling, waiting):
    run = services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner)
    planner, address = enter(people.planner), f"/anggaran/{run.pk}/kemajuan/"
    AllocationRun.objects.filter(pk=run.pk).update(status="running", step=3, done=3, started_at=run.requested_at)
    told = planner.get(address).json()
    assert (told["moving"], told["done"], told["total"], told["words"]) == (True, 3, 3, "Langkah 3 dari 3: 3 baris dituliskan")
    assert told["note"], "nobody is at it"
    calculation.fail(run.pk, calculation.NOT_PROVED, "")
    answer = planner.get(address)
    assert (answer.json()["moving"], answer.json()["page"]) == (False, f"/anggaran/{run.pk}/")
    assert "no-store" in answer["Cache-Control"]
    assert enter(people.resident).get(address).status_code == 403


def test_a_run_names_its_rule_in_words_with_the_programs_name_beside_it(people, ceiling, waiting):
    run = services.perform_run(services.request_run(ceiling_id=ceiling.pk, rule="greedy-per-cost", actor=people.planner).pk)
    page = _text(enter(people.planner).get(f"/anggaran/{run.pk}/"))
    assert f'<dd>Dukungan terbanyak per rupiah<br><span class="small soft">greedy-per-cost · {run.software_version}</span></dd>' in page


def test_everybody_sees_which_other_seeds_were_tried_before_one_was_published(people, ceiling, waiting):
    """A lot that is drawn until it pleases is no lot; what was put away counts, too."""

    def drawn(seed):
        options = {"ties": "lot", "seed": seed}
        return services.perform_run(services.request_run(ceiling_id=ceiling.pk, rule="greedy", options=options, actor=people.planner).pk)

    first, _again, last = drawn("bola 17"), drawn("bola 17"), drawn("bola 23")
    services.discard_run(run_id=first.pk, actor=people.planner)
    services.perform_run(services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner).pk)
    services.publish_run(run_id=last.pk, actor=people.budget_team)
    page = Client().get(f"/anggaran/{last.pk}/")
    found = page.context["attempts"]
    assert (found.lists, found.discarded, found.other_seeds) == (4, 1, 1)
    assert "<code>bola 17</code>" in _text(page)
    told = Client().get(f"/api/v1/runs/{last.pk}/").json()["attempts"]
    assert [(one["seed"], one["lists"], one["discarded"]) for one in told["draws"]] == [("bola 17", 2, 1)]


def test_a_long_list_comes_in_parts_and_can_be_narrowed(people, ceiling, django_assert_max_num_queries):
    make.proposals(130, stage=Stage.BUDGET, amount=10_000_000)
    run = services.perform_run(services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner).pk)
    client = enter(people.budget_team)
    with django_assert_max_num_queries(28):
        answer = client.get(f"/anggaran/{run.pk}/")
    assert len(answer.context["rows"]) < 60
    assert len(answer.content) < 90_000
    further = client.get(f"/anggaran/{run.pk}/{answer.context['page'].next.rpartition('/')[2]}")
    assert further.context["rows"][0].line.rank == answer.context["rows"][-1].line.rank + 1
    out = client.get(f"/anggaran/{run.pk}/?hasil=tidak")
    assert {row.line.verdict for row in out.context["rows"]} == {"not_funded"}
    assert client.get(f"/anggaran/{run.pk}/?cursor=x").status_code == 400


def test_who_paid_for_what_stands_as_text_beside_its_bars(people, ceiling, waiting):
    ballot = published(people, waiting, [(1,)] * 9 + [(2, 3)] * 4, region=cast.HOME)
    asked = services.request_run(
        ceiling_id=ceiling.pk, rule="equal-shares", actor=people.planner, options={"ballot": str(ballot.pk), "completion": "none"}
    )
    run = services.perform_run(asked.pk)
    page = _text(enter(people.planner).get(f"/anggaran/{run.pk}/"))
    assert "Siapa membayar apa" in page
    assert "4 membayar Rp25.000.000" in page
    assert "masing-masing paling banyak" in page


def test_where_nothing_could_be_paid_the_page_says_so(people, ceiling):
    make.proposal(stage=Stage.BUDGET, amount=900_000_000)
    run = services.perform_run(services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner).pk)
    assert "Tidak ada yang masuk" in _text(enter(people.planner).get(f"/anggaran/{run.pk}/"))


def test_a_line_changed_by_hand_stands_where_it_counts_and_the_rules_word_is_marked_as_the_rules(people, ceiling, waiting):
    """A reader who meets “Masuk” beside “Tidak masuk” cannot tell which of them holds."""
    run = services.perform_run(services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner).pk)
    reason = "Jembatan itu dibangun provinsi pada tahun yang sama."
    sign_override(
        override_id=uuid.uuid4(), run_id=run.pk, proposal_id=waiting[0].pk, verdict="not_funded", reason=reason, actor=people.second_planner
    )
    answer = enter(people.planner).get(f"/anggaran/{run.pk}/")
    rows = {row.line.proposal_id: row for row in answer.context["rows"]}
    assert rows[waiting[0].pk].sentence.startswith("Menurut aturan: ")
    assert not rows[waiting[2].pk].sentence.startswith("Menurut aturan")
    assert rows[waiting[1].pk].sentence.startswith("Menurut aturan: Kurang Rp250.000.000"), "it is short in the rule's list, not in this one"
    assert [row.fits for row in (rows[one.pk] for one in waiting)] == [False, True, False]
    assert "tersisa Rp550.000.000" in _text(answer)
    assert "(perencana" not in _text(answer), "brackets within brackets"
    shown = {code: count for code, _word, count in answer.context["filters"]}
    for code, verdict in (("masuk", True), ("tidak", False)):
        page = enter(people.planner).get(f"/anggaran/{run.pk}/?hasil={code}")
        assert {row.decided.is_funded for row in page.context["rows"]} == {verdict}
        assert len(page.context["rows"]) == shown[code]
    assert waiting[0].pk in {row.line.proposal_id for row in page.context["rows"]}
    assert shown["masuk"] == answer.context["funded"]


@pytest.fixture
def beside(people, ceiling, waiting):
    """A pokir of 100 million at the place of the first proposal, which more people support."""
    pokir = make.proposal(stage=Stage.BUDGET, amount=100_000_000, supports=8, channel="council", sponsor="H. Syarif", sponsor_reference="Reses I")
    a_pair(waiting[0], pokir)
    return pokir


def test_a_pokir_and_the_villages_proposal_are_offered_as_a_pair_of_which_one_is_paid(people, ceiling, waiting, beside):
    planner, pair = enter(people.planner), f"{beside.number} {waiting[0].number}"
    page = _text(planner.get(f"/anggaran/pagu/{ceiling.pk}/hitung/"))
    assert f'value="{pair}"' in page
    assert "belum ada yang menilai" in page
    assert "checked" not in page.split(f'value="{pair}"')[1][:40], "nobody has judged the two: the planner decides"
    planner.post(f"/anggaran/pagu/{ceiling.pk}/hitung/", _sent(beside=pair, excluding=f"{waiting[0].number}, {beside.number}"))
    assert AllocationRun.objects.get().options["excluding"] == [[waiting[0].number, beside.number]], "named twice, it is one pair"
    calculation.perform_run(AllocationRun.objects.get().pk)
    assert "Dibayar dua kali?" not in _text(planner.get(f"/anggaran/{AllocationRun.objects.get().pk}/"))


def test_a_pair_that_was_judged_the_same_work_is_ticked_already(people, ceiling, waiting, beside):
    judge_resemblance(proposal_id=beside.pk, other_id=waiting[0].pk, actor=people.planner, verdict="same")
    page = _text(enter(people.planner).get(f"/anggaran/pagu/{ceiling.pk}/hitung/"))
    assert "checked" in page.split(f'value="{beside.number} {waiting[0].number}"')[1][:40]


def test_a_list_that_pays_for_both_says_so_until_one_is_taken_out_by_hand(people, ceiling, waiting, beside):
    run = calculation.perform_run(services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=people.planner).pk)
    address = f"/anggaran/{run.pk}/"
    page = _text(enter(people.planner).get(address))
    assert "Dibayar dua kali?" in page
    assert f"Pokir {beside.number} di samping {waiting[0].number}" in page
    reason = "Pokir ini melayani tempat yang sama dengan usulan desa."
    sign_override(override_id=uuid.uuid4(), run_id=run.pk, proposal_id=beside.pk, verdict="not_funded", reason=reason, actor=people.second_planner)
    assert "Dibayar dua kali?" not in _text(enter(people.planner).get(address))


def test_what_nobody_paid_stands_beside_the_payments(people, ceiling, waiting):
    ballot = published(people, waiting, [(1,)] * 9 + [(2, 3)] * 4)
    phases = {waiting[0].number: 200_000_000, waiting[1].number: 40_000_000}
    options = {"ballot": str(ballot.pk), "completion": "none", "phases": phases}
    run = services.perform_run(services.request_run(actor=people.planner, ceiling_id=ceiling.pk, rule="equal-shares", options=options).pk)
    page = _text(enter(people.planner).get(f"/anggaran/{run.pk}/"))
    assert "Dari sisa, untuk pekerjaan yang boleh dibayar sebagian" in page
    assert "Rp50.000.000</span> dari" in page
