"""The 138 proposals that a ward of Malang really sent in for 2023: what its people would type finds what they wrote."""

import csv
from pathlib import Path

import pytest

from proposals.search import vocabulary
from tests import cast, make

LIST = Path(__file__).parents[4] / "shared" / "data" / "usulan" / "kota-malang_kel-kauman_usulan_2023.csv"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not LIST.exists(), reason="the real list is not part of the project and lies beside it only where it was put"),
]


@pytest.fixture
def real(people):
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    plan = make.open_cycle()
    for row in rows:
        make.proposal(of=plan, title=row["permasalahan"][:160], problem=row["usulan"], locus=row["alamat"], objective="", village=cast.VILLAGE)
    vocabulary.read_waiting()
    return rows


TYPED = {
    "pelatihan": "pelatihan", "meningkat": "Meningkatkan", "posyandu": "posyandu", "posiandu": "posyandu", "paving": "paving", "pupuk organik": "Pupuk Organik",
    "kerajinn tangan": "Kerajinan Tangan", "bahaya narkoba": "Narkoba", "anak-anak muda": "Anak Muda", '"daur ulang"': "Daur Ulang",
    "daur ulng": "Daur Ulang", "gorong2": "Gorong-gorong", "bibit buah2an": "buah-buahan", "paping": "paving", "pelatihan umkm": "usaha mikro", "wc": "MCK",
    "sampah": "sampah", "kampung bersih": "Kebersihan", "mampu parenting": "Kemampuan Parenting",
}  # fmt: skip


def test_what_people_type_finds_what_they_wrote(real, titles):
    for typed, part in TYPED.items():
        wanted = {row["permasalahan"][:160] for row in real if part.lower() in (row["permasalahan"] + " " + row["usulan"]).lower()}
        assert wanted, f"the list says nothing of {part}"
        assert wanted & set(titles(typed)), typed


def test_every_title_finds_itself_among_the_first(real, titles):
    """Typed whole and without its signs, the first twelve words; the same title stands several times in the list."""
    for row in real[::9]:
        words = " ".join(row["permasalahan"][:160].replace("-", " ").split()[:6])
        assert row["permasalahan"][:160] in titles(words[:200])[:5], words


def test_no_word_of_the_list_is_taken_for_a_slip(real):
    from proposals.search import meaning_of

    for row in real[::5]:
        assert meaning_of(" ".join(row["permasalahan"].split()[:8])[:200]).corrected == {}
