"""Tiles of works: each work is counted in its regions and stands once in the street; narrowing them is the list's own."""

from datetime import timedelta

import pytest

from accounts import clock
from budgeting.models import Progress
from geo.models import Region
from tests import cast
from tests.budgeting.works.conftest import a_work
from tests.proposals.map.test_map import tile_of

pytestmark = pytest.mark.django_db


def at(zoom, code=""):
    """The tile that holds the region's anchor, or the place of the works."""
    point = Region.objects.get(pk=code).anchor if code else cast.point_in(cast.VILLAGE)
    return "/".join(map(str, tile_of(point, zoom)))


def told(client, zoom, query="", status=200, code=""):
    answer = client.get(f"/api/v1/works/map/{at(zoom, code)}.json?{query}")
    assert answer.status_code == status, answer.content
    return answer.json()


def regions(answer):
    return {one["code"]: one for one in answer["features"] + answer["unplaced"] if one["kind"] == "region"}


def test_a_region_counts_its_works_and_all_below_it_by_state(client, people, road):
    a_work(people, realisation="confirmed")
    a_work(people, realisation="disputed", region_id=cast.NEXT_VILLAGE)
    for zoom, code, count in ((5, "61", 3), (7, cast.HOME, 3), (9, cast.SUBDISTRICT, 3), (11, cast.VILLAGE, 2)):
        here = regions(told(client, zoom, code=code))[code]
        assert (here["count"], here["confirmed"]) == (count, 1), code


def test_the_street_tells_state_per_cent_day_and_who_reported(client, people, road):
    day = clock.today() - timedelta(days=3)
    for share, back in ((30, 3), (20, 9)):
        said = {"as_of": clock.today() - timedelta(days=back), "physical_percent": share, "paid": 0, "reported_role": "agency_officer"}
        Progress.objects.create(work=road, reported_by=people.agency_officer, reported_at=clock.now(), **said)
    late = a_work(people, planned_end=clock.today() - timedelta(days=4), amount=900_000_000)
    a_work(people, location=None)
    answer = told(client, 14)
    singles = {one["id"]: one for one in answer["features"] if one["kind"] == "work"}
    assert list(singles) == [str(late.pk), str(road.pk)], "the largest first"
    assert singles[str(road.pk)]["reported_on"] == day.isoformat()
    assert singles[str(road.pk)]["reported_by"] == people.agency_officer.display_name
    assert (singles[str(late.pk)]["late"], singles[str(late.pk)]["reported_on"]) == (4, None)
    assert all(one["code"] == cast.VILLAGE and one["count"] == 1 for one in answer["features"] if one["kind"] == "region"), (
        "without a place: at its village"
    )


def test_filters_are_those_of_the_list_and_wrong_ones_are_refused(client, people, road):
    a_work(people, sector="water", plan_year=road.plan_year + 1, realisation="confirmed")
    for query, count in (("sector=water", 1), (f"plan_year={road.plan_year}", 1), ("state=not_started", 1), ("late=1", 0), ("silent=1", 0)):
        assert regions(told(client, 7, query, code=cast.HOME)).get(cast.HOME, {"count": 0})["count"] == count, query
    assert cast.HOME not in regions(told(client, 7, f"region={cast.ELSEWHERE}", code=cast.HOME))
    for query in ("sector=kapal", "plan_year=satu", "region=satu", "state=semua"):
        assert told(client, 7, query, status=400)["fields"], query
    assert client.get("/api/v1/works/map/3/9/9.json").status_code == 404


def test_an_unchanged_tile_is_not_sent_again_and_a_tile_costs_two_queries(client, people, road, django_assert_num_queries):
    first = client.get(f"/api/v1/works/map/{at(14)}.json")
    with django_assert_num_queries(2):
        again = client.get(f"/api/v1/works/map/{at(14)}.json", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    a_work(people)
    with django_assert_num_queries(1):
        client.get(f"/api/v1/works/map/{at(9)}.json")
    assert client.get(f"/api/v1/works/map/{at(14)}.json", headers={"if-none-match": first["ETag"]}).status_code == 200
