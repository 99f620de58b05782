"""The list of proposals: words, filters, chips, the table, what to do where nothing is found, searches that one keeps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals import lists
from tests import cast, make
from tests.frontend.html import read

pytestmark = pytest.mark.django_db
EVERYTHING = {
    "q": "rabat", "region": cast.VILLAGE, "stage": "village", "outcome": "open", "sector": "road", "plan_year": "2028", "channel": "village",
    "amount_min": "1", "amount_max": "900000000", "placed": "yes", "shape": "point", "submitted_from": "2020-01-01", "near": "109.41,-0.09,900",
    "bbox": "109,-1,110,1",
}  # fmt: skip


def shown(client, **query):
    answer = client.get("/usulan/", query)
    page = answer.content.decode()
    assert read(page).faults == []
    return answer, page


@pytest.mark.parametrize("view", ["kartu", "tabel"])
@pytest.mark.parametrize("name", ["stranger", "resident"])
def test_the_page_is_whole_in_both_views_with_every_filter(reader, view, name):
    make.proposal(title="Rabat beton jalan Dusun Karya")
    answer, page = shown(reader(name), **EVERYTHING, tampilan=view)
    assert answer.status_code == 200
    assert len(answer.context["page"].rows) == 1
    assert ("<table" in page) == (view == "tabel")


def test_every_filter_is_a_chip_that_takes_just_itself_away(reader):
    make.proposal(title="Rabat beton jalan Dusun Karya")
    client = reader("stranger")
    answer, _page = shown(client, **EVERYTHING)
    chips = answer.context["shown"].chips
    assert len(chips) == len(EVERYTHING)
    for chip in chips:
        rest = client.get(f"/usulan/?{chip.without}").context["shown"].chips
        assert {other.words for other in chips} - {other.words for other in rest} == {chip.words}


def test_of_two_values_a_chip_takes_one(reader):
    make.proposal()
    answer, _page = shown(reader("stranger"), stage=["village", "agency"])
    assert [chip.without for chip in answer.context["shown"].chips] == ["stage=agency", "stage=village"]


def test_a_corrected_word_is_told_with_the_way_back(reader):
    make.proposal(title="Drainase Gang Melati")
    answer, page = shown(reader("stranger"), q="drainse")
    assert "Menampilkan hasil untuk “drainase”" in page
    assert "Cari “drainse” saja" in page
    _answer, literal = shown(reader("stranger"), q='"drainse"')
    assert "Tidak ada hasil untuk" in literal
    assert len(answer.context["page"].rows) == 1


def test_nothing_found_says_for_what_and_what_to_do(reader):
    make.proposal()
    _answer, page = shown(reader("stranger"), q="pesawat <b>terbang</b>")
    assert "Tidak ada hasil untuk “pesawat &lt;b&gt;terbang&lt;/b&gt;”. " in page or "pesawat &lt;b&gt;" in page
    assert "Periksa ejaan atau pilih di peta." in page
    _answer, filtered = shown(reader("stranger"), stage="works")
    assert "Show all" not in filtered
    assert "Lihat semua usulan" in filtered or "semua usulan" in filtered.lower()


def test_more_than_is_counted_says_more_than(reader, monkeypatch):
    monkeypatch.setattr(lists, "COUNTED_AT_MOST", 3)
    make.proposals(6)
    _answer, page = shown(reader("stranger"), q="perbaikan")
    assert "lebih dari 3 usulan" in page


def test_the_order_offered_first_is_the_one_that_stands(reader):
    make.proposal(title="Drainase")
    assert shown(reader("stranger"), q="drainase")[0].context["shown"].ordering == "relevance"
    assert 'value="relevance"' not in shown(reader("stranger"))[1]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"region": cast.VILLAGE},
        {"q": "drainse sungi raya"},
        {"q": "jalan", "region": cast.HOME, "stage": "village", "agency": "", "ordering": "-amount"},
        {"waiting": "1"},
    ],
)
def test_a_page_asks_at_most_twelve_questions_however_much_there_is(reader, query, django_assert_max_num_queries):
    make.proposals(3, title="Drainase jalan")
    client = reader("stranger")
    with CaptureQueriesContext(connection) as few:
        client.get("/usulan/", query)
    make.proposals(30, title="Drainase jalan")
    with django_assert_max_num_queries(min(12, len(few))):
        client.get("/usulan/", query)


def test_what_was_typed_wrongly_stays_and_says_so_at_its_field(reader):
    answer, page = shown(reader("stranger"), amount_min="banyak", near="x", q="jalan", waiting="-2", submitted_from="kapan")
    assert answer.status_code == 400
    assert set(answer.context["filters"].form.errors) == {"amount_min", "near", "waiting", "submitted_from"}
    for typed in ("banyak", "kapan", 'value="x"', 'value="jalan"'):
        assert typed in page


def test_a_search_is_kept_opened_renamed_and_deleted_on_the_page(reader):
    make.proposal(title="Drainase")
    client = reader("planner")
    _answer, page = shown(client, q="drainase", stage="village")
    assert "Simpan pencarian ini" in page
    assert client.post("/akun/pencarian/", {"name": "Parit", "query": "q=drainase&stage=village"}).status_code == 303
    assert "Anda menyimpannya sebagai “Parit”" in shown(client, stage="village", q="drainase")[1]
    listed = client.get("/akun/pencarian/")
    assert read(listed.content.decode()).faults == []
    (search, new), *_rest = listed.context["searches"]
    assert new == 0
    address = f"/akun/pencarian/{search.pk}/"
    assert client.post(address, {"verb": "open"})["Location"] == "/usulan/?q=drainase&stage=village"
    refused = client.post(address, {"verb": "rename", "name": ""})
    assert refused.status_code == 400
    assert read(refused.content.decode()).faults == []
    assert client.post(address, {"verb": "rename", "name": "Saluran"}).status_code == 303
    assert client.post(address, {"verb": "delete"}).status_code == 303
    assert "Anda belum menyimpan pencarian" in client.get("/akun/pencarian/").content.decode()
    assert client.post(address, {"verb": "open"}).status_code == 404


def test_a_stranger_is_led_to_the_sign_in_and_a_refused_name_stays(reader):
    assert reader("stranger").get("/akun/pencarian/").status_code == 302
    assert "/akun/masuk/?next=/usulan/" in shown(reader("stranger"), q="jalan")[1]
    answer = reader("planner").post("/akun/pencarian/", {"name": "x" * 70, "query": "q=jalan"})
    assert answer.status_code == 400
    assert "x" * 70 in answer.content.decode()
    assert read(answer.content.decode()).faults == []
