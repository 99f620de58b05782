"""What the map shows: bubbles that count exactly, single proposals in the street, and nothing that disappears."""

import json
import math
from collections.abc import Callable

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from accounts.refusals import Invalid
from geo.codes import Level
from geo.models import Region
from proposals import map as proposals_map
from proposals import streets, tallies
from proposals.filters import ProposalFilter
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from proposals.words import Sector
from tests import cast, make

pytestmark = pytest.mark.usefixtures("author")


def filters(**query: object) -> ProposalFilter:
    return ProposalFilter(query, queryset=Proposal.objects.public())


def tile_of(point: Point, z: int) -> tuple[int, int, int]:
    north = math.log(math.tan(math.radians(point.y)) + 1 / math.cos(math.radians(point.y)))
    return z, int((point.x + 180) / 360 * 2**z), int((1 - north / math.pi) / 2 * 2**z)


def tile(village: str, z: int, **query: object) -> proposals_map.MapAnswer:
    return look(*tile_of(cast.point_in(village), z), filters(**query))


def look(z: int, x: int, y: int, asked: ProposalFilter) -> proposals_map.MapAnswer:
    return proposals_map.features_in(proposals_map.tile_of(z, x, y, asked), asked)


def counted(answer: proposals_map.MapAnswer) -> dict[str, int]:
    return {feature["code"]: feature["count"] for feature in answer.features}


@pytest.mark.parametrize(("zoom", "level"), [(4, "province"), (7, "district"), (9, "subdistrict"), (11, "village"), (16, "proposal")])
def test_each_zoom_shows_its_level(zoom: int, level: str) -> None:
    assert tile(cast.VILLAGE, zoom).level == level


def test_a_bubble_counts_its_region_with_and_without_folding() -> None:
    make.proposals(3, amount=5)
    make.proposal(village=cast.FAR_VILLAGE, stage=Stage.WORKS, outcome=Outcome.FUNDED, amount=100)
    make.proposal(stage=Stage.DRAFT)
    for fold in (lambda: None, tallies.fold):
        fold()
        [bubble] = tile(cast.VILLAGE, 5).features
        assert (bubble["code"], bubble["count"], bubble["amount"], bubble["funded"], bubble["funded_amount"]) == ("61", 4, 115, 1, 100)


def test_filters_the_tallies_know_and_filters_they_do_not_agree() -> None:
    make.proposals(2, sector=Sector.WATER, title="Sumur bor")
    make.proposals(3, sector=Sector.ROAD)
    whole = "109,-1,110,1"
    by_tally, by_rows = (proposals_map.overview(cast.SUBDISTRICT, None, filters(sector=["water"], **more)) for more in ({}, {"bbox": whole}))
    assert by_tally.features == by_rows.features
    assert counted(proposals_map.overview(cast.SUBDISTRICT, None, filters(q="sumur")))[cast.VILLAGE] == 2


def test_every_proposal_is_in_exactly_one_tile_of_a_level() -> None:
    for village in cast.CORNERS:
        make.proposal(village=village)
    z, x, y = tile_of(cast.point_in(cast.VILLAGE), 11)
    around = [look(z, x + right, y + down, filters()) for right in range(-2, 4) for down in range(-2, 3)]
    codes = [feature["code"] for answer in around for feature in answer.features]
    assert sorted(codes) == sorted(cast.CORNERS)


def test_a_region_filter_narrows_what_is_drawn_and_a_village_is_drawn_however_far_one_looks() -> None:
    make.proposal()
    make.proposal(village=cast.FOREIGN_VILLAGE)
    assert counted(tile(cast.VILLAGE, 7, region=cast.HOME)) == {cast.HOME: 1}
    assert counted(tile(cast.VILLAGE, 5, region=cast.VILLAGE)) == {cast.VILLAGE: 1}


def test_regions_without_a_place_are_listed_beside_the_map() -> None:
    Region.objects.filter(pk=cast.UNDRAWN_VILLAGE).update(anchor=None)
    make.proposal(village=cast.UNDRAWN_VILLAGE)
    answer = look(*tile_of(Region.objects.get(pk=cast.SUBDISTRICT).anchor, 11), filters())
    assert [(feature["code"], feature["count"]) for feature in answer.unplaced] == [(cast.UNDRAWN_VILLAGE, 1)]
    whole = proposals_map.overview(cast.SUBDISTRICT, None, filters())
    assert [feature["code"] for feature in whole.unplaced] == [cast.UNDRAWN_VILLAGE]
    assert len(whole.features) == 3


def test_streets_show_single_proposals_and_those_without_a_point_at_their_village(django_assert_num_queries: Callable[..., object]) -> None:
    placed = make.proposal()
    make.proposals(2, location=None)
    with django_assert_num_queries(2):
        answer = tile(cast.VILLAGE, 15)
    single, village = answer.features
    assert (single["kind"], single["id"], single["village"], single["lon"]) == ("proposal", str(placed.pk), cast.VILLAGE, 109.41)
    assert (village["kind"], village["code"], village["count"]) == ("region", cast.VILLAGE, 2)


def test_a_crowded_street_says_how_many_more_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streets, "PROPOSALS_PER_TILE", 3)
    make.proposals(5)
    answer = tile(cast.VILLAGE, 15)
    assert (len(answer.features), answer.more) == (3, 2)


def test_an_overview_shows_children_without_proposals_too(django_assert_num_queries: Callable[..., object]) -> None:
    make.proposals(2)
    with django_assert_num_queries(2):
        answer = proposals_map.overview(cast.HOME, Level.SUBDISTRICT, filters())
    assert counted(answer) == {cast.SUBDISTRICT: 2, cast.OTHER_SUBDISTRICT: 0}


def test_an_unchanged_tile_is_answered_304_without_asking_the_proposals(client: Client, django_assert_num_queries: Callable[..., object]) -> None:
    made = make.proposal()
    address = "/api/v1/map/{}/{}/{}.json".format(*tile_of(cast.point_in(cast.VILLAGE), 11))
    first = client.get(address, {"sector": "road"})
    assert first.headers["Cache-Control"] == "public, max-age=4"
    with django_assert_num_queries(1) as asked:
        again = client.get(address, {"sector": "road"}, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not any("proposals_proposal" in query["sql"] for query in asked.captured_queries)  # type: ignore[attr-defined]
    Proposal.objects.filter(pk=made.pk).update(amount=1)
    changed = client.get(address, {"sector": "road"}, headers={"if-none-match": first.headers["ETag"]})
    assert (changed.status_code, changed.json()["features"][0]["amount"]) == (200, 1)


def test_a_corrected_title_changes_the_street_tile(client: Client) -> None:
    made = make.proposal()
    address = "/api/v1/map/{}/{}/{}.json".format(*tile_of(cast.point_in(cast.VILLAGE), 16))
    etag = client.get(address).headers["ETag"]
    Proposal.objects.filter(pk=made.pk).update(title="Judul yang sudah diperbaiki")
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


def test_the_answer_has_the_contracts_names_and_no_cookie_divides_it(client: Client) -> None:
    make.proposal()
    response = client.get("/api/v1/map/3/6/3.json")
    body = json.loads(response.content)
    assert {"as_of", "level", "features"} <= set(body)
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", ["3/8/0", "3/0/8", "23/0/0", "99999999999/0/0", "3/-1/0", "3/x/0"])
def test_a_tile_that_does_not_exist_is_404(client: Client, address: str) -> None:
    assert client.get(f"/api/v1/map/{address}.json").status_code == 404


def test_a_wrong_filter_is_400_and_names_its_field(client: Client) -> None:
    response = client.get("/api/v1/map/3/6/3.json", {"region": "77.77.77", "bbox": "rubbish"})
    assert (response.status_code, set(response.json()["fields"])) == (400, {"region", "bbox"})
    with pytest.raises(Invalid):
        proposals_map.overview("", None, filters(sector=["gold"]))
