"""The frame: language, scheme and low data without scripts, errors as pages, nobody sent to a foreign host."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.frontend.html import read

pytestmark = pytest.mark.django_db

#: Words that would betray a sentence left in the other language.
ENGLISH = {"the", "and", "proposal", "proposals", "village", "sign", "search", "nothing", "where", "what", "your", "with", "reserve", "budget"}
INDONESIAN = {"dan", "yang", "usulan", "desa", "masuk", "cari", "belum", "dengan", "untuk", "anda", "tahap", "dukungan", "anggaran", "semua"}


def words_of(client: Client, path: str, language: str) -> set[str]:
    texts = [text for spoken, text in read(client.get(path).content.decode()).text if spoken == language]
    return {word.strip(".,:;()“”?·").lower() for text in texts for word in text.split()}


@pytest.fixture
def spoken(people) -> list[str]:
    """Pages whose every word is ours: no names of villages or works on them."""
    return ["/panduan/", "/wilayah/", "/akun/masuk/", "/akun/daftar/", "/akun/sandi/lupa/", "/tidak-ada/"]


def test_pages_are_indonesian_whatever_the_browser_lists(client, spoken):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en-US,en;q=0.9"
    for path in spoken:
        assert words_of(client, path, "id") & ENGLISH == set(), path


def test_the_switch_turns_every_page_english_and_keeps_the_address(client, spoken):
    for path in spoken:
        answer = client.post("/bahasa/", {"language": "en", "next": path})
        assert answer["Location"] == path
        assert words_of(client, path, "en") & INDONESIAN == set(), path


def test_high_contrast_is_remembered_without_scripts(client, people):
    assert client.post("/tampilan/", {"scheme": "dark", "next": "/panduan/"})["Location"] == "/panduan/"
    page = client.get("/").content.decode()
    assert 'data-scheme="dark"' in page
    assert 'media="(prefers-color-scheme' not in page


def test_low_data_sends_no_font(client, people):
    assert "woff2" in client.get("/").content.decode()
    client.post("/tampilan/", {"saver": "on"})
    assert "woff2" not in client.get("/").content.decode()


def test_a_browser_that_saves_data_gets_the_light_page_at_once(client, people):
    assert 'data-saver="on"' in client.get("/", headers={"Save-Data": "on"}).content.decode()


@pytest.mark.parametrize("elsewhere", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)", "\\\\jahat.example"])
def test_no_switch_leads_to_a_foreign_host(client, people, elsewhere):
    for path, sent in (("/tampilan/", {"scheme": "dark"}), ("/bahasa/", {"language": "en"})):
        assert "jahat" not in client.post(path, {**sent, "next": elsewhere})["Location"]


def test_a_missing_page_has_the_frame_and_a_search(client, people):
    answer = client.get("/tidak-ada/")
    assert answer.status_code == 404
    assert read(answer.content.decode()).faults == []
    assert 'name="q"' in answer.content.decode()


def test_a_stale_form_is_told_in_words(people):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/tampilan/", {"scheme": "dark"})
    assert answer.status_code == 403
    assert "Formulir ini sudah tidak berlaku" in answer.content.decode()


def test_a_page_that_takes_nothing_says_so_instead_of_staying_white(client, people):
    answer = client.post("/panduan/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "tidak menerima permintaan" in answer.content.decode()


def test_what_waits_stands_beside_ones_own_page(reader):
    make.proposal()
    page = reader("village_head").get("/panduan/").content.decode()
    assert '<span class="count">2' in page, "one proposal to decide, one newcomer to recognise"
    assert '<span class="count">' not in reader("resident").get("/panduan/").content.decode()


def test_every_address_of_the_frame_exists(client, people):
    for name in ("home", "map", "proposals", "works", "guide", "budget", "new_proposal", "region_search", "account_login"):
        assert client.get(reverse(name)).status_code in {200, 302, 303}, name
