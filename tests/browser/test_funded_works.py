"""A work from report to the village's word in a real Chromium: from a phone, with a photo, by keyboard alone, without scripts, on the map."""

import re

import pytest
from playwright.sync_api import expect

from budgeting.models import Progress, WorkPhoto
from tests.browser.window import DESK, PHONE, window
from tests.budgeting.works.conftest import bridge, road  # noqa: F401 - fixtures
from tests.budgeting.works.test_saying import REASON, done
from tests.proposals.pictures import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHOTO = {"name": "jembatan selesai.jpg", "mimeType": "image/jpeg", "buffer": jpeg(exif=True)}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def path(work, rest=""):
    return f"/pembangunan/{work.pk}/{rest}"


def test_an_agency_reports_from_a_phone_and_a_refusal_keeps_what_was_typed(people, road, new_context, site):  # noqa: F811
    phone = window(new_context(width=PHONE, height=740), site)
    phone.sign_in("agency_officer")
    phone.visit(path(road, "lapor/"))
    page = phone.page
    page.locator("#id_physical_percent").fill("120")
    page.locator("#id_note").fill("Papan lantai terpasang.")
    page.locator("#id_photo").set_input_files(PHOTO)
    send = page.get_by_role("button", name="Kirim laporan")
    phone.press(send)
    phone.refused(400)
    expect(page.locator("#id_note")).to_have_value("Papan lantai terpasang.")
    expect(page.locator("#foto-lagi")).to_contain_text("jembatan selesai.jpg")
    phone.shoot("lapor-ditolak")
    phone.check()
    page.locator("#id_physical_percent").fill("60")
    page.locator("#id_photo").set_input_files(PHOTO)
    phone.press(send)
    expect(page.locator("#kemajuan")).to_contain_text("60%")
    expect(page.locator("#foto img")).to_have_count(1)
    phone.check()
    assert (Progress.objects.get().note, WorkPhoto.objects.count()) == ("Papan lantai terpasang.", 1)


def test_the_village_disputes_the_agency_answers_and_the_village_confirms(people, bridge, new_context, site):  # noqa: F811
    done(people, bridge)
    villager, office = window(new_context(width=PHONE, height=740), site), window(new_context(width=DESK), site)
    villager.sign_in("resident")
    villager.visit(path(bridge))
    villager.page.get_by_text("Ada masalah", exact=True).click()
    villager.page.locator("#alasan").fill(REASON)
    villager.press(villager.page.get_by_role("button", name="Laporkan masalah"))
    expect(villager.page.locator("#kata-warga")).to_contain_text(REASON)
    office.sign_in("agency_officer")
    office.visit("/kerja/")
    office.press(office.page.get_by_role("link", name=bridge.title).first)
    office.page.locator("#jawaban").fill("Papan lantai dipasang Senin depan bersama warga.")
    office.press(office.page.get_by_role("button", name="Kirim jawaban"))
    expect(office.page.locator("#kata-warga")).to_contain_text("dipasang Senin depan")
    office.check()
    villager.visit(path(bridge))
    villager.press(villager.page.get_by_role("button", name="Sudah benar"))
    expect(villager.page.locator("h1 + p, .page-head")).to_contain_text("Dibenarkan warga")
    villager.check()


def test_a_villager_disputes_by_keyboard_alone(people, bridge, new_context, site):  # noqa: F811
    done(people, bridge)
    opened = window(new_context(width=DESK), site)
    opened.sign_in("resident")
    opened.visit(path(bridge))
    opened.page.get_by_text("Ada masalah", exact=True).focus()
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.type(REASON)
    opened.page.keyboard.press("Tab")
    with opened.page.expect_navigation(wait_until="load"):
        opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#kata-warga")).to_contain_text(REASON)
    assert not opened.complaints


def test_reporting_and_judging_need_no_scripts(people, road, new_context, site):  # noqa: F811
    plain = window(new_context(width=PHONE, java_script_enabled=False), site, scripts=False)
    plain.sign_in("agency_officer")
    plain.visit(path(road, "lapor/"))
    plain.page.locator("#id_physical_percent").fill("100")
    plain.page.locator("#id_photo").set_input_files(PHOTO)
    plain.press(plain.page.get_by_role("button", name="Kirim laporan"))
    expect(plain.page.locator("#kemajuan")).to_contain_text("100%")
    plain.visit("/kerja/")
    plain.press(plain.page.locator(f'a[href="{path(road, "serah-terima/")}"]'))
    plain.page.locator("#id_document").fill("BAST/12/2027")
    plain.press(plain.page.get_by_role("button", name="Catat serah terima"))
    expect(plain.page.locator("#baris")).to_contain_text("BAST/12/2027")


def test_the_large_map_shows_works_by_shape_and_a_card_says_who_reported_when(people, road, new_context, site):  # noqa: F811
    done(people, road)
    opened = window(new_context(width=DESK), site)
    opened.visit("/peta/")
    opened.press(opened.page.locator(".atlas-layers").get_by_role("link", name="Pekerjaan yang didanai"))
    expect(opened.page.locator(".atlas a.bubble")).to_have_attribute("aria-label", re.compile("1 pekerjaan didanai, 0 dibenarkan"))
    opened.check()
    opened.visit(f"/peta/?show=works&region={road.region_id}")
    pin = opened.page.locator(".atlas a.pin--work.w-reported_done")
    expect(pin.locator("use")).to_have_attribute("href", re.compile("#w-reported_done$"))
    pin.focus()
    opened.page.keyboard.press("Enter")
    card = opened.page.locator(".card-small")
    expect(card).to_contain_text(f"dilaporkan oleh {people.agency_officer.display_name}")
    expect(card.get_by_role("link", name=road.title)).to_have_attribute("href", path(road))
    expect(opened.page.locator("#daftar")).to_contain_text("100% terbangun")
    opened.shoot("peta-pekerjaan")
    assert not opened.complaints


def test_the_table_of_works_by_region_scrolls_by_itself_where_letters_are_twice_as_large(people, road, new_context, site):  # noqa: F811
    phone = window(new_context(width=PHONE), site)
    phone.visit("/peta/?show=works")
    expect(phone.page.locator(".works-by-region")).to_be_visible()
    phone.page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    assert phone.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
