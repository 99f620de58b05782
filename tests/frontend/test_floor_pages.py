"""The live room on a meeting's page and on the wall: plain forms that work without scripts, parts that an open page asks for."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from budgeting.models import Ceiling
from deliberation.floor import services
from deliberation.floor.services.turns import Speaker
from deliberation.models import Motion, Notice, Said, Turn
from proposals import live
from tests import cast
from tests.deliberation.floor.room import Room, in_session, new
from tests.frontend.html import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(people) -> Room:
    room = in_session(people)
    room.seat(people.resident)
    room.hall(2)
    return room


def post(client: Client, room: Room, verb: str, **sent):
    return client.post(f"/rapat/{room.meeting.pk}/ruang/{verb}/", {"key": str(uuid.uuid4()), **sent})


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_page_is_whole_for_everybody(room, people, reader):
    services.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=people.neighbour, body="Apakah <b>lahannya</b> sudah siap?")
    services.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=people.resident)
    for name in ("stranger", "resident", "village_head", "facilitator", "moderator"):
        answer = reader(name).get(f"/rapat/{room.meeting.pk}/")
        reading = read(answer.content.decode())
        assert (answer.status_code, reading.faults) == (200, []), name
        assert "lahannya" in answer.content.decode()
        assert "<b>lahannya" not in answer.content.decode()


def test_a_delegate_asks_is_called_and_writes_without_a_script(room, people, reader):
    delegate, chair = reader("resident"), reader("village_head")
    answer = post(delegate, room, "giliran")
    assert (answer.status_code, answer["Location"]) == (303, f"/rapat/{room.meeting.pk}/#antrean")
    turn = Turn.objects.get()
    post(chair, room, "panggil", key=turn.pk)
    post(delegate, room, "pernyataan", body="Jalan ini dipakai anak sekolah.")
    post(chair, room, "selesai", key=turn.pk)
    turn.refresh_from_db()
    assert (turn.state, Said.objects.get().turn, Said.objects.get().name) == ("done", turn, str(people.resident))


def test_a_vote_by_plain_forms_from_the_motion_to_its_result(room, people, reader):
    chair, delegate = reader("village_head"), reader("resident")
    post(chair, room, "mosi", text="Usulan ini diteruskan ke kecamatan.", manner="hands", item=room.item.pk)
    motion = Motion.objects.get()
    post(chair, room, "buka", key=motion.pk)
    assert "Tidak setuju" in delegate.get(f"/rapat/{room.meeting.pk}/").content.decode()
    post(delegate, room, "suara", key=motion.pk, choice="for")
    page = chair.get(f"/rapat/{room.meeting.pk}/").content.decode()
    assert "Diterima" not in page
    post(chair, room, "hitung", key=motion.pk, **{"for": "1", "against": "1", "abstain": "0"})
    post(chair, room, "tutup", key=motion.pk)
    page = Client().get(f"/rapat/{room.meeting.pk}/").content.decode()
    assert "Diterima" in page
    motion.refresh_from_db()
    assert (motion.result["for"], motion.presence["total"]) == ({"hall": 1, "online": 1}, 3)


def test_a_refusal_shows_its_sentence_and_keeps_what_was_typed(room, reader):
    answer = post(reader("neighbour"), room, "pertanyaan", body="Kapan?")
    page = answer.content.decode()
    assert (answer.status_code, "Kapan?</textarea>" in page, 'role="alert"' in page) == (400, True, True)
    assert post(reader("neighbour"), room, "giliran").status_code == 403
    assert post(reader("village_head"), room, "hitung", key="bukan-kunci").status_code == 404
    assert post(reader("village_head"), room, "menari").status_code == 404


def test_who_is_not_signed_in_is_asked_to_and_a_form_opened_as_a_page_leads_back(room):
    answer = post(Client(), room, "pertanyaan", body="Apakah sudah ada gambar rencananya?")
    assert answer.status_code in (302, 303, 401)
    assert Said.objects.count() == 0
    assert Client().get(f"/rapat/{room.meeting.pk}/ruang/giliran/").status_code == 303


def test_the_parts_are_those_of_the_page_and_made_once_for_all_strangers(room, people, client, django_assert_num_queries):
    address = f"/rapat/{room.meeting.pk}/ruang/?bagian=now&bagian=questions"
    cache.clear()
    first = client.get(address)
    assert ('data-part="now"' in first.content.decode(), 'data-part="turns"' in first.content.decode()) == (True, False)
    with django_assert_num_queries(2):
        assert client.get(address).content == first.content
    services.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=people.neighbour, body="Apakah lahannya sudah siap?")
    assert "lahannya" in client.get(address).content.decode()
    assert client.get(f"/rapat/{room.meeting.pk}/ruang/").status_code == 404


def test_a_form_that_a_stranger_may_not_send_is_in_no_kept_part(room, people, reader, client):
    reader("village_head").get(f"/rapat/{room.meeting.pk}/ruang/?bagian=turns")
    assert "csrfmiddlewaretoken" not in client.get(f"/rapat/{room.meeting.pk}/ruang/?bagian=turns").content.decode()


def test_the_page_asks_the_same_number_of_questions_however_full_the_room_is(room, people, reader, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    chair = reader("village_head")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert chair.get(f"/rapat/{room.meeting.pk}/").status_code == 200
        return len(asked)

    def fill(start: int, count: int) -> None:
        for number in range(start, start + count):
            services.ask_for_floor(
                turn_id=new(), meeting_id=room.meeting.pk, actor=people.village_head, speaker=Speaker(name=f"Warga nomor {number}")
            )
            person = cast.resident_of(username=f"penanya{number}")
            asked = services.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=person, body="Kapan jembatan ini selesai?")[0]
            services.answer(said_id=new(), question_id=asked.pk, actor=people.village_head, body="Tahun depan.")

    fill(0, 2)
    cost()
    few = cost()
    fill(2, 10)
    assert cost() == few


# --- the wall


def test_the_wall_shows_one_item_with_what_is_asked_and_four_facts(room, client):
    page = client.get(f"/rapat/{room.meeting.pk}/proyektor/").content.decode()
    reading = read(page)
    assert reading.faults == []
    assert page.count("<h1") == 1
    assert room.item.title in page
    assert page.count('<b class="num"') == 4
    assert 'class="dock"' not in page
    assert "<svg" in page


def test_no_name_of_anybody_who_commented_is_on_the_wall(room, people, client):
    services.ask_question(
        said_id=new(), meeting_id=room.meeting.pk, actor=people.neighbour, body="Pertanyaan rahasia tentang lahan", item_id=room.item.pk
    )
    services.ask_for_floor(turn_id=new(), meeting_id=room.meeting.pk, actor=people.resident)
    for query in ("", "?bahas=1"):
        page = client.get(f"/rapat/{room.meeting.pk}/proyektor/{query}").content.decode()
        assert str(people.neighbour) not in page
        assert str(people.resident) not in page
        assert "rahasia" not in page


def test_the_discussion_on_the_wall_is_counts_and_the_official_answer(room, people, client):
    asked = services.ask_question(
        said_id=new(), meeting_id=room.meeting.pk, actor=people.neighbour, body="Apakah lahannya siap?", item_id=room.item.pk
    )[0]
    services.answer(said_id=new(), question_id=asked.pk, actor=people.agency_officer, body="Lahan sudah dihibahkan warga.")
    page = client.get(f"/rapat/{room.meeting.pk}/proyektor/?bahas=1").content.decode()
    assert "Lahan sudah dihibahkan warga." in page
    assert "Sanggahan" in page
    assert "Dalam rapat ini: 0 pernyataan, 1 pertanyaan, 1 jawaban." in page


def test_the_gauge_counts_what_this_meeting_agreed_on_and_the_item_beside_it(room, people, client):
    Ceiling.objects.create(
        plan_year=2028, region_id=cast.VILLAGE, funding_source="village_budget", amount=1_000_000_000, reserve=100_000_000, legal_basis="Perdes 3/2027",
        set_by=people.village_head, set_at=room.meeting.created_at, published_by=people.planner, published_at=room.meeting.created_at,
    )  # fmt: skip
    page = client.get(f"/rapat/{room.meeting.pk}/proyektor/").content.decode()
    assert "Rp1.000.000.000" in page
    assert "Rp500.000.000" in page, "what is left beside an item of 400 million and a reserve of 100 million"


def test_the_wall_turns_to_other_items_and_back_to_the_one_in_hand(room, client):
    from tests import make

    make.an_item(room.meeting, title="Pemilihan delegasi")
    contents = f"/rapat/{room.meeting.pk}/proyektor/isi/"
    assert "Pemilihan delegasi" in client.get(f"{contents}?butir=2").content.decode()
    for query in ("", "?butir=99", "?butir=x"):
        assert room.item.title in client.get(contents + query).content.decode()


def test_a_wall_of_a_meeting_without_an_agenda_says_when_and_where(people, client):
    from tests import make

    meeting = make.a_meeting(state="planned")
    page = client.get(f"/rapat/{meeting.pk}/proyektor/").content.decode()
    assert (read(page).faults, "Balai desa" in page) == ([], True)
    assert client.get(f"/rapat/{new()}/proyektor/").status_code == 404


def test_an_event_of_the_room_is_followed_at_the_address_that_sockets_use(room, client):
    live.announce(room.meeting.pk, "agenda", {"item": 1})
    assert client.get(f"/ws/meetings/{room.meeting.pk}/?after=0").json()["events"][0]["kind"] == "agenda"


def test_the_chair_lets_a_first_question_through_by_a_plain_form(room, people, reader):
    waiting = services.ask_question(said_id=new(), meeting_id=room.meeting.pk, actor=people.newcomer, body="Apakah lahannya sudah siap?")[0]
    address = f"/rapat/{room.meeting.pk}/"
    assert "Apakah lahannya sudah siap?" not in reader("stranger").get(address).content.decode()
    assert "Pertanyaan pertama dibaca ketua" in reader("newcomer").get(address).content.decode()
    assert 'value="open"' in reader("village_head").get(address).content.decode()
    assert reader("village_head").post(f"{address}ruang/bahas/", {"key": waiting.pk, "state": "open"}).status_code == 303
    assert "Apakah lahannya sudah siap?" in reader("stranger").get(address).content.decode()


def test_who_was_hidden_asks_for_another_look_on_a_page_and_a_moderator_decides_on_the_desk(room, people, reader):
    resident, moderator = reader("resident"), reader("moderator")
    post(resident, room, "pertanyaan", body="Mengapa harganya dua kali harga kamus?")
    said = Said.objects.get()
    path = f"/rapat/{room.meeting.pk}/ucapan/{said.pk}/keberatan/"
    assert "Ini tidak disembunyikan." in text_of(resident.get(path))
    post(reader("village_head"), room, "sembunyikan", key=str(said.pk), reason="Tidak pantas dibicarakan.")
    assert path in resident.get(f"/rapat/{room.meeting.pk}/").content.decode()
    assert path not in reader("neighbour").get(f"/rapat/{room.meeting.pk}/").content.decode()
    assert reader("neighbour").get(path).status_code == 404
    inbox = text_of(resident.get("/akun/kotak-masuk/"))
    assert "Ucapan Anda dalam “Musrenbang Desa Kapur” disembunyikan." in inbox
    assert "“Tidak pantas dibicarakan.”" in inbox
    assert resident.post("/akun/kotak-masuk/", {"open": Notice.objects.get(user=people.resident).pk}).headers["Location"] == path
    again = resident.post(path, {"words": "pendek"})
    assert (again.status_code, ">pendek</textarea>" in again.content.decode()) == (400, True)
    assert resident.post(path, {"words": "Saya hanya menanyakan harga."}).status_code == 303
    assert "Yang memutuskan moderator lain" in text_of(resident.get(path))
    desk = moderator.get("/kerja/moderasi/")
    assert f"/rapat/{room.meeting.pk}/" in desk.content.decode()
    assert "Saya hanya menanyakan harga." in text_of(desk)
    decide = f"/kerja/moderasi/keberatan/ucapan/{said.pk}/"
    assert reader("village_head").post(decide, {"verb": "restore", "reason": "Boleh saja bertanya."}).status_code == 403
    assert moderator.post(decide, {"verb": "restore", "reason": "x"}).status_code == 400
    assert moderator.post(decide, {"verb": "restore", "reason": "Harga boleh ditanyakan siapa saja."}).status_code == 303
    assert "menampilkannya kembali. Harga boleh ditanyakan siapa saja." in text_of(resident.get(path))
    assert said.body in text_of(reader("stranger").get(f"/rapat/{room.meeting.pk}/"))


def test_programs_ask_for_another_look_at_what_a_meeting_hid(room, people, reader):
    post(reader("resident"), room, "pertanyaan", body="Mengapa harganya dua kali harga kamus?")
    said = Said.objects.get()
    services.hide_statement(said_id=said.pk, actor=people.village_head, reason="Tidak pantas dibicarakan.")
    address, words = f"/api/v1/statements/{said.pk}/appeal/", {"words": "Saya hanya menanyakan harga."}
    answers = [reader(name).post(address, words, content_type="application/json").status_code for name in ("stranger", "neighbour", "resident")]
    assert answers == [401, 404, 204]
