"""Names as lists write them and as they are compared."""

import pytest

from deliberation.roll.names import bare, key, nearly, unnumbered, words


def alike(one: str, other: str) -> bool:
    return words(one) == words(other) or nearly(one, other)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("1. Sutrisno", "Sutrisno"),
        ("12) Hj. Siti Aminah", "Siti Aminah"),
        ("(3) Bpk. H. Sutrisno, S.Pd., M.Si", "Sutrisno"),
        ("4\tIbu Maria Goreti", "Maria Goreti"),
        ("- Drs. Yohanes Paulus", "Yohanes Paulus"),
        ("• dr. Rina Wijaya", "Rina Wijaya"),
        ("Ahmad Fauzi, SE", "Ahmad Fauzi"),
        ("Dewi Lestari A.Md.Keb", "Dewi Lestari"),
        ("Siti   Nurhaliza", "Siti Nurhaliza"),
        ("H.Abdullah", "Abdullah"),
        ("Ir. Joko S.", "Joko S."),
        ("2) H. M. Yusuf", "M. Yusuf"),
        ("Dr. dr. Budi Santoso, Sp.A(K)", "Budi Santoso"),
        ("Siti Aminah, S.Pd.I., M.Pd", "Siti Aminah"),
        ("Wati, S.Tr.Keb", "Wati"),
        ("Agus, SH, MH", "Agus"),
        ("Ali S.H.", "Ali"),
    ],
)
def test_numbering_and_titles_are_no_part_of_a_name(written: str, name: str) -> None:
    assert bare(written) == name


@pytest.mark.parametrize(
    "name",
    [
        "Ibu",
        "H.",
        "Drs",
        "7",
        "Hanafi",
        "Irwan",
        "Drajat",
        "Nyoman Sari",
        "Umar bin Khattab",
        "M. Nur",
        "Dedi S. Putra",
        "Ahmad M. Ali",
        "Aminah, Siti",
    ],
)
def test_a_name_that_only_looks_like_a_title_is_kept(name: str) -> None:
    assert bare(name) == name


def test_the_key_forgets_accents_capitals_and_signs_so_that_one_person_is_one_key() -> None:
    assert key("3. H. Ma’mun Syarif, S.Sos") == key("MA'MUN  SYARIF") == "mamun syarif"
    assert key("André") == "andre"


def test_words_in_another_order_and_one_letter_are_probably_one_person() -> None:
    assert alike("siti aminah", "aminah siti")
    assert alike("siti aminah", "sitti aminah")
    assert alike("siti aminah", "siti aminsh")
    assert not alike("siti aminah", "siti rahmah")


def test_short_names_need_to_be_equal_because_ali_and_adi_are_two_people() -> None:
    assert not alike("ali", "adi")
    assert not alike("budi", "rudi")


def test_a_row_keeps_its_text_when_it_has_no_number() -> None:
    assert unnumbered("RT 03 Dusun Karya") == "RT 03 Dusun Karya"
