"""Bad and odd files: each is told by feature, and nothing of it stays."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from geo.boundaries.loading import load
from geo.boundaries.reading import BadFile, read
from geo.models import BoundarySource, Region
from tests.geo.country import feature, founded, loaded, ring, written

GOOD = feature("61.12.01.2001")
SWAPPED = [[y, x] for x, y in ring(0, 0)]
METRES = [[x * 111_000, y * 111_000] for x, y in ring(0, 0)]


def with_geometry(geometry):
    return {**feature("61.12.01.2002"), "geometry": geometry}


BAD_FEATURES = {
    "a point": (with_geometry({"type": "Point", "coordinates": [109.4, -0.3]}), r"Feature 2 \(61.12.01.2002\): a Polygon .* not Point"),
    "nothing": ({key: value for key, value in GOOD.items() if key != "geometry"}, "a Polygon or MultiPolygon is needed, not nothing"),
    "a collection of points": (
        with_geometry({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [109.4, -0.3]}]}),
        "its collection has none",
    ),
    "a text": (with_geometry("POLYGON"), "a Polygon or MultiPolygon is needed"),
    "no coordinates": (with_geometry({"type": "Polygon"}), "Feature 2 .*: its coordinates make no polygon"),
    "words for numbers": (with_geometry({"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"], ["e", "f"]]]}), "make no polygon"),
    "too shallow": (with_geometry({"type": "Polygon", "coordinates": [109.4, -0.3]}), "make no polygon"),
    "one corner": (with_geometry({"type": "Polygon", "coordinates": [[[109.4, -0.3]]]}), "make no polygon"),
    "no ring": (with_geometry({"type": "Polygon", "coordinates": []}), "its polygon is empty"),
    "a line there and back": (feature("61.12.01.2002", [[[109.4, -0.3], [109.5, -0.3], [109.4, -0.3]]]), "enclose nothing|make no polygon"),
    "swapped": (feature("61.12.01.2002", [SWAPPED]), "Feature 2 .*: longitude and latitude look swapped"),
    "metres": (feature("61.12.01.2002", [METRES]), "Feature 2 .*: coordinates outside the world"),
    "null island": (feature("61.12.01.2002", [[[0, 0], [1, 0], [1, 1], [0, 0]]]), "Feature 2 .*: outside Indonesia"),
    "no code": ({**GOOD, "properties": {"kode": "61"}}, "Feature 2 has no field 'code'; its fields: kode"),
    "empty code": ({**GOOD, "properties": {"code": ""}}, "Feature 2 has no field 'code'"),
    "no properties": ({**GOOD, "properties": None}, "Feature 2 has no properties"),
    "no object": (17, "Feature 2 has no properties"),
    "twice": (GOOD, "Feature 2 .* repeats feature 1"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD_FEATURES)
def test_one_bad_feature_is_named_and_the_good_one_before_it_is_not_kept(tmp_path, name):
    bad, words = BAD_FEATURES[name]
    founded()
    with pytest.raises(BadFile, match=words):
        loaded(tmp_path / "f.geojson", GOOD, bad)
    assert not Region.objects.drawn().exists()


BAD_TEXTS = {
    "empty": ("", "The file is empty"),
    "no json": ("code,name\n61,Kalimantan", "Not GeoJSON|Not JSON"),
    "cut": (json.dumps({"type": "FeatureCollection", "features": [GOOD]})[:-20], "Not JSON"),
    "cut after a feature": (json.dumps({"type": "FeatureCollection", "features": [GOOD]})[:-2], "the file ends after feature 1"),
    "an array": ("[1, 2]", "Not GeoJSON: an object"),
    "no features": ('{"type": "FeatureCollection", "features": []}', "It has no features"),
    "cut after the list": (json.dumps({"type": "FeatureCollection", "features": [GOOD]})[:-1], "ends before its last bracket"),
    "features no list": ('{"features": {"a": 1}}', "Not a FeatureCollection"),
    "NaN": ('{"features": [{"properties": {"code": "61"}, "geometry": {"type": "Polygon", "coordinates": [[[NaN, 1]]]}}]}', "NaN is no coordinate"),
    "deep": ('{"features": [' + "[" * 100_000, "nested too deeply|Not JSON"),
    "colon missing": ('{"a" 1}', "Not JSON|Not a FeatureCollection"),
}


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_a_text_that_is_no_collection_is_refused_in_a_sentence(tmp_path, name):
    text, words = BAD_TEXTS[name]
    path = tmp_path / "f.geojson"
    path.write_text(text)
    with pytest.raises(BadFile, match=words):
        list(read(path))


def test_bytes_that_are_no_text_and_a_file_that_is_not_there_are_refused(tmp_path):
    path = tmp_path / "f.geojson"
    path.write_bytes(b"\xff\xd8\xff\xe0 a photo")
    with pytest.raises(BadFile, match="not UTF-8"):
        list(read(path))
    with pytest.raises(BadFile, match="cannot be read"):
        list(read(tmp_path / "none.geojson"))


def test_members_before_the_features_and_other_code_fields_are_understood(tmp_path):
    path = tmp_path / "f.geojson"
    one = feature("61.12.01.2001", KODE=6112012001)
    path.write_text("\ufeff" + json.dumps({"name": "desa", "crs": {"properties": {"features": [1]}}, "features": [one], "more": 1}, indent=2))
    assert [found.code for found in read(path, code_field="KODE")] == ["61.12.01.2001"]


def test_a_bow_tie_and_an_open_ring_are_repaired_and_say_so(tmp_path):
    west, south, *_ = (109.4, -0.4)
    tie = [[west, south], [west + 0.1, south + 0.1], [west + 0.1, south], [west, south + 0.1], [west, south]]
    path = written(tmp_path / "f.geojson", feature("61.12.01.2001", [tie]), feature("61.12.01.2002", [ring(1, 0)[:-1]]), feature("61.12.02.2001"))
    found = list(read(path))
    assert [one.repaired for one in found] == [True, True, False]
    assert all(one.geometry.is_valid for one in found)
    assert found[0].geometry.area == pytest.approx(0.005)


def test_heights_are_dropped_and_a_hole_stays_a_hole(tmp_path):
    outer = [[*corner, 12.5] for corner in ring(0, 0)]
    inner = [[109.44, -0.36, 1], [109.46, -0.36, 1], [109.46, -0.34, 1], [109.44, -0.36, 1]]
    (found,) = read(written(tmp_path / "f.geojson", feature("61.12.01.2001", [outer, inner])))
    assert not found.geometry.has_z
    assert len(found.geometry.geoms[0].interiors) == 1


@pytest.mark.django_db
def test_a_code_that_we_do_not_have_is_counted_and_the_rest_is_loaded(tmp_path):
    founded()
    report = loaded(tmp_path / "f.geojson", GOOD, feature("61.12.09.2999", [ring(3, 3)]), feature("XYZ", [ring(4, 3)]))
    assert (report.loaded, report.unknown) == (["61.12.01.2001"], ["61.12.09.2999", "XYZ"])


@pytest.mark.django_db
def test_the_command_loads_the_good_file_refuses_the_bad_one_and_fails(tmp_path):
    founded()
    good, bad = written(tmp_path / "good.geojson", GOOD), written(tmp_path / "bad.geojson", feature("61.12.01.2002"), 5)
    out = StringIO()
    with pytest.raises(CommandError, match=r"bad\.geojson: Feature 2 has no properties"):
        call_command("load_boundaries", good, bad, stdout=out)
    assert "good.geojson: loaded 1, repaired 0, unknown codes 0" in out.getvalue()
    assert "village 6" in out.getvalue()
    assert "61.12.01.2002 Kuala Dua" in out.getvalue()
    assert set(Region.objects.drawn().values_list("pk", flat=True)) == {"61", "61.12", "61.12.01", "61.12.01.2001"}


@pytest.mark.django_db
def test_a_dry_run_tells_the_same_and_keeps_nothing(tmp_path):
    founded()
    out = StringIO()
    call_command("load_boundaries", written(tmp_path / "f.geojson", GOOD), dry_run=True, stdout=out)
    assert "would have loaded 1" in out.getvalue()
    assert not Region.objects.drawn().exists()


@pytest.mark.django_db
def test_an_unofficial_file_does_not_replace_an_official_boundary(tmp_path):
    founded()
    loaded(tmp_path / "a.geojson", GOOD, source=BoundarySource.OFFICIAL)
    report = loaded(tmp_path / "b.geojson", feature("61.12.01.2001", [ring(5, 5)]))
    assert (report.loaded, report.kept) == ([], ["61.12.01.2001"])
    again = load(tmp_path / "b.geojson", code_field="code", source=BoundarySource.OFFICIAL, loaded_at=timezone.now())
    assert again.loaded == ["61.12.01.2001"]
