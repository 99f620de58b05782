"""Lists keep their order and their place whatever changes meanwhile; totals are right or say that they stop."""

import pytest
from django.test import Client

from proposals import lists
from proposals.filters import ProposalFilter
from proposals.lists import Listing, Total
from proposals.models import Proposal
from proposals.orders import ORDERINGS
from tests import cast, make

pytestmark = pytest.mark.django_db
LIST = "/api/v1/proposals/"


def walked(client: Client, **query: object) -> list[str]:
    """The numbers on all pages, first to last."""
    found, address, given = [], LIST, {"page_size": "3", **query}
    while address:
        answer = client.get(address, given).json()
        found += [row["number"] for row in answer["results"]]
        address, given = answer["next"], {}
    return found


def listing(**query: object) -> Listing:
    return Listing(ProposalFilter(query, queryset=Proposal.objects.public()).or_refuse())


@pytest.fixture
def some(people):
    """Ten with many equal keys."""
    return [make.proposal(title="Jembatan gantung" if n % 2 else "Jembatan", supports=n // 4, amount=1 + n // 3) for n in range(10)]


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("query", [{}, {"q": "jembatan"}, {"region": cast.HOME}, {"region": "61", "plan_year": "2028"}])
def test_pages_show_every_row_once_and_as_the_whole_list_does(client, some, ordering, query):
    pages = walked(client, ordering=ordering, **query)
    assert pages == [row.number for row in listing(ordering=ordering, **query).rows]
    assert len(set(pages)) == 10


@pytest.mark.parametrize("query", [{"ordering": "-changed"}, {"q": "jembatan"}, {"q": "jembatan", "ordering": "relevance"}])
def test_the_previous_page_is_the_one_that_one_came_from(client, some, query):
    first = client.get(LIST, {"page_size": "4", **query}).json()
    second = client.get(first["next"]).json()
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_rows_that_arrive_or_change_meanwhile_shift_nothing(client, some):
    first = client.get(LIST, {"page_size": "4", "q": "jembatan"}).json()
    make.proposal(title="Jembatan jembatan jembatan")
    Proposal.objects.filter(pk=some[0].pk).update(supports=99)
    rest, address = [], first["next"]
    while address:
        answer = client.get(address).json()
        rest += [row["id"] for row in answer["results"]]
        address = answer["next"]
    assert len(rest) == len(set(rest)) == 6
    assert not {row["id"] for row in first["results"]} & set(rest)


def test_a_cursor_of_one_order_is_refused_in_another_with_a_sentence(client, some):
    cursor = client.get(LIST, {"page_size": "4", "q": "jembatan"}).json()["next"].partition("cursor=")[2].partition("&")[0]
    answer = client.get(LIST, {"cursor": cursor, "ordering": "-supports"})
    assert answer.status_code == 400
    assert "cursor" in answer.json()["fields"]


@pytest.mark.parametrize("values", ["WzAsIjEiLCJ4IiwieSJd", "WzAsIm5hbiIsIm5hbiIsIm5hbiJd", "W10", "AAAA"])
def test_a_made_up_place_in_the_order_of_relevance_is_a_clear_refusal(client, some, values):
    assert client.get(LIST, {"q": "jembatan", "cursor": values}).status_code == 400


def test_counting_stops_at_its_bound_and_says_so(some, monkeypatch):
    monkeypatch.setattr(lists, "COUNTED_AT_MOST", 4)
    assert listing(q="jembatan").total == Total(4, is_exact=False)
    assert listing(q="gantung", waiting="1").total == Total(0)
    monkeypatch.setattr(lists, "COUNTED_AT_MOST", 10)
    assert listing(q="jembatan").total == Total(10)


def test_what_is_everywhere_is_listed_by_change_and_complete(client, some, monkeypatch):
    monkeypatch.setattr(lists, "SORTED_AT_MOST", 4)
    everywhere = listing(q="jembatan", region=cast.HOME)
    assert everywhere.ordering == "-changed"
    assert [row.number for row in everywhere.rows] == walked(client, q="jembatan", region=cast.HOME)
    assert len(everywhere.rows) == 10


def test_a_list_without_words_is_counted_only_where_somebody_asks(some, django_assert_num_queries):
    found = listing(region="")
    with django_assert_num_queries(1):
        assert len(found.rows) == 10


@pytest.mark.parametrize("code", ["61", cast.HOME, cast.SUBDISTRICT, cast.VILLAGE, ""])
def test_a_region_at_any_level_holds_what_lies_below_it_and_nothing_else(some, code):
    make.proposal(village=cast.FOREIGN_VILLAGE)
    make.proposal(village=cast.FAR_VILLAGE)
    expected = {row.pk for row in Proposal.objects.all() if row.village_id.startswith(code)}
    assert {row.pk for row in listing(region=code).rows} == expected == set(Proposal.objects.within(code).values_list("pk", flat=True))


def test_a_page_deep_down_is_asked_for_by_one_comparison_of_rows(some):
    from geo.api.pagination import beyond, keys_of

    rows = listing(ordering="-supports").rows
    condition = str(rows.filter(beyond(keys_of(rows), [1, some[0].pk], filled=True)).query)
    assert ") < (" in condition
    assert " OR " not in condition


@pytest.mark.parametrize("looked_at", [1, 4, 100])
@pytest.mark.parametrize(
    "query",
    [
        {"q": "gantung"},
        {"stage": ["village"], "sector": ["road"]},
        {"stage": ["village", "works"]},
        {"stage": ["village"], "ordering": "-amount"},
        {"q": "jembatan", "ordering": "supports"},
        {"q": "jembatan", "amount_min": "1"},
        {"amount_min": "2", "ordering": "-supports"},
        {"submitted_from": "2000-01-01", "submitted_to": "2099-12-31"},
        {"near": "109.5,-0.2,50000", "ordering": "-amount"},
    ],
)
def test_however_far_a_page_looks_along_its_order_it_shows_the_same(client, some, monkeypatch, looked_at, query):
    order = {"ordering": "-changed", **query}
    expected = [row.number for row in listing(**order).rows]
    monkeypatch.setattr(lists, "SORTED_AT_MOST", 2)
    monkeypatch.setattr(lists, "LOOKED_AT_MOST", looked_at)
    assert walked(client, **query) == expected
    assert len(expected) == len(set(expected)) >= 5
