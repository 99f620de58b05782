"""A meeting from its plan to its order, in a real browser, on a phone and on a desktop, by whoever runs it and whoever looks."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts import clock
from deliberation.models import Decision, Meeting, Ranking
from tests import cast, make
from tests.browser.window import DESK, PHONE, window


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_village_decides_in_its_meeting(new_context, site, width):
    people = cast.build()
    make.cycle()
    for title in ("Jembatan Parit Sari", "Rabat beton Gang Damai"):
        make.proposal(title=title)
    head = window(new_context(width=width), site)
    head.sign_in(people.village_head.username)
    head.visit("/rapat/baru/")
    day = clock.now() + timedelta(days=1)
    page = head.page
    page.get_by_label("Rapat apa").select_option(f"village_plan/{cast.VILLAGE}/")
    page.locator("input[name=day]").fill(f"{day:%Y-%m-%d}")
    page.locator("input[name=hour]").fill("09:00")
    page.locator("input[name=place]").fill("Balai desa Kapur")
    head.check()
    head.press(page.get_by_role("button", name="Rencanakan rapat"))
    meeting = Meeting.objects.get()
    head.press(page.get_by_role("button", name="Susun dari usulan yang menunggu"))
    expect(page).to_have_url(re.compile("/agenda/$"))
    head.shoot("rapat-agenda")
    head.check()
    head.visit(f"/rapat/{meeting.pk}/")
    head.press(page.get_by_role("button", name="Buka rapat"))
    for number in (1, 2):
        head.press(page.locator("#sedang-dibahas").get_by_role("button", name="Butir"))
        head.shoot("rapat-butir")
        head.check()
        page.locator("#putuskan summary", has_text="Teruskan").first.click()
        head.press(page.get_by_role("button", name="Putuskan: Teruskan", exact=True))
        page.get_by_text(f"Butir {number} berita acara sudah dicatat.").wait_for()
    assert list(Decision.objects.order_by("number").values_list("number", "move")) == [(1, "forward"), (2, "forward")]
    head.visit(f"/rapat/{meeting.pk}/peringkat/")
    head.check()
    head.press(page.get_by_role("button", name="Turun").first)
    page.get_by_text("Urutan ditetapkan").wait_for()
    assert [row.proposal.title for row in Ranking.objects.order_by("place")] == ["Rabat beton Gang Damai", "Jembatan Parit Sari"]
    head.shoot("rapat-urutan")
    visitor = window(new_context(width=width), site)
    for path in (
        "/rapat/",
        f"/rapat/{meeting.pk}/",
        f"/rapat/{meeting.pk}/keputusan/",
        f"/rapat/{meeting.pk}/undangan/",
        f"/rapat/{meeting.pk}/utusan/",
    ):
        visitor.visit(path)
        visitor.check()
