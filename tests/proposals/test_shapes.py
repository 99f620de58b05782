"""Lines and areas: every bad one is refused with a sentence, before anything is written; every good one is measured."""

import json
import math
from contextlib import suppress
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from django.contrib.gis.geos import Point
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import AuditEntry
from accounts.refusals import Invalid
from proposals import measured, services
from proposals.models import Proposal
from proposals.services import crossings, shape_texts, shapes
from proposals.services.entries import Unreadable
from proposals.services.place import Swapped
from tests import cast, make
from tests.proposals import told

#: A road through the middle of Kapur: 890.56 m on the ellipsoid (PostGIS).
ROAD = [[109.406, -0.09], [109.41, -0.09], [109.41, -0.086]]
FIELD = [[109.406, -0.09], [109.41, -0.09], [109.41, -0.086], [109.406, -0.086], [109.406, -0.09]]


def line(*positions):
    return {"type": "LineString", "coordinates": list(positions)}


def area(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.fixture
def writer(people):
    make.cycle()
    return people.facilitator


def _drawn(writer, shape, **fields):
    return told.draft(writer, **{"location": None, "location_source": ..., "location_accuracy_m": ..., "shape": shape, **fields})


def _refused(writer, shape, **fields):
    with translation.override("en"), pytest.raises(Invalid) as refusal:
        _drawn(writer, shape, **fields)
    assert not Proposal.objects.exists()
    assert not AuditEntry.objects.exists()
    return refusal.value.fields


def test_a_line_is_kept_with_its_length_and_brings_the_point_in_its_middle(writer):
    draft = _drawn(writer, line(*ROAD))
    draft.refresh_from_db()
    assert draft.shape.geom_type == "LineString"
    assert abs(draft.shape_measure - Decimal("887.56")) < 1
    assert draft.shape.distance(draft.location) < 1e-6
    assert draft.location_source == "map"


def test_an_area_is_kept_with_its_square_metres_and_a_point_inside(writer):
    draft = _drawn(writer, area(FIELD), volume="19,7", unit="Hektar")
    draft.refresh_from_db()
    assert draft.unit == "ha"
    assert draft.shape.contains(draft.location)
    found = measured.measured_of(draft)
    assert (found.unit, found.is_beyond) == ("m2", False)
    assert abs(found.in_unit - Decimal("19.69")) < Decimal("0.1")


WRONG = {
    "one vertex": (line(ROAD[0]), "at least 2"),
    "twice the same vertex": (line(ROAD[0], ROAD[0]), "at least 2"),
    "no vertex": (line(), "at least 2"),
    "a tenth of a metre": (line([109.41, -0.09], [109.410001, -0.09]), "too short"),
    "a hundred thousand vertices": (line(*[[109.4 + n * 1e-7, -0.09] for n in range(100_000)]), "100000 points"),
    "no number": (line([math.nan, -0.09], ROAD[1]), "Point 1"),
    "infinite": (line(ROAD[0], [math.inf, -0.09]), "Point 2"),
    "text": (line(ROAD[0], ["timur", "selatan"]), "Point 2"),
    "a huge number": (line(ROAD[0], [10**400, 0]), "Point 2"),
    "null island": (line([0, 0], ROAD[1]), "0, 0"),
    "all of it at null island": (line([0, 0], [0, 0]), "0, 0"),
    "across the antimeridian": (line([179.9, -0.09], [-179.9, -0.09]), "not in Indonesia"),
    "in Paris": (line([2.35, 48.85], [2.36, 48.85]), "not in Indonesia"),
    "beyond the Earth": (line([400, 95], ROAD[1]), "not in Indonesia"),
    "one point swapped": (line(ROAD[0], [-0.09, 109.41]), "point 2 are swapped"),
    "four numbers": (line([109.41, -0.09, 1, 2], ROAD[1]), "Point 1"),
    "crossing itself": (line([109.402, -0.09], [109.41, -0.09], [109.41, -0.088], [109.406, -0.092]), "crosses itself near -0.09000, 109.40800"),
    "there and back": (line(ROAD[0], ROAD[1], ROAD[0]), "crosses itself"),
    "an unclosed ring": (area(FIELD[:-1]), "not closed"),
    "two corners": (area([FIELD[0], FIELD[1], FIELD[0]]), "at least 3"),
    "a bow tie": (area([FIELD[0], FIELD[2], FIELD[1], FIELD[3], FIELD[0]]), "crosses itself"),
    "a hole": (area(FIELD, [[109.407, -0.089], [109.408, -0.089], [109.408, -0.088], [109.407, -0.089]]), "hole"),
    "several areas": ({"type": "MultiPolygon", "coordinates": [[FIELD], [FIELD]]}, "Several separate"),
    "lines far apart": ({"type": "MultiLineString", "coordinates": [ROAD[:2], [[109.41, -0.082], [109.411, -0.082]]]}, "gap of"),
    "in the next kabupaten": (line([109.455, -0.09], [109.47, -0.09]), "Point 2 of what you drew is outside Kubu Raya"),
    "in the open sea": (line([108.0, -0.09], [108.1, -0.09]), "Point 1 of what you drew is outside"),
    "a point": ({"type": "Point", "coordinates": ROAD[0]}, "position"),
    "a collection": ({"type": "GeometryCollection", "geometries": []}, "LineString or Polygon"),
    "several features": ({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": line(*ROAD)}] * 2}, "several features"),
    "an empty feature": ({"type": "Feature", "geometry": None}, "LineString or Polygon"),
    "coordinates that are a text": ({"type": "LineString", "coordinates": "109 0"}, "LineString or Polygon"),
    "deeper than a line": (line([[109.4, -0.09]], [[109.41, -0.09]]), "Point 1"),
    "a number": (7, "LineString or Polygon"),
    "a list": (ROAD, "LineString or Polygon"),
    "an empty object": ({}, "LineString or Polygon"),
    "a type that is a list": ({"type": ["LineString"], "coordinates": ROAD}, "LineString or Polygon"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_shape_that_cannot_be_is_refused_with_the_reason_and_nothing_is_kept(writer, name):
    shape, words = WRONG[name]
    fields = _refused(writer, shape)
    assert set(fields) == {"shape"}
    assert words in " ".join(fields["shape"])


def test_swapped_latitude_and_longitude_come_back_the_right_way_round(writer):
    fields = _refused(writer, line(*[[lat, lon] for lon, lat in ROAD]))
    assert "latitude -0.09, longitude 109.406" in fields["shape"][0]
    with translation.override("en"), pytest.raises(Invalid) as refusal:
        told.draft(writer, location={"type": "Point", "coordinates": [-0.09, 109.41]})
    assert "latitude -0.09, longitude 109.41" in refusal.value.fields["location"][0]
    with pytest.raises(Swapped) as swapped:
        shapes.read_shape(line([-0.09, 109.406], [-0.086, 109.41]))
    assert shapes.read_shape(line(*map(list, swapped.value.turned))).coords == ((109.406, -0.09), (109.41, -0.086))


def test_heights_are_left_out_since_nobody_measured_them_with_care(writer):
    assert not _drawn(writer, line([109.406, -0.09, 12.5], [109.41, -0.09, math.nan])).shape.hasz


def test_lines_that_follow_each_other_are_one_and_a_single_polygon_is_no_collection():
    joined = shapes.read_shape({"type": "MultiLineString", "coordinates": [ROAD[:2], ROAD[1:]]})
    assert joined.coords == tuple(map(tuple, ROAD))
    assert shapes.read_shape({"type": "MultiPolygon", "coordinates": [[FIELD]]}).geom_type == "Polygon"
    feature = {"type": "Feature", "properties": {}, "geometry": line(*ROAD)}
    assert shapes.read_shape({"type": "FeatureCollection", "features": [feature]}).coords == joined.coords


def test_a_round_road_ends_where_it_began_and_crosses_nothing():
    assert crossings.first(FIELD) is None
    assert shapes.read_shape(line(*FIELD)).geom_type == "LineString"


def test_a_given_point_lies_on_the_line_or_near_it(writer):
    fields = _refused(writer, line(*ROAD), location=[109.401, -0.099])
    assert set(fields) == {"location"}
    assert "m from what you drew" in fields["location"][0]
    near = _drawn(writer, line(*ROAD), location=[109.408, -0.0905])
    assert near.location == Point(109.408, -0.0905, srid=4326)


def test_a_corrected_line_moves_its_point_and_one_that_is_taken_away_takes_it_along(writer):
    draft = _drawn(writer, line(*ROAD))
    moved = services.edit(proposal_id=draft.pk, actor=writer, version=1, fields={"shape": line([109.402, -0.098], [109.406, -0.098])})
    assert moved.location.y == -0.098
    assert moved.shape_measure < 500
    without = services.edit(proposal_id=draft.pk, actor=writer, version=2, fields={"shape": None})
    assert (without.shape, without.shape_measure, without.location) == (None, None, None)


def test_the_same_line_sent_twice_is_one_version(writer):
    draft = _drawn(writer, line(*ROAD))
    again, created = services.save_draft(
        proposal_id=draft.pk, actor=writer, fields=told.entry(location=None, location_source="map", location_accuracy_m=None, shape=line(*ROAD))
    )
    assert (created, again.version) == (False, 1)
    assert services.edit(proposal_id=draft.pk, actor=writer, version=1, fields={"shape": line(*ROAD)}).version == 1


def test_a_line_in_another_village_needs_its_reason_like_a_point(writer):
    there = line([109.424, -0.09], [109.43, -0.09])
    assert set(_refused(writer, there)) == {"mismatch_reason"}
    assert _drawn(writer, there, mismatch_reason="Saluran ini dipakai kedua desa.").located_village_id == cast.NEXT_VILLAGE


@pytest.mark.parametrize(
    ("volume", "unit", "deviation", "beyond"),
    [(888, "m", "0.0", False), (500, "meter", "77.5", True), ("0,888", "km", "0.0", False), (1110, "m'", "-20.0", False), (2, "km", "-55.6", True)],
)
def test_what_was_drawn_stands_beside_what_is_claimed_and_warns_beyond_the_tolerance(writer, volume, unit, deviation, beyond):
    found = measured.measured_of(_drawn(writer, line(*ROAD), volume=volume, unit=unit))
    assert abs(found.deviation_percent - Decimal(deviation)) < Decimal("0.2")
    assert found.is_beyond is beyond


@pytest.mark.parametrize("unit", ["unit", "paket", "orang", "m2", "batang"])
def test_a_volume_that_is_no_length_is_not_compared_with_one(writer, unit):
    found = measured.measured_of(_drawn(writer, line(*ROAD), unit=unit))
    assert (found.deviation_percent, found.in_unit, found.is_beyond) == (None, None, False)


def test_the_tolerance_is_the_plan_years_own(writer):
    draft = _drawn(writer, line(*ROAD), volume=800)
    assert not measured.measured_of(draft).is_beyond
    draft.cycle.measure_tolerance_percent = 10
    assert measured.measured_of(draft).is_beyond


TYPED = {
    "-0.09, 109.406\n-0.09, 109.41": 2,
    "−0,0900; 109,4060\n\n-0,09 109,41\r\n": 2,
    "(-0.09, 109.406)\n(-0.09, 109.41)": 2,
    json.dumps(line(*ROAD)): 3,
    "\ufeff" + json.dumps({"type": "Feature", "geometry": line(*ROAD)}): 3,
}


@pytest.mark.parametrize("text", TYPED)
def test_coordinates_are_read_as_people_type_and_paste_them(text):
    assert len(shapes.read_shape(text)) == TYPED[text]


def test_typed_points_that_end_where_they_began_are_an_area():
    text = "\n".join(f"{lat}, {lon}" for lon, lat in FIELD)
    assert shapes.read_shape(text).geom_type == "Polygon"
    assert shapes.read_shape(shape_texts.geometry(shape_texts.typed(FIELD[:-1]), is_area=True)).equals(shapes.read_shape(text))


def _gpx(*segments):
    parts = ["".join(f'<trkpt lat="{lat}" lon="{lon}"><ele>3</ele></trkpt>' for lon, lat in one) for one in segments]
    inner = "".join(f"<trkseg>{part}</trkseg>" for part in parts)
    return f'<?xml version="1.0" encoding="UTF-8"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk>{inner}</trk></gpx>'


def test_a_recorded_track_loses_the_knots_of_standing_still_and_bridges_a_short_pause():
    standing = [(109.406 + n * 1e-6, -0.09) for n in range(10)]
    found = shapes.read_shape(_gpx([*standing, (109.41, -0.09)], [(109.4105, -0.09), (109.4105, -0.086)]))
    assert found.coords == ((109.406, -0.09), (109.41, -0.09), (109.4105, -0.09), (109.4105, -0.086))


def test_a_day_of_walking_is_thinned_until_it_fits():
    found = shapes.read_shape(_gpx([(109.40 + n * 5e-5, -0.09) for n in range(9000)]))
    assert 1000 < len(found) <= shape_texts.MOST_VERTICES


BAD_FILES = {
    "entities": '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><gpx><trk><trkseg>&b;</trkseg></trk></gpx>',
    "an outside entity": '<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx>&x;</gpx>',
    "a bare document type": "<!DOCTYPE gpx><gpx/>",
    "html": "<html><body>404</body></html>",
    "cut off": "<gpx><trk><trkseg>",
    "no track": '<gpx><wpt lat="1" lon="2"/></gpx>',
    "a track of nothing": "<gpx><trk><trkseg/></trk></gpx>",
    "positions that are none": '<gpx><trk><trkseg><trkpt lat="x" lon="y"/><trkpt/></trkseg></trk></gpx>',
    "positions without end": '<gpx><trk><trkseg><trkpt lat="nan" lon="1e999"/><trkpt lat="1" lon="1"/></trkseg></trk></gpx>',
    "half a json": '{"type":"LineString","coordinates":[[109.4',
    "brackets without end": "[" * 200_000,
    "words": "dari masjid ke jembatan",
    "one number": "109.406",
    "three numbers": "1 2 3",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_track_is_refused_with_a_sentence(name):
    with pytest.raises(Unreadable) as refusal:
        shapes.read_shape(BAD_FILES[name])
    assert refusal.value.sentence.strip()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5), lambda one: st.lists(one, max_size=4), max_leaves=12
)


@given(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["LineString", "Polygon", "MultiLineString", "MultiPolygon", "Feature", "x"]), "coordinates": JSON}
    )
)
@settings(max_examples=200)
def test_no_json_breaks_the_reader(value):
    with suppress(Unreadable):
        shapes.read_shape(value)


@given(st.text(max_size=80) | st.text(alphabet="0123456789.,-; \n<>{}[]\"'", max_size=80))
@settings(max_examples=300)
def test_no_text_breaks_the_reader(text):
    with suppress(Unreadable):
        shapes.read_shape(text)


def _meets(pairs):
    """Whether a line meets itself, the obvious way: every two stretches, in whole numbers."""
    parts = list(pairwise(pairs))
    for (one, first), (other, second) in combinations(enumerate(parts), 2):
        following = other == one + 1
        if following or (pairs[0] == pairs[-1] and one == 0 and other == len(parts) - 1):
            a, shared, c = (*first, second[1]) if following else (first[1], first[0], second[0])
            if (_turn(a, shared, c) == 0 and _ahead(shared, a, c) > 0) or (len(parts) == 2 and pairs[0] == pairs[-1]):
                return True
        elif _touch(*first, *second):
            return True
    return False


def _turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _ahead(origin, a, c):
    """Above zero where both lie on the same side of a point."""
    return (a[0] - origin[0]) * (c[0] - origin[0]) + (a[1] - origin[1]) * (c[1] - origin[1])


def _on(a, b, c):
    return _turn(a, b, c) == 0 and min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


def _touch(a, b, c, d):
    apart = _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0
    return apart or _on(a, b, c) or _on(a, b, d) or _on(c, d, a) or _on(c, d, b)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=7))
@settings(max_examples=300)
def test_a_crossing_is_found_exactly_where_the_slow_look_finds_one(pairs):
    kept = [pairs[0], *(after for before, after in pairwise(pairs) if after != before)]
    if len(kept) > 1:
        assert (crossings.first([(float(x), float(y)) for x, y in kept]) is not None) == _meets(kept)


@pytest.mark.parametrize(
    "line",
    [
        "0°04'15\" LS 109°22'01\" BT",
        "0° 04' 15\" LS, 109° 22' 1\" BT",
        "109°22'01\" BT; 0°04'15\" LS",
        "S 0°04'15.0\" E 109°22'01\"",
        "0°04′15″S 109°22′01″E",
        "0°04’15’’S 109°22’01’’E",
        "-0°04'15\" 109°22'01\"",
        "0,070833333 LS 109,366944444 BT",
        "-0.070833333° 109.366944444°",
        "0º4,25' ls, 109º22,016666667' bt",
    ],
)
def test_degrees_as_people_write_them_down_are_read(line):
    drawn = shapes.read_shape(f"{line}\n-0.08, 109.38")
    assert drawn.coords[0] == pytest.approx((109.366944, -0.070833), abs=2e-6)


@pytest.mark.parametrize(
    "line", ["0°64'15\" LS 109°22'01\" BT", "0°04'15\" LS 109°22'01\" LU", "-0°04'15\" LS 109°22'01\" BT", "0°04'15\" 109", "LS BT"]
)
def test_degrees_that_cannot_be_right_are_refused_by_their_line(line):
    with pytest.raises(Unreadable, match="2"):
        shapes.read_shape(f"-0.08, 109.38\n{line}")


@pytest.mark.parametrize(
    "text",
    [
        "LINESTRING (109.40 -0.09, 109.41 -0.09)",
        "SRID=4326;LINESTRING(109.40 -0.09,109.41 -0.09)",
        "linestring z (109.40 -0.09 3, 109.41 -0.09 4)",
        "MULTILINESTRING ((109.40 -0.09, 109.41 -0.09))",
        "GEOMETRYCOLLECTION (LINESTRING (109.40 -0.09, 109.41 -0.09))",
    ],
)
def test_wkt_as_databases_and_qgis_copy_it_is_read(text):
    assert shapes.read_shape(text).coords == ((109.4, -0.09), (109.41, -0.09))


@pytest.mark.parametrize(
    "text", ["LINESTRING EMPTY", "LINESTRING (1 2, x)", "POLYGON ((109.4 -0.09, nan 2, 3 4, 109.4 -0.09))", "POINT (109.4 -0.09)", "LINESTRING ()"]
)
def test_wkt_that_draws_nothing_has_its_sentence(text):
    with pytest.raises(Unreadable):
        shapes.read_shape(text)


def test_a_collection_of_one_is_that_one_and_of_two_is_refused():
    line = {"type": "LineString", "coordinates": [[109.4, -0.09], [109.41, -0.09]]}
    assert shapes.read_shape({"type": "GeometryCollection", "geometries": [line]}).coords[0] == (109.4, -0.09)
    for geometries in ([line, line], [], None):
        with pytest.raises(Unreadable):
            shapes.read_shape({"type": "GeometryCollection", "geometries": geometries})
