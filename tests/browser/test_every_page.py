"""Every page, at the width of a cheap phone and of a desk, in both languages: weight, axe, console, foreign hosts."""

import pytest

from musrenbang.demo import people as demo
from tests.browser.window import DESK, FIRST_VIEW, FIRST_VIEW_OF_MAP, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

EVERYBODYS = {
    "beranda": "/",
    "peta": "/peta/",
    "usulan": "/usulan/",
    "usulan-kosong": "/usulan/?q=tidakadayangbegini",
    "wilayah": f"/wilayah/{demo.SUBDISTRICT}/",
    "wilayah-desa": f"/wilayah/{demo.VILLAGE}/",
    "cari": "/wilayah/?q=punggur",
    "anggaran": "/anggaran/",
    "pembangunan": "/pembangunan/",
    "panduan": "/panduan/",
    "kamus": "/panduan/kamus/",
    "masuk": "/akun/masuk/",
    "daftar": "/akun/daftar/",
    "kerja": "/kerja/",
    "rapat": "/rapat/",
    "tanya-jawab": f"/wilayah/{demo.DISTRICT}/tanya-jawab/",
}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_everybodys_pages_are_light_and_sound(new_context, site, demonstration, width):
    found = []
    for name, path in {**EVERYBODYS, **demonstration.pages}.items():
        opened = window(new_context(width=width), site)
        try:
            opened.visit(path, most=FIRST_VIEW_OF_MAP if path.startswith("/peta/") else FIRST_VIEW)
            opened.shoot(name)
            opened.check()
        except AssertionError as wrong:
            found.append(str(wrong))
        opened.page.context.close()
    assert not found, "\n".join(found)


def test_the_description_of_the_api_opens_without_a_complaint(new_context, site, transactional_db):
    """The reader is a library's: it has to live with our content security policy."""
    opened = window(new_context(width=DESK), site)
    opened.visit("/api/v1/docs/")
    opened.page.locator(".opblock-summary").first.click()
    opened.page.locator(".responses-wrapper").first.wait_for()
    assert not opened.complaints
