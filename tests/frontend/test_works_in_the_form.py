"""Finding a work while writing: suggested by words, chosen by the person, without scripts as with them."""

import uuid

import pytest

from proposals.models import Proposal
from tests import cast, make
from tests.frontend.html import read

NEW = "/usulan/baru/"


@pytest.fixture
def cycle(people):
    made = make.cycle()
    make.dictionary_entry(of=made, code="J01", agency=people.works_agency)
    make.dictionary_entry(of=made, code="L01", name="Lampu jalan", sector="energy", unit="titik", unit_price=7_900_000)
    make.dictionary_entry(of=made, code="T01", name="Rabat beton lama", is_locked=True)
    return made


def _typed(**more):
    return {
        "id": str(uuid.uuid4()),
        "village": cast.VILLAGE,
        "plan_year": "2028",
        "title": "Jalan dusun becek",
        "problem": "Becek setiap hujan.",
        **more,
    }


def test_find_works_keeps_what_was_typed_saves_nothing_and_offers_what_the_words_mean(reader, cycle):
    answer = reader("facilitator").post(NEW, _typed(then="works", locus="Dusun Karya", volume="520"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert read(page).faults == []
    assert "Rabat beton jalan desa" in page
    assert "“becek” → rabat beton" in page
    assert "Rabat beton lama" not in page
    assert 'value="Dusun Karya"' in page
    assert 'value="520"' in page
    assert not Proposal.objects.exists()


def test_own_words_for_a_work_go_before_title_and_problem(reader, cycle):
    page = reader("facilitator").post(NEW, _typed(then="works", works_q="kampung gelap")).content.decode()
    assert "Lampu jalan" in page
    assert "Rabat beton jalan desa" not in page


def test_a_chosen_work_brings_unit_price_and_sector_but_nothing_over_what_was_typed(reader, cycle):
    page = reader("facilitator").post(NEW, _typed(then="works", dictionary_entry="J01", unit_price="900.000")).content.decode()
    assert 'name="unit" value="m"' in page
    assert 'value="900.000"' in page
    assert '<option value="road" selected' in page


def test_a_chosen_work_is_saved_with_its_agency_and_price(reader, people, cycle):
    reader("facilitator").post(NEW, _typed(then="save", dictionary_entry="J01", volume="10"))
    draft = Proposal.objects.get()
    assert (draft.dictionary_entry.code, draft.agency, draft.amount, draft.sector) == ("J01", people.works_agency, 8_000_000, "road")


def test_a_code_of_digits_is_that_code_and_not_another_entrys_key(reader, cycle):
    wanted = make.dictionary_entry(of=cycle, code=str(cycle.dictionary.order_by("pk").first().pk), name="Pagar makam")
    reader("facilitator").post(NEW, _typed(then="save", dictionary_entry=wanted.code))
    assert Proposal.objects.get().dictionary_entry == wanted


def test_a_work_that_was_locked_meanwhile_may_stay_where_it_stands_but_not_come_new(reader, people, cycle):
    locked = cycle.dictionary.get(code="T01")
    draft = make.proposal(of=cycle, stage="draft", author=people.facilitator, dictionary_entry=locked)
    client, address = reader("facilitator"), f"/usulan/{draft.pk}/ubah/"
    assert "tidak lagi ditawarkan" in client.get(address).content.decode()
    sent = _typed(id=str(draft.pk), then="save", dictionary_entry="T01", title="Judul lain yang panjang", version="1")
    assert client.post(address, sent).status_code == 302
    refused = client.post(NEW, _typed(then="save", dictionary_entry="T01"))
    assert refused.status_code == 400
    assert 'href="#id_dictionary_entry"' in refused.content.decode()


def test_the_piece_of_the_form_is_public_keeps_the_choice_and_has_a_sentence_where_nothing_fits(reader, cycle):
    address = f"/usulan/karya/?village={cast.VILLAGE}&plan_year=2028"
    page = reader("stranger").get(f"{address}&text=kampung gelap&chosen=J01").content.decode()
    assert page.count('name="dictionary_entry"') == 3
    assert 'value="J01" checked' in page
    assert "tidak ada pekerjaan" in reader("stranger").get(f"{address}&text=sapi").content.decode().lower()


@pytest.mark.parametrize(
    "query", ["", "?village=x&plan_year=y&text=becek", "?village=61.12.01.2001&plan_year=2077&text=becek", "?text=%00&chosen=%00"]
)
def test_a_question_without_a_place_breaks_nothing(reader, cycle, query):
    assert reader("stranger").get(f"/usulan/karya/{query}").status_code == 200


def test_asking_without_pause_is_slowed_down(reader, cycle, monkeypatch):
    from proposals.api.throttles import SuggestThrottle

    monkeypatch.setattr(SuggestThrottle, "THROTTLE_RATES", {"suggest": "1/min"})
    client = reader("stranger")
    assert [client.get("/usulan/karya/").status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"volume": 500, "amount": 400_000_000}, "sama dengan harga kamus"),
        ({"volume": 500, "amount": 480_000_000}, "20% di atas harga kamus"),
        ({"volume": 500, "amount": 300_000_000}, "25% di bawah harga kamus"),
        ({"volume": 500, "amount": 400_000_000, "unit": "m2"}, "tidak dapat dibandingkan"),
        ({"dictionary_entry": None}, "tidak ada di kamus"),
    ],
)
def test_everybody_sees_how_far_the_price_lies_from_the_dictionarys(reader, cycle, changes, sentence):
    proposal = make.proposal(of=cycle, **{"dictionary_entry": cycle.dictionary.get(code="J01"), **changes})
    page = reader("stranger").get(f"/usulan/{proposal.number}/").content.decode()
    assert sentence in page


def test_the_form_costs_the_same_however_long_the_dictionary(reader, cycle, django_assert_max_num_queries):
    for number in range(60):
        make.dictionary_entry(of=cycle, code=f"X{number}", name=f"Paving {number:02d}")
    client = reader("facilitator")
    with django_assert_max_num_queries(22):
        page = client.post(NEW, _typed(then="works")).content.decode()
    assert page.count('name="dictionary_entry"') < 10
