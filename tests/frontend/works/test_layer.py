"""The layer of works on the large map before any script: switch, filters, table, picture, and a village's works in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.budgeting.works.conftest import a_work
from tests.budgeting.works.test_saying import done
from tests.frontend.works.test_works_pages import page_of

pytestmark = pytest.mark.django_db
LAYER = "/peta/?show=works"


def test_the_map_leads_to_its_works_and_back_with_the_place_and_the_year(reader, people, road):
    text = page_of(reader("stranger"), f"/peta/?region={cast.SUBDISTRICT}&plan_year={road.plan_year}&sector=road")
    assert f'href="/peta/?region={cast.SUBDISTRICT}&amp;plan_year={road.plan_year}&amp;show=works"' in text
    back = page_of(reader("stranger"), f"{LAYER}&region={cast.SUBDISTRICT}&plan_year={road.plan_year}")
    assert f'href="/peta/?region={cast.SUBDISTRICT}&amp;plan_year={road.plan_year}"' in back


def test_the_table_counts_what_the_map_draws(reader, people, road):
    a_work(people, realisation="confirmed")
    a_work(people, region_id=cast.HOME, realisation="confirmed", title="Pengadaan ambulans")
    client = reader("stranger")
    text = page_of(client, LAYER)
    atlas = client.get(LAYER).context["atlas"]
    assert (atlas.total, atlas.funded, atlas.own) == (3, 2, 1)
    assert [(row["code"], row["count"], row["confirmed"]) for row in atlas.bubbles if row["count"]] == [(cast.SUBDISTRICT, 2, 1)]
    assert "Dan 1 pekerjaan untuk" in text
    assert '<svg class="atlas-picture"' in text, "drawn on the server for who has no scripts"
    assert client.get(f"{LAYER}&state=confirmed").context["atlas"].total == 2
    assert "Belum ada pekerjaan didanai di sini" in page_of(client, f"{LAYER}&state=disputed")


def test_a_village_tells_each_work_with_its_per_cent_day_and_reporter(reader, people, road):
    done(people, road)
    text = page_of(reader("stranger"), f"{LAYER}&region={cast.VILLAGE}")
    assert f'href="/pembangunan/{road.pk}/"' in text
    assert f"dilaporkan oleh {people.agency_officer.display_name}" in text
    assert "100% terbangun" in text


def test_every_state_has_a_shape_and_a_word_in_the_legend(reader, people):
    text = page_of(reader("stranger"), LAYER)
    for state in ("not_started", "under_way", "reported_done", "confirmed", "disputed"):
        assert f"#w-{state}" in text
        assert f'data-work-state="{state}"' in text


def test_wrong_filters_are_told_and_never_a_fault_of_ours(reader, people, road):
    for query in ("state=hancur", "plan_year=satu", "region=satu", "region=99.99", "agency=-1"):
        text = reader("stranger").get(f"{LAYER}&{query}")
        assert text.status_code == 200, query
    assert "hancur" in page_of(reader("stranger"), f"{LAYER}&state=hancur")


def test_more_works_ask_no_more_of_the_database(reader, people, road):
    client = reader("stranger")
    for address in (LAYER, f"{LAYER}&region={cast.VILLAGE}", f"{LAYER}&fragment=list"):
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for _ in range(3):
            a_work(people)
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) <= len(few) <= 20, address
