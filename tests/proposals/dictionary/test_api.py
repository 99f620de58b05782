"""Programs read the dictionary by cursor and ask what words mean; bad questions get a sentence."""

import pytest
from rest_framework.test import APIClient

from proposals.models import DictionaryEntry
from tests import cast, make

LIST, SUGGEST = "/api/v1/dictionary/", "/api/v1/dictionary/suggestions/"


@pytest.fixture
def cycle(people):
    made = make.cycle()
    for number in range(25):
        make.dictionary_entry(of=made, code=f"P{number:02d}", name=f"Paving jalan lebar {number:02d} m", agency=people.works_agency)
    make.dictionary_entry(of=made, code="L1", name="Lampu jalan", sector="energy")
    return made


def test_every_work_is_read_once_by_cursor_and_locked_ones_are_left_out(cycle):
    DictionaryEntry.objects.filter(code="P03").update(is_locked=True)
    client, seen, address = APIClient(), [], f"{LIST}?region={cast.VILLAGE}&plan_year=2028"
    while address:
        answer = client.get(address).json()
        seen += [row["code"] for row in answer["results"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == 25
    assert "P03" not in seen


def test_words_and_sector_narrow_the_list_and_the_newest_year_is_meant_where_none_is_named(cycle):
    make.dictionary_entry(of=make.cycle(plan_year=2029), code="N1", name="Lampu tahun depan", sector="energy")
    client = APIClient()
    assert [row["code"] for row in client.get(f"{LIST}?region={cast.HOME}&q=lampu").json()["results"]] == ["N1"]
    assert [row["code"] for row in client.get(f"{LIST}?region={cast.HOME}&plan_year=2028&sector=energy").json()["results"]] == ["L1"]


def test_suggestions_tell_which_words_found_them(cycle):
    first = APIClient().get(f"{SUGGEST}?region={cast.HOME}&text=kampung gelap").json()["results"][0]
    assert (first["entry"]["code"], first["said"], first["meant"]) == ("L1", "gelap", "lampu jalan")


@pytest.mark.parametrize("address", [LIST, SUGGEST])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("region=x", 400),
        ("region=61", 400),
        ("region=61.12&plan_year=abc", 400),
        ("region=61.12&plan_year=2077", 404),
        ("region=99.99", 404),
    ],
)
def test_a_question_nobody_can_answer_gets_a_sentence(cycle, address, query, status):
    answer = APIClient().get(f"{address}?{query}")
    assert (answer.status_code, bool(answer.json()["message"])) == (status, True)


@pytest.mark.parametrize("query", ["q=%00", "cursor=x", "sector=moon", "page_size=0", f"q={'x' * 5000}"])
def test_hostile_questions_break_nothing(cycle, query):
    assert APIClient().get(f"{LIST}?region={cast.HOME}&{query}").status_code in (200, 400)


def test_a_page_costs_the_same_however_long_the_list(cycle, django_assert_num_queries):
    with django_assert_num_queries(2):
        APIClient().get(f"{LIST}?region={cast.HOME}")
    with django_assert_num_queries(4):
        APIClient().get(f"{SUGGEST}?region={cast.HOME}&text=jalan becek dan gelap")


def test_asking_without_pause_is_slowed_down(cycle, settings, monkeypatch):
    from proposals.api.throttles import SuggestThrottle

    monkeypatch.setattr(SuggestThrottle, "THROTTLE_RATES", {"suggest": "2/min"})
    client = APIClient()
    answers = [client.get(f"{SUGGEST}?region={cast.HOME}&text=gelap").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
