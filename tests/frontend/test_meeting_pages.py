"""The pages of meetings: for citizens and for who runs them; what was typed comes back; constant queries; sound markup."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from accounts import clock
from deliberation.models import AgendaItem, Decision, Mandate, Meeting, Ranking
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.deliberation.meetings import told
from tests.frontend.html import read


@pytest.fixture(autouse=True)
def _year(people):
    make.cycle()


def text_of(answer):
    return answer.content.decode()


def plan_typed(**fields):
    day = clock.now() + timedelta(days=7)
    return {
        "id": str(uuid.uuid4()),
        "what": f"village_plan/{cast.VILLAGE}/",
        "plan_year": "2028",
        "day": f"{day:%Y-%m-%d}",
        "hour": "09:00",
        "place": "Balai desa Kapur",
        **fields,
    }


def test_a_village_head_plans_opens_and_closes_by_the_pages_alone(reader):
    head = reader("village_head")
    sent = plan_typed(until="12:30")
    answer = head.post("/rapat/baru/", sent)
    meeting = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/rapat/{meeting.pk}/")
    assert f"{meeting.starts_at:%H:%M}" == "02:00", "nine in the morning in western time"
    assert head.post("/rapat/baru/", sent).status_code == 303
    assert Meeting.objects.count() == 1, "the same form twice is one meeting"
    for step, state in (("open", "open"), ("adjourn", "adjourned"), ("open", "open"), ("close", "closed")):
        meeting.refresh_from_db()
        assert head.post(f"/rapat/{meeting.pk}/langkah/", {"step": step, "version": meeting.version}).status_code == 303
        meeting.refresh_from_db()
        assert meeting.state == state


@pytest.mark.parametrize(
    "wrong",
    [{"day": ""}, {"hour": "25:99"}, {"place": ""}, {"what": "picnic/x/"}, {"plan_year": "1999"}, {"online_address": "ftp://x"}, {"chair": "siapa"}],
)
def test_a_plan_that_is_refused_keeps_what_was_typed(reader, wrong):
    answer = reader("village_head").post("/rapat/baru/", plan_typed(purpose="Menyepakati usulan desa.", **wrong))
    assert answer.status_code in {400, 403}
    assert "Menyepakati usulan desa." in text_of(answer)
    assert not Meeting.objects.exists()


def test_whoever_calls_no_meetings_is_told_who_does(reader):
    assert "kepala desa" in text_of(reader("resident").get("/rapat/baru/"))
    assert reader("stranger").get("/rapat/baru/").status_code == 302


def test_a_change_by_two_is_one_and_the_other_keeps_the_text(reader):
    meeting = make.a_meeting(state="planned")
    head, address = reader("village_head"), f"/rapat/{meeting.pk}/ubah/"
    typed = {**plan_typed(place="Gedung serbaguna"), "version": "1"}
    assert head.post(address, typed).status_code == 303
    second = head.post(address, {**typed, "place": "Masjid raya"})
    assert (second.status_code, "Masjid raya" in text_of(second)) == (409, True)
    assert reader("resident").get(address).status_code == 403


def test_a_citizen_reads_everything_and_gets_no_button(reader):
    meeting = make.a_meeting()
    proposal = make.proposal(title="Jembatan Parit Sari")
    make.an_item(meeting, proposal, state="in_hand")
    page = text_of(reader("stranger").get(f"/rapat/{meeting.pk}/"))
    assert "Jembatan Parit Sari" in page
    assert "/langkah/" not in page
    assert 'name="move"' not in page


def test_the_note_taker_decides_from_the_page_and_a_refusal_brings_the_words_back(reader, people):
    meeting, proposal = make.a_meeting(note_taker=people.resident), make.proposal()
    make.an_item(meeting, proposal, state="in_hand")
    writer = reader("resident")
    page = text_of(writer.get(f"/rapat/{meeting.pk}/"))
    assert "atas nama Village Head" in page
    sent = {"proposal_id": str(proposal.pk), "decision": str(uuid.uuid4()), "version": 1, "move": "reserve", "method": "vote", "reason": "kurang"}
    refused = writer.post(f"/rapat/{meeting.pk}/keputusan/", sent)
    assert (refused.status_code, "kurang" in text_of(refused)) == (400, True)
    assert writer.post(f"/rapat/{meeting.pk}/keputusan/", {**sent, "reason": told.REASON}).status_code == 303
    made = Decision.objects.get()
    assert (made.method, made.decided_by, made.recorded_by) == ("vote", people.village_head, people.resident)
    again = writer.post(f"/rapat/{meeting.pk}/keputusan/", {**sent, "decision": str(uuid.uuid4()), "reason": told.REASON})
    assert (again.status_code, told.REASON in text_of(again)) == (409, True)
    assert told.REASON in text_of(writer.get(f"/rapat/{meeting.pk}/keputusan/"))


def test_the_agenda_is_arranged_without_scripts(reader):
    meeting = make.a_meeting()
    make.proposal(title="Satu")
    make.proposal(title="Dua")
    head, address = reader("village_head"), f"/rapat/{meeting.pk}/agenda/"
    head.post(f"{address}isi/")
    head.post(f"{address}tambah/", {"item": "Laporan tahun lalu"})
    refused = head.post(f"{address}tambah/", {"item": "6112-2028-9999"})
    assert (refused.status_code, "6112-2028-9999" in text_of(refused)) == (400, True)
    item = AgendaItem.objects.get(title="Laporan tahun lalu")
    for verb in ("up", "hand", "done"):
        assert head.post(f"{address}{item.pk}/", {"do": verb, "at": item.position}).status_code == 303
        item.refresh_from_db()
    assert item.state == "done"
    assert head.post(f"{address}{item.pk}/", {"do": "fly"}).status_code == 404
    assert reader("resident").post(f"{address}{item.pk}/", {"do": "up"}).status_code == 403


def ranked(people):
    meeting = make.a_meeting()
    found = [make.proposal(title=f"Usulan {number}") for number in range(3)]
    for proposal, move in zip(found, ("forward", "forward", "reserve"), strict=True):
        told.decided(meeting, proposal, people.village_head, move)
    return meeting, found


def test_numbers_and_buttons_set_the_order(reader, people):
    meeting, (one, two, kept) = ranked(people)
    head, address = reader("village_head"), f"/rapat/{meeting.pk}/peringkat/"
    typed = {
        "version": "0",
        "proposal": [str(one.pk), str(two.pk), str(kept.pk)],
        f"place-{one.pk}": "2",
        f"place-{two.pk}": "1",
        f"place-{kept.pk}": "3",
    }
    assert head.post(address, typed).status_code == 303
    assert dict(Proposal.objects.values_list("pk", "rank")) == {two.pk: 1, one.pk: 2, kept.pk: 3}
    pressed = {"version": "1", "proposal": [str(two.pk), str(one.pk), str(kept.pk)], "move": f"up:{one.pk}"}
    assert head.post(address, pressed).status_code == 303
    assert dict(Ranking.objects.values_list("proposal", "place")) == {one.pk: 1, two.pk: 2, kept.pk: 3}
    stale = head.post(address, pressed | {"move": f"down:{one.pk}"})
    assert stale.status_code == 409
    assert reader("resident").post(address, typed).status_code == 403


def test_delegates_are_written_down_and_their_mandate_ended(reader):
    meeting = make.a_meeting()
    head, address = reader("village_head"), f"/rapat/{meeting.pk}/utusan/"
    refused = head.post(address, {"form": "elect", "stage": "subdistrict", "name": "Siti Aminah", "sex": ""})
    assert (refused.status_code, "Siti Aminah" in text_of(refused)) == (400, True)
    assert head.post(address, {"form": "elect", "stage": "subdistrict", "name": "Siti Aminah", "sex": "female"}).status_code == 303
    mandate = Mandate.objects.get()
    ended = head.post(f"{address}{mandate.pk}/akhiri/", {"reason": "pindah"})
    assert (ended.status_code, 'value="pindah"' in text_of(ended)) == (400, True)
    assert head.post(f"{address}{mandate.pk}/akhiri/", {"reason": "Pindah domisili ke kota."}).status_code == 303
    assert reader("resident").post(address, {"form": "elect"}).status_code == 403
    assert reader("stranger").post(address, {"form": "elect"}).status_code in {302, 401}


def test_the_invitation_is_sent_once_and_printed_by_everybody(reader):
    meeting = make.a_meeting(state="planned", letter_number="005/12/2027")
    assert "005/12/2027" in text_of(reader("stranger").get(f"/rapat/{meeting.pk}/undangan/"))
    assert reader("village_head").post(f"/rapat/{meeting.pk}/undang/").status_code == 303
    assert reader("resident").post(f"/rapat/{meeting.pk}/undang/").status_code == 403
    assert f"/rapat/{meeting.pk}/" in text_of(Client().get(f"/wilayah/{cast.VILLAGE}/"))


def test_the_list_shows_what_is_in_session_first_and_says_when_there_is_nothing(reader):
    assert "Belum ada rapat di sini." in text_of(reader("stranger").get("/rapat/"))
    make.a_meeting(title="Sudah ditutup", state="closed")
    make.a_meeting(title="Sedang bersidang", state="open")
    make.a_meeting(title="Akan diadakan", state="planned", starts_at=clock.now() + timedelta(days=3))
    page = text_of(reader("stranger").get("/rapat/"))
    assert page.index("Sedang bersidang") < page.index("Akan diadakan") < page.index("Sudah ditutup")
    assert "Sudah ditutup" not in text_of(reader("stranger").get("/rapat/?state=open"))
    assert "Sedang bersidang" not in text_of(reader("stranger").get(f"/rapat/?region={cast.OTHER_SUBDISTRICT}"))
    assert reader("stranger").get("/rapat/?cursor=x").status_code == 400


def test_the_proposal_and_the_desk_lead_to_their_meetings(reader, people):
    meeting, proposal = make.a_meeting(note_taker=people.resident), make.proposal()
    make.an_item(meeting, proposal)
    made = told.decided(meeting, proposal, people.village_head)
    page = text_of(reader("stranger").get(f"/usulan/{proposal.number}/"))
    assert f"/rapat/{meeting.pk}/keputusan/#keputusan-{made.pk}" in page
    for name in ("village_head", "resident"):
        assert f"/rapat/{meeting.pk}/" in text_of(reader(name).get("/kerja/"))
    assert f"/rapat/{meeting.pk}/" not in text_of(reader("neighbour").get("/kerja/"))


@pytest.mark.parametrize("path", ["", "agenda/", "keputusan/", "peringkat/", "utusan/", "undangan/"])
def test_a_meeting_with_three_hundred_items_asks_no_more_than_one_with_three(reader, path, django_assert_max_num_queries):
    meeting = make.a_meeting(kind="subdistrict")
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, proposal=proposal, kind="proposal", title=proposal.title, position=place)
        for place, proposal in enumerate(make.proposals(300, stage="subdistrict", outcome=Outcome.OPEN), start=1)
    )
    visitor = reader("stranger")
    visitor.get("/")  # what every page learns once
    with django_assert_max_num_queries(24):
        answer = visitor.get(f"/rapat/{meeting.pk}/{path}")
    assert answer.status_code == 200
    assert not read(text_of(answer)).faults


@pytest.mark.parametrize("name", ["village_head", "stranger"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_markup_of_every_page_is_sound_in_both_languages(reader, people, name, language):
    meeting, (_one, _two, kept) = ranked(people)
    make.an_item(meeting, kept, state="done")
    make.an_item(meeting, make.proposal(), state="in_hand")
    client = reader(name)
    client.post("/bahasa/", {"language": language, "next": "/"})
    for path in ("", "agenda/", "keputusan/", "peringkat/", "utusan/", "undangan/"):
        page = text_of(client.get(f"/rapat/{meeting.pk}/{path}"))
        assert not read(page).faults, path
    assert not read(text_of(client.get("/rapat/"))).faults
    if name == "village_head":
        planned = make.a_meeting(state="planned")
        for path in ("/rapat/baru/", f"/rapat/{planned.pk}/ubah/", f"/rapat/{planned.pk}/"):
            page = text_of(client.get(path))
            assert not read(page).faults, path
            assert re.search(r"<h1", page)


def test_a_shortfall_is_told_beside_the_reason_it_asks_for_and_the_step_is_offered_once(reader, people):
    meeting = make.a_meeting(state="planned")
    meeting.cycle.windows.filter(stage=meeting.stage).update(quorum_people=40)
    answer = reader("village_head").post(f"/rapat/{meeting.pk}/langkah/", {"step": "open", "version": meeting.version})
    page = text_of(answer)
    assert (answer.status_code, page.count('value="open"')) == (400, 1)
    assert page.index('<div class="note bad"') < page.index('id="alasan-kurang"')


def test_who_may_not_decide_about_their_own_program_reads_why_in_place_of_the_forms(reader, people):
    meeting = make.a_meeting(kind="subdistrict", region=cast.SUBDISTRICT)
    make.an_item(meeting, make.proposal(stage=Stage.SUBDISTRICT, author=people.subdistrict_officer), state="in_hand")
    page = text_of(reader("subdistrict_officer").get(f"/rapat/{meeting.pk}/"))
    assert 'name="move"' not in page
    assert "orang lain" in page


def test_a_changed_plan_asks_to_invite_again_only_where_somebody_was_invited(reader):
    meeting, head = make.a_meeting(state="planned"), reader("village_head")
    typed = {**plan_typed(place="Gedung serbaguna"), "version": "1"}
    assert "Undang lagi" not in text_of(head.post(f"/rapat/{meeting.pk}/ubah/", typed, follow=True))


def test_a_number_that_no_proposal_has_is_told_as_such(reader):
    meeting, proposal = make.a_meeting(), make.proposal()
    make.an_item(meeting, proposal, state="in_hand")
    sent = {"proposal_id": str(proposal.pk), "decision": str(uuid.uuid4()), "version": 1, "move": "merge", "method": "vote", "reason": told.REASON}
    refused = reader("village_head").post(f"/rapat/{meeting.pk}/keputusan/", {**sent, "target": "6112-2028-9999"})
    assert (refused.status_code, "Tidak ada usulan dengan nomor ini." in text_of(refused)) == (400, True)


def test_an_item_is_not_offered_to_the_agency_that_has_it(reader, people):
    meeting = make.a_meeting(kind="agency_forum", region=cast.HOME, agency=people.works_agency)
    make.an_item(meeting, make.proposal(stage=Stage.AGENCY, agency=people.works_agency), state="in_hand")
    choices = text_of(reader("agency_officer").get(f"/rapat/{meeting.pk}/")).partition('name="agency"')[2].partition("</select>")[0]
    assert f'value="{people.farming_agency.pk}"' in choices
    assert f'value="{people.works_agency.pk}"' not in choices
