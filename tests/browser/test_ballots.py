"""A ballot in a real Chromium: by keyboard on a phone, told while it is filled in, sound in both widths."""

import pytest
from playwright.sync_api import expect

from deliberation.models import Vote
from tests import cast
from tests.browser.window import DESK, PHONE, window
from tests.deliberation.ballots import drawn_up as up

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_resident_votes_within_the_budget_by_keyboard(new_context, site, width):
    people = cast.build()
    ballot = up.opened(people.village_head, kind="knapsack")
    opened = window(new_context(width=width), site)
    opened.sign_in("resident")
    opened.visit(f"/rapat/pemungutan/{ballot.pk}/", most=100_000)
    page = opened.page
    total = page.locator("[data-sum]")
    page.locator("input[name=pilih]").first.focus()
    page.keyboard.press("Space")
    expect(total).to_have_text("Rp400.000.000 dari Rp900.000.000 · sisa Rp500.000.000")
    for _ in range(2):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    expect(total).to_have_text("Rp1.200.000.000 dari Rp900.000.000 · lebih Rp300.000.000")
    page.keyboard.press("Space")
    opened.check()
    page.get_by_role("button", name="Periksa pilihan saya").press("Enter")
    page.get_by_role("heading", name="Inikah pilihan Anda?").wait_for()
    opened.check()
    page.get_by_role("button", name="Berikan suara saya").press("Enter")
    page.get_by_role("heading", name="Suara Anda tercatat").wait_for()
    opened.check()
    assert Vote.objects.get().marks == [[1, 1], [2, 1]]
