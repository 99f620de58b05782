"""Two lists put side by side, one line changed by hand, published by a second person, read by the village: in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from budgeting.models import Override, VillageAnswer
from proposals.stages import Stage
from tests import cast, make
from tests.browser.window import PHONE, window
from tests.budgeting.conftest import calculated, published_ceiling

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
REASON = "Jembatan itu dibayar provinsi tahun ini; surat gubernur sudah terbit."


def test_two_lists_are_compared_one_is_changed_and_published_and_the_village_reads_why(new_context, site):
    people = cast.build()
    for title, village, amount, supports in (
        ("Jembatan", cast.VILLAGE, 500, 30),
        ("Jalan", cast.NEXT_VILLAGE, 400, 20),
        ("Sumur", cast.VILLAGE, 90, 9),
    ):
        make.proposal(stage=Stage.BUDGET, title=title, village=village, amount=amount * 10**6, supports=supports)
    ceiling = published_ceiling(people)
    runs = [calculated(people, ceiling, rule=rule) for rule in ("greedy", "greedy-per-cost")]
    planner, team = window(new_context(), site), window(new_context(), site)
    planner.sign_in("second_planner")
    planner.visit("/anggaran/banding/")
    for box in planner.page.locator("input[name=run]").all():
        box.check()
    planner.press(planner.page.get_by_role("button", name="Sandingkan"))
    planner.page.get_by_role("heading", name="Yang berubah").wait_for()
    planner.check()
    planner.visit(f"/anggaran/{runs[0].pk}/")
    planner.press(planner.page.get_by_role("link", name=re.compile("Ubah dengan tangan.*Jembatan")))
    planner.page.get_by_label("Keluarkan").check()
    planner.page.get_by_label("Alasannya").fill("Mendesak")
    planner.press(planner.page.get_by_role("button", name="Tanda tangani perubahan"))
    planner.page.get_by_text("Tulis alasan paling sedikit 20 huruf.").first.wait_for()
    planner.refused(400)
    planner.check()
    planner.page.get_by_label("Alasannya").fill(REASON)
    planner.press(planner.page.get_by_role("button", name="Tanda tangani perubahan"))
    expect(planner.page).to_have_url(re.compile("/anggaran/.+/#ubahan$"))
    assert Override.objects.get().signed_by == people.second_planner
    team.sign_in("budget_team")
    team.visit(f"/anggaran/{runs[0].pk}/")
    assert REASON in team.page.content()
    team.press(team.page.get_by_role("button", name="Setujui"))
    team.page.get_by_role("link", name="Semua jawaban").wait_for()
    team.check()
    assert VillageAnswer.objects.get(region=cast.VILLAGE).amount == 90_000_000
    villager = window(new_context(width=PHONE), site)
    villager.visit(f"/wilayah/{cast.VILLAGE}/")
    villager.press(villager.page.locator("section:has(#jawaban) a").first)
    villager.page.get_by_role("heading", name="Jawaban untuk Desa Kapur").wait_for()
    assert REASON in villager.page.content()
    villager.check()


def test_with_letters_twice_as_large_the_figures_do_not_scroll_sideways(new_context, site, people):
    make.proposal(of=make.cycle())
    phone = window(new_context(width=PHONE), site)
    phone.visit("/anggaran/angka/")
    phone.page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    assert phone.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
