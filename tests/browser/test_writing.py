"""A proposal is written by a tap on the map, checked and sent, in a real Chromium at a phone's width."""

import re

import pytest
from playwright.sync_api import expect

from proposals.models import Proposal
from tests import make
from tests.browser.window import PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(people, new_context, site):
    make.dictionary_entry()
    phone = window(new_context(width=PHONE, height=740), site)
    phone.sign_in("facilitator")
    return phone


def test_a_tap_on_the_map_names_the_village_and_the_way_ends_with_a_number(opened):
    page = opened.page
    opened.visit("/usulan/baru/")
    page.locator(".picker-map .atlas").click(position={"x": 160, "y": 150})
    expect(page.locator(".picker [data-found]")).to_contain_text("Kapur")
    opened.check()
    page.locator("#id_locus").fill("Dusun Karya RT 03")
    page.locator("#id_title").fill("Rabat beton jalan Parit Sari")
    page.locator("#id_problem").fill("Jalan putus setiap musim hujan.")
    page.locator("#id_objective").fill("Anak sekolah dapat lewat.")
    page.locator("#id_sector").select_option("road")
    page.locator("#id_dictionary_entry").get_by_label("Rabat beton jalan desa").check()
    page.locator("#id_volume").fill("520")
    expect(page.locator("#id_amount")).to_have_value("416.000.000")
    opened.shoot("usulan-baru")
    page.locator(".capture-actions button[value=check]").click()
    expect(page).to_have_url(re.compile("/periksa/$"))
    opened.shoot("usulan-periksa")
    opened.check()
    page.locator(".capture-actions button").click()
    expect(page).to_have_url(re.compile(r"/usulan/6112-2028-\d+/$"))
    proposal = Proposal.objects.get()
    assert (proposal.location_source, proposal.amount) == ("map", 416_000_000)
    expect(page.locator("main [role=status]").first).to_contain_text(proposal.number)


def test_arrows_move_the_needle_for_who_cannot_drag(opened):
    page = opened.page
    opened.visit("/usulan/baru/")
    page.locator(".picker-map .atlas").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[name=lat]")).not_to_have_value("")
    expect(page.locator("[name=source]")).to_have_value("map")
    assert not opened.complaints


def test_a_point_outside_the_kabupaten_is_told_at_once(opened):
    page = opened.page
    opened.visit("/usulan/baru/")
    page.locator(".typed summary").first.click()
    page.locator("#id_lat").fill("-6,2")
    page.locator("#id_lon").fill("106,8")
    page.locator("#id_lon").press("Tab")
    expect(page.locator(".picker [data-found].bad")).to_contain_text("di luar Kubu Raya")
    assert not opened.complaints


def test_the_phones_own_position_is_taken_with_its_accuracy(opened):
    page = opened.page
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 109.43, "latitude": -0.09, "accuracy": 8})
    opened.visit("/usulan/baru/")
    page.locator("[data-gps]").click()
    expect(page.locator("[name=accuracy]")).to_have_value("8")
    expect(page.locator(".picker [data-found]")).to_contain_text("Arang")
    expect(page.locator("#id_mismatch_reason")).to_be_visible()
    assert not opened.complaints


def test_a_large_photo_is_made_small_before_it_is_sent(opened, tmp_path, settings):
    from tests.proposals.pictures import noise

    settings.MEDIA_ROOT = tmp_path / "media"
    large = tmp_path / "besar.jpg"
    large.write_bytes(noise(2400, 1600))
    page = opened.page
    opened.visit("/usulan/baru/")
    page.locator("#id_photos").set_input_files(large)
    expect(page.locator(".photo-row")).to_contain_text("besar.jpg")
    sent = page.evaluate("document.querySelector('#id_photos').files[0].size")
    assert sent < large.stat().st_size / 2
    page.locator(".photo-row button").first.click()
    expect(page.locator(".photo-row")).to_have_count(0)
    assert not opened.complaints


def test_a_position_in_a_photo_is_offered_and_never_taken_silently(opened, tmp_path):
    from tests.proposals.pictures import jpeg

    taken = tmp_path / "di-tempat.jpg"
    taken.write_bytes(jpeg(exif=True))
    page = opened.page
    opened.visit("/usulan/baru/")
    page.locator("#id_photos").set_input_files(taken)
    offer = page.locator(".photo-row button").last
    expect(offer).to_contain_text("posisi")
    expect(page.locator("[name=lat]")).to_have_value("")
    offer.click()
    expect(page.locator("[name=lat]")).to_have_value("-0.090000")
    expect(page.locator("[name=lon]")).to_have_value("109.410000")
    expect(page.locator("[name=source]")).to_have_value("exif")
    expect(page.locator(".picker [data-found]")).to_contain_text("Kapur")
    assert not opened.complaints


def test_the_form_works_without_any_script(people, new_context, site):
    make.cycle()
    plain = window(new_context(width=PHONE, java_script_enabled=False), site, scripts=False)
    plain.sign_in("facilitator")
    plain.visit("/usulan/baru/")
    page = plain.page
    page.locator("summary").first.click()
    page.locator("#id_lat").fill("-0,09")
    page.locator("#id_lon").fill("109,41")
    page.locator("#id_title").fill("Rabat beton jalan Parit Sari")
    page.locator(".capture-actions button[value=save]").click()
    expect(page).to_have_url(re.compile("/ubah/$"))
    assert Proposal.objects.get().location.coords == (109.41, -0.09)
