"""The map in a real Chromium: bubbles, then shapes; filters in the address; the keyboard; the list in step."""

import re

import pytest
from playwright.sync_api import expect

from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.browser.window import DESK, FIRST_VIEW_OF_MAP, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def country(people):
    make.proposals(3, sector="road")
    make.proposal(sector="water", stage=Stage.WORKS, outcome=Outcome.FUNDED, location="POINT(109.404 -0.096)", title="Tandon air Dusun Karya")
    make.proposal(sector="road", stage=Stage.SUBDISTRICT, outcome=Outcome.REJECTED, location="POINT(109.416 -0.084)")
    make.proposal(village=cast.FAR_VILLAGE, sector="water")
    make.proposal(village=cast.UNDRAWN_VILLAGE)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_map_shows_bubbles_and_its_list_within_its_weight(new_context, site, country, width):
    opened = window(new_context(width=width), site)
    opened.visit("/peta/", most=FIRST_VIEW_OF_MAP)
    expect(opened.page.locator(f'.atlas a.bubble[data-region="{cast.VILLAGE}"]')).to_contain_text("5")
    expect(opened.page.locator(".atlas path.outline").first).to_be_attached()
    opened.shoot("peta-gelembung")
    opened.check()


def test_a_bubble_leads_to_the_village_where_shapes_tell_stage_and_outcome(new_context, site, country):
    opened = window(new_context(), site)
    opened.visit("/peta/")
    opened.page.locator(f'.atlas a.bubble[data-region="{cast.VILLAGE}"]').click()
    expect(opened.page).to_have_url(re.compile(rf"region={cast.VILLAGE}"))
    expect(opened.page.locator(".atlas .pin--works.pin--funded .pin__mark")).to_be_visible()
    expect(opened.page.locator(".atlas .pin--subdistrict.pin--rejected .pin__mark")).to_be_visible()
    expect(opened.page.locator(".atlas .pile")).to_have_text("+3")
    expect(opened.page.locator("#daftar h2")).to_have_text("Desa Kapur")
    expect(opened.page.locator("[data-status]")).to_contain_text("Desa Kapur")
    expect(opened.page.locator("[data-lines]")).not_to_contain_text("indikatif")  # this village's line is official
    opened.page.locator(".atlas .pin--funded").click()
    opened.page.wait_for_timeout(500)  # a card that closes itself is seen for a fifth of a second
    expect(opened.page.locator(".card-small")).to_contain_text("Tandon air Dusun Karya")
    opened.shoot("peta-desa")
    opened.check()
    opened.page.go_back()
    expect(opened.page.locator("#daftar h2")).to_have_text("Kabupaten Kubu Raya")


def test_filters_change_map_and_list_and_stay_in_the_address(new_context, site, country):
    opened = window(new_context(), site)
    opened.visit("/peta/")
    opened.page.locator("select[name=sector]").select_option("water")
    expect(opened.page).to_have_url(re.compile("sector=water"))
    expect(opened.page.locator(f'.atlas a.bubble[data-region="{cast.VILLAGE}"]')).to_have_text(re.compile("^1"))
    expect(opened.page.locator(f'#daftar [data-row="{cast.SUBDISTRICT}"] .n b')).to_have_text("1")
    opened.page.reload()
    expect(opened.page.locator("select[name=sector]")).to_have_value("water")
    expect(opened.page.locator(f'.atlas a.bubble[data-region="{cast.VILLAGE}"]')).to_have_text(re.compile("^1"))
    assert not opened.complaints


def test_the_map_is_one_tab_stop_that_arrows_pan_and_keys_zoom(new_context, site, country):
    opened = window(new_context(), site)
    opened.visit("/peta/")
    box = opened.page.locator(".atlas.leaflet-container")
    expect(box.locator("a.bubble").first).to_be_visible()
    before = box.locator("a.bubble").first.bounding_box()
    box.focus()
    opened.page.keyboard.press("ArrowRight")
    opened.page.wait_for_function("x => x - document.querySelector('.atlas a.bubble').getBoundingClientRect().x > 40", arg=before["x"])
    expect(box.locator(".leaflet-pan-anim")).to_have_count(0)
    opened.page.keyboard.press("Tab")
    expect(box.locator("a.bubble:focus")).to_have_count(1)


def test_a_new_proposal_changes_the_counts_of_an_open_map_within_seconds(new_context, site, country):
    opened = window(new_context(), site)
    opened.visit("/peta/")
    bubble = opened.page.locator(f'.atlas a.bubble[data-region="{cast.VILLAGE}"]')
    expect(bubble).to_have_text(re.compile("^5"))
    make.proposal()
    expect(bubble).to_have_text(re.compile("^6"), timeout=12_000)
    expect(opened.page.locator(f'#daftar [data-row="{cast.SUBDISTRICT}"] .n b')).to_have_text("7")
    assert not opened.complaints
