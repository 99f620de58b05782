"""What stands near by is told while somebody writes, and answered before sending, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from proposals.models import Proposal, Resemblance
from tests import make
from tests.browser.window import DESK, PHONE, window
from tests.proposals import told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def road(people):
    return make.dictionary_entry(of=make.open_cycle())


@pytest.fixture
def other(road):
    return make.proposal(dictionary_entry=road, title="Rabat beton Gang Mawar")


def test_a_similar_proposal_is_told_while_the_form_is_filled(new_context, site, other):
    phone = window(new_context(width=PHONE, height=740), site)
    phone.sign_in("facilitator")
    phone.visit("/usulan/baru/")
    page, note = phone.page, phone.page.locator("[data-module=similar]")
    expect(note).to_be_hidden()
    page.locator("details.typed summary").first.click()
    page.locator("#id_lat").fill("-0,09")
    page.locator("#id_lon").fill("109,4102")
    page.locator("#id_title").fill("Rabat beton Gang Mawar")
    page.locator("#id_title").press("Tab")
    expect(note).to_be_visible(timeout=10_000)
    expect(note).to_contain_text("Ada satu usulan serupa di dekat sini. Lihat dulu.")
    expect(note.get_by_role("link", name=other.title)).to_have_attribute("href", f"/usulan/{other.number}/")
    expect(note).to_contain_text(re.compile(r"\d+ m jauhnya"))
    phone.shoot("usulan-serupa-saat-menulis")
    phone.check()


@pytest.fixture
def draft(people, road, other):
    return told.draft(people.facilitator, dictionary_entry=road.code)


@pytest.mark.parametrize("scripts", [False, True])
def test_a_draft_is_sent_after_its_likeness_was_answered(new_context, site, draft, other, scripts):
    seen = window(new_context(width=DESK if scripts else PHONE, java_script_enabled=scripts), site, scripts=scripts)
    seen.sign_in("facilitator")
    seen.visit(f"/usulan/{draft.pk}/periksa/")
    page, part = seen.page, seen.page.locator("#serupa")
    expect(part).to_contain_text(other.title)
    seen.shoot("usulan-serupa-sebelum-kirim")
    if scripts:
        seen.check()
    part.get_by_label("pekerjaan yang berbeda").check()
    part.locator("textarea").fill("Gang ini ke sekolah, yang itu ke dermaga.")
    part.get_by_role("button", name="Catat").click()
    expect(page.locator("#serupa")).to_contain_text("Gang ini ke sekolah")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.locator("h1")).to_contain_text(draft.title)
    assert Proposal.objects.get(pk=draft.pk).number
    assert Resemblance.objects.get().verdict == "different"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_two_proposals_stand_beside_each_other(new_context, site, road, other, width):
    twin = make.proposal(dictionary_entry=road, title="Pengecoran Gang Mawar")
    seen = window(new_context(width=width), site)
    seen.sign_in("planner")
    seen.visit(f"/usulan/{other.number}/banding/{twin.number}/")
    expect(seen.page.locator(".compare")).to_contain_text("sama")
    seen.shoot("usulan-banding")
    seen.check()
