"""The pages of the roll: names for few, forms that keep what was typed, everything without scripts."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from deliberation.models import Attendance, Presence
from deliberation.roll import door
from frontend.templatetags.roll import qr
from tests.cast import Cast
from tests.deliberation.roll.halls import hall, line, rules


def of(person: Any = None) -> Client:
    made = Client()
    if person is not None:
        made.force_login(person)
    return made


def at(meeting: Any, rest: str = "") -> str:
    return f"/rapat/{meeting.pk}/daftar-hadir/{rest}"


def test_everybody_reads_the_counts_and_few_the_names(people: Cast) -> None:
    meeting = hall()
    line(meeting, "Siti Aminah")
    for person in (None, people.resident, people.neighbour):
        page = of(person).get(at(meeting))
        assert page.status_code == 200
        assert "Siti Aminah" not in page.content.decode()
    for person in (people.facilitator, people.planner, people.auditor):
        assert "Siti Aminah" in of(person).get(at(meeting)).content.decode()


def test_a_person_reads_their_own_line_and_no_other(people: Cast) -> None:
    meeting = hall()
    line(meeting, "Siti Aminah")
    line(meeting, "Rini Warga", user=people.resident)
    text = of(people.resident).get(at(meeting)).content.decode()
    assert "Rini Warga" in text
    assert "Siti Aminah" not in text


def test_a_line_is_typed_without_scripts_and_the_element_stays_for_the_next(people: Cast) -> None:
    meeting, officer = hall(), of(people.facilitator)
    sent = {"id": str(uuid.uuid4()), "name": "Siti Aminah", "sex": "female", "element": "fishers"}
    for _twice in range(2):
        answer = officer.post(at(meeting, "ketik/"), sent)
        assert (answer.status_code, answer["Location"]) == (303, at(meeting, "ketik/?unsur=fishers"))
    page = officer.get(answer["Location"]).content.decode()
    assert '<option value="fishers" selected>' in page
    assert Attendance.objects.get().name == "Siti Aminah"


def test_a_refused_line_keeps_what_was_typed(people: Cast) -> None:
    page = of(people.facilitator).post(at(hall(), "ketik/"), {"name": "Siti Aminah", "sex": "", "element": "fishers", "address": "RT 03"})
    text = page.content.decode()
    assert page.status_code == 400
    assert 'value="Siti Aminah"' in text
    assert 'value="RT 03"' in text
    assert 'aria-invalid="true"' in text


@pytest.mark.parametrize("page", ["ketik/", "tempel/", "pintu/"])
def test_tools_of_the_note_taker_are_not_open_to_others(people: Cast, page: str) -> None:
    meeting = hall()
    assert of(people.resident).get(at(meeting, page)).status_code == 403
    assert of().get(at(meeting, page)).status_code == 302
    assert of(people.facilitator).get(at(meeting, page)).status_code == 200


LIST = "No\tNama\tL/P\tUnsur\tNo HP\n1\tHj. Siti Aminah, S.Pd\tP\tKelompok tani\t081234567890\n2\tBudi\tX\tPemuda\t\n3\tSiti Aminah\tP\tPKK\t\n"


def test_a_pasted_list_is_looked_at_before_anything_is_saved(people: Cast) -> None:
    meeting, officer = hall(), of(people.facilitator)
    line(meeting, "Siti Aminah")
    text = officer.post(at(meeting, "tempel/"), {"list": LIST}).content.decode()
    assert Attendance.objects.count() == 1
    assert "081234567890" not in text.split("</textarea>")[1]
    assert text.count('class="error"') == 1
    assert text.count('name="leave_out"') == 2


def test_what_is_right_in_a_pasted_list_comes_onto_the_roll_once_however_often_it_is_pressed(people: Cast) -> None:
    meeting, officer = hall(), of(people.facilitator)
    for _twice in range(2):
        answer = officer.post(at(meeting, "tempel/"), {"list": LIST, "then": "save", "leave_out": ["4"]})
        assert answer.status_code == 303
    row = Attendance.objects.get()
    assert (row.name, row.element, row.source) == ("Siti Aminah", "farmers", "pasted")


@pytest.mark.parametrize("text", ["", "\n\n;;;\n", "x" * 70_000, "\x00\x01", "Nama\n" * 3, "=cmd()\n", "a\tb\tc\n" * 600])
def test_an_odd_list_is_told_and_breaks_nothing(people: Cast, text: str) -> None:
    meeting, officer = hall(), of(people.facilitator)
    assert officer.post(at(meeting, "tempel/"), {"list": text}).status_code in (200, 400)
    assert officer.post(at(meeting, "tempel/"), {"list": text, "then": "save"}).status_code in (200, 303, 400)


def test_a_line_is_corrected_moved_and_struck_on_its_own_page(people: Cast) -> None:
    meeting, officer = hall(), of(people.facilitator)
    row = line(meeting, "Siti Aminha")
    page = at(meeting, f"baris/{row.pk}/")
    assert officer.get(page).status_code == 200
    assert officer.post(page, {"verb": "correct", "version": 1, "name": "Siti Aminah", "sex": "female", "element": "women"}).status_code == 303
    assert officer.post(page, {"verb": "leave"}).status_code == 303
    assert officer.post(page, {"verb": "arrive", "mode": "online"}).status_code == 303
    assert [stay.mode for stay in Presence.objects.order_by("pk")] == ["hall", "online"]
    refused = officer.post(page, {"verb": "strike", "reason": "x"})
    assert (refused.status_code, 'value="x"' in refused.content.decode()) == (400, True)
    assert officer.post(page, {"verb": "strike", "reason": "Salah rapat, bukan peserta"}).status_code == 303
    assert officer.get(page).status_code == 409
    for odd in ({"verb": ""}, {"verb": "fly"}, {"verb": "leave", "at": "27:99"}, {"verb": "merge", "into": "x"}, {}):
        other = line(meeting, f"Orang {odd}")
        assert officer.post(at(meeting, f"baris/{other.pk}/"), odd).status_code == 400


def test_the_door_shows_a_code_that_opens_it_for_a_citizens_own_phone(people: Cast) -> None:
    meeting = hall()
    page = of(people.facilitator).get(at(meeting, "pintu/")).content.decode()
    assert door.shown(door.hall_code(meeting.pk)) in page
    address = f"http://testserver{at(meeting, 'masuk/')}?kode={door.hall_code(meeting.pk)}"
    assert qr(address) in page, "the drawing is of the very address that opens the form"
    assert of().get(address).url.endswith(f"%3Fkode%3D{door.hall_code(meeting.pk)}"), "and who must sign in first comes back with the code"
    citizen = of(people.resident)
    form = citizen.get(at(meeting, f"masuk/?kode={door.hall_code(meeting.pk)}")).content.decode()
    assert door.hall_code(meeting.pk) in form
    wrong = citizen.post(at(meeting, "masuk/"), {"code": "AAAAAAAA", "name": "Rini", "sex": "female", "element": "women"})
    assert (wrong.status_code, "AAAAAAAA" in wrong.content.decode()) == (400, True)
    assert (
        citizen.post(at(meeting, "masuk/"), {"code": door.hall_code(meeting.pk), "name": "Rini", "sex": "female", "element": "women"}).status_code
        == 303
    )


def test_a_persons_own_code_is_shown_and_read(people: Cast) -> None:
    meeting, citizen = hall(), of(people.resident)
    assert citizen.get(at(meeting, "kode-saya/")).status_code == 200
    shown = citizen.post(at(meeting, "kode-saya/"), {"name": "Rini", "sex": "female", "element": "women"}).content.decode()
    own = door.DoorPass.objects.get()
    assert door.shown(own.code) in shown
    assert of(people.facilitator).post(at(meeting, "pintu/"), {"code": own.code}).status_code == 303
    assert Attendance.objects.get().user == people.resident
    assert of(people.facilitator).post(at(meeting, "pintu/"), {"code": "nobody"}).status_code == 409


def test_taking_part_online_is_a_press_and_so_is_leaving(people: Cast) -> None:
    meeting, citizen = hall(), of(people.resident)
    assert of().get(at(meeting, "daring/")).status_code == 302
    assert citizen.post(at(meeting, "daring/"), {"name": "Rini", "sex": "female", "element": "women"}).status_code == 303
    assert "data-beat" in citizen.get(at(meeting)).content.decode()
    assert citizen.post(at(meeting, "pergi/")).status_code == 303
    assert Presence.objects.get().left_at is not None


def test_the_table_to_take_away_is_for_few_and_calculates_nothing(people: Cast) -> None:
    meeting = hall()
    line(meeting, "Siti", institution="=2+3")
    assert of(people.resident).get(at(meeting, "unduh.csv")).status_code == 403
    text = of(people.facilitator).get(at(meeting, "unduh.csv")).content.decode("utf-8-sig")
    assert "'=2+3" in text
    assert of(people.facilitator).get(at(meeting, "unduh.xlsx")).content[:2] == b"PK"
    assert of(people.facilitator).get(at(meeting, "unduh.pdf")).status_code == 404


def test_quorum_share_and_the_reason_of_a_shortfall_are_on_the_meetings_page(people: Cast) -> None:
    meeting = hall(shortfall_reason="Banjir memutus jalan ke dua dusun.")
    rules(quorum_people=3, women_percent=30)
    line(meeting, "Budi", sex="male")
    for address in (f"/rapat/{meeting.pk}/", at(meeting)):
        text = of().get(address).content.decode()
        assert "Banjir memutus jalan" in text
        assert 'data-roll="total">1<' in text
        assert 'data-roll="quorum">' in text


def test_a_roll_of_many_is_as_many_queries_as_one_of_few(people: Cast, django_assert_max_num_queries: Callable[..., Any]) -> None:
    meeting, officer = hall(), of(people.facilitator)
    for number in range(30):
        line(meeting, f"Warga{number} Kapur{number}")
    officer.get(at(meeting))
    with django_assert_max_num_queries(24):
        assert officer.get(at(meeting)).status_code == 200


def test_more_than_a_page_of_lines_goes_on_behind_the_last_number(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deliberation.roll.listing.PAGE", 200)
    meeting, officer = hall(), of(people.facilitator)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            number=n,
            name=f"Orang {n}",
            name_key=f"orang {n}",
            sex="male",
            element="other",
            source="typed",
            entered_by=people.facilitator,
            entered_at=meeting.created_at,
        )
        for n in range(1, 203)
    )
    assert "?sesudah=200#nama" in officer.get(at(meeting)).content.decode()
    second = officer.get(at(meeting, "?sesudah=200")).content.decode()
    assert "Orang 202" in second
    assert "Orang 200<" not in second
    for odd in ("-1", "x", "9" * 30, ""):
        assert officer.get(at(meeting, f"?sesudah={odd}")).status_code == 200


def test_an_empty_roll_says_what_to_do(people: Cast) -> None:
    meeting = hall()
    assert at(meeting, "ketik/") in of(people.facilitator).get(at(meeting)).content.decode()
    assert f"/rapat/{meeting.pk}/" in of().get(at(meeting)).content.decode()
    assert of().get(f"/rapat/{uuid.uuid4()}/daftar-hadir/").status_code == 404
