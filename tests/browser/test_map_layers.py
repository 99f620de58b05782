"""What one asks of the map in a real Chromium: colours, years, the address, paper's link, a phone in the dark, one's own place."""

import re

import pytest
from django.contrib.gis.geos import LineString
from playwright.sync_api import expect

from geo import population
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.browser.window import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def country(people):
    make.proposals(3, sector="road")
    make.proposal(of=make.cycle(plan_year=2027), sector="water", stage=Stage.WORKS, outcome=Outcome.FUNDED)
    make.proposal(village=cast.FAR_VILLAGE, sector="water")
    line = LineString((109.425, -0.095), (109.43, -0.09), (109.436, -0.086), srid=4326)
    make.proposal(title="Jalan lingkar dusun", location="POINT(109.43 -0.09)", shape=line, channel="council", village=cast.NEXT_VILLAGE)
    population.store([population.Peopled(cast.SUBDISTRICT, 2000, 500, "contoh", 2027)])


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_regions_are_coloured_by_class_with_pattern_word_and_number_in_the_dark_as_well(new_context, site, country, width):
    context = new_context(width=width)
    opened = window(context, site)
    opened.page.emulate_media(color_scheme="dark")
    opened.visit("/peta/?layer=count&per=person")
    expect(opened.page.locator(".atlas path.outline.band-1")).to_have_count(1)
    expect(opened.page.locator(".atlas path.outline.band-none")).to_have_count(1)
    expect(opened.page.locator(f'#daftar [data-row="{cast.SUBDISTRICT}"]')).to_contain_text("2,5")
    filled = opened.page.locator(".atlas path.outline.band-1").evaluate("path => getComputedStyle(path).fill")
    assert "band-1" in filled
    opened.shoot("peta-berwarna")
    opened.check()


def test_the_slider_and_its_buttons_go_through_the_years_by_keyboard_too(new_context, site, country):
    opened = window(new_context(), site)
    opened.visit("/peta/")
    slider = opened.page.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "Semua tahun")
    slider.focus()
    opened.page.keyboard.press("ArrowRight")
    expect(opened.page).to_have_url(re.compile("plan_year=2027"))
    expect(opened.page.locator(f'#daftar [data-row="{cast.SUBDISTRICT}"] .n b')).to_have_text("1")
    opened.page.get_by_role("button", name="Setahun sesudahnya").click()
    expect(opened.page).to_have_url(re.compile("plan_year=2028"))
    expect(slider).to_have_attribute("aria-valuetext", "2028")
    expect(opened.page.get_by_role("button", name="Setahun sesudahnya")).to_be_disabled()
    assert not opened.complaints


def test_from_any_bubble_two_presses_lead_to_its_list(new_context, site, country):
    opened = window(new_context(), site)
    opened.visit("/peta/?sector=road")
    opened.page.locator(f'.atlas a.bubble[data-region="{cast.VILLAGE}"]').click()
    expect(opened.page.locator("#daftar h2")).to_have_text("Desa Kapur")
    opened.page.locator("[data-all]").click()
    expect(opened.page).to_have_url(re.compile(rf"/usulan/\?.*region={cast.VILLAGE}"))
    expect(opened.page).to_have_url(re.compile("sector=road"))


def test_the_address_holds_place_zoom_layer_and_filters_and_is_copied(new_context, site, country):
    context = new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = window(context, site)
    opened.visit("/peta/?sector=road")
    opened.page.locator("select[name=layer]").select_option("asked")
    expect(opened.page).to_have_url(re.compile("layer=asked"))
    box = opened.page.locator(".atlas.leaflet-container")
    box.focus()
    opened.page.keyboard.press("ArrowRight")
    expect(opened.page).to_have_url(re.compile(r"at=-?[\d.]+%2C[\d.]+%2C[\d.]+"))
    expect(box.locator(".leaflet-pan-anim")).to_have_count(0)
    opened.page.get_by_role("button", name="Salin alamat").click()
    expect(opened.page.locator("[data-told]")).to_have_text("Tersalin")
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert copied == opened.page.url
    assert opened.page.locator("[data-address]").evaluate("link => link.href") == copied
    before = opened.page.locator(".atlas a.bubble").first.bounding_box()
    opened.page.goto(copied)
    opened.page.wait_for_function("x => Math.abs(x - document.querySelector('.atlas a.bubble')?.getBoundingClientRect().x) < 4", arg=before["x"])
    assert not opened.complaints


def test_lines_are_drawn_below_their_shape_whose_letter_tells_the_channel(new_context, site, country):
    opened = window(new_context(), site)
    opened.visit(f"/peta/?region={cast.NEXT_VILLAGE}")
    expect(opened.page.locator(".atlas path.drawn-line.drawn--village")).to_have_count(1)
    expect(opened.page.locator(".atlas path.drawn-casing")).to_have_count(1)
    expect(opened.page.locator(".atlas .pin__sign")).to_have_text("D")
    expect(opened.page.get_by_role("link", name=re.compile("Jalan lingkar dusun.*Pokok pikiran"))).to_be_visible()
    opened.check()


def test_find_me_brings_my_village_into_focus(new_context, site, country):
    context = new_context()
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": -0.07, "longitude": 109.41, "accuracy": 12})
    opened = window(context, site)
    opened.visit("/peta/")
    opened.page.get_by_role("button", name="Cari lokasi saya").click()
    expect(opened.page.locator("#daftar h2")).to_have_text("Desa Kalimas")
    expect(opened.page.locator(".atlas path.here-point")).to_be_attached()
    assert not opened.complaints


def test_paper_is_lying_a4_and_needs_no_colour(new_context, site, country):
    opened = window(new_context(), site)
    opened.visit("/peta/")
    opened.page.locator("[data-print]").click()
    opened.page.emulate_media(media="print")
    expect(opened.page.locator(".sheet .atlas-picture")).to_be_visible()
    inks = opened.page.evaluate("[...document.querySelectorAll('.sheet, .sheet td, .sheet th')].map(one => getComputedStyle(one).color)")
    assert set(inks) == {"rgb(0, 0, 0)"}
    opened.page.emulate_media(media="screen")
    opened.check()
