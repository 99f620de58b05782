"""Sheets as offices really send them: what is understood, what is refused, and with which words."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.core.management import CommandError, call_command

from geo.models import Region, RegionPiece
from proposals import sheets
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import cast

pytestmark = pytest.mark.django_db
KAUMAN, NEXT = "35.73.02.1007", "35.73.02.1008"
HEADER = ["id_usulan", "usulan", "permasalahan", "alamat", "skpd_tujuan", "koefisien", "anggaran", "keterangan"]
ROW = [1, "Rabat beton gang", "Becek", "Gang 2", "Dinas PU", "100 m", 10_000_000, "Diakomodir"]


@pytest.fixture(autouse=True)
def ward() -> None:
    cast.country()
    names = [("35", "province", "Jawa Timur"), ("35.73", "district", "Malang"), ("35.73.02", "subdistrict", "Klojen")]
    for code, level, name in [*names, (KAUMAN, "village", "Kauman"), (NEXT, "village", "Kidul Dalem")]:
        Region.objects.create(code=code, level=level, name=name, parent_id=code.rpartition(".")[0] or None)


def draw(code: str, west: float) -> None:
    square = Polygon.from_bbox((west, -7.99, west + 0.01, -7.98))
    square.srid = 4326
    Region.objects.filter(pk=code).update(boundary=MultiPolygon(square, srid=4326))
    RegionPiece.objects.create(region_id=code, geom=square)


def taken(path: Path, *options: str) -> dict:
    out = io.StringIO()
    try:
        call_command("import_proposals", str(path), "--village", KAUMAN, "--plan-year", "2023", "--json", *options, stdout=out)
    except CommandError:
        if not out.getvalue():
            raise
    return json.loads(out.getvalue())


def book(folder: Path, *rows: list, edit: Callable[[openpyxl.Workbook], None] | None = None) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if edit:
        edit(made)
    made.save(folder / "usulan.xlsx")
    return folder / "usulan.xlsx"


def text(folder: Path, content: str | bytes) -> Path:
    path = folder / "usulan.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def counted(report: dict) -> tuple[int, int, int, int]:
    return report["created"], report["errors"], report["skipped"], report["blank"]


def test_titles_above_a_numbering_a_sum_and_signatures_are_told_from_the_rows(tmp_path: Path) -> None:
    path = book(
        tmp_path, ["DAFTAR USULAN MUSRENBANG"], ["Kelurahan Kauman", None, None, "Tahun 2023"], [], HEADER, [1, 2, 3, 4, 5, 6, 7, 8], ROW, [],
        [2, *ROW[1:]], ["JUMLAH", None, None, None, None, None, 20_000_000], [None, None, None, "Malang, 3 Januari 2022"], [None, "Lurah Kauman"],
    )  # fmt: skip
    report = taken(path)
    assert counted(report) == (2, 0, 6, 2)
    assert [row["row"] for row in report["rows"] if row["status"] == "created"] == [6, 8]


def test_a_header_of_two_rows_with_merged_cells_is_read(tmp_path: Path) -> None:
    upper = ["No", "ID Usulan", "Kamus Usulan", "Uraian Permasalahan dan Usulan", "Lokasi/Alamat", "Rekomendasi", None, None, "Keterangan"]
    lower = [None, None, None, None, None, "Volume", "Satuan", "Pagu (Rp)", None]

    def merge(made: openpyxl.Workbook) -> None:
        made.active.merge_cells("F1:H1")
        for column in "ABCDEI":
            made.active.merge_cells(f"{column}1:{column}2")

    report = taken(book(tmp_path, upper, lower, [1, 7, "Pembangunan drainase", "Banjir", "RT 2", 25, "meter", "Rp 12.500.000,00", None], edit=merge))
    assert counted(report) == (1, 0, 0, 0)
    made = Proposal.objects.get()
    assert (made.volume, made.unit, made.amount, made.unit_price) == (25, "meter", 12_500_000, 500_000)


def test_the_tables_of_the_national_system_are_understood_whole(tmp_path: Path) -> None:
    cells = {
        "id": "9", "alamat_teks": "Jl. Kauman 1", "anggaran": "0", "detail_usulanggaran": "40000000.0", "giat_teks": "Pembangunan drainase",
        "id_usulan": "417.0", "is_batal": "0", "is_tolak": "1", "koefisien": "", "detail_volume": "4", "satuan": "Paket", "masalah": "Banjir\ntiap hujan",
        "nama_skpd_awal": "Dinas PU", "status_usul_teks": "Diteruskan ke Forum SKPD", "keterangan": "catatan bebas", "tolak_teks": "0",
        "tujuan_usul": "Tidak banjir", "detail_setStatusUsul": "", "rekom_camat_rekomendasi": "Cukup tiga", "rekom_camat_koefisien": "3 Paket",
        "rekom_camat_anggaran": "30000000", "tahun_anggaran": "2023", "id_unik": "abc",
    }  # fmt: skip
    quoted = [";".join(f'"{value}"' for value in line) for line in (cells.keys(), cells.values())]
    assert counted(taken(text(tmp_path, "\ufeffsep=;\r\n" + "\r\n".join(quoted)))) == (1, 0, 0, 1)
    made = Proposal.objects.get()
    assert (made.source_id, made.stage, made.outcome, made.agency.name) == ("417", Stage.AGENCY, Outcome.REJECTED, "Dinas PU")
    assert (made.volume, made.unit, made.amount, made.objective) == (3, "paket", 30_000_000, "Tidak banjir")
    steps = list(made.recommendations.order_by("version").values_list("move", "stage", "stage_after", "amount"))
    assert steps == [
        ("submit", "draft", "village", 40_000_000),
        ("forward", "village", "subdistrict", 40_000_000),
        ("forward_adjusted", "subdistrict", "agency", 30_000_000),
        ("reject", "agency", "agency", 30_000_000),
    ]
    assert made.version == 4


@pytest.mark.parametrize(
    ("lon", "lat", "lies", "noted"),
    [
        ("112.625", "-7.985", None, False),
        ("112,625", "-7,985", None, False),
        ("112.635", "-7.985", NEXT, False),
        ("-7.985", "112.625", None, True),
        ("0", "0", None, False),
        ("106.8", "-6.2", None, True),
        ("112.625", "", None, True),
        ("timur", "selatan", None, True),
    ],
)
def test_a_position_is_taken_where_it_fits_and_else_left_out_with_a_note(
    tmp_path: Path, lon: str, lat: str, lies: str | None, *, noted: bool
) -> None:
    draw(KAUMAN, 112.62)
    draw(NEXT, 112.63)
    report = taken(book(tmp_path, [*HEADER, "detail_latpeta", "detail_langpeta"], [*ROW, lat, lon]))
    assert (report["created"], "note" in report["rows"][0]) == (1, noted)
    made = Proposal.objects.get()
    assert (made.location is None) == (noted or lon == "0")
    assert (made.located_village_id, bool(made.mismatch_reason)) == (lies, bool(lies))


def test_rows_of_other_villages_are_errors_or_left_to_their_village(tmp_path: Path) -> None:
    path = book(tmp_path, [*HEADER, "Desa/Kelurahan"], [*ROW, "KEL. KAUMAN"], [2, *ROW[1:], "Kidul Dalem"])
    report = taken(path)
    assert (counted(report), Proposal.objects.count()) == ((0, 1, 0, 0), 0)
    report = taken(path, "--only-village")
    assert (report["created"], report["elsewhere"], Proposal.objects.count()) == (1, 1, 1)


def test_the_worksheet_with_the_table_is_found_and_two_of_them_are_not_guessed_between(tmp_path: Path) -> None:
    def hidden_first(made: openpyxl.Workbook) -> None:
        hidden = made.create_sheet("Lama", 0)
        hidden.append(HEADER)
        hidden.append([8, *ROW[1:]])
        hidden.sheet_state = "hidden"
        made.create_sheet("Petunjuk", 0).append(["Cara mengisi"])

    assert taken(book(tmp_path, HEADER, ROW, edit=hidden_first))["created"] == 1
    assert Proposal.objects.get().source_id == "1"

    def twice(made: openpyxl.Workbook) -> None:
        made.active.title = "RW 1"
        second = made.create_sheet("RW 2")
        second.append(HEADER)
        second.append([2, *ROW[1:]])

    path = book(tmp_path, HEADER, ROW, edit=twice)
    with pytest.raises(CommandError, match=r"RW 1.*RW 2"):
        taken(path)
    assert taken(path, "--sheet", "RW 2")["created"] == 1
    with pytest.raises(CommandError):
        taken(path, "--sheet", "RW 3")


def _with_values(path: Path, *cells: tuple[str, str]) -> Path:
    """Stored values beside the formulas, as a spreadsheet program saves them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    for empty, full in cells:
        assert empty.encode() in parts[name]
        parts[name] = parts[name].replace(empty.encode(), full.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def test_a_formula_counts_as_its_stored_value_and_one_that_failed_is_an_error(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, [*ROW[:6], "=5*2000000", None], [2, *ROW[1:]])
    _with_values(path, ("<f>5*2000000</f><v />", "<f>5*2000000</f><v>10000000</v>"))
    assert (taken(path)["created"], Proposal.objects.get(source_id="1").amount) == (2, 10_000_000)
    failed = taken(book(tmp_path, HEADER, [3, *ROW[1:6], "#REF!", None]))
    assert [(row["row"], row["field"]) for row in failed["rows"]] == [(2, "anggaran")]


def test_a_workbook_that_lies_about_its_size_hides_no_rows(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ROW, [2, *ROW[1:]])
    assert taken(_with_values(path, ('ref="A1:H3"', 'ref="A1"')))["created"] == 2


def test_a_cell_at_the_end_of_the_sheet_is_no_million_rows(tmp_path: Path) -> None:
    def far(made: openpyxl.Workbook) -> None:
        made.active.cell(1_048_576, 1).value = " "

    report = taken(book(tmp_path, HEADER, ROW, edit=far))
    assert (report["created"], report["blank"]) == (1, 1_048_574)


def test_a_sheet_of_two_hundred_columns_is_read_and_a_wider_one_refused(tmp_path: Path) -> None:
    assert taken(book(tmp_path, [*HEADER, *[f"kolom_{n}" for n in range(192)]], [*ROW, *["x" * 11_000] * 192]))["created"] == 1
    with pytest.raises(CommandError, match="300"):
        taken(book(tmp_path, [*HEADER, *[f"kolom_{n}" for n in range(300)]], ROW))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "XLS"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "sandi|password"),
        (b"<html><body><table><tr><td>id_usulan</td></tr></table>", "halaman situs|web page"),
        (b"%PDF-1.7\n%abc", "CSV"),
        (b'id_usulan,usulan,koefisien,anggaran\n1,"a,b\n', "2|3|kutip"),
    ],
)
def test_other_kinds_of_file_are_refused_by_their_name(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        taken(text(tmp_path, content))


def test_an_opendocument_file_and_a_zip_of_anything_are_refused(tmp_path: Path) -> None:
    for name, content in (("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("foto.jpg", b"x")):
        with zipfile.ZipFile(tmp_path / "usulan.csv", "w") as archive:
            archive.writestr(name, content)
        with pytest.raises(CommandError, match=r"OpenDocument|CSV"):
            taken(tmp_path / "usulan.csv")


def test_an_entity_bomb_inside_a_workbook_is_refused_in_a_moment(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ROW)
    bomb = '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = (bomb + "]>" + parts[name].decode().replace("Becek", "&j;")).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    with pytest.raises(sheets.Unreadable):
        sheets.read(path)


def test_a_small_file_that_holds_one_cell_of_a_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ROW)
    _with_values(path, ("Becek", "a" * 30_000_000))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    with pytest.raises(sheets.Unreadable):
        sheets.read(path)


def test_utf_16_without_its_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    lines = "\r\n".join("\t".join(map(str, row)) for row in (HEADER, ROW))
    assert taken(text(tmp_path, lines.encode("utf-16-le")))["created"] == 1


def test_the_same_ids_with_other_content_stay_and_are_named(tmp_path: Path) -> None:
    taken(book(tmp_path, HEADER, ROW))
    report = taken(book(tmp_path, HEADER, [*ROW[:6], 11_000_000, ROW[7]]))
    assert (report["created"], report["unchanged"], report["differs"]) == (0, 1, 1)
    assert report["rows"][0]["differs"] == ["amount"]
    assert Proposal.objects.get().amount == 10_000_000


def test_an_address_too_long_for_its_field_is_cut_and_kept_whole_below(tmp_path: Path) -> None:
    address = "Jalan Kauman Gang Buntu " * 12
    taken(book(tmp_path, HEADER, [*ROW[:3], address, *ROW[4:]]))
    made = Proposal.objects.get()
    assert (len(made.locus) <= 200, address.strip() in made.problem) == (True, True)


def test_the_village_is_named_with_dots_or_without(tmp_path: Path) -> None:
    call_command("import_proposals", str(book(tmp_path, HEADER, ROW)), "--village", "3573021007", "--plan-year", "2023", stdout=io.StringIO())
    assert Proposal.objects.get().village_id == KAUMAN


def test_signs_that_turn_text_around_go_and_pictures_stay(tmp_path: Path) -> None:
    taken(book(tmp_path, HEADER, [1, "Taman \U0001f333 \u202ebermain\u202c warga", *ROW[2:]]))
    assert Proposal.objects.get().title == "Taman \U0001f333 bermain warga"
