"""Searches that people keep: their own, once, under a name of their own, with what is new."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.refusals import Conflict, Invalid, Missing, Refusal
from proposals.models import SavedSearch
from proposals.services import searches
from proposals.stages import Stage
from tests import cast, make

pytestmark = pytest.mark.django_db
QUERY = f"stage=village&q=drainase&region={cast.HOME}&cursor=abc&tampilan=tabel&sector="


def kept(user, name="Drainase", query=QUERY):
    return searches.save_search(actor=user, name=name, query=query)


def test_the_same_search_in_another_order_is_kept_once_and_takes_the_new_name(people):
    first = kept(people.planner)
    again = kept(people.planner, "Saluran", f"region={cast.HOME}&stage=village&stage=village&q=drainase")
    assert (again.pk, again.name, again.query) == (first.pk, "Saluran", f"q=drainase&region={cast.HOME}&stage=village")


def test_two_people_may_use_one_name_but_one_person_only_once(people):
    kept(people.planner)
    kept(people.resident)
    with pytest.raises(Conflict):
        kept(people.planner, "DRAINASE", "q=jalan")
    other = kept(people.planner, "Jalan", "q=jalan")
    with pytest.raises(Conflict):
        searches.rename_search(actor=people.planner, search_id=other.pk, name=" drainase ")


@pytest.mark.parametrize(
    ("name", "query", "field"),
    [
        ("", QUERY, "name"),
        ("x" * 61, QUERY, "name"),
        ("Semua", "", "query"),
        ("Semua", "ordering=-supports&cursor=x", "query"),
        ("Salah", "region=99.99", "region"),
    ],
)
def test_what_cannot_be_kept_is_an_error_of_its_field(people, name, query, field):
    with pytest.raises(Invalid) as refusal:
        kept(people.planner, name, query)
    assert set(refusal.value.fields or {}) == {field}


def test_only_so_many_are_kept(people, monkeypatch):
    monkeypatch.setattr(searches, "SAVED_AT_MOST", 2)
    kept(people.planner, "1", "q=satu")
    kept(people.planner, "2", "q=dua")
    with pytest.raises(Conflict):
        kept(people.planner, "3", "q=tiga")
    assert kept(people.planner, "dua", "q=dua").name == "dua"


def test_nobody_reaches_the_searches_of_another(people):
    own = kept(people.planner)
    for verb, fields in ((searches.rename_search, {"name": "x"}), (searches.delete_search, {}), (searches.open_search, {})):
        with pytest.raises(Missing):
            verb(actor=people.second_planner, search_id=own.pk, **fields)
        with pytest.raises(Refusal) as refusal:
            verb(actor=people.stranger, search_id=own.pk, **fields)
        assert refusal.value.status == 401
    assert SavedSearch.objects.get() == own


def test_new_is_what_was_sent_in_since_one_looked(people):
    make.proposal(title="Drainase lama")
    search = kept(people.planner)
    assert searches.new_in([search]) == {search.pk: 0}
    make.proposal(title="Drainase baru", submitted_at=clock.now())
    make.proposal(title="Jalan baru", submitted_at=clock.now())
    make.proposal(title="Drainase draf", stage=Stage.DRAFT, amount=None)
    assert searches.new_in([search]) == {search.pk: 1}
    assert searches.new_in([searches.open_search(actor=people.planner, search_id=search.pk)]) == {search.pk: 0}


@pytest.mark.parametrize("days", [0, 1, 30, 31, 32, 45, 400])
def test_days_and_months_since_one_looked_lose_nothing(people, days):
    search = kept(people.planner)
    SavedSearch.objects.filter(pk=search.pk).update(seen_at=clock.now() - timedelta(days=days, minutes=5))
    make.proposal(title="Drainase", submitted_at=clock.now() - timedelta(days=days, minutes=4))
    make.proposal(title="Drainase", submitted_at=clock.now() - timedelta(days=days, minutes=6))
    search.refresh_from_db()
    assert searches.new_in([search]) == {search.pk: 1}


def test_what_the_index_cannot_answer_has_no_figure(people):
    assert searches.new_in([kept(people.planner, "Besar", "amount_min=1000")]) == {}


def test_all_figures_take_one_query(people, django_assert_num_queries):
    own = [kept(people.planner, str(number), f"q=kata{number}") for number in range(5)]
    with django_assert_num_queries(1):
        searches.new_in(own)


def test_a_program_keeps_lists_renames_and_forgets(people, client):
    client.force_login(people.planner, "django.contrib.auth.backends.ModelBackend")
    made = client.post("/api/v1/searches/", {"name": "Drainase", "query": QUERY}, "application/json")
    address = f"/api/v1/searches/{made.json()['id']}/"
    assert (made.status_code, made.json()["query"]) == (201, f"q=drainase&region={cast.HOME}&stage=village")
    assert client.patch(address, {"name": "Parit"}, "application/json").json()["name"] == "Parit"
    assert client.patch(address, {"seen": True}, "application/json").status_code == 200
    assert [row["new"] for row in client.get("/api/v1/searches/").json()] == [0]
    assert client.post("/api/v1/searches/", {"name": ["x"], "query": 5}, "application/json").status_code == 400
    assert client.delete(address).status_code == 204
    assert client.get("/api/v1/searches/").json() == []
    client.logout()
    assert client.get("/api/v1/searches/").status_code == 401
