"""Every page answers everybody, whole and well-formed, with and without data, in a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.frontend.html import read

pytestmark = pytest.mark.django_db

PAGES = ["/", "/usulan/", f"/wilayah/{cast.HOME}/", f"/wilayah/{cast.SUBDISTRICT}/", f"/wilayah/{cast.VILLAGE}/", "/wilayah/", "/wilayah/?q=kapur"]
PAGES += ["/pembangunan/", "/panduan/", "/akun/masuk/", "/akun/daftar/", "/akun/sandi/lupa/"]
EVERYBODY = ["stranger", "resident", "newcomer", "facilitator", "village_head", "subdistrict_officer", "agency_officer", "planner", "budget_team"]
EVERYBODY += ["moderator", "auditor", "operator", "foreign_planner"]


def some_of_everything() -> None:
    make.proposals(3)
    for stage in (Stage.SUBDISTRICT, Stage.AGENCY, Stage.BUDGET):
        make.proposal(stage=stage)
    make.proposal(stage=Stage.VILLAGE, outcome=Outcome.REJECTED)
    make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED, funding_source="district_budget")
    make.proposal(stage=Stage.DONE, outcome=Outcome.FUNDED, village=cast.NEXT_VILLAGE)


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_page_answers_each_of_the_cast(reader, name):
    some_of_everything()
    client = reader(name)
    own = ["/akun/"] if name != "stranger" else []
    for path in [page for page in PAGES if name == "stranger" or not page.startswith("/akun/")] + own:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert read(answer.content.decode()).faults == [], path


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_any_data_says_so_instead_of_breaking(client, path, db):
    answer = client.get(path)
    assert answer.status_code in ({404} if "/wilayah/61" in path else {200})
    assert read(answer.content.decode()).faults == []


def test_a_page_costs_as_many_queries_for_thirty_proposals_as_for_five(reader, django_assert_max_num_queries):
    make.proposals(5)
    most = {"/": 12, "/usulan/": 5, f"/wilayah/{cast.SUBDISTRICT}/": 12, f"/wilayah/{cast.VILLAGE}/": 12, "/pembangunan/": 12}
    client = reader("stranger")
    make.proposals(30)
    for path, number in most.items():
        with django_assert_max_num_queries(number):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/usulan/", f"/wilayah/{cast.VILLAGE}/", "/pembangunan/"])
def test_more_proposals_ask_no_more_of_the_database(reader, path, django_assert_num_queries):
    client = reader("stranger")
    make.proposals(2)
    make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    make.proposals(15)
    with django_assert_num_queries(len(few)):
        client.get(path)


def test_the_home_page_tells_the_newest_year_that_was_funded_while_the_next_is_discussed(reader):
    before = make.cycle(plan_year=2027)
    make.proposal(of=before, stage=Stage.WORKS, outcome=Outcome.FUNDED, amount=250_000_000, funding_source="village_fund")
    make.proposals(2)
    answer = reader("stranger").get("/")
    assert answer.context["cycle"].plan_year == 2028
    assert (answer.context["paid"].year, answer.context["paid"].count.funded_amount) == (2027, 250_000_000)
    assert "Rp250 juta" in answer.content.decode()


def test_the_policy_on_every_page_allows_nothing_inline(client, people):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_the_first_view_is_light(client, people):
    make.proposals(20)
    assert len(client.get("/").content) < 60_000


def test_filters_stay_in_the_links_to_the_next_page(reader):
    make.proposals(25)
    make.proposals(25, village=cast.FAR_VILLAGE)
    client = reader("stranger")
    first = client.get("/usulan/", {"region": cast.VILLAGE, "stage": "village"})
    page = first.context["page"]
    assert page.total == 25
    assert f"region={cast.VILLAGE}" in page.next
    second = client.get(page.next)
    assert [row.village_id for row in second.context["page"].rows] == [cast.VILLAGE] * 5
    assert second.context["page"].previous


def test_a_wrong_filter_is_named_beside_its_field_and_nothing_typed_is_lost(reader):
    answer = reader("stranger").get("/usulan/", {"region": "99.99", "q": "jalan rusak"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "99.99" in page
    assert 'value="jalan rusak"' in page


def test_a_made_up_cursor_is_a_page_with_a_sentence(reader):
    assert reader("stranger").get("/usulan/", {"cursor": "xx"}).status_code == 400


def test_no_filter_finds_a_draft(reader):
    draft = make.proposal(stage=Stage.DRAFT, title="Hanya milik saya")
    for path in ("/usulan/?q=Hanya", f"/wilayah/{cast.VILLAGE}/", "/"):
        assert draft.title not in reader("stranger").get(path).content.decode()


def test_a_village_without_boundary_says_so_and_works_all_the_same(reader):
    made = make.proposal(village=cast.UNDRAWN_VILLAGE)
    page = reader("stranger").get(f"/wilayah/{cast.UNDRAWN_VILLAGE}/").content.decode()
    assert "Batas wilayah ini belum tersedia" in page
    assert made.number in page
    assert reader("stranger").get(f"/usulan/{made.number}/").status_code == 200


@pytest.mark.parametrize("code", ["99", "99.99", "aa", "61.12.01.200", "61.12.01.2001.1"])
def test_an_unknown_region_is_a_page_that_helps_to_search(client, people, code):
    answer = client.get(f"/wilayah/{code}/")
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode()


def test_the_number_of_a_proposal_typed_into_the_search_opens_it(reader):
    made = make.proposal()
    assert reader("stranger").get("/wilayah/", {"q": made.number})["Location"] == f"/usulan/{made.number}/"


def test_what_people_type_into_the_search_is_shown_as_text(client, people):
    page = client.get("/wilayah/", {"q": '<script>alert("x")</script>'}).content.decode()
    assert "<script>alert" not in page
    assert read(page).faults == []


@pytest.mark.parametrize(
    "path",
    [
        "/wilayah/?q=%00",
        "/wilayah/%00/",
        "/usulan/%00/",
        "/usulan/?q=%00",
        "/usulan/?region=%00&stage=%00&plan_year=%C2%B2",
        f"/wilayah/{cast.HOME}/?plan_year=%C2%B2&cursor=%00",
        "/pembangunan/?state=%00&region=%00",
        "/akun/?village=%00&q=%00",
        "/akun/masuk/?next=%00",
    ],
)
def test_odd_signs_in_an_address_never_break_a_page(reader, path):
    assert reader("resident").get(path).status_code in {200, 302, 400, 404}
