"""Everyday words find works: in a real kabupaten's list, and in one that knows more kinds of works."""

import os
from pathlib import Path

import pytest

from proposals.dictionary.sheet import read
from proposals.dictionary.suggestions import meanings, suggest
from proposals.models import DictionaryEntry
from proposals.services.dictionary_import import import_dictionary
from proposals.words import Sector
from tests import cast, make

SHARED = Path(os.environ.get("MUSRENBANG_SHARED", Path(__file__).parents[4] / "shared" / "data"))
LIST = SHARED / "usulan" / "jember_kamus_usulan_2017.csv"
MORE = {
    "A1": "Rabat beton jalan desa",
    "A2": "Drainase tertutup tepi jalan",
    "A3": "Sumur bor dan menara air bersih",
    "A4": "Alat posyandu dan timbangan balita",
    "A5": "Beasiswa anak keluarga miskin",
    "A6": "Normalisasi parit",
}


@pytest.fixture
def cycle(people):
    if not LIST.exists():
        pytest.skip("the shared data is not on this machine")
    made = make.cycle()
    import_dictionary(region_code=cast.HOME, plan_year=2028, table=read(LIST.read_bytes(), name=LIST.name))
    return made


def _names(cycle, text):
    return [one.entry.name for one in suggest(cycle, text)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("jalan becek", "Paving"),
        ("Jalan di RT 03 becek dan berlumpur kalau hujan", "Saluran"),
        ("lampu mati", "Lampu Jalan"),
        ("kampung kami gelap", "PJU"),
        ("banjir setiap musim hujan", "Saluran"),
        ("anak putus sekolah", "Pelatihan Keterampilan"),
        ("banyak pemuda menganggur", "Pelatihan"),
        ("sampah menumpuk di depan rumah", "Gerobak Sampah"),
        ("motor sering ngebut, anak ditabrak", "Pita Penggaduh"),
        ("buta huruf", "Taman Bacaan"),
        ("kebakaran rumah, damkar jauh", "Sumur Kebakaran"),
        ("jalan kuburan", "makam"),
    ],
)
def test_everyday_words_find_works_in_a_real_kabupatens_list(cycle, text, word):
    assert any(word in name for name in _names(cycle, text)), _names(cycle, text)


@pytest.mark.parametrize("text", ["posyandu", "air keruh", "sapi mati", "", "   ", "yang di dan", "\0", "😀", "' OR 1=1 --", "%%%", "!!!&|("])
def test_where_the_list_has_no_such_work_nothing_is_suggested_instead_of_something_silly(cycle, text):
    assert _names(cycle, text) == []


def test_with_such_works_in_the_dictionary_they_are_found_and_the_reason_is_told(cycle):
    for code, name in MORE.items():
        make.dictionary_entry(of=cycle, code=code, name=name)
    for text, wanted in (
        ("jalan becek", {"A1", "A2"}),
        ("air keruh", {"A3"}),
        ("posyandu", {"A4"}),
        ("anak putus sekolah", {"A5"}),
        ("kebanjiran", {"A6"}),
    ):
        found = {one.entry.code: one for one in suggest(cycle, text, limit=12)}
        assert wanted <= found.keys(), (text, list(found))
        assert all(one.said for one in found.values())
    road = next(one for one in suggest(cycle, "jalan becek", limit=20) if one.entry.code == "A1")
    assert (road.said, road.meant) == ("becek", "rabat beton")


def test_a_typing_error_and_another_form_of_the_word_still_find_it(cycle):
    assert any("Trotoar" in name for name in _names(cycle, "trotoarr"))
    assert any("Jembatan" in name for name in _names(cycle, "menjembatani jembatannya"))


def test_the_kabupatens_own_everyday_words_find_its_works(cycle):
    make.dictionary_entry(of=cycle, code="X1", name="Pengadaan barang lain", everyday_words="tempurung, gasing")
    assert _names(cycle, "gasing") == ["Pengadaan barang lain"]


def test_a_locked_work_and_another_years_are_never_suggested(cycle):
    make.dictionary_entry(of=make.cycle(plan_year=2029), code="Z1", name="Paving tahun lain")
    DictionaryEntry.objects.filter(cycle=cycle, name__icontains="paving").update(is_locked=True)
    assert not any("aving" in name for name in _names(cycle, "paving becek"))


def test_a_long_story_costs_three_queries(cycle, django_assert_num_queries):
    story = "Jalan dusun becek dan berlubang, anak sekolah jatuh. Lampu jalan mati sejak dua tahun! " * 40
    with django_assert_num_queries(3):
        assert suggest(cycle, story)


def test_words_of_two_sentences_are_no_phrase(cycle):
    told = suggest(cycle, "Lampu lapangan. Ayam mati semua")
    assert told
    assert all((one.said, one.meant) == ("lampu", "") for one in told)


def test_every_sector_has_everyday_words_and_every_line_means_a_work():
    text = Path(suggest.__code__.co_filename).with_name("everyday_words.csv").read_text()
    assert {line.split(",")[0] for line in text.splitlines()[1:]} == set(Sector.values)
    assert len(meanings()) > 300
    assert all(one.phrase.strip() and all(word.strip() for word in one.works) for one in meanings())


@pytest.mark.parametrize(
    ("text", "silly"),
    [
        ("pasar becek", "Paving"),
        ("rumah mau roboh", "Rumah Ibadah"),
        ("sumur kering", "Sumur Kebakaran"),
        ("lampu jalan padam", "Pemadaman"),
        ("padi gagal panen", "Panel"),
        ("pohon tumbang", "Taman Bacaan"),
        ("listrik belum masuk", "Las Listrik"),
        ("demam berdarah", "Saluran"),
        ("ibu hamil susah periksa", "Kerajinan"),
        ("air pdam tidak mengalir", "Saluran"),
    ],
)
def test_a_word_of_the_complaint_does_not_bring_a_work_that_mends_something_else(cycle, text, silly):
    assert not [name for name in _names(cycle, text) if silly.lower() in name.lower()]


@pytest.mark.parametrize(("text", "word"), [("jln rusak", "Paving"), ("Jl. berlubang2", "Paving"), ("gorong2 ambrol", "Saluran")])
def test_the_short_forms_of_phones_are_written_out(cycle, text, word):
    assert any(word in name for name in _names(cycle, text)[:3])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("selokan meluap", "A2"),
        ("air got bau", "A2"),
        ("atap sekolah bocor", "B1"),
        ("maling masuk kampung", "B2"),
        ("dermaga lapuk", "B3"),
        ("internet lemot", "B4"),
        ("lapangan bola becek", "B5"),
        ("sapi mati", "B6"),
    ],
)
def test_the_likeliest_work_stands_first(cycle, text, first):
    DictionaryEntry.objects.all().delete()
    more = {
        "B1": "Rehabilitasi ruang kelas sekolah dasar",
        "B2": "Pos kamling dusun",
        "B3": "Steher penyeberangan",
        "B4": "Jaringan internet kantor desa",
        "B5": "Lapangan olahraga desa",
        "B6": "Vaksinasi ternak dan kesehatan hewan",
    }
    for code, name in (MORE | more | {"C1": "Paving jalan permukiman", "C2": "Perpipaan air bersih dusun"}).items():
        make.dictionary_entry(of=cycle, code=code, name=name)
    assert [one.entry.code for one in suggest(cycle, text)][:1] == [first]
