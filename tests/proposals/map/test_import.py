"""The national export form comes in whole or not at all, each row accounted for."""

import io
import json
import os
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency, AuditEntry
from accounts.refusals import Refusal
from geo.models import Region
from proposals import sheets, tallies
from proposals.models import Cycle, Proposal, Recommendation
from proposals.services.importing import import_sheet
from proposals.stages import Outcome, Stage
from tests import cast
from tests.proposals.map import plain

pytestmark = pytest.mark.django_db
SHARED = Path(os.environ.get("MUSRENBANG_SHARED", Path(__file__).parents[4] / "shared" / "data"))
REAL = SHARED / "usulan" / "kota-malang_kel-kauman_usulan_2023.csv"
KAUMAN = "35.73.02.1007"
HEADER = "id_usulan,usulan,permasalahan,alamat,skpd_tujuan,koefisien,anggaran,jenis,keterangan,tahun,rw"
GOOD = "1,Rabat beton gang,Becek,Gang 2,Dinas PU,100 m,10000000,SARPRAS,Diakomodir,,04"


@pytest.fixture(autouse=True)
def ward() -> None:
    cast.country()
    rows = [("35", "province", "Jawa Timur"), ("35.73", "district", "Malang"), ("35.73.02", "subdistrict", "Klojen"), (KAUMAN, "village", "Kauman")]
    for code, level, name in rows:
        Region.objects.create(code=code, level=level, name=name, parent_id=code.rpartition(".")[0] or None)


def written(folder: Path, *lines: str, name: str = "usulan.csv", header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\n".join([header, *lines]).encode(encoding))
    return path


def run(path: Path, *options: str, village: str = KAUMAN, plan_year: int = 2023) -> dict[str, object]:
    out = io.StringIO()
    try:
        call_command("import_proposals", str(path), "--village", village, "--plan-year", str(plan_year), "--json", *options, stdout=out)
    except CommandError:
        if not out.getvalue():
            raise
    return json.loads(out.getvalue())


@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not on this machine")
def test_the_138_real_proposals_of_kauman_come_in_and_the_second_time_adds_nothing() -> None:
    report = run(REAL)
    assert (report["created"], report["unchanged"], report["errors"], len(report["rows"])) == (138, 0, 0, 138)
    places = Counter(Proposal.objects.values_list("stage", "outcome"))
    assert places == {(Stage.BUDGET, Outcome.OPEN): 29, (Stage.DISTRICT, Outcome.REJECTED): 109}
    again = run(REAL)
    assert (again["created"], again["unchanged"]) == (0, 138)
    assert Proposal.objects.count() == 138
    assert tallies.counts(["", KAUMAN]) == {code: plain.totals()[code] for code in ("", KAUMAN)}


@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not on this machine")
def test_a_real_row_keeps_what_the_sheet_said() -> None:
    run(REAL)
    wish = Proposal.objects.get(source_id="1")
    assert (wish.volume, wish.unit, wish.amount, wish.unit_price) == (35, "orang", 10_500_000, 300_000)
    assert (wish.agency.name, wish.locus, wish.on_behalf_of) == ("Kecamatan Klojen", "Kelurahan Kauman, Kota Malang", "Lurah Kauman")
    assert (wish.number, wish.sector, wish.author.username) == ("3573-2023-0001", "empowerment", "impor")
    assert wish.problem.startswith("Meningkatkan Kemampuan (Public Speaking")
    assert [step.move for step in wish.recommendations.order_by("version")] == ["submit", "forward"]
    assert Agency.objects.filter(region_id="35.73").count() == 1
    assert sorted(str(volume) for volume in Proposal.objects.filter(unit="m", volume__gt=500).values_list("volume", flat=True)) == ["569.500"]


def test_one_row_in_error_and_nothing_is_written(tmp_path: Path) -> None:
    bad = "2,Pos,Jauh,,Dinas PU,tiga unit,-5,,Entah,2031,"
    report = run(written(tmp_path, GOOD, bad))
    errors = {(row["row"], row["field"]) for row in report["rows"] if row["status"] == "error"}
    assert errors == {(3, "koefisien"), (3, "anggaran"), (3, "keterangan"), (3, "tahun"), (3, "usulan")}
    assert (report["written"], report["errors"], Proposal.objects.count(), Cycle.objects.count()) == (False, 1, 0, 0)


def test_a_file_in_error_ends_the_command_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as error:
        call_command("import_proposals", str(written(tmp_path, "1,,,,,,,,,,")), "--village", KAUMAN, "--plan-year", "2023", stdout=io.StringIO())
    assert error.value.returncode == 1


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path: Path) -> None:
    report = run(written(tmp_path, GOOD), "--dry-run")
    assert (report["created"], report["written"], Proposal.objects.count(), Cycle.objects.count()) == (1, False, 0, 0)


def test_the_same_id_twice_in_one_file_is_an_error_of_the_second_row(tmp_path: Path) -> None:
    report = run(written(tmp_path, GOOD, GOOD))
    assert [(row["row"], row["field"]) for row in report["rows"] if row["status"] == "error"] == [(3, "id_usulan")]


def test_a_new_row_in_a_known_file_is_added_and_the_known_ones_stay(tmp_path: Path) -> None:
    run(written(tmp_path, GOOD))
    Proposal.objects.update(title="Sudah diperbaiki orang")
    report = run(written(tmp_path, GOOD, GOOD.replace("1,", "2,", 1)))
    assert (report["created"], report["unchanged"]) == (1, 1)
    assert set(Proposal.objects.values_list("number", "title")) == {
        ("3573-2023-0001", "Sudah diperbaiki orang"),
        ("3573-2023-0002", "Rabat beton gang"),
    }


def test_the_import_is_journalled_once_with_its_rows(tmp_path: Path) -> None:
    run(written(tmp_path, GOOD))
    entry = AuditEntry.objects.get(action="proposals.import")
    assert (entry.region_code, entry.changes["source_ids"], entry.role) == (KAUMAN, ["1"], "system")


def test_a_cycle_that_was_missing_is_made_unverified_and_closed_to_citizens(tmp_path: Path) -> None:
    run(written(tmp_path, GOOD))
    cycle = Cycle.objects.get(region_id="35.73", plan_year=2023)
    assert (cycle.verified_at, cycle.citizens_may_propose, len(cycle.order()), cycle.numbered) == (None, False, 7, 1)


@pytest.mark.parametrize(
    ("status", "stage", "outcome"),
    [
        ("", Stage.VILLAGE, Outcome.OPEN),
        ("Validasi Mitra Bappeda", Stage.SUBDISTRICT, Outcome.OPEN),
        ("Diteruskan ke Musrenbang Kecamatan", Stage.SUBDISTRICT, Outcome.OPEN),
        ("Diteruskan ke Forum SKPD", Stage.AGENCY, Outcome.OPEN),
        ("Diteruskan ke Forum SKPD||Ditolak", Stage.AGENCY, Outcome.REJECTED),
        ("Diteruskan ke Musrenbang Provinsi/Kabupaten/Kota", Stage.DISTRICT, Outcome.OPEN),
        ("DIAKOMODIR", Stage.BUDGET, Outcome.OPEN),
        ("Tidak  Diakomodir", Stage.DISTRICT, Outcome.REJECTED),
        ("Dikembalikan", Stage.VILLAGE, Outcome.RETURNED),
    ],
)
def test_the_national_status_names_the_step_a_row_waits_in(tmp_path: Path, status: str, stage: Stage, outcome: Outcome) -> None:
    run(written(tmp_path, GOOD.replace("Diakomodir", status)))
    made = Proposal.objects.get()
    assert (made.stage, made.outcome) == (stage, outcome)
    assert made.version == Recommendation.objects.filter(proposal=made).count()


def test_the_names_of_the_national_system_are_understood_too(tmp_path: Path) -> None:
    header = "id_unik;giat_teks;masalah;lokus_usulan;nama_skpd;koefisien;anggaran;status_usul_teks;tolak_teks;tahun_anggaran"
    line = "a-1;Pembangunan drainase;Banjir;RT 02;Dinas PU;1 Paket x 2 Lokasi;25000000,00;Diteruskan ke Forum SKPD||Ditolak;Lahan belum jelas;2023"
    assert run(written(tmp_path, line, header=header))["created"] == 1
    made = Proposal.objects.get()
    assert (made.source_id, made.volume, made.unit, made.amount, made.sector) == ("a-1", 2, "paket x lokasi", 25_000_000, "drainage")
    assert "Lahan belum jelas" in made.recommendations.get(move="reject").reason


@pytest.mark.parametrize(
    ("name", "encoding", "separator"), [("a", "utf-8-sig", ";"), ("b", "cp1252", "\t"), ("c", "utf-16", ";"), ("d", "utf-8", ",")]
)
def test_encodings_and_separators_of_real_offices_are_read(tmp_path: Path, name: str, encoding: str, separator: str) -> None:
    line = GOOD.replace("Becek", "Jalan “rusak” – é").replace(",", separator)
    path = written(tmp_path, line, header=HEADER.replace(",", separator), encoding=encoding)
    assert run(path)["created"] == 1
    assert Proposal.objects.get().problem == "Jalan “rusak” – é"


def workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in [HEADER.split(","), *rows]:
        book.active.append(row)
    book.save(path)
    return path


def test_an_xlsx_is_read_with_numbers_as_numbers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [7, "Rabat beton gang", "Becek", "Gang 2", "Dinas PU", "100 m", 10_000_000.0, None, "Diakomodir", 2023, None], [None]
    )
    report = run(path)
    assert (report["created"], Proposal.objects.get().amount, Proposal.objects.get().source_id) == (1, 10_000_000, "7")


def test_a_formula_in_an_xlsx_is_refused_by_its_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [7, "Rabat beton gang", "", "", "", "1 unit", "=2*5000000", None, "", None, None])
    report = run(path)
    assert [(row["row"], row["field"]) for row in report["rows"]] == [(2, "anggaran")]


def _flood(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return path


def test_a_zip_that_unpacks_to_a_flood_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "UNPACKED_MOST", 40_000_000)
    with pytest.raises(sheets.Unreadable):
        sheets.read(_flood(tmp_path / "bomb.xlsx"))


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04rubbish", b"usulan,usulan\n1,2", b'id_usulan,usulan\n1,"never closed', b"a,b\n1,2"],
)
def test_rubbish_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rubbish.xlsx"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        run(path)


def test_too_many_rows_and_too_large_a_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS_MOST", 3)
    with pytest.raises(sheets.Unreadable):
        sheets.read(written(tmp_path, *[GOOD] * 4))
    monkeypatch.setattr(sheets, "FILE_MOST", 10)
    with pytest.raises(sheets.Unreadable):
        sheets.read(written(tmp_path, GOOD))


@pytest.mark.parametrize("village", ["35.73.02", "99.99.99.9999", "kauman", ""])
def test_a_place_that_is_no_village_is_refused(tmp_path: Path, village: str) -> None:
    with pytest.raises(CommandError):
        run(written(tmp_path, GOOD), village=village)


def test_somebody_without_an_office_there_may_not_import_under_her_name(tmp_path: Path) -> None:
    everybody = cast.build()
    sheet = sheets.read(written(tmp_path, GOOD))
    with pytest.raises(Refusal):
        import_sheet(sheet=sheet, village_code=KAUMAN, plan_year=2028, actor=everybody.resident)
    report = import_sheet(sheet=sheet, village_code=cast.VILLAGE, plan_year=2028, actor=everybody.facilitator)
    assert (report.count("created"), Proposal.objects.get().author) == (1, everybody.facilitator)
