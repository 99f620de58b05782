"""Works are suggested in a real browser while somebody writes, and choosing one brings its price, never over a typed one."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.window import PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writing(people, new_context, site):
    cycle = make.cycle()
    make.dictionary_entry(of=cycle, code="J01", agency=people.works_agency)
    make.dictionary_entry(of=cycle, code="L01", name="Lampu jalan", sector="energy", unit="titik", unit_price=7_900_000)
    phone = window(new_context(width=PHONE, height=740), site)
    phone.sign_in("facilitator")
    phone.visit("/usulan/baru/")
    return phone


def test_writing_a_title_suggests_works_and_choosing_one_brings_unit_price_and_sector(writing):
    page = writing.page
    page.locator("#id_title").fill("Jalan dusun becek sekali")
    choice = page.locator("#id_dictionary_entry").get_by_label("Rabat beton jalan desa")
    choice.check()
    page.locator("#id_volume").fill("10")
    expect(page.locator("#id_unit")).to_have_value("m")
    expect(page.locator("#id_sector")).to_have_value("road")
    expect(page.locator("#id_amount")).to_have_value("8.000.000")
    writing.check()


def test_a_typed_price_is_not_taken_away_by_a_choice(writing):
    page = writing.page
    page.locator("#id_unit_price").fill("900.000")
    page.locator("#works_q").fill("kampung gelap")
    page.locator("#works_q").press("Enter")
    page.locator("#id_dictionary_entry").get_by_label("Lampu jalan").check()
    expect(page.locator("#id_unit_price")).to_have_value("900.000")
    expect(page.locator("#id_unit")).to_have_value("titik")
    expect(page).to_have_url(f"{writing.site.url}/usulan/baru/")
    assert not writing.complaints
