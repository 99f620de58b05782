"""Scoring in a real browser, on a phone and on a desk: the sheet, one proposal, the panel with its result, the criteria."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import cast
from tests.browser.window import DESK, PHONE, window
from tests.deliberation.scoring import scored
from tests.deliberation.scoring.test_panels import waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_scorer_fills_the_sheet_and_everybody_reads_the_result(people, site, new_context, width) -> None:
    waiting(4)
    waiting(1, village=cast.NEXT_VILLAGE, author=people.planner)
    panel = scored.opened(people.subdistrict_officer, people.planner, people.subdistrict_officer)
    seen = window(new_context(width=width), site)
    seen.sign_in("planner")

    seen.visit(reverse("score_sheet", args=[panel.pk]))
    seen.shoot("scoring-sheet")
    seen.check()
    seen.page.locator("#nilai-1-URG").press("4")
    expect(seen.page.locator("#nilai-1-POV")).to_be_focused()  # a digit goes on to the next field
    seen.page.keyboard.press("ArrowDown")
    expect(seen.page.locator("#nilai-2-POV")).to_be_focused()
    seen.press(seen.page.get_by_role("button", name="Simpan sebagai draf"))
    expect(seen.page).to_have_url(re.compile("bagian=1"))
    expect(seen.page.locator("#nilai-1-URG")).to_have_value("4")
    seen.visit(reverse("score_row", args=[panel.pk, 2]))
    seen.shoot("scoring-row")
    seen.check()
    scored.submitted(panel, people.planner, {1: 5, 2: 3, 3: 1, 4: 2})
    scored.submitted(panel, people.subdistrict_officer, {1: 4, 2: 4, 3: 2, 4: 1, 5: 3})
    scored.closed(panel, people.subdistrict_officer)
    for name, path in (("panel", reverse("panel", args=[panel.pk])), ("entry", reverse("panel_entry", args=[panel.pk, 1]))):
        seen.visit(path)
        seen.shoot(f"scoring-{name}")
        seen.check()
    seen.visit(reverse("criteria", args=[panel.cycle_id, "village"]))
    seen.shoot("scoring-criteria")
    seen.check()
