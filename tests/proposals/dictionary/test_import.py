"""A sheet of works comes in whole or not at all, twice is once, and nothing is derived in silence."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency, AuditEntry
from accounts.refusals import Invalid, Refusal
from proposals.dictionary.sheet import Unreadable, read
from proposals.models import Cycle, DictionaryEntry
from proposals.services.dictionary_import import import_dictionary
from tests import cast, make
from tests.proposals.dictionary import sheets


@pytest.fixture
def cycle(people):
    return make.cycle()


def _import(table, **changes):
    return import_dictionary(**{"region_code": cast.HOME, "plan_year": 2028, "table": table, **changes})


def _entry(code):
    return DictionaryEntry.objects.get(code=code)


def test_a_list_without_unit_and_price_gets_what_its_words_tell_and_says_from_which_word(cycle):
    report = _import(sheets.csv(sheets.JEMBER))
    assert (report.count("created"), report.without_price, report.written) == (6, 6, True)
    road, lamp, land, course = _entry("13"), _entry("22"), _entry("24"), _entry("57")
    assert (road.sector, road.unit, road.kind, road.unit_price) == ("road", "m", "physical", None)
    assert (lamp.sector, lamp.unit) == ("energy", "titik")
    assert (land.sector, land.unit) == ("sanitation", "m3")
    assert (course.sector, course.kind, course.unit) == ("empowerment", "service", "orang")
    told = {one.field: one.because for fate in report.fates if fate.code == "24" for one in fate.derived}
    assert "kebersihan" in told["sector"]
    assert set(told) == {"sector", "unit"}


def test_the_same_sheet_twice_adds_and_records_nothing(cycle):
    _import(sheets.csv(sheets.JEMBER))
    again = _import(sheets.csv(sheets.JEMBER))
    assert again.count("unchanged") == 6
    assert DictionaryEntry.objects.count() == 6
    assert AuditEntry.objects.filter(action="proposals.dictionary.import").count() == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(cycle):
    report = _import(sheets.csv(sheets.JEMBER), dry_run=True)
    assert (report.count("created"), report.written) == (6, False)
    assert len(report.new_agencies) == 4
    assert not DictionaryEntry.objects.exists()
    assert not Agency.objects.filter(code__startswith="impor-").exists()


def test_the_national_form_brings_unit_price_programme_and_the_lock(cycle):
    report = _import(sheets.national())
    road, room = _entry("K-1"), _entry("K-2")
    assert (road.name, road.unit, road.unit_price, road.programme) == ("Rabat beton jalan desa", "m", 850_000, "Penyelenggaraan Jalan")
    assert (road.activity, road.output, road.group, road.is_locked) == ("Rabat beton", "Jalan mantap", "1", False)
    assert (room.unit_price, room.is_locked, room.sector) == (145_000_000, True, "education")
    assert report.without_price == 0


@pytest.mark.parametrize(
    ("cell", "column", "wrong"),
    [
        (3, "satuan", "x" * 31),
        (4, "Anggaran (Rp)", "-5"),
        (4, "Anggaran (Rp)", "1,5"),
        (4, "Anggaran (Rp)", 10**16),
        (5, "tipe", "entah"),
        (1, "giat_teks", ""),
    ],
)
def test_an_error_names_its_row_and_the_sheets_own_column_and_nothing_of_the_file_is_kept(cycle, cell, column, wrong):
    place = sheets.NATIONAL_HEADER.index(column)
    bad = [*sheets.NATIONAL[1]]
    bad[place] = wrong
    report = _import(sheets.national([sheets.NATIONAL[0], bad]))
    error = next(fate for fate in report.fates if fate.status == "error")
    assert error.row == 5
    assert error.message
    assert error.column.casefold().startswith(column.casefold().split(" ")[0])
    assert not report.written
    assert not DictionaryEntry.objects.exists()


def test_two_rows_with_one_code_are_an_error_that_names_the_other_row(cycle):
    report = _import(sheets.csv("id,nama_usulan\n1,Rabat beton jalan\n1,Paving jalan\n"))
    assert [(fate.row, fate.column) for fate in report.fates if fate.status == "error"] == [(3, "id")]
    assert "2" in report.fates[-1].message


def test_a_work_whose_sector_no_word_tells_is_asked_for_instead_of_guessed(cycle):
    report = _import(sheets.csv("id,nama_usulan\n1,Pengadaan barang lain\n"))
    assert report.count("error") == 1
    told = _import(sheets.csv("id,nama_usulan,sektor\n1,Pengadaan barang lain,health\n"))
    assert told.count("created") == 1
    assert _entry("1").sector == "health"


def test_what_a_planner_wrote_survives_a_sheet_that_does_not_speak_of_it(cycle):
    _import(sheets.csv(sheets.JEMBER))
    DictionaryEntry.objects.filter(code="12").update(unit_price=190_000, unit="m2", sector="housing")
    _import(sheets.csv(sheets.JEMBER.replace("Lebar 2m,", "Lebar 2 meter,")))
    kept = _entry("12")
    assert (kept.unit_price, kept.unit, kept.sector) == (190_000, "m2", "housing")
    assert kept.name.endswith("2 meter")


def test_a_new_price_never_changes_under_a_proposal_that_rests_on_the_old_one(cycle):
    _import(sheets.national())
    old = _entry("K-1")
    asked = make.proposal(of=cycle, dictionary_entry=old, unit_price=850_000)
    dearer = [[*sheets.NATIONAL[0]], sheets.NATIONAL[1]]
    dearer[0][9] = 990_000
    report = _import(sheets.national(dearer))
    assert (report.count("revised"), report.fates[0].rests) == (1, 1)
    asked.refresh_from_db()
    assert (asked.dictionary_entry.unit_price, asked.dictionary_entry.code, asked.dictionary_entry.is_locked) == (850_000, "K-1.r1", True)
    assert (_entry("K-1").unit_price, _entry("K-1").is_locked) == (990_000, False)
    entry = AuditEntry.objects.filter(action="proposals.dictionary.import").order_by("at").last()
    assert entry.changes["prices"] == [["K-1", 850_000, 990_000]]
    assert _import(sheets.national(dearer)).count("unchanged") == 2


@pytest.mark.parametrize("who", ["facilitator", "budget_team", "foreign_planner", "operator", "stranger"])
def test_only_the_planner_of_this_kabupaten_takes_a_sheet_in(people, cycle, who):
    with pytest.raises(Refusal) as refused:
        _import(sheets.csv(sheets.JEMBER), actor=getattr(people, who))
    assert refused.value.status in (401, 403)
    assert not DictionaryEntry.objects.exists()


def test_a_year_that_is_not_open_is_named(people):
    with pytest.raises(Invalid) as refused:
        _import(sheets.csv(sheets.JEMBER), actor=people.planner)
    assert "2028" in refused.value.in_words()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"nama_usulan\nRabat\n", b"id\n1\n", b"<html><table><tr><td>id</td></tr></table>", b"PK\x03\x04nothing"],
)
def test_what_is_no_sheet_of_works_is_refused_with_a_sentence(content):
    with pytest.raises(Unreadable) as refused:
        read(content, name="kamus")
    assert str(refused.value)


def test_formulas_without_a_value_hidden_marks_and_empty_rows_are_told_apart(cycle):
    content = sheets.xlsx([["id", "nama_usulan", "anggaran"], ["1", "Rabat\u202e beton\u200b jalan", 100], [None] * 3, ["2", "Paving jalan", "=1+1"]])
    table = read(content, name="kamus.xlsx")
    assert table.blank == 1
    report = _import(table)
    assert [(fate.row, fate.column) for fate in report.fates if fate.status == "error"] == [(4, "anggaran")]
    assert report.fates[0].name == "Rabat beton jalan"


def test_the_command_prints_every_row_and_fails_where_one_is_wrong(cycle, tmp_path):
    said = StringIO()
    sheet = tmp_path / "kamus.csv"
    sheet.write_text(sheets.JEMBER)
    call_command("import_dictionary", str(sheet), region="6112", plan_year=2028, json=True, stdout=said)
    told = json.loads(said.getvalue())
    assert (told["created"], told["written"], told["rows"][0]["derived"][0]["field"]) == (6, True, "sector")
    sheet.write_text("id,nama_usulan,anggaran\n1,Rabat beton jalan,nol\n")
    with pytest.raises(CommandError, match="1 rows are in error"):
        call_command("import_dictionary", str(sheet), region=cast.HOME, plan_year=2028, stdout=said)
    assert "row 2, anggaran" in said.getvalue()


def test_the_platform_opens_the_plan_year_that_a_list_is_for_and_a_dry_run_or_an_error_opens_none(people):
    good, bad = sheets.csv(sheets.JEMBER), sheets.csv("id,nama_usulan,anggaran\n1,Rabat beton jalan,nol\n")
    assert _import(good, plan_year=2033, dry_run=True).count("created") == 6
    assert _import(bad, plan_year=2033).count("error") == 1
    assert not Cycle.objects.exists()
    assert _import(good, plan_year=2033).written
    assert [(made.region_id, made.citizens_may_propose) for made in Cycle.objects.filter(plan_year=2033)] == [(cast.HOME, False)]


@pytest.mark.parametrize(("region", "year"), [(cast.VILLAGE, 2033), ("99.99", 2033), (cast.HOME, 1033)])
def test_a_list_for_no_kabupaten_or_no_year_is_refused(people, region, year):
    with pytest.raises(Invalid):
        _import(sheets.csv(sheets.JEMBER), region_code=region, plan_year=year)
    assert not Cycle.objects.exists()


def test_titles_a_numbering_of_the_columns_sums_and_signatures_are_no_works(cycle):
    rows = [
        ["KAMUS USULAN KABUPATEN"],
        ["ID Kamus", "Kamus Usulan", "Satuan", "Harga"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "Rabat beton", "m2", "250.000"],
        ["JUMLAH", "", "", "250.000"],
        ["", "", "Kepala Bappeda"],
    ]
    report = _import(read(sheets.xlsx(rows), name="kamus.xlsx"))
    assert [(fate.row, fate.status) for fate in report.fates] == [(4, "created")]
