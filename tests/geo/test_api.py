import re
from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from geo import register
from geo.models import Region
from tests.geo.country import LISTED, SQUARES, drawn, entries, feature, founded, loaded, ring

pytestmark = pytest.mark.django_db

API = "/api/v1/regions/"
FIELDS = {"code", "name", "level", "parent", "lineage", "area_km2", "boundary_source", "below"}


@pytest.fixture
def get(client, tmp_path, settings):
    settings.HOME_REGION = "61.12"
    drawn(tmp_path)
    return lambda address, **headers: client.get(API + address, headers={"accept-language": "en", **headers})


class TestOneRegion:
    def test_a_kabupaten_tells_its_lineage_its_area_and_what_lies_below(self, get):
        found = get("61.12/").json()
        assert found.keys() >= FIELDS
        assert (found["name"], found["level"], found["parent"], found["boundary_source"]) == ("Kabupaten Kubu Raya", "district", "61", "union")
        assert [above["code"] for above in found["lineage"]] == ["61", "61.12"]
        assert found["area_km2"] == pytest.approx(492.4, abs=0.5)
        assert found["below"] == {"subdistrict": {"total": 2, "with_boundary": 2}, "village": {"total": 5, "with_boundary": 4}}

    def test_a_village_without_a_boundary_is_a_village_all_the_same(self, get):
        found = get("61.12.02.1003/").json()
        assert (found["title"], found["area_km2"], found["boundary_source"], found["anchor"]) == ("Kelurahan Limbung", None, "none", None)
        assert found["below"] == {}
        answer = get("61.12.02.1003/boundary/")
        assert (answer.status_code, answer.json()["message"]) == (404, "Kelurahan Limbung has no boundary yet.")

    def test_a_retired_region_still_has_its_page_and_says_until_when_it_was(self, get):
        register.store(entries({code: name for code, name in LISTED.items() if code != "61.12.01.2002"}), day=date(2027, 1, 15))
        assert get("61.12.01.2002/").json()["valid_until"] == "2027-01-15"
        assert get("61.12/").json()["below"]["village"] == {"total": 4, "with_boundary": 3}

    @pytest.mark.parametrize("code", ["99", "61.99", "kubu-raya", "61.12.01.20011", "%00", "61%0A", "٦١"])
    def test_an_unknown_code_is_a_404_with_a_sentence(self, get, code):
        answer = get(f"{quote(code, safe='%')}/")
        assert answer.status_code == 404
        assert answer.json()["message"].startswith("There is no region with the code")

    @pytest.mark.parametrize("address", ["61/", "61.12/", "61.12.01.2001/"])
    def test_three_queries_answer_whatever_the_level(self, get, address, django_assert_num_queries):
        with django_assert_num_queries(3):
            get(address)


class TestList:
    def test_pages_by_cursor_bring_every_region_in_force_once_in_the_order_of_codes(self, get):
        codes, address = [], "?page_size=5"
        while address:
            page = get(address.rpartition("/")[2]).json()
            assert page.keys() == {"next", "previous", "results"}
            codes += [region["code"] for region in page["results"]]
            address = page["next"]
        assert codes == sorted(LISTED)

    def test_level_and_parent_narrow_it(self, get):
        assert [region["code"] for region in get("?level=district&parent=61").json()["results"]] == ["61.12", "61.71"]
        assert [region["code"] for region in get("?parent=61.12.02").json()["results"]] == ["61.12.02.1003", "61.12.02.2001", "61.12.02.2002"]
        assert get("?parent=77").json()["results"] == []

    def test_words_find_regions_with_their_whole_lineage(self, get):
        page = get("?q=sei%20raya").json()
        assert (page["next"], page["previous"]) == (None, None)
        first = page["results"][0]
        assert (first["code"], [above["name"] for above in first["lineage"]]) == (
            "61.12.01.2001",
            ["Kalimantan Barat", "Kabupaten Kubu Raya", "Sungai Raya", "Sungai Raya"],
        )
        assert [region["code"] for region in get("?q=sei%20raya&level=subdistrict").json()["results"]] == ["61.12.01"]

    @pytest.mark.parametrize(
        ("query", "field"), [("level=desa", "level"), ("level=village%00", "level"), ("parent=x", "parent"), ("parent=61'--", "parent")]
    )
    def test_a_filter_of_another_shape_is_refused_by_field(self, get, query, field):
        answer = get(f"?{query}")
        assert answer.status_code == 400
        assert list(answer.json()["fields"]) == [field]

    @pytest.mark.parametrize("query", ["cursor=zz", "cursor=%00", "page_size=x", "page_size=-1", "page_size=99999999", "q=%00", "q=" + "x" * 3000])
    def test_rubbish_is_never_a_fault_of_ours(self, get, query):
        assert get(f"?{query}").status_code in {200, 400, 404}

    @pytest.mark.parametrize("size", [1, 10])
    def test_a_page_costs_three_queries_however_long_it_is(self, get, size, django_assert_num_queries):
        with django_assert_num_queries(3):
            get(f"?page_size={size}")


class TestAt:
    def test_it_answers_the_village(self, get):
        assert get("at/?lon=109.45&lat=-0.35").json()["code"] == "61.12.01.2001"

    def test_where_no_boundary_is_known_it_says_so(self, get):
        answer = get("at/?lon=120&lat=-3")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert "boundary" in answer.json()["message"]

    def test_swapped_numbers_are_refused_with_that_hint(self, get):
        answer = get("at/?lon=-0.35&lat=109.45")
        assert answer.status_code == 400
        assert "swapped" in answer.json()["fields"]["lat"][0]

    @pytest.mark.parametrize(
        ("query", "fields"),
        [
            ("", {"lon", "lat"}),
            ("lon=109.45", {"lat"}),
            ("lon=x&lat=-0.35", {"lon"}),
            ("lon=nan&lat=inf", {"lon", "lat"}),
            ("lon=1e999&lat=0", {"lon"}),
            ("lon=109&lat=91", {"lat"}),
            ("lon=-181&lat=0", {"lon"}),
            ("lon=109,45&lat=-0,35", {"lon", "lat"}),
            ("lon=%00&lat=0", {"lon"}),
        ],
    )
    def test_rubbish_is_refused_by_field(self, get, query, fields):
        answer = get(f"at/?{query}")
        assert answer.status_code == 400
        assert set(answer.json()["fields"]) == fields


class TestShapes:
    def test_a_boundary_is_a_geojson_feature_in_full_and_a_light_one_on_request(self, get):
        full, light = get("61.12.01.2001/boundary/"), get("61.12.01.2001/boundary/?detail=outline")
        assert full["Content-Type"] == "application/geo+json"
        found = full.json()
        assert (found["type"], found["geometry"]["type"]) == ("Feature", "MultiPolygon")
        assert found["geometry"]["coordinates"][0][0][0] == [109.4, -0.4]
        assert found["properties"]["boundary_source"] == "indicative"
        assert light.json()["properties"]["detail"] == "outline"
        assert get("61.12.01.2001/boundary/?detail=x").status_code == 400

    def test_the_outlines_below_come_in_one_answer_with_those_that_are_missing(self, get, django_assert_num_queries):
        with django_assert_num_queries(3):
            found = get("61.12.02/outlines/").json()
        assert [one["id"] for one in found["features"]] == ["61.12.02.2001", "61.12.02.2002"]
        assert found["missing"] == [{"code": "61.12.02.1003", "name": "Limbung", "kind": "Kelurahan"}]
        assert len(get("61.12/outlines/?level=village").json()["features"]) == len(SQUARES)
        assert [one["id"] for one in get("outlines/").json()["features"]] == ["61"]

    def test_an_unchanged_map_is_not_sent_twice_and_a_changed_one_is(self, get, tmp_path):
        first = get("61.12/outlines/?level=village")
        assert "max-age" in first["Cache-Control"]
        same = get("61.12/outlines/?level=village", **{"if-none-match": first["ETag"]})
        assert (same.status_code, same.content) == (304, b"")
        loaded(tmp_path / "new.geojson", feature("61.12.02.1003", [ring(2, 1)]))
        assert get("61.12/outlines/?level=village", **{"if-none-match": first["ETag"]}).status_code == 200

    def test_a_client_may_ask_for_geojson_by_its_name(self, get):
        assert get("61.12/boundary/", accept="application/geo+json").status_code == 200

    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("61/outlines/?level=village", 400),
            ("61.12/outlines/?level=province", 400),
            ("61.12.01.2001/outlines/", 404),
            ("99/outlines/", 404),
            ("outlines/?level=village", 400),
        ],
    )
    def test_levels_that_are_no_map_are_refused(self, get, address, status):
        assert get(address).status_code == status


def test_nothing_can_be_written_here(get, client):
    for address in ("", "61.12/", "at/", "61.12/boundary/", "61.12/outlines/"):
        for verb in ("post", "put", "patch", "delete"):
            assert getattr(client, verb)(API + address).status_code in {403, 405}


def test_before_anything_is_loaded_every_address_answers(client):
    assert client.get(API).json() == {"next": None, "previous": None, "results": []}
    assert client.get(API + "outlines/").json()["features"] == []
    assert client.get(API + "?q=sei raya").json()["results"] == []


def test_the_sentences_are_indonesian_unless_english_is_asked_for(client):
    founded()
    with translation.override("id"):
        assert re.search(r"belum punya batas di peta", client.get(API + "61/boundary/").json()["message"])


def test_no_column_of_geometry_travels_where_only_names_are_asked_for(get):
    with CaptureQueriesContext(connection) as asked:
        get("?level=village")
    assert not any('"outline"' in one["sql"] or '"boundary"' in one["sql"] for one in asked)
    assert Region.objects.count() == len(LISTED)
