"""What people paste: from a spreadsheet, from a chat, typed by hand."""

import pytest

from deliberation.roll import pasting
from deliberation.roll.shorthand import SHORT, element_of, sex_of
from deliberation.words import Element


def told(text: str, **otherwise: str) -> list[tuple[str, str, str]]:
    return [(row.fields["name"], row.fields["sex"], row.fields["element"]) for row in pasting.read(text, **otherwise).rows]


def test_columns_in_any_order_are_known_by_their_header() -> None:
    text = "Unsur;Jenis Kelamin;Nama Lengkap;NIK\nPetani;P;1. Hj. Siti Aminah, S.Pd;6112015708900003\nNelayan;Laki-laki;Budi;"
    assert told(text) == [("Siti Aminah", "female", "farmers"), ("Budi", "male", "fishers")]
    read = pasting.read(text)
    assert read.left_out == ["NIK"]
    assert all("6112015708900003" not in str(row.fields) for row in read.rows)


def test_names_alone_take_what_is_chosen_for_all() -> None:
    assert told("1. Siti Aminah\n2) Bpk. Budi, SE\n\n- Cici", sex="female", element="women") == [
        ("Siti Aminah", "female", "women"),
        ("Budi", "female", "women"),
        ("Cici", "female", "women"),
    ]


def test_columns_without_a_header_are_known_by_what_stands_in_them() -> None:
    assert told("1\tSiti Aminah\tP\tKelompok tani\tRT 03\n2\tBudi\tL\tKarang taruna\tDusun Karya") == [
        ("Siti Aminah", "female", "farmers"),
        ("Budi", "male", "youth"),
    ]
    assert pasting.read("Siti Aminah, P, PKK\nBudi, L, BPD").rows[1].fields["element"] == "consultative"


def test_a_row_says_what_is_wrong_with_it_by_its_number() -> None:
    rows = pasting.read("Nama,L/P,Unsur\nSiti,P,Petani\n,P,Petani\nBudi,X,Petani\nCici,P,\nSiti,P,Petani").rows
    assert [(row.place, row.problems, row.same_as) for row in rows] == [
        (2, [], None),
        (3, ["no_name"], None),
        (4, ["sex"], None),
        (5, ["element"], None),
        (6, [], 2),
    ]


def test_an_official_form_is_read_below_its_title_with_its_two_ticked_columns_and_without_its_empty_rows() -> None:
    text = "DAFTAR HADIR\r\nSenin, 12 Januari\r\n\r\nNO\tNAMA\tL\tP\tJABATAN\t\tTTD\r\n1\tHj. Rukiah\t\tV\tPKK\t\t\r\n2\tPonijo\t√\t\tKetua RT\t\t\r\n3\t\t\t\t\t\t\r\nJUMLAH\t1\t1\t\t\t\t\r\n"
    assert told(text.replace("JUMLAH\t1\t1", "\t\t2")) == [("Rukiah", "female", "women"), ("Ponijo", "male", "hamlet")]


def test_both_ticks_are_no_answer() -> None:
    assert pasting.read("Nama\tL\tP\tUnsur\nSiti\tv\tv\tPKK").rows[0].problems == ["sex"]


def test_marks_of_a_chat_and_invisible_ones_are_no_part_of_a_name() -> None:
    text = "*1. Siti* \n\u202aBudi\u202c\n\ufeff3. Ani\u200b\n✅ Wati\n1️⃣ Joko 😀"
    assert [name for name, _sex, _element in told(text, sex="male", element="community")] == ["Siti", "Budi", "Ani", "Wati", "Joko"]


def test_a_comma_inside_quotes_divides_nothing() -> None:
    assert told('"Siti Aminah, S.Pd","P","PKK"\n"Budi","L","tani"') == [("Siti Aminah", "female", "women"), ("Budi", "male", "farmers")]


@pytest.mark.parametrize("text", ["", " \n\t\n", ";;;", "|||\n"])
def test_a_list_of_nothing_has_no_rows(text: str) -> None:
    assert pasting.read(text).rows == []


def test_a_list_that_is_too_long_is_cut_and_says_so() -> None:
    read = pasting.read("Ani\n" * 600, sex="female", element="women")
    assert (len(read.rows), read.too_many) == (pasting.MOST, True)


@pytest.mark.parametrize(
    ("written", "sex"), [("P", "female"), ("perempuan", "female"), ("L", "male"), ("Laki-laki", "male"), ("L/P", None), ("", None), ("xyz", None)]
)
def test_a_sex_is_read_from_a_letter_or_a_word(written: str, sex: str | None) -> None:
    assert sex_of(written) == sex


@pytest.mark.parametrize(
    ("written", "element"),
    [
        ("Ketua RT 03", "hamlet"),
        ("Kader Posyandu", "women"),
        ("Kaur Keuangan", "village_government"),
        ("Guru PAUD", "education"),
        ("UMKM", "artisans"),
        ("???", None),
    ],
)
def test_an_element_is_read_from_everyday_words(written: str, element: str | None) -> None:
    assert element_of(written) == element


def test_every_element_has_a_short_code_of_its_own() -> None:
    assert len(set(SHORT.values())) == len(Element)
    assert all(element_of(short) is element for element, short in SHORT.items())


@pytest.mark.parametrize(
    "text",
    [
        "Sri Wahyuni, P, petani\nJoko Santoso\nDrs. Budi, M.Si",
        "Joko Santoso\nDrs. Budi, M.Si\nSri Wahyuni; P; petani",
        "Joko\tL\tpetani\nDrs. Budi, M.Si\tL\tpetani\nSri Wahyuni, P, petani",
    ],
)
def test_a_line_that_names_a_sex_has_columns_though_the_list_around_it_has_none_or_others(text):
    rows = {row.fields["name"]: row.fields for row in pasting.read(text).rows}
    assert (rows["Sri Wahyuni"]["sex"], rows["Sri Wahyuni"]["element"]) == ("female", "farmers")
    assert "Budi" in rows, "a degree behind a comma divides nothing"
