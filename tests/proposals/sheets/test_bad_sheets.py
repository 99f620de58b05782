"""Sheets as they should not be: what is understood is taken, what is not has its sentence, and nothing is half-written."""

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from geo.models import Region
from proposals import sheets
from proposals.models import Cycle, Proposal, Recommendation
from proposals.services.import_report import Report
from proposals.services.import_rights import PLATFORM
from proposals.services.importing import bring_in
from proposals.sheets import parcels as sheet_parcels
from tests import cast, make
from tests.proposals import pictures

pytestmark = pytest.mark.django_db
HEADER = ["id_sumber", "judul_usulan", "permasalahan", "volume", "satuan", "harga_satuan", "anggaran", "pemilik_lahan"]
ROW: list[Any] = ["a1", "Rabat beton gang melati", "Becek", "100", "m", "100000", "10000000", "village"]


@pytest.fixture(autouse=True)
def village(people: cast.Cast) -> None:
    make.cycle()


def row(**cells: Any) -> list[Any]:
    return [cells.get(name, value) for name, value in zip(HEADER, ROW, strict=True)]


def book(*rows: list[Any], header: list[Any] | None = None, above: tuple[list[Any], ...] = ()) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for cells in (*above, header or HEADER, *rows):
        made.active.append(cells)
    return made


def saved(made: openpyxl.Workbook, **parts: bytes) -> bytes:
    out = io.BytesIO()
    made.save(out)
    if parts:
        with zipfile.ZipFile(out, "a") as archive:
            for name, content in parts.items():
                archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def csv(*rows: list[Any], sign: str = ",", header: list[Any] | None = None) -> str:
    return "\r\n".join(sign.join(f'"{cell}"' for cell in cells) for cells in (header or HEADER, *rows))


def taken(content: bytes | str, **options: Any) -> Report:
    sheet = sheets.read_bytes(content.encode() if isinstance(content, str) else content, name="usulan")
    region = Region.objects.get(pk=cast.VILLAGE)
    return bring_in(sheet=sheet, region=region, plan_year=2028, authority=PLATFORM, actor=None, **options)


def errors(report: Report) -> list[tuple[int, str]]:
    return [(fate.row, fate.field) for fate in report.fates if fate.status == "error"]


def test_merged_cells_hold_their_text_in_the_first_row_only_and_the_others_say_what_they_lack() -> None:
    made = book(row(), row(id_sumber="a2"), row(id_sumber="a3"))
    made.active.merge_cells("B2:B4")
    assert errors(taken(saved(made))) == [(3, "judul_usulan"), (4, "judul_usulan")]
    assert Proposal.objects.count() == 0


def test_a_formula_without_a_stored_value_is_refused_by_its_cell() -> None:
    assert errors(taken(saved(book(row(anggaran="=D2*F2"))))) == [(2, "anggaran")]


def test_a_workbook_with_macros_is_read_and_its_macros_are_not() -> None:
    assert taken(saved(book(row()), xl__vbaProject_bin=b"\xd0\xcf\x11\xe0Sub AutoOpen()")).count("created") == 1


def test_links_to_other_workbooks_are_never_followed() -> None:
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    content = saved(book(row(anggaran="='[1]Harga'!A1")), xl__externalLinks__externalLink1_xml=link)
    assert errors(taken(content)) == [(2, "anggaran")]


def test_a_csv_under_the_name_of_a_workbook_is_what_its_bytes_say() -> None:
    sheet = sheets.read_bytes(csv(row()).encode(), name="usulan.xlsx")
    assert (sheet.is_ours, len(sheet.lines)) == (True, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_encodings_and_separators(encoding: str, sign: str) -> None:
    assert taken(csv(row(permasalahan="Jalan rusak – é"), sign=sign).encode(encoding)).count("created") == 1
    assert Proposal.objects.get().problem == "Jalan rusak – é"


def test_a_quoted_text_may_go_over_lines_and_hold_separators() -> None:
    taken(csv(row(permasalahan='Becek, licin;\r\ndan ""gelap""')))
    assert Proposal.objects.get().problem == 'Becek, licin;\ndan "gelap"'


def test_a_column_named_twice_is_refused_by_its_name() -> None:
    with pytest.raises(sheets.Unreadable, match="anggaran"):
        taken(csv([*row(), "5"], header=[*HEADER, "Anggaran"]))


@pytest.mark.parametrize("amount", ["Rp 10.500.000,00", "10500000", "10,500,000", "Rp10.500.000,-", 10_500_000, 10_500_000.0, "10 500 000"])
def test_amounts_as_offices_write_them(amount: Any) -> None:
    taken(saved(book(row(anggaran=amount))))
    assert Proposal.objects.get().amount == 10_500_000


@pytest.mark.parametrize("amount", ["0", "-5", "10000000.5", str(2**63), "9" * 40, "banyak", "1e9", "Rp"])
def test_amounts_that_no_budget_holds_are_errors_of_their_cell(amount: str) -> None:
    assert errors(taken(csv(row(anggaran=amount)))) == [(2, "anggaran")]


@pytest.mark.parametrize(
    ("volume", "unit", "kept"),
    [
        ("35 Orang", "", ("35.000", "orang")),
        ("1,5 km", "", ("1.500", "km")),
        ("1,5", "meter", ("1.500", "m")),
        ("12.5", "m'", ("12.500", "m")),
        (1.125, "M2", ("1.125", "m2")),
        ("1.1250", "Meter Persegi", ("1.125", "m2")),
        ("250 mtr", "meter", ("250.000", "m")),
    ],
)
def test_volumes_and_units_as_offices_write_them(volume: Any, unit: str, kept: tuple[str, str]) -> None:
    report = taken(saved(book(row(volume=volume, satuan=unit))))
    assert errors(report) == []
    made = Proposal.objects.get()
    assert (str(made.volume), made.unit) == kept


@pytest.mark.parametrize(("volume", "unit", "column"), [
    ("1.125", "m", "volume"), ("0", "m", "volume"), ("-3", "m", "volume"), ("tiga", "m", "volume"), ("35 orang", "meter", "satuan"),
    ("99999999999", "m", "volume"), ("", "m", "volume"),
])  # fmt: skip
def test_volumes_that_could_mean_two_things_are_errors(volume: str, unit: str, column: str) -> None:
    assert errors(taken(csv(row(volume=volume, satuan=unit)))) == [(2, column)]


def test_a_date_where_the_plan_year_belongs_is_its_year() -> None:
    header = [*HEADER, "tahun_rencana"]
    content = saved(book([*row(), dt.datetime(2028, 1, 1)], [*row(id_sumber="a2"), dt.datetime(2031, 1, 1)], header=header))  # noqa: DTZ001
    assert errors(taken(content)) == [(3, "tahun_rencana")]


def test_emoji_stay_and_marks_that_turn_text_around_go() -> None:
    taken(csv(row(judul_usulan="Taman \U0001f333 \u202ebermain\u202c warga", permasalahan="عربي 👨‍👩‍👧")))
    made = Proposal.objects.get()
    assert (made.title, made.problem) == ("Taman \U0001f333 bermain warga", "عربي 👨‍👩‍👧")


def test_a_quote_against_formulas_goes_again_and_comes_back_on_the_way_out() -> None:
    from proposals.sheets import exports

    taken(csv(row(judul_usulan="'=HYPERLINK(1) di balai desa")))
    assert Proposal.objects.get().title == "=HYPERLINK(1) di balai desa"
    out = io.BytesIO()
    exports.workbook(Proposal.objects.public(), out)
    cells = [cell for line in openpyxl.load_workbook(out).active.iter_rows() for cell in line]
    assert [cell.data_type for cell in cells if str(cell.value).startswith("=")] == ["s"]
    assert "'=HYPERLINK" in "".join(exports.csv(Proposal.objects.public()))


def test_two_rows_with_one_id_and_two_that_say_the_same() -> None:
    report = taken(csv(row(), row(permasalahan="Lain"), row(id_sumber=""), row(id_sumber="")))
    assert errors(report) == [(3, "id_sumber"), (5, "judul_usulan")]


def test_a_row_without_an_id_is_known_by_what_it_says() -> None:
    content = csv(row(id_sumber=""))
    assert (taken(content).count("created"), taken(content).count("unchanged")) == (1, 1)


def test_offices_put_titles_numbers_sums_and_signatures_around_the_table() -> None:
    above = (["DAFTAR USULAN"], ["Desa Kapur", None, "Tahun 2028"], [])
    rows = [
        list(range(1, 9)),
        row(),
        ["", "JUMLAH DUSUN KARYA"],
        row(id_sumber="a2"),
        ["JUMLAH", None, None, None, None, None, 20_000_000],
        [None, "Kepala Desa"],
    ]
    made = book(*rows, above=above)
    report = taken(saved(made), only_good=True)
    assert report.count("created") == 2


@pytest.mark.parametrize(("cell", "value"), [("pemilik_lahan", "entah"), ("harga_satuan", "murah"), ("id_sumber", "x" * 90), ("judul_usulan", "Pos")])
def test_words_that_are_none_are_errors_of_their_cell(cell: str, value: str) -> None:
    assert errors(taken(csv(row(**{cell: value})))) == [(2, cell)]


@pytest.mark.parametrize("drawn", ["LINESTRING (109.41 -0.09)", "POINT (109.41 -0.09)", "jalan", "{", "LINESTRING (0 0, 1 1)", "LINESTRING EMPTY"])
def test_what_is_no_line_and_no_area_is_an_error(drawn: str) -> None:
    assert errors(taken(saved(book([*row(), drawn], header=[*HEADER, "bentuk"])))) == [(2, "bentuk")]


def test_a_line_brings_its_point_and_its_length() -> None:
    taken(saved(book([*row(), "LINESTRING (109.405 -0.09, 109.41 -0.09)"], header=[*HEADER, "bentuk"])))
    made = Proposal.objects.get()
    assert made.location is not None
    assert 550 < made.shape_measure < 560


def test_what_fails_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError

    before = Cycle.objects.get().numbered
    monkeypatch.setattr(type(Recommendation.objects), "bulk_create", broken)
    with pytest.raises(RuntimeError):
        taken(csv(row()))
    assert (Proposal.objects.count(), Cycle.objects.get().numbered) == (0, before)


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    "files",
    [
        {"usulan_csv": b"a", "foto_jpg": b"\0" * 30_000_000},
        {"usulan_csv": b"a", "lain_csv": b"b"},
        {"foto_jpg": b"a"},
        {"usulan_csv": b"a", "jahat_exe": b"MZ"},
        {"usulan_csv": b"a", "dalam_zip": b"PK"},
    ],
)
def test_a_zip_that_swells_or_holds_other_things_is_refused_unread(files: dict[str, bytes]) -> None:
    with pytest.raises(sheets.Unreadable):
        sheet_parcels.opened(zipped(**files), "usulan.zip")


def test_a_zip_that_lies_about_a_size_is_read_no_further() -> None:
    content = bytearray(sheet_parcels.pack([("usulan.csv", b"a,b\n1,2"), ("foto.jpg", pictures.jpeg())]))
    size = len(pictures.jpeg()).to_bytes(4, "little")
    content = bytearray(bytes(content).replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(sheets.Unreadable):
        sheet_parcels.opened(bytes(content), "usulan.zip").photo("foto.jpg")


def test_names_in_a_zip_lead_nowhere_outside() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/usulan.csv", b"a,b\n1,2")
        archive.writestr("__MACOSX/._foto.jpg", b"x")
        archive.writestr("foto/JALAN.JPG", pictures.jpeg())
    parcel = sheet_parcels.opened(out.getvalue(), "usulan.zip")
    assert (parcel.name, parcel.photos) == ("usulan.csv", {"jalan.jpg"})


def test_a_table_longer_than_a_sheet_goes_on_in_the_next_one() -> None:
    from proposals.sheets import exports

    make.proposals(7)
    out = io.BytesIO()
    assert exports.workbook(Proposal.objects.public().order_by("number"), out, rows_a_sheet=3) == 7
    pages = openpyxl.load_workbook(out).worksheets
    assert [(page.title, page.max_row) for page in pages] == [("Usulan", 4), ("Usulan (2)", 4), ("Usulan (3)", 2)]
    assert len({page["A1"].value for page in pages}) == 1


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf\r\n\r\n", b"  \n"])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    with pytest.raises(sheets.Unreadable, match="kosong"):
        sheets.read_bytes(content, name="usulan.csv")


def test_a_multiplication_that_was_not_finished_is_no_unit() -> None:
    assert errors(taken(csv(row(volume="12,5x", satuan="")))) == [(2, "volume")]


def test_headings_as_village_offices_write_them_by_hand() -> None:
    header = ["No.", "ID", "Usulan Kegiatan", "Uraian Masalah", "Lokasi Kegiatan", "Dinas Tujuan", "Vol.", "Satuan Volume", "Perkiraan Biaya (Rp)"]
    cells = [1, 77, "Rabat beton gang tiga", "Becek", "RT 03", "Dinas PU", 120, "meter", "12.000.000"]
    taken(csv(cells, header=header))
    made = Proposal.objects.get()
    assert (made.source_id, made.title, made.locus, made.volume, made.unit, made.amount) == (
        "77",
        "Rabat beton gang tiga",
        "RT 03",
        120,
        "meter",
        12_000_000,
    )


@pytest.mark.parametrize("number", [1_048_577, 9_999_999_999_999])
def test_a_row_that_says_it_is_the_billionth_is_not_waited_for(number: int) -> None:
    """Five kilobytes would have a worker count empty rows until somebody ends it, and every other sheet would wait behind."""
    with zipfile.ZipFile(io.BytesIO(saved(book(row())))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'<row r="2"', f'<row r="{number}"'.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book(row())))) as whole, zipfile.ZipFile(out, "w") as changed:
        for name in whole.namelist():
            changed.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else whole.read(name))
    with pytest.raises(sheets.Unreadable):
        sheets.read_bytes(out.getvalue(), name="usulan.xlsx")
