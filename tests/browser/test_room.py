"""Two windows on one meeting: what the chair does at the desk, a citizen sees on the phone without reloading; and the wall."""

import pytest
from playwright.sync_api import expect

from deliberation.floor import services
from deliberation.floor.services.statements import Hall
from proposals import live
from tests.browser.window import DESK, PHONE, window
from tests.deliberation.floor.room import in_session, new

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room(people):
    room = in_session(people)
    room.seat(people.resident)
    room.hall(3)
    return room


def is_live(page) -> None:
    expect(page.locator("#ruang .live")).to_have_attribute("data-state", "live")


def test_from_asking_to_speak_to_the_result_of_a_vote_in_two_windows(new_context, site, room):
    citizen, chair = window(new_context(width=PHONE), site), window(new_context(width=DESK), site)
    address = f"/rapat/{room.meeting.pk}/"
    citizen.sign_in("resident")
    chair.sign_in("village_head")
    chair.visit(address)
    is_live(chair.page)

    citizen.visit(address)
    citizen.press(citizen.page.get_by_role("button", name="Minta giliran berbicara"))
    call = chair.page.locator("#antrean").get_by_role("button", name="Panggil Resident")
    expect(call).to_be_visible()
    is_live(citizen.page)
    chair.press(call)
    expect(citizen.page.locator("[data-clock]")).to_contain_text("2.5")

    is_live(chair.page)
    chair.page.get_by_text("Ajukan pemungutan suara").click()
    chair.page.locator("#mosi-teks").fill("Usulan ini diteruskan dengan volume 450 meter.")
    chair.press(chair.page.get_by_role("button", name="Ajukan", exact=True))
    chair.press(chair.page.get_by_role("button", name="Buka pemungutan suara"))
    yes = citizen.page.locator("#mosi").get_by_role("button", name="Setuju", exact=True)
    expect(yes).to_be_visible()
    is_live(chair.page)
    citizen.press(yes)
    expect(chair.page.locator("[data-cast]")).to_have_text("1")
    expect(citizen.page.locator("#mosi")).not_to_contain_text("Diterima")
    citizen.shoot("rapat-ponsel")
    citizen.check()

    for name, count in (("for", "2"), ("against", "1"), ("abstain", "0")):
        chair.page.locator(f"#mosi input[name={name}]").fill(count)
    chair.press(chair.page.get_by_role("button", name="Simpan hitungan"))
    is_live(citizen.page)
    chair.press(chair.page.get_by_role("button", name="Tutup pemungutan suara dan tampilkan hasil"))
    expect(citizen.page.locator("#mosi")).to_contain_text("Diterima")
    chair.shoot("rapat-pimpinan")
    chair.check()


def test_what_is_being_typed_stays_while_the_room_goes_on(new_context, site, room, people):
    citizen = window(new_context(width=PHONE), site)
    citizen.sign_in("neighbour")
    citizen.visit(f"/rapat/{room.meeting.pk}/")
    is_live(citizen.page)
    citizen.page.locator("#tanya").fill("Apakah lahan di ujung jalan")
    services.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=people.moderator, body="Kapan pekerjaan dimulai?")
    expect(citizen.page.locator("#pertanyaan")).to_contain_text("Kapan pekerjaan dimulai?")
    expect(citizen.page.locator("#tanya")).to_have_value("Apakah lahan di ujung jalan")
    expect(citizen.page.locator("#tanya")).to_be_focused()


def test_a_phone_that_was_away_hears_what_it_missed(new_context, site, room, people):
    reader = window(new_context(width=PHONE), site)
    reader.visit(f"/rapat/{room.meeting.pk}/")
    is_live(reader.page)
    reader.page.context.set_offline(True)
    for number in range(5):
        services.record_statement(
            said_id=new(), meeting_id=room.meeting.pk, actor=people.facilitator, body=f"Kata yang ke-{number}", hall=Hall(name="Bu Halimah")
        )
    reader.page.context.set_offline(False)
    reader.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(reader.page.locator("#pernyataan .comment")).to_have_count(5, timeout=15_000)


def test_the_wall_follows_the_room_turns_by_keys_and_holds_its_state_when_the_line_drops(new_context, site, room):
    from deliberation.models import AgendaItem
    from tests import make

    other = make.an_item(room.meeting, title="Pemilihan delegasi kecamatan")
    wall = window(new_context(width=DESK, height=720), site)
    wall.visit(f"/rapat/{room.meeting.pk}/proyektor/")
    expect(wall.page.locator("h1")).to_have_text(room.item.title)
    wall.page.keyboard.press("ArrowRight")
    expect(wall.page.locator("h1")).to_have_text(other.title)
    wall.page.keyboard.press("ArrowLeft")
    expect(wall.page.locator("h1")).to_have_text(room.item.title)
    wall.page.keyboard.press("d")
    expect(wall.page.locator(".wall-talk")).to_contain_text("Sanggahan")

    AgendaItem.objects.filter(pk=room.item.pk).update(state="done")
    AgendaItem.objects.filter(pk=other.pk).update(state="in_hand")
    live.announce(room.meeting.pk, "agenda", {"item": other.pk, "state": "in_hand"})
    expect(wall.page.locator("h1")).to_have_text(other.title)
    wall.page.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")
    wall.check()
    wall.page.keyboard.press("k")
    expect(wall.page.locator("html")).to_have_attribute("data-scheme", "dark")
    wall.shoot("layar-gelap")
    wall.check()
    wall.page.context.set_offline(True)
    wall.page.keyboard.press("ArrowLeft")
    expect(wall.page.locator("[data-wall-lost]")).to_contain_text("Sambungan terputus. Ini keadaan pukul")
    expect(wall.page.locator("h1")).to_have_text(other.title)


#: As where a network lets no socket through: it closes before it opens.
NO_SOCKETS = "window.WebSocket = class { constructor() { this.readyState = 3; setTimeout(() => this.onclose && this.onclose(), 10); } close() {} };"


def test_a_phone_without_sockets_votes_and_hears_the_result_by_asking(new_context, site, room, people):
    context = new_context(width=PHONE)
    context.add_init_script(NO_SOCKETS)
    citizen, clerk = window(context, site), people.facilitator
    citizen.sign_in("resident")
    citizen.visit(f"/rapat/{room.meeting.pk}/")
    expect(citizen.page.locator("#ruang .live")).to_have_attribute("data-state", "polling")
    services.record_statement(said_id=new(), meeting_id=room.meeting.pk, actor=clerk, body="Lampu didahulukan.", hall=Hall(name="Bu Halimah"))
    motion, _new = services.put_motion(
        motion_id=new(), meeting_id=room.meeting.pk, actor=people.village_head, text="Usulan ini diteruskan semuanya.", manner="secret"
    )
    services.open_motion(motion_id=motion.pk, actor=people.village_head)
    yes = citizen.page.locator("#mosi").get_by_role("button", name="Setuju", exact=True)
    expect(yes).to_be_visible(timeout=30_000)
    expect(citizen.page.locator("#pernyataan")).to_contain_text("Lampu didahulukan.")
    citizen.press(yes)
    services.count_hall(motion_id=motion.pk, actor=clerk, counts={"for": 2, "against": 1, "abstain": 0})
    services.close_motion(motion_id=motion.pk, actor=people.village_head)
    expect(citizen.page.locator("#mosi")).to_contain_text("Diterima", timeout=40_000)
    assert not citizen.complaints
