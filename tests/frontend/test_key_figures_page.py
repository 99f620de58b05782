"""The page of figures: every figure with what it means, reasons where there is none, and every file that it names is there."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.html import escape

from budgeting.figures.words import BY_FIFTH, WORDS
from deliberation.models import BallotFile
from tests import cast, make
from tests.budgeting.figures.conftest import a_ballot, a_line

pytestmark = pytest.mark.django_db
PAGE = "/anggaran/angka/"


def test_each_figure_stands_with_its_definition_and_what_it_counts(people):
    plan = make.cycle()
    make.proposal(of=plan, raised_by_women=True)
    page = Client().get(PAGE).content.decode()
    for code, words in WORDS.items():
        assert escape(str(words.name)) in page or code.startswith("poverty_"), "five fifths without data are one row"
        assert escape(str(words.definition)) in page
    assert "1 usulan dari perempuan dari 1 usulan" in page
    assert "14,3%" in page, "one village of seven"
    assert page.count("belum ada data") > 8
    assert page.count(escape(str(BY_FIFTH))) == 1
    assert f'href="?region={cast.SUBDISTRICT}&amp;plan_year=2028"' in page


def test_a_year_or_region_is_chosen_by_a_plain_form_and_address(people):
    make.proposal(of=make.cycle(), village=cast.FAR_VILLAGE)
    page = Client().get(f"{PAGE}?region={cast.SUBDISTRICT}&plan_year=2028").content.decode()
    assert f'<option value="{cast.SUBDISTRICT}" selected>' in page
    assert "0 desa dengan usulan dari 4 desa" in page
    assert Client().get(f"{PAGE}?region={cast.VILLAGE}").status_code == 200
    assert [Client().get(f"{PAGE}?{asked}").status_code for asked in ("region=6", "plan_year=apa", "plan_year=2040")] == [400, 400, 404]


def test_a_kabupaten_without_a_plan_year_has_an_empty_page(people):
    page = Client().get(PAGE)
    assert page.status_code == 200
    assert "belum punya tahun rencana" in page.content.decode()


def test_a_year_without_figures_says_so_and_leads_to_those_that_have_them(people):
    make.proposal(of=make.cycle())
    call_command("count_figures")
    province = Client().get(f"{PAGE}?region=61&plan_year=2028").content.decode()
    linked = re.findall(r'href="(\?region=61\.[^"]+)"', province)
    assert f"?region={cast.HOME}&amp;plan_year=2028" in linked
    assert [one for one in set(linked) if Client().get(PAGE + one.replace("&amp;", "&")).status_code != 200] == [], "no dead link"
    for region in ("61", cast.HOME):
        page = Client().get(f"{PAGE}?region={region}&plan_year=2031")
        assert page.status_code == 404
        told = page.content.decode()
        assert "Tidak ada angka tahun 2031 di sini." in told
        assert f'href="?region={region}&amp;plan_year=2028"' in told


def test_every_file_that_the_page_names_is_there(people):
    plan = make.cycle()
    make.proposal(of=plan)
    a_line(people, amount=5_000_000, origin="unknown")
    ballot = a_ballot(people, plan, sheets=1, marks=1)
    BallotFile.objects.create(ballot=ballot, kind="ballots.pb", body="META\n", sha256="a" * 64)
    page = Client().get(PAGE).content.decode()
    found = re.findall(r'href="(/api/v1/[^"?]+\?[^"]+|/rapat/pemungutan/[^"]+\.pb)"', page)
    assert len(found) == 10
    assert [address for address in found if Client().get(address.replace("&amp;", "&")).status_code != 200] == []


def test_the_pages_about_money_and_regions_lead_to_it(people):
    make.cycle()
    for address in ("/anggaran/", f"/wilayah/{cast.HOME}/", "/panduan/"):
        assert PAGE in Client().get(address).content.decode(), address


def test_the_page_asks_as_much_for_many_as_for_few(people, django_assert_max_num_queries):
    plan = make.cycle()
    make.proposals(20, of=plan)
    with django_assert_max_num_queries(21):
        Client().get(PAGE)
