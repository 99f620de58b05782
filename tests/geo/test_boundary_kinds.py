"""Files of other kabupaten, as other programs write them: what is understood, what is refused."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import call_command

from geo.boundaries.reading import BadFile, read
from geo.models import Region
from tests.geo.country import feature, founded, loaded, ring, written

ONE, TWO = feature("61.12.01.2001"), feature("61.12.01.2002", [ring(1, 0)])


def with_crs(path, name):
    crs = {"type": "name", "properties": {"name": name}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [ONE], "crs": crs}))
    return path


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "EPSG:9470", "EPSG:4755"])
def test_wgs_84_and_the_datums_of_indonesia_beside_it_are_taken(tmp_path, name):
    assert len(list(read(with_crs(tmp_path / "f.geojson", name)))) == 1


@pytest.mark.parametrize("name", ["EPSG:32749", "urn:ogc:def:crs:EPSG::3857", "EPSG:23830", "EPSG:14326", "DGN95 / UTM zone 49S", 32749])
def test_another_system_of_coordinates_is_refused_by_its_name_also_behind_the_features(tmp_path, name):
    with pytest.raises(BadFile, match="convert it to longitude and latitude"):
        list(read(with_crs(tmp_path / "f.geojson", name)))


@pytest.mark.parametrize("between", ["\n", "\r\n", "\n\x1e", ""])
def test_a_feature_a_line_or_alone_is_read(tmp_path, between):
    path = tmp_path / "f.geojsonl"
    path.write_text(between.join(json.dumps(one) for one in (ONE, TWO)) + between)
    assert [found.code for found in read(path)] == ["61.12.01.2001", "61.12.01.2002"]
    path.write_text(json.dumps(ONE))
    assert [found.code for found in read(path)] == ["61.12.01.2001"]


def test_a_packed_file_is_unpacked_and_a_damaged_one_refused(tmp_path):
    plain = written(tmp_path / "f.geojson", ONE).read_bytes()
    path = tmp_path / "f.geojson.gz"
    path.write_bytes(gzip.compress(plain))
    assert [found.code for found in read(path)] == ["61.12.01.2001"]
    path.write_bytes(gzip.compress(plain)[:-20])
    with pytest.raises(BadFile, match="packing is damaged"):
        list(read(path))
    path.write_bytes(b"PK\x03\x04rest of a shapefile")
    with pytest.raises(BadFile, match="ZIP archive"):
        list(read(path))


@pytest.mark.parametrize("code", [6112012001, 6112012001.0, "6112012001", " 61.12.01.2001 "])
def test_a_code_is_understood_with_dots_without_and_as_a_number(tmp_path, code):
    one = {**ONE, "properties": {"KODE_DESA": code}}
    assert [found.code for found in read(written(tmp_path / "f.geojson", one), code_field="KODE_DESA")] == ["61.12.01.2001"]


def test_the_polygons_of_a_collection_are_taken_and_heights_of_any_kind_dropped(tmp_path):
    parts = [{"type": "Polygon", "coordinates": [ring(0, 0)]}, {"type": "Point", "coordinates": [109.4, -0.3]}]
    parts.append({"type": "MultiPolygon", "coordinates": [[[[*corner, 3, 4] if place else corner for place, corner in enumerate(ring(2, 0))]]]})
    (found,) = read(written(tmp_path / "f.geojson", {**ONE, "geometry": {"type": "GeometryCollection", "geometries": parts}}))
    assert (len(found.geometry.geoms), found.geometry.has_z, found.repaired) == (2, False, False)


@pytest.mark.django_db
def test_a_region_without_a_polygon_in_the_file_is_named_and_keeps_what_it_had(tmp_path):
    founded()
    loaded(tmp_path / "a.geojson", ONE)
    path = written(tmp_path / "b.geojson", {**ONE, "geometry": None}, TWO)
    out = StringIO()
    call_command("load_boundaries", path, stdout=out)
    assert "loaded 1, repaired 0, unknown codes 0" in out.getvalue()
    assert "without a polygon in the file: 61.12.01.2001" in out.getvalue()
    assert Region.objects.get(pk="61.12.01.2001").boundary is not None


@pytest.mark.django_db
def test_overlapping_neighbours_slivers_and_a_second_load_change_nothing_but_the_lines(tmp_path):
    founded()
    over = [[x + 0.02, y] for x, y in ring(0, 0)]
    sliver = feature("61.12.02.2001", [[[109.9, -0.5], [109.9000001, -0.5], [109.9, -0.4], [109.9, -0.5]]])
    for _time in range(2):
        report = loaded(tmp_path / "f.geojson", ONE, feature("61.12.01.2002", [over]), sliver)
        assert len(report.loaded) == 3
        assert all(region.boundary.valid and region.outline.valid and region.area_km2 >= 0 for region in Region.objects.drawn())
