"""A bad connection: what is typed stays on the phone, waits without a signal, goes once it is back, and is there once."""

import re

import pytest
from playwright.sync_api import expect

from proposals.models import Proposal
from tests import cast, make
from tests.browser.window import PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Rabat beton jalan Parit Sari"


@pytest.fixture
def opened(people, new_context, site):
    make.cycle()
    phone = window(new_context(width=PHONE, height=740), site)
    phone.sign_in("facilitator")
    phone.visit("/usulan/baru/")
    return phone


def _save(page):
    page.locator(".capture-actions button[value=save]").click()


def _stored(opened):
    """The page of what the server has: it forgets what this phone kept once its scripts run, and not before."""
    expect(opened.page).to_have_url(re.compile("/ubah/$"))
    opened.settle()


def _type(page, title=TITLE):
    page.locator("#id_title").fill(title)
    expect(page.locator("[data-drafts-told]")).to_contain_text("Tersimpan di ponsel ini pukul")


def test_a_closed_page_costs_nothing_that_was_typed(opened):
    page = opened.page
    page.locator("[name=shape_kind][value=line]").check()
    page.locator("[data-shape] summary").click()
    page.locator("#id_shape").fill("-0.09, 109.406\n-0.09, 109.41")
    page.locator("#id_shape").press("Tab")
    _type(page)
    opened.visit("/usulan/baru/")
    row = page.locator("[data-queue] li")
    expect(row).to_contain_text(TITLE)
    opened.shoot("usulan-antrean")
    opened.check()
    row.get_by_role("button", name="Lanjut").click()
    expect(page.locator("#id_title")).to_have_value(TITLE)
    expect(page.locator("[data-told]")).to_contain_text("445 m")
    _save(page)
    _stored(opened)
    assert Proposal.objects.get().shape is not None
    opened.visit("/usulan/baru/")
    expect(page.locator("[data-module=queue]")).to_be_hidden()
    assert not opened.complaints


def test_without_a_signal_the_form_waits_and_goes_by_itself_when_it_is_back(opened):
    page = opened.page
    _type(page)
    page.context.set_offline(True)
    _save(page)
    expect(page.locator("[data-drafts-told]")).to_contain_text("Tanpa sinyal")
    expect(page.locator("[data-queue] li")).to_contain_text("menunggu dikirim")
    assert not Proposal.objects.exists()
    page.context.set_offline(False)
    _stored(opened)
    assert Proposal.objects.get().title == TITLE
    expect(page.locator("[data-module=queue]")).to_be_hidden()


def test_what_waited_on_a_closed_page_is_sent_from_the_next_one_and_once(opened):
    page = opened.page
    _type(page)
    page.context.set_offline(True)
    _save(page)
    expect(page.locator("[data-queue] li")).to_contain_text("menunggu")
    page.goto("about:blank")
    page.context.set_offline(False)
    opened.complaints.clear()
    opened.visit("/akun/")
    expect(page.locator("[data-queue-told]")).to_contain_text("sudah diterima")
    opened.visit("/akun/")
    expect(page.locator("[data-module=queue]")).to_be_hidden()
    assert Proposal.objects.get().title == TITLE


def test_what_the_server_refuses_is_told_and_can_be_corrected(opened):
    page = opened.page
    _type(page, "Jalan")
    page.context.set_offline(True)
    _save(page)
    expect(page.locator("[data-queue] li")).to_contain_text("menunggu")
    page.goto("about:blank")
    page.context.set_offline(False)
    opened.complaints.clear()
    opened.visit("/akun/")
    row = page.locator("[data-queue] li")
    expect(row).to_contain_text("tidak diterima")
    expect(row).to_contain_text("10 huruf")
    opened.press(row.get_by_role("button", name="Perbaiki"))
    expect(page.locator("#id_title")).to_have_value("Jalan")
    page.locator("#id_title").fill(TITLE)
    _save(page)
    _stored(opened)
    expect(page.locator("[data-module=queue]")).to_be_hidden()
    assert Proposal.objects.count() == 1


def test_a_stored_draft_that_was_typed_on_is_offered_where_it_was(opened):
    page = opened.page
    _type(page)
    _save(page)
    _stored(opened)
    address = page.url
    page.locator("#id_problem").fill("Jalan putus setiap hujan.")
    expect(page.locator("[data-drafts-told]")).to_contain_text("Tersimpan")
    opened.visit(address.removeprefix(opened.site.url))
    expect(page.locator("#id_problem")).to_have_value("")
    page.locator("[data-queue] li").get_by_role("button", name="Lanjut").click()
    expect(page.locator("#id_problem")).to_have_value("Jalan putus setiap hujan.")
    opened.press(page.locator(".capture-actions button[value=save]"))
    expect(page.locator("main [role=status]").first).to_contain_text("Tersimpan")
    assert Proposal.objects.get().problem == "Jalan putus setiap hujan."
    expect(page.locator("[data-module=queue]")).to_be_hidden()


def test_on_a_shared_phone_the_next_person_sees_nothing_of_it(opened):
    page = opened.page
    _type(page)
    page.context.clear_cookies()
    opened.sign_in("village_head", cast.PASSWORD)
    opened.visit("/usulan/baru/")
    expect(page.locator("[data-module=queue]")).to_be_hidden()


def test_a_form_that_comes_back_with_its_errors_is_typed_on_and_waits_for_nothing(opened):
    page = opened.page
    _type(page, "Jalan")
    opened.press(page.locator(".capture-actions button[value=save]"))
    expect(page.locator("main [role=alert]")).to_be_visible()
    expect(page.locator("[data-module=queue]")).to_be_hidden()
    page.locator("#id_title").fill(TITLE)
    _save(page)
    _stored(opened)
    expect(page.locator("[data-module=queue]")).to_be_hidden()
    assert Proposal.objects.get().title == TITLE
