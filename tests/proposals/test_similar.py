"""What looks alike, found on the real database: metres, words, years, channels, borders, and what is never suggested."""

import random
from math import cos, hypot, pi, radians, sin, sqrt

import pytest
from django.contrib.gis.geos import LineString, Point, Polygon

from accounts import clock
from proposals.models import Lineage, Proposal
from proposals.similar import alike
from proposals.similar import candidates as similar
from proposals.similar.alike import Facts, Kind, Work
from proposals.stages import Outcome, Stage
from proposals.words import Channel
from tests import cast, make

pytestmark = pytest.mark.django_db
#: WGS 84: metres in a degree of the meridian and of the equator, there.
NORTH_M, EAST_M = 110_574.3, 111_319.5


@pytest.fixture
def plan(people):
    return make.open_cycle()


@pytest.fixture
def road(plan):
    return make.dictionary_entry(of=plan, group="Jalan")


def at(east: float, north: float, *, near: tuple[float, float] = (109.41, -0.09)) -> Point:
    """A point so many metres east and north of another one near the equator."""
    return Point(round(near[0] + east / EAST_M, 6), round(near[1] + north / NORTH_M, 6), srid=4326)


def alike_to(proposal: Proposal) -> dict[str, similar.Candidate]:
    return {one.proposal.title: one for one in similar.candidates(similar.asked_of(proposal))}


def metres(one: Point, other: Point) -> float:
    """Radii of curvature of the ellipsoid at the middle latitude: right to a metre within a kilometre."""
    a, e2 = 6_378_137.0, 0.00669437999014
    middle = radians((one.y + other.y) / 2)
    bend = 1 - e2 * sin(middle) ** 2
    north = (other.y - one.y) * pi / 180 * a * (1 - e2) / bend**1.5
    east = (other.x - one.x) * pi / 180 * a * cos(middle) / sqrt(bend)
    return hypot(north, east)


@pytest.mark.parametrize(("east", "north"), [(120, 0), (0, 120), (-297, 400)])
def test_distances_are_metres_on_the_ground_near_the_equator(plan, road, east, north):
    make.proposal(of=plan, dictionary_entry=road, location=at(east, north))
    mine = make.proposal(of=plan, dictionary_entry=road, location=at(0, 0))
    assert similar.found(similar.asked_of(mine))[0].facts.distance_m == pytest.approx(hypot(east, north), abs=1)


def test_half_a_kilometre_away_is_another_place(plan, road):
    make.proposal(of=plan, dictionary_entry=road, location=at(301, 400))
    assert similar.found(similar.asked_of(make.proposal(of=plan, dictionary_entry=road, location=at(0, 0)))) == []


def test_a_neighbour_across_the_border_of_two_villages_is_found(plan, road):
    west, east = Point(109.41995, -0.09, srid=4326), Point(109.42025, -0.09, srid=4326)
    make.proposal(of=plan, village=cast.NEXT_VILLAGE, title="Drainase jalan batas", dictionary_entry=road, location=east)
    mine = make.proposal(of=plan, title="Perbaikan selokan perbatasan", dictionary_entry=road, location=west)
    candidate = alike_to(mine)["Drainase jalan batas"]
    assert candidate.facts == Facts(33, Work.SAME, candidate.facts.words, None, same_village=False)
    assert candidate.must_answer


def test_another_kabupatens_dictionary_names_the_same_work_by_its_name(plan, road):
    abroad = make.open_cycle(region=cast.ELSEWHERE)
    theirs = make.dictionary_entry(of=abroad, code="Z9", name=road.name)
    make.proposal(of=abroad, village=cast.FOREIGN_VILLAGE, title="Rabat beton tepi kota", dictionary_entry=theirs, location=at(30, 0))
    mine = make.proposal(of=plan, dictionary_entry=road, location=at(0, 0))
    assert alike_to(mine)["Rabat beton tepi kota"].must_answer


def test_words_are_compared_by_their_stems(people, plan):
    make.proposal(of=plan, title="Perbaikan jalan-jalan", sector="road", location=at(100, 0))
    make.proposal(of=plan, title="Pembangunan posyandu", sector="health", location=at(100, 0))
    mine = make.proposal(of=plan, title="Pembangunan jalan", sector="road", location=at(0, 0))
    found = alike_to(mine)
    assert list(found) == ["Perbaikan jalan-jalan"]
    assert found["Perbaikan jalan-jalan"].facts.words == 1000


def test_a_typing_error_is_forgiven(plan):
    make.proposal(of=plan, title="Rehabilitasi jembatan Parit Naim", location=at(200, 0))
    mine = make.proposal(of=plan, title="Perbaikan jembatn parit naim", location=at(0, 0))
    assert "Rehabilitasi jembatan Parit Naim" in alike_to(mine)


def test_unrelated_works_at_the_same_place_are_not_suggested(plan, road):
    water = make.dictionary_entry(of=plan, code="A01", name="Sumur bor", sector="water")
    for title, fields in {
        "Sumur bor umum Dusun Karya": {"dictionary_entry": water, "sector": "water"},
        "Pelatihan kader posyandu": {"sector": "health"},
    }.items():
        make.proposal(of=plan, title=title, location=at(0, 0), **fields)
    assert alike_to(make.proposal(of=plan, title="Rabat beton Dusun Karya", dictionary_entry=road, location=at(0, 0))) == {}


def test_other_years_and_funded_works_are_shown_but_only_the_same_year_must_be_answered(plan, road):
    earlier = make.open_cycle(plan_year=2027)
    entry = make.dictionary_entry(of=earlier, group="Jalan")
    make.proposal(
        of=earlier,
        title="Rabat beton tahun lalu",
        dictionary_entry=entry,
        location=at(10, 0),
        stage=Stage.WORKS,
        outcome=Outcome.FUNDED,
    )
    make.proposal(of=plan, title="Rabat beton pokir", dictionary_entry=road, location=at(10, 0), channel=Channel.COUNCIL)
    found = alike_to(make.proposal(of=plan, dictionary_entry=road, location=at(0, 0)))
    assert [found[title].must_answer for title in ("Rabat beton tahun lalu", "Rabat beton pokir")] == [False, True]
    assert next(iter(found)) == "Rabat beton pokir", "what must be answered comes first"


def test_what_has_no_place_is_compared_within_its_village_only(plan, road):
    make.proposal(of=plan, title="Rabat beton jalan desa Kapur", dictionary_entry=road, location=None, channel=Channel.AGENCY)
    make.proposal(of=plan, village=cast.NEXT_VILLAGE, title="Rabat beton jalan desa Arang", dictionary_entry=road, location=None)
    found = alike_to(make.proposal(of=plan, title="Rabat beton jalan desa", dictionary_entry=road, location=at(0, 0)))
    assert list(found) == ["Rabat beton jalan desa Kapur"]
    assert found["Rabat beton jalan desa Kapur"].facts.distance_m is None


def _line(*metres_east: float, north: float = 0) -> LineString:
    return LineString([at(east, north).coords for east in metres_east], srid=4326)


def test_lines_are_compared_by_the_length_that_they_share(plan, road):
    for title, shape in {
        "Ruas yang sama": _line(500, 1000, north=10),
        "Ruas berikutnya": _line(1000, 2000),
        "Jalan memotong": LineString([at(500, -400).coords, at(500, 400).coords], srid=4326),
    }.items():
        make.proposal(of=plan, title=title, dictionary_entry=road, shape=shape, location=Point(shape.coords[0], srid=4326))
    mine = make.proposal(of=plan, title="Rabat beton", dictionary_entry=road, shape=_line(0, 1000), location=at(0, 0))
    facts = {one.proposal.title: one.facts for one in similar.candidates(similar.asked_of(mine))}
    assert facts["Ruas yang sama"].overlap == 1000, "a line within another counts whole"
    assert facts["Ruas yang sama"].distance_m == 10
    assert facts["Ruas berikutnya"].overlap == pytest.approx(50, abs=2), "the next part of a road is no duplicate"
    assert facts["Jalan memotong"].overlap == pytest.approx(125, abs=4), "nor is one that crosses it"


def test_areas_are_compared_by_the_ground_that_they_share(plan, road):
    def square(east: float) -> Polygon:
        return Polygon([at(x, y).coords for x, y in ((east, 0), (east + 100, 0), (east + 100, 100), (east, 100), (east, 0))], srid=4326)

    make.proposal(of=plan, title="Lapangan lama", dictionary_entry=road, shape=square(50), location=at(50, 0))
    mine = make.proposal(of=plan, title="Lapangan", dictionary_entry=road, shape=square(0), location=at(0, 0))
    assert alike_to(mine)["Lapangan lama"].facts.overlap == pytest.approx(500, abs=3)


def test_a_long_line_is_found_where_it_passes_not_only_where_it_begins(plan, road):
    make.proposal(of=plan, title="Jalan poros", dictionary_entry=road, shape=_line(-3000, 3000, north=30), location=at(-3000, 30))
    candidate = alike_to(make.proposal(of=plan, dictionary_entry=road, location=at(0, 0)))["Jalan poros"]
    assert candidate.facts.distance_m == 30


def test_drafts_of_others_are_never_suggested(plan, road):
    make.proposal(of=plan, title="Draf orang lain di sini", dictionary_entry=road, stage=Stage.DRAFT, location=at(0, 0))
    assert alike_to(make.proposal(of=plan, dictionary_entry=road, location=at(0, 0))) == {}


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.MERGED])
def test_what_was_taken_back_or_merged_is_not_suggested(plan, road, outcome):
    far = make.proposal(of=plan, title="Yang dituju", location=at(5000, 0))
    target = {"merged_into": far} if outcome is Outcome.MERGED else {}
    make.proposal(of=plan, title="Yang sudah selesai", dictionary_entry=road, outcome=outcome, location=at(0, 0), **target)
    assert alike_to(make.proposal(of=plan, dictionary_entry=road, location=at(0, 0))) == {}


def _descends(people, parent: Proposal, child: Proposal, kind: str) -> None:
    Lineage.objects.create(parent=parent, child=child, kind=kind, by=people.planner, at=clock.now())


def test_a_proposals_own_family_is_no_duplicate(people, plan, road):
    earlier = make.open_cycle(plan_year=2027)
    entry = make.dictionary_entry(of=earlier)
    parent = make.proposal(of=earlier, title="Tahun lalu", dictionary_entry=entry, outcome=Outcome.NOT_FUNDED, stage=Stage.BUDGET, location=at(0, 0))
    mine = make.proposal(of=plan, title="Dibawa ke tahun ini", dictionary_entry=road, location=at(0, 0))
    sister = make.proposal(of=plan, title="Bagian lain", dictionary_entry=road, location=at(0, 0))
    assert {"Tahun lalu", "Bagian lain"} <= set(alike_to(mine))
    _descends(people, parent, mine, Lineage.Kind.CARRIED_OVER)
    _descends(people, parent, sister, Lineage.Kind.SPLIT)
    assert alike_to(mine) == {}


def test_what_is_being_typed_is_compared_before_it_is_saved(plan, road):
    make.proposal(of=plan, title="Rabat beton gang Mawar", dictionary_entry=road, location=at(20, 0))
    asked = similar.asked_by_typing(village=cast.VILLAGE, plan_year=2028, title="Rabat beton", place=at(0, 0), entry=road.code)
    assert [one.facts.distance_m for one in similar.candidates(asked)] == [20]


def test_the_search_takes_the_same_queries_for_many_as_for_one(plan, road, django_assert_num_queries):
    mine = make.proposal(of=plan, dictionary_entry=road, location=at(0, 0))
    mine = Proposal.objects.select_related("cycle", "dictionary_entry").get(pk=mine.pk)
    for count in (1, 30):
        make.proposals(count, of=plan, dictionary_entry=road, location=at(5, 5))
        with django_assert_num_queries(4):  # compared, family, judgements, rows
            found = similar.candidates(similar.asked_of(mine))
        assert len(found) == min(count, similar.MOST)


def _slow(mine: Proposal, others: list[Proposal]) -> set[object]:
    """Every other proposal, one by one, by the plain formulas. Points only."""
    found = set()
    for other in others:
        away = metres(mine.location, other.location)
        kinds = [Kind(one.sector, "61.12", entry.code, entry.name, entry.group) for one in (mine, other) if (entry := one.dictionary_entry)]
        stems = [one.title.lower().split() for one in (mine, other)]
        facts = Facts(round(away), alike.work_between(*kinds), alike.shared_words(*stems))
        if away < alike.REACH_M and alike.points(facts, radius_m=50) >= alike.SHOWN:
            found.add(other.pk)
    return found


def test_the_index_finds_what_a_walk_over_everything_finds(plan, road):
    dice = random.Random(7)  # noqa: S311 - the same crowd each time
    bridge = make.dictionary_entry(of=plan, code="J02", name="Jembatan", group="Jalan")
    crowd = [
        make.proposal(
            of=plan, title="Titian", dictionary_entry=dice.choice([road, bridge]), location=at(dice.uniform(-900, 900), dice.uniform(-900, 900))
        )
        for _ in range(60)
    ]
    for mine in crowd[:12]:
        expected = _slow(mine, [other for other in crowd if other.pk != mine.pk])
        assert {one.key for one in similar.found(similar.asked_of(mine))} == expected
        assert len(expected) > 1
