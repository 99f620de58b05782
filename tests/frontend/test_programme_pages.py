"""A programme of others is written at the desk and shown with the door it came by."""

import uuid

import pytest

from proposals.models import Proposal
from proposals.stages import Stage
from tests import cast, make
from tests.frontend.html import read

NEW = "/kerja/program/baru/"


@pytest.fixture
def cycle(people):
    return make.cycle()


def _typed(people, **more):
    return {
        "id": str(uuid.uuid4()), "channel": "council", "sponsor": "H. Anwar, Fraksi Karya", "sponsor_reference": "Reses I", "agency": people.works_agency.pk,
        "village": cast.HOME, "plan_year": "2028", "title": "Penerangan jalan poros", "problem": "Gelap.", "objective": "Terang.", "sector": "energy",
        "volume": "40", "unit": "titik", "unit_price": "7.900.000", "locus": "Jalan poros", **more,
    }  # fmt: skip


def test_the_secretariat_writes_checks_and_sends_a_pokir(reader, people, cycle):
    client = reader("council_secretary")
    assert NEW in client.get("/kerja/").content.decode()
    page = client.get(NEW).content.decode()
    assert read(page).faults == []
    checked = client.post(NEW, _typed(people, then="check"), follow=True)
    assert checked.redirect_chain[-1][0].endswith("/periksa/")
    assert "H. Anwar, Fraksi Karya" in checked.content.decode()
    draft = Proposal.objects.get()
    sent = client.post(f"/usulan/{draft.pk}/periksa/", {"version": draft.version}, follow=True)
    page = sent.content.decode()
    assert read(page).faults == []
    assert "pokir" in page
    draft.refresh_from_db()
    assert (draft.stage, draft.amount) == (Stage.AGENCY, 316_000_000)


def test_what_is_refused_keeps_what_was_typed(reader, people, cycle):
    answer = reader("council_secretary").post(NEW, _typed(people, village="61", then="save"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "H. Anwar, Fraksi Karya" in page
    assert not Proposal.objects.exists()


def test_the_form_of_villages_leads_on_to_the_form_of_programmes(reader, people, cycle):
    reader("council_secretary").post(NEW, _typed(people, then="save"))
    draft = Proposal.objects.get()
    answer = reader("council_secretary").get(f"/usulan/{draft.pk}/ubah/")
    assert answer.url == f"/kerja/program/{draft.pk}/ubah/"
    shown = reader("council_secretary").get(answer.url).content.decode()
    assert 'value="H. Anwar, Fraksi Karya"' in shown
    changed = reader("council_secretary").post(answer.url, _typed(people, id=str(draft.pk), version=draft.version, sponsor="Hj. Rina", then="save"))
    assert changed.status_code == 302
    assert Proposal.objects.get().sponsor == "Hj. Rina"


@pytest.mark.parametrize(
    ("who", "status"), [("facilitator", 403), ("resident", 403), ("budget_team", 403), ("stranger", 302), ("planner", 200), ("agency_officer", 200)]
)
def test_who_writes_for_no_channel_is_told_so(reader, people, cycle, who, status):
    assert reader(who).get(NEW).status_code == status


def test_an_agency_officer_is_offered_the_own_agency_and_channel_only(reader, people, cycle):
    page = reader("agency_officer").get(NEW).content.decode()
    assert 'value="agency"' in page
    assert 'value="council"' not in page
    assert "Distan" not in page


def test_card_list_and_page_tell_the_door_in_words_and_a_village_proposal_needs_none(reader, people, cycle):
    pokir = make.proposal(channel="council", village=cast.HOME, stage=Stage.AGENCY, sponsor="H. Anwar", title="Pokir penerangan jalan")
    listed = reader("stranger").get("/usulan/").content.decode()
    assert "is-council" in listed
    assert "is-village" not in listed
    page = reader("stranger").get(f"/usulan/{pokir.number}/").content.decode()
    assert read(page).faults == []
    assert "H. Anwar" in page
    assert reader("stranger").get(f"/wilayah/{cast.HOME}/").status_code == 200


def test_the_desk_of_the_secretariat_shows_its_own_drafts_and_no_villages(reader, people, cycle):
    make.proposal(stage=Stage.DRAFT, title="Draf dari desa Kapur")
    reader("council_secretary").post(NEW, _typed(people, then="save"))
    desk = reader("council_secretary").get("/kerja/").content.decode()
    assert "Penerangan jalan poros" in desk
    assert "Draf dari desa Kapur" not in desk
    assert "Penerangan jalan poros" not in reader("facilitator").get("/kerja/").content.decode()


def test_works_are_found_for_a_programme_as_for_a_village(reader, people, cycle):
    make.dictionary_entry(of=cycle, code="L01", name="Lampu jalan", sector="energy", unit="titik", unit_price=7_900_000)
    page = reader("council_secretary").post(NEW, _typed(people, then="works", problem="Kampung gelap", unit="", unit_price="")).content.decode()
    assert read(page).faults == []
    assert 'value="L01"' in page
    assert not Proposal.objects.exists()
    reader("council_secretary").post(NEW, _typed(people, then="save", dictionary_entry="L01", unit="", unit_price="", sector=""))
    kept = Proposal.objects.get()
    assert (kept.dictionary_entry.code, kept.amount, kept.sector) == ("L01", 316_000_000, "energy")
