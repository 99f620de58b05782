"""The cells of real sheets, one by one: what is meant is read, what could mean two things is refused."""

from decimal import Decimal

import pytest

from proposals.sheets import Line
from proposals.sheets.cells import Unclear, measure, place_of, rupiah
from proposals.sheets.rows import Wish, sector_of, title_and_problem, wish_of

CELLS = {"id_usulan": "1", "usulan": "Rabat beton gang", "permasalahan": "Becek", "koefisien": "3 unit", "anggaran": "10000000"}


@pytest.mark.parametrize(
    ("text", "volume", "unit"),
    [
        ("35 Orang", "35", "orang"),
        ("569.5 m", "569.5", "m"),
        ("569,5 m", "569.5", "m"),
        ("150 m2", "150", "m2"),
        ("1 Paket x 2", "2", "paket"),
        ("35 Orang x 2 Kali", "70", "orang x kali"),
        ("12", "12", ""),
        ("1.250.000 m", "1250000", "m"),
        ("3unit", "3", "unit"),
        ("0.125 ha", "0.125", "ha"),
        ("2 kWh", "2", "kWh"),
        ("2 Paket x 3 bulan", "6", "paket x bulan"),
        ("100 m x 2 m", "200", "m x m"),
        ("100x2 m", "200", "m"),
        ("100m x2m", "200", "m x m"),
        ("1 Ls", "1", "ls"),
        ("150 m2 paving", "150", "m2 paving"),
    ],
)
def test_a_coefficient_is_a_volume_and_a_unit(text: str, volume: str, unit: str) -> None:
    assert measure(text) == (Decimal(volume), unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unit",
        "-3 unit",
        "0 unit",
        "1.250 m",
        "1,250 m",
        "3.1234 m",
        "9999999999 m",
        "1e9 m",
        "٣ unit",
        "1 " + "u" * 40,
        "100mx2m",
        "3 P=100",
        "± 3 m",
        "1E+07",
    ],
)
def test_a_coefficient_that_is_unclear_is_refused(text: str) -> None:
    with pytest.raises(Unclear):
        measure(text)


@pytest.mark.parametrize(
    "text",
    [
        "10500000",
        "Rp 10.500.000",
        "10.500.000,00",
        "10500000.0",
        "Rp10,500,000",
        "rp. 10.500.000,-",
        "10 500 000",
        "IDR 10.500.000",
        "10500000.0000",
        "Rp10.500.000,--",
    ],
)
def test_an_amount_is_whole_rupiah_however_it_is_written(text: str) -> None:
    assert rupiah(text) == 10_500_000


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "10500000.5", "1e7", "10.50.000", "1" + "0" * 16, "sepuluh juta", "٣", "(10000)", "10,5 juta", "10500.000"]
)
def test_an_amount_that_is_no_whole_rupiah_is_refused(text: str) -> None:
    with pytest.raises(Unclear):
        rupiah(text)


def test_a_long_title_is_shortened_and_nothing_of_it_is_lost() -> None:
    long = "Pembangunan jalan lingkungan " * 8
    title, problem = title_and_problem(long.strip(), "Becek")
    assert (len(title) <= 160, title.endswith("…"), problem) == (True, True, f"{long.strip()}\n\nBecek")


def test_a_short_title_takes_from_the_problem() -> None:
    assert title_and_problem("Drainase", "Banjir setiap hujan\nlama")[0] == "Drainase: Banjir setiap hujan"
    assert isinstance(wish_of(Line(2, {**CELLS, "usulan": "Jalan", "permasalahan": ""}), plan_year=2023), dict)


def test_a_price_is_kept_only_where_it_is_whole() -> None:
    whole, broken = (wish_of(Line(2, {**CELLS, "anggaran": amount}), plan_year=2023) for amount in ("9000000", "10000000"))
    assert isinstance(whole, Wish)
    assert isinstance(broken, Wish)
    assert (whole.unit_price, broken.unit_price) == (3_000_000, None)


@pytest.mark.parametrize(("address", "locus"), [("Gang 2", "Gang 2, RW 04"), ("RT 01 RW 4", "RT 01 RW 4"), ("", "RW 04")])
def test_the_neighbourhood_is_part_of_the_place_once(address: str, locus: str) -> None:
    wish = wish_of(Line(2, {**CELLS, "alamat": address, "rw": "04"}), plan_year=2023)
    assert isinstance(wish, Wish)
    assert wish.locus == locus


@pytest.mark.parametrize("status", ["mungkin", "||Ditolak||Ditolak", "Diakomodir?"])
def test_a_status_nobody_documented_is_refused(status: str) -> None:
    with pytest.raises(Unclear):
        place_of(status)


def test_nul_and_turned_text_do_not_come_in() -> None:
    assert "usulan" in wish_of(Line(2, {**CELLS, "usulan": "Jalan\x00 desa baru"}), plan_year=2023)  # type: ignore[operator]
    wish = wish_of(Line(2, {**CELLS, "usulan": "Jalan \u202edesa\u202c baru"}), plan_year=2023)
    assert isinstance(wish, Wish)
    assert wish.title == "Jalan desa baru"


def test_the_sector_is_suggested_by_the_words() -> None:
    assert [sector_of(words) for words in ("Gorong-gorong 40 cm", "Pavingisasi", "Pengadaan tong sampah", "Lain")] == [
        "drainage",
        "road",
        "sanitation",
        "",
    ]
