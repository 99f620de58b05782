import random
from datetime import date

import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from geo import lookup, register
from geo.codes import Level
from geo.models import Region, RegionPiece
from tests.geo.country import LISTED, drawn, entries, founded, loaded, needs_real_files, ring
from tests.geo.country import feature as made
from tests.geo.test_boundaries import real_villages

pytestmark = pytest.mark.django_db


def point(lon, lat):
    return Point(lon, lat, srid=4326)


def names(text, **narrowed):
    return [f"{region.pk} {region.title}" for region in lookup.search_regions(text, **narrowed)]


class TestVillageAt:
    def test_a_point_is_in_the_village_whose_square_holds_it(self, tmp_path):
        drawn(tmp_path)
        assert lookup.village_at(point(109.45, -0.35)).pk == "61.12.01.2001"
        assert lookup.village_at(point(109.55, -0.25)).pk == "61.12.02.2002"

    @pytest.mark.parametrize("place", [(0, 0), (109.45, 5), (-0.35, 109.45), (180, 90), (109.7, -0.35)])
    def test_outside_every_boundary_there_is_none(self, tmp_path, place):
        drawn(tmp_path)
        assert lookup.village_at(point(*place)) is None

    def test_a_point_without_coordinates_is_nowhere(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert lookup.village_at(Point(srid=4326)) is None

    def test_on_a_shared_edge_or_corner_the_smaller_code_answers_always(self, tmp_path):
        drawn(tmp_path)
        for place in [(109.5, -0.35), (109.5, -0.3), (109.45, -0.3)]:
            assert lookup.village_at(point(*place)).pk == "61.12.01.2001"
        assert lookup.village_at(point(109.55, -0.3)).pk == "61.12.01.2002"

    def test_one_query_answers_and_carries_no_geometry(self, tmp_path, django_assert_num_queries):
        drawn(tmp_path)
        with django_assert_num_queries(1) as asked:
            assert lookup.village_at(point(109.45, -0.35)).title == "Desa Sungai Raya"
        assert 'boundary"' not in asked[0]["sql"].partition("FROM")[0]

    def test_the_kabupaten_is_known_even_where_no_village_is_drawn(self, tmp_path):
        founded()
        loaded(tmp_path / "f.geojson", made("61.12", [ring(0, 0)]), made("61.12.01.2001", [ring(5, 5)]))
        assert lookup.village_at(point(109.45, -0.35)) is None
        assert lookup.district_at(point(109.45, -0.35)).pk == "61.12"
        assert lookup.district_at(point(109.95, 0.15)).pk == "61.12"
        assert lookup.district_at(point(0, 0)) is None
        assert lookup.district_at(Point(srid=4326)) is None


@needs_real_files
@pytest.mark.slow
class TestOnRealLand:
    def test_the_pieces_answer_as_the_whole_polygons_do(self):
        real_villages("61.12_kubu-raya")
        chance, found = random.Random(7), 0  # noqa: S311 - points on a map
        for _ in range(400):
            place = point(chance.uniform(109.0, 110.0), chance.uniform(-1.0, 0.2))
            slow = Region.objects.at(Level.VILLAGE).filter(boundary__covers=place).order_by("pk").first()
            fast = lookup.village_at(place)
            assert (fast and fast.pk) == (slow and slow.pk)
            found += slow is not None
        assert found > 100

    def test_a_vertex_that_villages_share_has_one_answer(self):
        real_villages("73.71_kota-makassar")
        for piece in RegionPiece.objects.order_by("pk")[:40]:
            lon, lat = piece.geom.exterior_ring[0]
            holders = Region.objects.at(Level.VILLAGE).filter(boundary__intersects=point(lon, lat)).order_by("pk")
            answer = lookup.village_at(point(lon, lat))
            if holders:
                assert answer.pk == holders[0].pk

    def test_the_plan_is_a_probe_of_the_spatial_index(self):
        real_villages("35.10_banyuwangi")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE geo_regionpiece")
        plan = RegionPiece.objects.filter(geom__intersects=point(114.2, -8.3)).order_by("region_id").explain()
        assert "geo_regionpiece_geom" in plan
        assert "Seq Scan on geo_regionpiece" not in plan


class TestSearch:
    @pytest.fixture(autouse=True)
    def _founded(self, settings):
        settings.HOME_REGION = "61.12"
        founded()

    @pytest.mark.parametrize("typed", ["sei raya", "Sei. Raya", "s. raya", "SUNGAI RAYA", "sungi raya", "sungai rya"])
    def test_sungai_raya_is_found_however_it_is_spelled_and_home_comes_first(self, typed):
        assert names(typed)[:2] == ["61.12.01.2001 Desa Sungai Raya", "61.12.01 Kecamatan Sungai Raya"]

    def test_the_name_of_what_lies_above_may_follow(self):
        assert names("sei raya kubu raya")[0] == "61.12.01.2001 Desa Sungai Raya"
        assert names("sungai raya jayapura")[0] == "91.03.01.3001 Desa Adat Sungai Raya"

    def test_the_same_name_elsewhere_follows(self):
        assert names("sei raya")[2] == "91.03.01.3001 Desa Adat Sungai Raya"

    def test_a_levels_word_chooses_among_names_that_fit_alike(self):
        assert names("kab kubu raya")[0] == "61.12 Kabupaten Kubu Raya"
        assert names("kota pontianak", limit=1) == ["61.71 Kota Pontianak"]
        assert names("tj harapan")[0] == "61.12.02.2002 Desa Tanjung Harapan"

    def test_the_very_name_stands_before_a_longer_one(self):
        assert names("rasau jaya")[:2] == ["61.12.02 Kecamatan Rasau Jaya", "61.12.02.2001 Desa Rasau Jaya Umum"]

    def test_a_code_finds_its_region_and_what_is_outside_is_left_out(self):
        assert names("61.12.02") == ["61.12.02 Kecamatan Rasau Jaya"]
        assert names("61.12.02", within="91") == []
        assert names("sei raya", within="91") == ["91.03.01.3001 Desa Adat Sungai Raya"]
        assert names("sei raya", level=Level.SUBDISTRICT) == ["61.12.01 Kecamatan Sungai Raya"]

    @pytest.mark.parametrize(
        "typed", ["", "   ", "%", "_", "\x00", "zzzz qqqq", "'; DROP TABLE geo_region; --", "a" * 5000, "%(qqq)q", "{words}", "\\"]
    )
    def test_rubbish_finds_nothing_and_breaks_nothing(self, typed):
        assert lookup.search_regions(typed) == []

    def test_a_retired_region_is_not_offered(self):
        listed = {code: name for code, name in LISTED.items() if code != "91.03.01.3001"}
        register.store(entries(listed), day=date(2027, 1, 1))
        assert not any(found.startswith("91.03.01.3001") for found in names("sei raya"))
        assert names("91.03.01.3001") == []

    @pytest.mark.parametrize("typed", ["sei raya", "zzzz", "a", "raya kubu sungai"])
    def test_the_lineage_comes_with_it_in_as_many_queries_as_ever(self, typed, django_assert_max_num_queries):
        # transaction or savepoint, threshold, search, its end, regions, lineage
        with django_assert_max_num_queries(6):
            for region in lookup.search_regions(typed):
                assert region.lineage[0].level == "province"
                assert region.lineage[-1].pk == region.pk

    def test_the_order_is_total_and_the_limit_keeps_the_best(self):
        everything = names("raya", limit=100)
        assert names("raya", limit=3) == everything[:3]
        assert len(everything) == len(set(everything))
        assert names("raya", limit=0) == []

    def test_the_lineage_of_a_village_goes_from_the_province_down(self, django_assert_num_queries):
        village = Region.objects.get(pk="61.12.01.2001")
        with django_assert_num_queries(1):
            assert [region.pk for region in lookup.lineage_of(village)] == ["61", "61.12", "61.12.01", "61.12.01.2001"]
