"""The pages of ceilings: the tree of a year, one ceiling, transfers, versions, formulas; and what they refuse."""

import io
import json
import uuid

import openpyxl
import pytest
from django.test import Client

from accounts.roles import Role
from budgeting import services
from budgeting.models import Ceiling, Formula, Transfer
from tests import cast, make
from tests.budgeting.ceilings.conftest import MILLION, ask, fresh, moved, part, setting, tree  # noqa: F401 - a fixture
from tests.budgeting.conftest import published_ceiling

pytestmark = pytest.mark.django_db
VALUES = {"population": ("12000", "8000"), "poverty": ("300", "500")}


@pytest.fixture
def enter(people):
    def signed_in(name: str) -> Client:
        client = Client()
        if name != "stranger":
            client.force_login(getattr(people, name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def text(answer, status=200) -> str:
    assert answer.status_code == status, answer.content.decode()[:600]
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def typed(**changes):
    """A formula as it is typed: two variables, a fifth shared equally."""
    fields = {
        "total": "400.000.000", "base": "20", "reward": "0", "reward_source": "", "legal_basis": "Perbup 30/2027", "version": "", "figures": "1",
        "v-0-key": "population", "v-0-name": "Penduduk", "v-0-weight": "60", "v-0-source": "BPS 2026",
        "v-1-key": "poverty", "v-1-name": "Keluarga miskin", "v-1-weight": "40", "v-1-source": "Data terpadu 2026",
    }  # fmt: skip
    for key, figures in VALUES.items():
        for code, figure in zip((cast.SUBDISTRICT, cast.OTHER_SUBDISTRICT), figures, strict=True):
            fields[f"c-{code}-{key}"] = figure
    return {**fields, **changes}


@pytest.fixture
def formula(people, enter):
    """Written by the planner under a whole of 400 million free, published by the budget team."""
    whole = published_ceiling(people, amount=500 * MILLION, reserve=100 * MILLION)
    text(enter("planner").post(f"/anggaran/pagu/{whole.pk}/rumus/", typed(), follow=True))
    return services.publish_formula(actor=people.budget_team, formula_id=Formula.objects.get().pk)


def test_the_tree_shows_each_ceiling_with_where_its_money_is(enter, people, tree):  # noqa: F811
    part(people, tree.first, cast.VILLAGE, 10 * MILLION)
    page = text(enter("stranger").get("/anggaran/"))
    for ceiling in (tree.whole, tree.first, tree.second):
        assert f'href="/anggaran/pagu/{ceiling.pk}/"' in page
    assert "Rp400.000.000" in page
    assert "Desa Kapur" not in page
    assert "Desa Kapur" in text(enter("stranger").get(f"/anggaran/?wilayah={cast.SUBDISTRICT}"))
    assert text(enter("stranger").get("/anggaran/?plan_year=x&wilayah=<b>"))


def test_a_ceilings_page_shows_parts_ledger_versions_and_who_decided(enter, people, tree):  # noqa: F811
    moved(people, tree.whole, tree.first, 40 * MILLION)
    page = text(enter("stranger").get(f"/anggaran/pagu/{tree.whole.pk}/"))
    for words in ("Sungai Raya", "Rp40.000.000", "Jembatan putus diterjang banjir.", "Perbup 20/2027", "Planner", "Budget Team"):
        assert words in page
    assert "<form" not in page
    assert "Rp340.000.000" in text(enter("stranger").get(f"/anggaran/pagu/{tree.first.pk}/"))
    assert "Jembatan putus" in text(enter("stranger").get(f"/anggaran/pagu/{tree.first.pk}/buku/"))


def test_the_pages_ask_as_often_for_many_parts_as_for_few(enter, people, tree, django_assert_max_num_queries):  # noqa: F811
    for code in (cast.VILLAGE, cast.NEXT_VILLAGE, cast.FAR_VILLAGE):
        moved(people, tree.whole, part(people, tree.whole, code, 5 * MILLION), MILLION)
    with django_assert_max_num_queries(8):
        text(enter("stranger").get("/anggaran/"))
    with django_assert_max_num_queries(14):
        text(enter("stranger").get(f"/anggaran/pagu/{tree.whole.pk}/"))


def test_while_a_ceiling_is_changed_everybody_reads_the_published_version_and_its_history(enter, people, tree):  # noqa: F811
    changed = services.set_ceiling(actor=people.planner, **setting(tree.first, amount=333 * MILLION))
    page = text(enter("stranger").get(f"/anggaran/pagu/{tree.first.pk}/"))
    assert "Rp300.000.000" in page
    assert "333" not in page
    services.publish_ceiling(actor=people.budget_team, ceiling_id=changed.pk)
    history = text(enter("stranger").get(f"/anggaran/pagu/{tree.first.pk}/riwayat/"))
    for words in ("Rp333.000.000", "Rp300.000.000", "Rp33.000.000", "Perbup 13/2027", "Perbup 12/2027"):
        assert words in history


def test_a_part_is_set_by_the_form_that_names_its_whole(enter, people, tree):  # noqa: F811
    planner = enter("planner")
    assert f'value="{tree.first.pk}" selected' in text(planner.get(f"/anggaran/pagu/?induk={tree.first.pk}"))
    body = {
        "plan_year": "2028", "region": cast.VILLAGE, "funding_source": "district_budget", "agency": "", "parent": str(tree.first.pk),
        "amount": "20.000.000", "reserve": "", "legal_basis": "Perbup 14/2027", "version": "",
    }  # fmt: skip
    refused = text(planner.post("/anggaran/pagu/", {**body, "amount": "300.000.001"}), 400)
    assert "Rp300.000.000" in refused
    assert 'value="300.000.001"' in refused
    assert planner.post("/anggaran/pagu/", body).status_code == 302
    assert Ceiling.objects.get(region=cast.VILLAGE).parent_id == tree.first.pk
    for wrong in ({"parent": "x"}, {"agency": "9" * 40}, {"plan_year": "besok"}, {"region": cast.ELSEWHERE}):
        assert planner.post("/anggaran/pagu/", {**body, **wrong}).status_code == 400


def test_who_sets_no_ceiling_reads_why(enter, tree):  # noqa: F811
    assert enter("resident").get(f"/anggaran/pagu/?ubah={tree.first.pk}").status_code == 403
    assert "<form" not in text(enter("resident").get("/anggaran/pagu/"))


def test_who_sets_no_ceiling_anywhere_is_told_so_before_the_form_is_read(enter, tree):  # noqa: F811
    """Not that a region is missing from a list that they never had."""
    for sent in ({}, {"region": cast.VILLAGE, "amount": "-1"}):
        assert enter("resident").post("/anggaran/pagu/", sent).status_code == 403
    assert enter("stranger").post("/anggaran/pagu/", {}).status_code == 302


def test_a_transfer_goes_from_one_persons_page_to_the_others(enter, people, tree):  # noqa: F811
    page, body = f"/anggaran/pagu/{tree.first.pk}/", {"purse": "", "target": str(tree.second.pk), "reason": "Banjir merusak jembatan desa."}
    asked = {**body, "id": str(uuid.uuid4()), "amount": "25.000.000", "legal_basis": "Perbup 21/2027"}
    refused = text(enter("planner").post(page + "alih/", {**asked, "amount": "300.000.001"}), 400)
    assert "Rp300.000.000" in refused
    assert "Banjir merusak jembatan desa." in refused
    for _again in range(2):
        assert enter("planner").post(page + "alih/", asked).status_code == 302
    transfer = Transfer.objects.get()
    assert "Banjir merusak" not in text(enter("stranger").get(page))
    assert 'value="confirm"' not in text(enter("planner").get(page))
    assert 'value="confirm"' in text(enter("budget_team").get(page))
    assert enter("planner").post(f"/anggaran/alih/{transfer.pk}/", {"verb": "confirm"}).status_code == 403
    assert enter("budget_team").post(f"/anggaran/alih/{transfer.pk}/", {"verb": "confirm"}).status_code == 302
    assert "Banjir merusak" in text(enter("stranger").get(page))
    assert enter("budget_team").post(f"/anggaran/alih/{transfer.pk}/", {"verb": "confirm"}).status_code == 409


@pytest.mark.parametrize("change", [{"id": "x"}, {"target": "x"}, {"target": "9" * 30}, {"target": "self"}, {"amount": "0"}, {"reason": ""}])
def test_a_transfer_that_makes_no_sense_is_refused_on_its_page(enter, tree, change):  # noqa: F811
    asked = {
        "id": str(uuid.uuid4()),
        "purse": "",
        "target": str(tree.second.pk),
        "reason": "Banjir merusak jembatan.",
        "amount": "5",
        "legal_basis": "SK 1",
    }
    text(enter("planner").post(f"/anggaran/pagu/{tree.first.pk}/alih/", {**asked, **change}), 400)
    assert not Transfer.objects.exists()


def test_a_formula_is_written_published_and_applied_and_everybody_recomputes_it(enter, people, formula):
    page = text(enter("stranger").get(f"/anggaran/rumus/{formula.pk}/"))
    # 80 million shared equally; of 320 million 60 % by people (12 : 8), 40 % by the poor (3 : 5)
    for words in ("Rp203.200.000", "Rp196.800.000", "BPS 2026", "40.000.000", "115.200.000"):
        assert words in page
    assert "terapkan" not in page
    assert "203200000" in enter("stranger").get(f"/anggaran/rumus/{formula.pk}/rumus.csv").content.decode()
    told = json.loads(enter("stranger").get(f"/anggaran/rumus/{formula.pk}/rumus.json").content)
    assert [row["amount"] for row in told["outcome"]] == [203_200_000, 196_800_000]
    planner = enter("planner")
    for _again in range(2):
        assert planner.post(f"/anggaran/rumus/{formula.pk}/terapkan/").status_code == 302
    made = Ceiling.objects.filter(parent=formula.ceiling).order_by("region")
    assert [(one.amount, one.formula_id, one.version, one.published_at) for one in made] == [
        (203_200_000, formula.pk, 1, None),
        (196_800_000, formula.pk, 1, None),
    ]


def test_a_village_reads_its_ceiling_and_the_formula_that_gave_it(enter, people, formula):
    services.apply_formula(actor=people.planner, formula_id=formula.pk)
    made = Ceiling.objects.get(region=cast.SUBDISTRICT)
    services.publish_ceiling(actor=people.budget_team, ceiling_id=made.pk)
    for address in (f"/wilayah/{cast.SUBDISTRICT}/?plan_year=2028", f"/anggaran/pagu/{made.pk}/"):
        make.open_cycle()
        assert f"/anggaran/rumus/{formula.pk}/" in text(enter("stranger").get(address))


def test_a_formula_in_preparation_is_for_its_team_and_says_what_is_missing(enter, people):
    whole = published_ceiling(people, amount=500 * MILLION, reserve=100 * MILLION)
    body = typed(**{f"c-{cast.SUBDISTRICT}-poverty": "", "v-1-weight": "30"})
    page = text(enter("planner").post(f"/anggaran/pagu/{whole.pk}/rumus/", body, follow=True))
    assert "Keluarga miskin" in page
    assert "90%" in page.replace(" %", "%")
    kept = Formula.objects.get()
    assert kept.outcome is None
    assert enter("stranger").get(f"/anggaran/rumus/{kept.pk}/").status_code == 404
    assert enter("budget_team").post(f"/anggaran/rumus/{kept.pk}/terbit/", {"version": "1"}).status_code == 409
    assert enter("planner").post(f"/anggaran/rumus/{kept.pk}/terapkan/").status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        {"total": "0"},
        {"total": "banyak"},
        {"base": "101"},
        {"base": "-1"},
        {"reward": "x"},
        {"legal_basis": ""},
        {"v-1-weight": "abc"},
        {"v-1-name": "penduduk", "v-1-key": "x"},
        {f"c-{cast.SUBDISTRICT}-poverty": "-3"},
        {f"c-{cast.SUBDISTRICT}-poverty": "1e9"},
        {f"c-{cast.SUBDISTRICT}-poverty": "NaN"},
        {"version": "7"},
    ],
)
def test_what_cannot_be_a_figure_is_refused_and_stays_typed(enter, people, change):
    whole = published_ceiling(people, amount=500 * MILLION, reserve=100 * MILLION)
    page = text(enter("planner").post(f"/anggaran/pagu/{whole.pk}/rumus/", typed(**change)), 400)
    assert 'role="alert"' in page
    assert "Data terpadu 2026" in page
    assert not Formula.objects.exists()


def _workbook(rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    out.seek(0)
    out.name = "angka.xlsx"
    return out


def _csv(rows):
    out = io.BytesIO("\n".join(";".join(str(cell) for cell in row) for row in rows).encode())
    out.name = "angka.csv"
    return out


@pytest.mark.parametrize("write", [_workbook, _csv])
def test_figures_come_from_a_sheet(enter, people, write):
    whole = published_ceiling(people, amount=500 * MILLION, reserve=100 * MILLION)
    rows = [["Kode", "Wilayah", "Penduduk", "Keluarga miskin"], [cast.SUBDISTRICT, "x", 12000, 300], [cast.OTHER_SUBDISTRICT, "y", 8000, 500]]
    bare = {key: value for key, value in typed().items() if not key.startswith("c-")}
    text(enter("planner").post(f"/anggaran/pagu/{whole.pk}/rumus/", {**bare, "sheet": write(rows)}, follow=True))
    assert [row["amount"] for row in Formula.objects.get().outcome] == [203_200_000, 196_800_000]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["Kode", "Penduduk"], [cast.SUBDISTRICT, 1]], ["Keluarga miskin"]),
        ([["Kode", "Penduduk", "Keluarga miskin"], ["61.99.01", 1, 2], [cast.SUBDISTRICT, "banyak", 1]], ["2", "61.99.01", "3", "banyak"]),
        ([["Kode", "Penduduk", "Keluarga miskin"], [cast.SUBDISTRICT, 1, 2], [cast.SUBDISTRICT, 1, 2]], ["Sungai Raya"]),
        ([["Nama"], ["x"]], ["kode"]),
    ],
)
def test_a_sheet_with_errors_names_each_row_and_changes_nothing(enter, people, rows, words):
    whole = published_ceiling(people, amount=500 * MILLION, reserve=100 * MILLION)
    page = text(enter("planner").post(f"/anggaran/pagu/{whole.pk}/rumus/", {**typed(), "sheet": _csv(rows)}), 400)
    assert all(word in page for word in words)
    assert not Formula.objects.exists()


def test_the_sheet_to_fill_in_has_a_row_a_region_and_what_is_known(enter, people):
    whole = published_ceiling(people, amount=500 * MILLION, reserve=100 * MILLION)
    text(enter("planner").get(f"/anggaran/pagu/{whole.pk}/rumus/"))
    sheet = enter("planner").get(f"/anggaran/pagu/{whole.pk}/rumus/isian.csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in sheet] == ["kode", cast.SUBDISTRICT, cast.OTHER_SUBDISTRICT]
    for who, status in (("resident", 403), ("stranger", 302)):
        assert enter(who).get(f"/anggaran/pagu/{whole.pk}/rumus/").status_code in {status, 401, 403}


def test_a_change_after_publishing_is_a_new_version_and_the_old_one_stays(enter, people, formula):
    address = f"/anggaran/pagu/{formula.ceiling_id}/rumus/"
    text(enter("planner").post(address, typed(base="50"), follow=True))
    newer = Formula.objects.get(number=2)
    services.publish_formula(actor=people.budget_team, formula_id=newer.pk)
    assert "Rp203.200.000" in text(enter("stranger").get(f"/anggaran/rumus/{formula.pk}/"))
    assert f"/anggaran/rumus/{newer.pk}/" in text(enter("stranger").get(f"/anggaran/rumus/{formula.pk}/"))
    assert enter("planner").post(f"/anggaran/rumus/{formula.pk}/terapkan/").status_code == 409


def test_what_nobody_made_is_a_404(enter, people):
    planner, nobody = enter("planner"), uuid.uuid4()
    addresses = ["pagu/999999/", "pagu/999999/buku/", "pagu/999999/riwayat/", "pagu/999999/rumus/", f"rumus/{nobody}/", f"rumus/{nobody}/rumus.csv"]
    assert [planner.get(f"/anggaran/{address}").status_code for address in addresses] == [404] * 6
    assert planner.post(f"/anggaran/alih/{nobody}/", {"verb": "confirm"}).status_code == 404
    assert planner.get("/anggaran/pagu/999999999999999999999999/").status_code == 404


def test_the_second_person_publishes_all_parts_at_once_and_finds_what_waits_on_the_desk(enter, people, formula):
    services.apply_formula(actor=people.planner, formula_id=formula.pk)
    page = f"/anggaran/pagu/{formula.ceiling_id}/"
    made = Ceiling.objects.filter(parent=formula.ceiling).order_by("pk")
    parts = [f"{one.pk}:{one.version}" for one in made]
    assert "bagian/terbit" not in text(enter("planner").get(page))
    assert parts[0] in text(enter("budget_team").get(page))
    stale = [parts[0], f"{made[1].pk}:7"]
    assert enter("budget_team").post(page + "bagian/terbit/", {"part": stale}).status_code == 409
    assert not made.filter(published_at__isnull=False).exists()
    assert enter("budget_team").post(page + "bagian/terbit/", {"part": parts}).status_code == 302
    assert made.filter(published_at__isnull=False).count() == 2
    ask(people, made[0], made[1], 5)
    assert f'href="/anggaran/pagu/{made[0].pk}/#alih"' in text(enter("budget_team").get("/kerja/"))
    assert f'href="/anggaran/pagu/{made[0].pk}/#alih"' not in text(enter("planner").get("/kerja/"))


def test_a_change_shows_what_is_set_and_which_ceiling_it_is(enter, tree):  # noqa: F811
    page = text(enter("planner").get(f"/anggaran/pagu/?ubah={tree.first.pk}"))
    assert 'value="300.000.000"' in page
    assert "Kecamatan Sungai Raya" in page
    body = {"plan_year": "2028", "region": cast.SUBDISTRICT, "funding_source": "district_budget", "agency": "", "parent": str(tree.whole.pk)}
    body |= {"amount": "310.000.000", "reserve": "", "legal_basis": "Perbup 15/2027", "version": str(tree.first.version)}
    assert enter("planner").post("/anggaran/pagu/", body).status_code == 302
    assert (fresh(tree.first).amount, fresh(tree.first).parent_id) == (310 * MILLION, tree.whole.pk)
    assert enter("planner").post("/anggaran/pagu/", body).status_code == 400


def test_more_figures_than_a_form_holds_come_by_sheet_and_stay(enter, people, monkeypatch):
    from frontend.ceilings import formula as shown

    monkeypatch.setattr(shown, "_CELLS_MOST", 5)
    whole = published_ceiling(people, amount=500 * MILLION, reserve=100 * MILLION)
    address, bare = f"/anggaran/pagu/{whole.pk}/rumus/", {key: value for key, value in typed().items() if key[:2] != "c-" and key != "figures"}
    rows = [["Kode", "Penduduk", "Keluarga miskin"], [cast.SUBDISTRICT, 12000, 300], [cast.OTHER_SUBDISTRICT, 8000, 500]]
    text(enter("planner").post(address, {**bare, "sheet": _csv(rows)}, follow=True))
    page = text(enter("planner").get(address))
    assert "c-61.12" not in page
    text(enter("planner").post(address, {**bare, "base": "50", "version": "1"}, follow=True))
    assert Formula.objects.get().inputs["values"][cast.SUBDISTRICT] == {"population": "12000", "poverty": "300"}


def test_a_draft_set_by_mistake_is_withdrawn_from_its_page_and_a_published_one_offers_nothing(enter, people, tree):  # noqa: F811
    fields = {**setting(tree.first, amount=MILLION, reserve=0, version=None), "region_code": cast.VILLAGE, "parent_id": tree.first.pk}
    draft = services.set_ceiling(actor=people.planner, **fields)
    services.set_ceiling(actor=people.planner, **setting(draft, amount=2 * MILLION))
    address, way = f"/anggaran/pagu/{draft.pk}/", f"/anggaran/pagu/{draft.pk}/tarik/"
    page = text(enter("planner").get(address))
    assert "Belum diterbitkan." in page, "a draft that was set twice is still a draft"
    assert f'action="{way}"' in page
    assert f'action="/anggaran/pagu/{tree.first.pk}/tarik/"' not in text(enter("planner").get(f"/anggaran/pagu/{tree.first.pk}/"))
    assert enter("planner").post(way, {"version": "1"}).status_code == 409
    done = enter("planner").post(way, {"version": "2"}, follow=True)
    assert done.redirect_chain[-1][0] == f"/anggaran/pagu/{tree.first.pk}/"
    assert "Rancangan pagu ditarik." in text(done)
    assert enter("planner").get(address).status_code == 404


def test_what_was_transferred_out_is_told_without_a_second_sign(enter, people, tree):  # noqa: F811
    moved(people, tree.first, tree.second, 7 * MILLION)
    page = text(enter("stranger").get(f"/anggaran/pagu/{tree.first.pk}/"))
    assert "ditetapkan Rp300.000.000, Rp7.000.000 di antaranya dialihkan keluar" in page


def test_who_plans_for_two_kabupaten_sets_ceilings_in_both_and_sees_the_trees_of_both(enter, people, tree):  # noqa: F811
    cast.office(user=people.planner, role=Role.PLANNER, region=cast.ELSEWHERE)
    page = text(enter("planner").get("/anggaran/pagu/"))
    assert f'value="{cast.SUBDISTRICT}"' in page
    assert cast.FOREIGN_VILLAGE not in page
    there = text(enter("planner").get(f"/anggaran/pagu/?kabupaten={cast.ELSEWHERE}"))
    assert f'value="{cast.FOREIGN_VILLAGE}"' in there
    assert cast.SUBDISTRICT not in there
    body = {
        "plan_year": "2028",
        "region": cast.ELSEWHERE,
        "funding_source": "district_budget",
        "amount": "5.000.000",
        "legal_basis": "Perwali 3/2027",
    }
    wrong = text(enter("planner").post("/anggaran/pagu/", {**body, "amount": "banyak"}), 400)
    assert f'value="{cast.ELSEWHERE}" selected' in wrong, "the refused form stays in its kabupaten"
    assert enter("planner").post("/anggaran/pagu/", body).status_code == 302
    kept = Ceiling.objects.get(region=cast.ELSEWHERE)
    assert "Kota Pontianak" in text(enter("planner").get(f"/anggaran/pagu/?ubah={kept.pk}"))
    assert f'/anggaran/pagu/{kept.pk}/"' in text(enter("planner").get(f"/anggaran/?kabupaten={cast.ELSEWHERE}"))
    assert 'name="kabupaten"' not in text(enter("budget_team").get("/anggaran/"))


def test_a_region_of_somebody_elses_kabupaten_is_not_taken_from_the_form(enter, people, tree):  # noqa: F811
    body = {
        "plan_year": "2028",
        "region": cast.ELSEWHERE,
        "funding_source": "district_budget",
        "amount": "5.000.000",
        "legal_basis": "Perwali 3/2027",
    }
    assert enter("planner").post("/anggaran/pagu/", body).status_code == 400
    assert not Ceiling.objects.filter(region=cast.ELSEWHERE).exists()
