"""The roll in a real browser: typed by keyboard alone, without a signal, on a phone whose clock is wrong, live beside others."""

import re
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from accounts import clock
from deliberation.models import Attendance, Presence
from deliberation.roll import door
from tests.browser.window import DESK, PHONE, window
from tests.deliberation.roll.halls import hall, line, rules

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("Siti Aminah", "Budi Santoso", "Maria Goreti", "Usman Ali", "Lim Mei Hua", "Petrus Kanis", "Halimah", "Yohanes Bong")


@pytest.fixture
def meeting(people):
    held = hall()
    rules(quorum_people=10, women_percent=30)
    return held


def at(meeting, rest=""):
    return f"/rapat/{meeting.pk}/daftar-hadir/{rest}"


def opened(new_context, site, who, path, width=DESK):
    seen = window(new_context(width=width, height=800), site)
    seen.sign_in(who)
    seen.visit(path)
    return seen


def _type(page, name, sex):
    """One line by keyboard alone. Returns how many keys it took."""
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(sex)
    page.keyboard.press("Enter")
    return len(name) + 3


def test_eight_people_are_typed_by_keyboard_alone_with_three_keys_more_than_their_names(meeting, new_context, site):
    seen = opened(new_context, site, "facilitator", at(meeting, "ketik/"))
    page = seen.page
    expect(page.locator("#r-name")).to_be_focused()
    page.locator("#r-element").select_option("farmers")
    page.locator("#r-name").focus()
    began, keys = time.perf_counter(), 0
    for turn, name in enumerate(NAMES):
        keys += _type(page, name, "pl"[turn % 2])
        expect(page.locator("#r-name")).to_be_focused()
        expect(page.locator("#r-name")).to_have_value("")
    took = time.perf_counter() - began
    expect(page.locator("[data-newest] li b")).to_have_count(len(NAMES))
    expect(page.locator("[data-told]")).to_have_text("Semua sudah terkirim.")
    assert set(Attendance.objects.values_list("name", "element")) == {(name, "farmers") for name in NAMES}
    assert sorted(Attendance.objects.values_list("number", flat=True)) == list(range(1, len(NAMES) + 1))
    (Path(settings.VAR) / "shots").mkdir(exist_ok=True)
    measured = f"{len(NAMES)} lines, {keys} keys ({keys / len(NAMES):.1f} a line), {took / len(NAMES):.3f} s a line in the page\n"
    (Path(settings.VAR) / "shots" / "daftar-hadir-ketik.txt").write_text(measured)
    expect(page.locator('[data-roll="total"]')).to_have_text(str(len(NAMES)))
    expect(page.locator('[data-roll="quorum"]')).to_contain_text("kurang 2 orang")
    seen.shoot("daftar-hadir-ketik")
    seen.check()


def test_enter_in_a_choice_saves_and_a_missing_one_is_told_where_the_cursor_goes(meeting, new_context, site):
    page = opened(new_context, site, "facilitator", at(meeting, "ketik/")).page
    page.keyboard.type("Siti Aminah")
    page.keyboard.press("Enter")
    expect(page.locator("#r-sex")).to_be_focused()
    page.keyboard.type("p")
    page.keyboard.press("Tab")
    page.keyboard.type("ne")
    page.keyboard.press("Enter")
    expect(page.locator("[data-newest] li b")).to_have_count(1)
    assert Attendance.objects.get().element == "fishers"


def test_without_a_signal_the_phone_keeps_the_lines_and_sends_them_once_when_it_is_back(meeting, new_context, site):
    seen = opened(new_context, site, "facilitator", at(meeting, "ketik/"), PHONE)
    page = seen.page
    page.locator("#r-element").select_option("women")
    page.context.set_offline(True)
    for name in NAMES[:4]:
        page.locator("#r-name").fill(name)
        page.locator("#r-sex").select_option("female")
        page.locator("[data-save]").click()
    expect(page.locator("[data-waiting] li")).to_have_count(4)
    expect(page.locator("[data-told]")).to_contain_text("4 di ponsel ini")
    seen.shoot("daftar-hadir-luring")
    assert not Attendance.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("[data-newest] li b")).to_have_count(4)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert sorted(Attendance.objects.values_list("name", flat=True)) == sorted(NAMES[:4])
    seen.visit(at(meeting, "ketik/"))
    assert Attendance.objects.count() == 4


def test_a_closed_page_loses_no_line_and_the_next_one_sends_it(meeting, new_context, site):
    seen = opened(new_context, site, "facilitator", at(meeting, "ketik/"), PHONE)
    page = seen.page
    page.context.set_offline(True)
    page.locator("#r-name").fill("Siti Aminah")
    page.locator("#r-sex").select_option("female")
    page.locator("#r-element").select_option("women")
    page.locator("[data-save]").click()
    expect(page.locator("[data-waiting] li")).to_have_count(1)
    page.close()
    seen.page.context.set_offline(False)
    again = window(page.context, site)
    again.visit(at(meeting, "ketik/"))
    expect(again.page.locator("[data-newest]")).to_contain_text("Siti Aminah")
    assert Attendance.objects.count() == 1


def test_a_phone_two_days_ahead_writes_the_right_time_because_the_page_knows_the_servers(meeting, new_context, site):
    context = new_context(width=PHONE, height=740)
    context.clock.install(time=datetime.now() + timedelta(days=2))  # noqa: DTZ005 - a phone's clock knows no zone
    seen = window(context, site)
    seen.sign_in("facilitator")
    seen.visit(at(meeting, "ketik/"))
    page = seen.page
    page.locator("#r-name").fill("Siti Aminah")
    page.locator("#r-sex").select_option("female")
    page.locator("#r-element").select_option("women")
    page.locator("[data-save]").click()
    page.clock.run_for(1000)
    expect(page.locator("[data-newest]")).to_contain_text("Siti Aminah")
    assert abs(Presence.objects.get().arrived_at - clock.now()) < timedelta(minutes=1)


def test_who_looks_on_sees_each_arrival_and_the_quorum_without_asking(meeting, people, new_context, site):
    for number in range(9):
        line(meeting, f"Orang {number}", element="youth")
    watcher = window(new_context(width=PHONE, height=740), site)
    watcher.visit(at(meeting))
    asked: list[str] = []
    watcher.page.on("request", lambda request: asked.append(request.url))
    expect(watcher.page.locator('[data-roll="quorum"]')).to_contain_text("kurang 1 orang")
    typist = opened(new_context, site, "facilitator", at(meeting, "ketik/"))
    typist.page.locator("#r-element").select_option("women")
    typist.page.locator("#r-name").focus()
    _type(typist.page, "Siti Aminah", "p")
    expect(watcher.page.locator('[data-roll="total"]')).to_have_text("10")
    expect(watcher.page.locator('[data-roll="quorum"]')).to_have_text("Kuorum terpenuhi.")
    assert not [url for url in asked if "/roll/" in url]
    watcher.shoot("daftar-hadir-umum")
    watcher.check()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pages_of_the_roll_stand_on_phone_and_desk(meeting, people, new_context, site, width):
    for turn, name in enumerate(NAMES):
        line(meeting, name, sex="female" if turn % 2 else "male", mode="online" if turn == 3 else "hall", institution="PKK")
    twin = line(meeting, "Siti Amina")
    seen = window(new_context(width=width, height=800), site)
    seen.sign_in("facilitator")
    for page, name in (
        ("", "daftar"),
        ("ketik/", "ketik"),
        ("pintu/", "pintu"),
        (f"baris/{twin.pk}/", "baris"),
        ("daring/", "daring"),
        ("tempel/", "tempel"),
    ):
        seen.visit(at(meeting, page))
        seen.shoot(f"daftar-hadir-{name}")
        seen.check()
    seen.page.locator("textarea").fill("Nama\tL/P\tUnsur\nSiti Aminah\tP\tPetani\nDewi\t\tPetani\nJoko\tL\tKarang taruna")
    seen.press(seen.page.get_by_role("button", name="Periksa dulu"))
    expect(seen.page.locator("tbody tr")).to_have_count(3)
    seen.shoot("daftar-hadir-tempel-periksa")
    seen.check()
    seen.press(seen.page.get_by_role("button", name="Masukkan ke daftar hadir"))
    expect(seen.page).to_have_url(re.compile("/ketik/$"))
    assert Attendance.objects.filter(name="Joko").exists()


def test_a_citizen_comes_in_by_the_code_at_the_door_with_their_own_phone(meeting, people, new_context, site):
    seen = opened(new_context, site, "resident", at(meeting, f"masuk/?kode={door.hall_code(meeting.pk)}"), PHONE)
    page = seen.page
    page.locator("#r-sex").select_option("female")
    page.locator("#r-element").select_option("women")
    page.locator("main form button.btn").last.click()
    expect(page).to_have_url(re.compile("#saya$"))
    expect(page.locator("#saya")).to_contain_text("Anda nomor 1")
    seen.check()
    assert Attendance.objects.get().user_id == people.resident.pk
