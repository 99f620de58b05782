import pytest

from geo.codes import Level
from geo.names import proper, search_words, split_kind


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("SUNGAI RAYA II", "Sungai Raya II"),
        ("candirejo", "Candirejo"),
        ("PANGKAJENE DAN KEPULAUAN", "Pangkajene dan Kepulauan"),
        ("Dua puluh", "Dua Puluh"),
        ("SA'DAN BALUSU", "Sa'dan Balusu"),
        ("MUNTUK-MUNTUK", "Muntuk-Muntuk"),
        # What already mixes cases says how it is spelled.
        ("Abal-abal", "Abal-abal"),
        ("SeuneubokTeungoh", "SeuneubokTeungoh"),
        ("RD. PJKA", "RD. PJKA"),
        ("2 x 11 Enam Lingkung", "2 x 11 Enam Lingkung"),
        ("  Kuala   Dua ", "Kuala Dua"),
    ],
)
def test_a_name_is_written_as_on_paper(given, written):
    assert proper(given) == written


@pytest.mark.parametrize(
    ("code", "name", "papua", "kind", "bare"),
    [
        ("61", "Kalimantan Barat", False, "Provinsi", "Kalimantan Barat"),
        ("61.12", "Kabupaten Kubu Raya", False, "Kabupaten", "Kubu Raya"),
        ("61.71", "Kota Pontianak", False, "Kota", "Pontianak"),
        ("12.34", "Kota", False, "Kabupaten", "Kota"),
        ("61.12.01", "Kota Baru", False, "Kecamatan", "Kota Baru"),
        ("91.03.01", "Sentani", True, "Distrik", "Sentani"),
        ("61.12.01.2001", "Kapur", False, "Desa", "Kapur"),
        ("61.71.01.1001", "Benua", False, "Kelurahan", "Benua"),
        ("91.03.01.3001", "Yobeh", True, "Desa Adat", "Yobeh"),
    ],
)
def test_the_official_word_comes_from_the_decree_or_from_the_code(code, name, papua, kind, bare):
    assert split_kind(code, name, papua=papua) == (kind, bare)


@pytest.mark.parametrize(
    ("typed", "words", "meant"),
    [
        ("sei raya", "sungai raya", None),
        ("Sei. Raya", "sungai raya", None),
        ("S. Raya", "sungai raya", None),
        ("kec. sei raya", "sungai raya", Level.SUBDISTRICT),
        ("Tj. Harapan", "tanjung harapan", None),
        ("Pk. Bun", "pangkalan bun", None),
        ("kab kubu raya", "kubu raya", Level.DISTRICT),
        ("Ma\u2019u", "mau", None),
        # Alone, a word is what it says: somebody may be looking for a village named Desa.
        ("desa", "desa", None),
        ("sei", "sei", None),
        ("\x00 %_ <b>", "b", None),
        ("", "", None),
    ],
)
def test_what_people_type_becomes_comparable_words(typed, words, meant):
    assert search_words(typed) == (words, meant)
