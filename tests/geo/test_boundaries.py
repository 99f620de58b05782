"""What follows from a boundary: pieces, anchor, area, unions above, outlines around."""

import json

import pytest
import shapely
from django.db import connection
from django.utils import timezone

from geo import register
from geo.boundaries.loading import load
from geo.boundaries.sketching import CannotSketch, sketch_district
from geo.boundaries.thinning import thin
from geo.codes import Level
from geo.models import BoundarySource, Region, RegionPiece
from tests.geo.country import SHARED, SQUARES, drawn, entries, feature, founded, loaded, needs_real_files, ring

pytestmark = pytest.mark.django_db


def area(code):
    return Region.objects.get(pk=code).area_km2


def test_each_village_gets_an_area_an_anchor_inside_it_pieces_and_an_outline(tmp_path):
    drawn(tmp_path)
    for code in SQUARES:
        village = Region.objects.get(pk=code)
        assert float(village.area_km2) == pytest.approx(123.1, abs=0.5)
        assert village.boundary.contains(village.anchor)
        assert village.pieces.count() == 1
        assert village.outline is not None
        assert village.boundary_source == BoundarySource.INDICATIVE


def test_levels_without_a_file_are_the_union_of_what_lies_below(tmp_path):
    drawn(tmp_path)
    assert set(Region.objects.filter(boundary_source=BoundarySource.UNION).values_list("pk", flat=True)) == {"61", "61.12", "61.12.01", "61.12.02"}
    for code in ("61.12", "61"):
        assert float(area(code)) == pytest.approx(sum(float(area(village)) for village in SQUARES), rel=1e-4)


def test_a_union_grows_with_each_village_that_gets_a_boundary(tmp_path):
    founded()
    loaded(tmp_path / "a.geojson", feature("61.12.01.2001"))
    one = area("61.12")
    loaded(tmp_path / "b.geojson", feature("61.12.01.2002"))
    assert float(area("61.12")) == pytest.approx(2 * float(one), rel=1e-3)


def test_a_higher_level_with_its_own_file_is_never_overwritten_by_a_union(tmp_path):
    founded()
    loaded(tmp_path / "a.geojson", feature("61.12.01", [ring(0, 5)]), source=BoundarySource.OFFICIAL)
    before = Region.objects.get(pk="61.12.01").boundary
    loaded(tmp_path / "b.geojson", *(feature(code) for code in SQUARES))
    kept = Region.objects.get(pk="61.12.01")
    assert (kept.boundary, kept.boundary_source) == (before, BoundarySource.OFFICIAL)


def test_the_same_file_twice_leaves_the_same_boundaries(tmp_path):
    drawn(tmp_path)
    fields = ("pk", "boundary", "outline", "anchor", "area_km2", "boundary_source")
    before = list(Region.objects.order_by("pk").values_list(*fields))
    pieces = RegionPiece.objects.count()
    drawn(tmp_path)
    assert list(Region.objects.order_by("pk").values_list(*fields)) == before
    assert RegionPiece.objects.count() == pieces


def test_neighbours_thinned_together_still_share_their_edge():
    wave = [(109.5 + 0.001 * (number % 2), -0.4 + number / 1000) for number in range(101)]
    left = shapely.Polygon([(109.4, -0.4), *wave, (109.4, -0.3)])
    right = shapely.Polygon([(109.6, -0.4), *wave, (109.6, -0.3)])
    light = thin([left, right], 0.002)
    assert sum(shapely.get_num_coordinates(light)) < 50
    assert shapely.coverage_is_valid(light)
    assert light[0].intersection(light[1]).area == 0
    assert shapely.union_all(light).area == pytest.approx(left.area + right.area, rel=0.01)


class TestSketch:
    def test_every_village_gets_a_cell_and_every_level_says_that_it_is_a_sketch(self):
        founded()
        assert sketch_district("61.12", drawn_at=timezone.now()) == 5
        assert set(Region.objects.within("61.12").values_list("boundary_source", flat=True)) == {BoundarySource.SKETCH}
        assert float(area("61.12")) == pytest.approx(7000, rel=0.1)
        assert RegionPiece.objects.values("region").distinct().count() == 5

    def test_a_second_time_draws_nothing(self):
        founded()
        sketch_district("61.12", drawn_at=timezone.now())
        before = Region.objects.get(pk="61.12.01.2001").boundary
        assert sketch_district("61.12", drawn_at=timezone.now()) == 0
        assert Region.objects.get(pk="61.12.01.2001").boundary == before

    def test_real_villages_replace_all_of_it_even_where_one_has_no_polygon(self, tmp_path):
        founded()
        sketch_district("61.12", drawn_at=timezone.now())
        loaded(tmp_path / "f.geojson", *(feature(code) for code in SQUARES))
        undrawn = Region.objects.get(pk="61.12.02.1003")
        assert (undrawn.boundary, undrawn.boundary_source, undrawn.pieces.count()) == (None, BoundarySource.NONE, 0)
        assert not Region.objects.filter(boundary_source=BoundarySource.SKETCH).exists()
        assert float(area("61.12")) == pytest.approx(sum(float(area(code)) for code in SQUARES), rel=1e-4)

    def test_it_is_refused_where_real_boundaries_stand(self, tmp_path):
        drawn(tmp_path)
        with pytest.raises(CannotSketch, match="has real boundaries"):
            sketch_district("61.12", drawn_at=timezone.now())

    @pytest.mark.parametrize(
        ("code", "words"), [("61.71", "Nobody said where Kota Pontianak is"), ("99.99", "is no kabupaten"), ("61", "is no kabupaten")]
    )
    def test_it_is_refused_where_nobody_knows_the_place(self, code, words):
        founded()
        with pytest.raises(CannotSketch, match=words):
            sketch_district(code, drawn_at=timezone.now())


REAL = {"61.12_kubu-raya": ("61.12", 117, 9), "35.10_banyuwangi": ("35.10", 217, 25), "73.71_kota-makassar": ("73.71", 153, 15)}


def _founded_from(path):
    """The register that a real file of villages implies."""
    listed = {}
    for one in json.loads(path.read_text())["features"]:
        facts = one["properties"]
        listed |= {facts["provinsi_code"]: facts["provinsi"], facts["kabkota_code"]: facts["kabkota"]}
        listed |= {facts["kecamatan_code"]: facts["kecamatan"], facts["code"]: facts["name"]}

    register.store(entries(dict(sorted(listed.items(), key=lambda item: len(item[0])))), day=timezone.localdate())


def real_villages(name):
    """The register and the boundaries of a real file of villages."""
    path = SHARED / f"{name}_desa.geojson"
    _founded_from(path)
    return load(path, code_field="code", source=BoundarySource.INDICATIVE, loaded_at=timezone.now())


@needs_real_files
@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_the_real_villages_load_whole_and_their_union_has_their_area(name):
    district, villages, subdistricts = REAL[name]
    report = real_villages(name)
    assert (len(report.loaded), report.unknown) == (villages, [])
    drawn_villages = Region.objects.at(Level.VILLAGE).drawn()
    assert drawn_villages.count() == villages
    assert not drawn_villages.filter(outline__isnull=True).exists()
    assert Region.objects.at(Level.SUBDISTRICT).filter(boundary_source=BoundarySource.UNION).count() == subdistricts
    below = sum(float(one) for one in drawn_villages.values_list("area_km2", flat=True))
    assert float(area(district)) == pytest.approx(below, rel=1e-3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM geo_region WHERE NOT (ST_IsValid(boundary) AND ST_IsValid(outline) AND ST_Contains(boundary, anchor))")
        assert cursor.fetchone() == (0,)


@needs_real_files
@pytest.mark.slow
def test_the_outlines_of_all_kabupaten_and_provinces_load_whole_too():

    listed = {}
    for file in ("indonesia_provinsi", "indonesia_kabkota"):
        for one in json.loads((SHARED / f"{file}.geojson").read_text())["features"]:
            listed[one["properties"]["code"]] = one["properties"]["name"]

    register.store(entries(listed), day=timezone.localdate())
    for file, count in (("indonesia_kabkota", 514), ("indonesia_provinsi", 38)):
        report = load(SHARED / f"{file}.geojson", code_field="code", source=BoundarySource.INDICATIVE, loaded_at=timezone.now())
        assert len(report.loaded) == count
    assert not Region.objects.filter(outline__isnull=True).exists()
