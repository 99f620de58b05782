"""The plan year in a real browser, at a phone's and a desk's width: axe, no sideways scroll, and the whole way by hand."""

import pytest
from playwright.sync_api import expect

from proposals.models import StageClosure, StageWindow
from tests import cast, make
from tests.browser.window import DESK, FIRST_VIEW, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_planner_begins_a_year_changes_a_stage_and_confirms_it(new_context, site, people, width):
    make.cycle()
    StageWindow.objects.update(opens_at=None, closes_at=None, women_percent=30)
    opened = window(new_context(width=width), site)
    opened.visit("/kalender/", most=FIRST_VIEW)
    opened.check()
    opened.visit(f"/wilayah/{cast.VILLAGE}/kalender/?plan_year=2028")
    opened.check()
    opened.sign_in("planner")
    opened.visit("/kerja/tahun/")
    opened.shoot("tahun-rencana")
    opened.check()
    page = opened.page
    opened.press(page.get_by_role("button", name="Buka 2029 seperti ini"))
    opened.check()
    opened.press(page.locator("main a[href*='/kerja/tahun/'][href$='/village/']"))
    page.locator("#id_first_day").fill("2027-07-01")
    page.locator("#id_last_day").fill("2027-06-01")
    opened.press(page.get_by_role("button", name="Simpan"))
    page.locator(".error").first.wait_for()
    expect(page.locator("#id_first_day")).to_have_value("2027-07-01")  # what was typed stays
    opened.refused(400)
    opened.check()
    page.locator("#id_last_day").fill("2027-09-30")
    opened.press(page.get_by_role("button", name="Simpan"))
    page.get_by_role("button", name="Sahkan tahap ini").wait_for()
    page.locator("#dasar-sah").fill("Perbup 12/2027")
    opened.press(page.get_by_role("button", name="Sahkan tahap ini"))
    page.get_by_text("Perbup 12/2027").first.wait_for()
    assert StageWindow.objects.get(cycle__plan_year=2029, stage="village").verified_by == people.planner


def test_a_village_head_closes_the_stage_from_the_desk_and_it_says_so_to_everybody(new_context, site, people):
    make.proposal(of=make.cycle())
    opened = window(new_context(width=PHONE), site)
    opened.sign_in("village_head")
    opened.visit("/kerja/")
    page = opened.page
    opened.press(page.locator("main").get_by_role("link", name="Ke kalender"))
    opened.press(page.get_by_role("link", name="Tutup tahap ini di sini").first)
    opened.check()
    page.locator("#alasan").fill("Usulan yang tersisa dibahas lagi tahun depan.")
    opened.press(page.get_by_role("button", name="Tutup tahap di sini"))
    page.get_by_role("heading", name="Desa sudah ditutup").wait_for()
    opened.check()
    assert StageClosure.objects.get().region_id == cast.VILLAGE
    stranger = window(new_context(width=PHONE), site)
    stranger.visit(f"/wilayah/{cast.VILLAGE}/kalender/")
    stranger.page.get_by_text("sudah ditutup di sini").wait_for()
    stranger.check()
