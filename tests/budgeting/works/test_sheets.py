"""Reports by sheet: the form goes out filled, comes in all or nothing, and the same file twice adds nothing."""

import uuid
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from accounts import clock
from accounts.refusals import Conflict, Refusal
from budgeting.models import FundedWork, Progress, ProgressSheet
from budgeting.works import exports, sheet_jobs, sheet_rows, sheet_work, tasks
from tests import cast
from tests.budgeting.works.conftest import a_work

pytestmark = pytest.mark.django_db
Status = ProgressSheet.Status
YESTERDAY = (clock.today() - timedelta(days=1)).isoformat()


def csv(*rows):
    head = "work,as_of,physical_percent,paid,note"
    return "\n".join([head, *(",".join(map(str, row)) for row in rows)]).encode()


def checked(people, content, by="agency_officer", name="laporan.csv"):
    sheet = sheet_jobs.send_sheet(actor=getattr(people, by), name=name, content=content)
    return sheet_work.perform_sheet(sheet.pk)


def taken(people, sheet, by="agency_officer"):
    sheet_jobs.take_in(actor=getattr(people, by), sheet_id=sheet.pk)
    return sheet_work.perform_sheet(sheet.pk)


def test_a_sheet_is_checked_then_written_and_twice_adds_nothing(people, bridge, road):
    content = csv((bridge.pk, YESTERDAY, "40", "100000000", ""), (road.pk, YESTERDAY, "12.5", "Rp 5.000.000", "Cuaca baik"))
    sheet = checked(people, content)
    assert (sheet.status, sheet.result["counts"]["new"], Progress.objects.count()) == (Status.CHECKED, 2, 0)
    assert taken(people, sheet).status == Status.DONE
    bridge.refresh_from_db()
    assert (float(bridge.physical_percent), bridge.paid, bridge.realisation) == (40, 100_000_000, "under_way")
    again = checked(people, content)
    assert again.result["counts"] == {"new": 0, "same": 2, "empty": 0, "error": 0}
    taken(people, again)
    assert Progress.objects.count() == 2


def test_every_wrong_row_is_told_with_its_column_and_nothing_is_written(people, bridge):
    other = a_work(people, agency=people.farming_agency)
    sheet = checked(
        people,
        csv(
            (bridge.pk, YESTERDAY, "40", "0", ""),
            (uuid.uuid4(), YESTERDAY, "40", "0", ""),
            ("bukan-uuid", YESTERDAY, "40", "0", ""),
            (other.pk, YESTERDAY, "40", "0", ""),
            (bridge.pk, YESTERDAY, "101", "-5", ""),
            (bridge.pk, "32/13/2027", "10", "0", ""),
            (bridge.pk, YESTERDAY, "30", "0", ""),
        ),
    )
    faults = [(fault["row"], fault["column"]) for fault in sheet.result["faults"]]
    assert faults == [
        (3, "ID pekerjaan"),
        (4, "ID pekerjaan"),
        (5, "ID pekerjaan"),
        (6, "Kemajuan fisik (0-100)"),
        (6, "Sudah dibayar (rupiah)"),
        (7, "Per tanggal"),
        (8, "Catatan"),
    ]
    with pytest.raises(Conflict):
        sheet_jobs.take_in(actor=people.agency_officer, sheet_id=sheet.pk)
    assert not Progress.objects.exists()


def test_the_form_that_goes_out_comes_back_as_a_workbook(people, bridge, road):
    book = openpyxl.load_workbook(exports.form(FundedWork.objects.within(cast.HOME).for_cards().order_by("title")))
    page = book.active
    assert [cell.value for cell in page[1]] == list(sheet_rows.HEADINGS)
    page.cell(2, 7).value = clock.today()
    page.cell(2, 8).value = 55
    out = BytesIO()
    book.save(out)
    sheet = checked(people, out.getvalue(), name="laporan.xlsx")
    assert sheet.result["counts"] == {"new": 1, "same": 0, "empty": 1, "error": 0}, sheet.result


def test_a_percent_typed_into_a_spreadsheet_is_what_it_shows(people, bridge):
    """Excel keeps 75% as 0.75 with a format: three quarters of the bridge would have been told as three quarters of one per cent."""
    form = openpyxl.load_workbook(BytesIO(exports.form(FundedWork.objects.filter(pk=bridge.pk)).read()))
    row = {"work": str(bridge.pk), "as_of": YESTERDAY, "physical_percent": 0.07, "paid": "2.500.000,00"}
    for place, key in enumerate(sheet_rows.KEYS, start=1):
        if key in row:
            form.active.cell(2, place, row[key])
    form.active.cell(2, sheet_rows.KEYS.index("physical_percent") + 1).number_format = "0%"
    content = BytesIO()
    form.save(content)
    taken(people, checked(people, content.getvalue(), name="laporan.xlsx"))
    bridge.refresh_from_db()
    assert (float(bridge.physical_percent), bridge.paid) == (7, 2_500_000)


@pytest.mark.parametrize("content", [b"satu,dua\n1,2", b"<html></html>", b"PK\x03\x04rusak"])
def test_a_file_that_is_no_such_sheet_fails_with_a_sentence(people, content):
    sheet = checked(people, content)
    assert sheet.status == Status.FAILED
    assert sheet.failure


def test_who_reports_on_nothing_sends_nothing_and_nobody_sees_anothers_sheet(people, road):
    with pytest.raises(Refusal):
        sheet_jobs.send_sheet(actor=people.resident, name="x.csv", content=b"a")
    sheet = checked(people, csv((road.pk, YESTERDAY, "40", "0", "")))
    with pytest.raises(Refusal) as refusal:
        sheet_jobs.own_sheet(people.planner, sheet.pk)
    assert refusal.value.status == 404


def test_what_changed_between_checking_and_writing_is_seen_again(people, road):
    sheet = checked(people, csv((road.pk, YESTERDAY, "40", "0", "")))
    FundedWork.objects.filter(pk=road.pk).update(agency=people.farming_agency)
    after = taken(people, sheet)
    assert (after.status, after.result["counts"]["error"], Progress.objects.count()) == (Status.CHECKED, 1, 0)


def test_a_sheet_that_a_dead_worker_left_is_taken_up_again(people, road):
    sheet = checked(people, csv((road.pk, YESTERDAY, "40", "0", "")))
    ProgressSheet.objects.filter(pk=sheet.pk).update(status=Status.RUNNING)
    assert sheet_jobs.requeue() == 1
    assert sheet_work.perform_sheet(sheet.pk).status == Status.CHECKED


def test_a_sheet_whose_worker_lost_the_database_comes_to_its_end_without_anybody_starting_one(people, road):
    """Where another worker lived on, nobody asked again, and the sheet said for ever that it is being worked on."""
    sheet = checked(people, csv((road.pk, YESTERDAY, "40", "0", "")))
    sheet_jobs.take_in(actor=people.agency_officer, sheet_id=sheet.pk)
    ProgressSheet.objects.filter(pk=sheet.pk).update(status=Status.RUNNING)
    assert tasks.look_after_sheet.func(str(sheet.pk)) == Status.DONE
    assert (Progress.objects.count(), tasks.look_after_sheet.func(str(sheet.pk))) == (1, Status.DONE)


def test_a_sheet_that_ends_every_worker_is_given_up(people, road):
    sheet = checked(people, csv((road.pk, YESTERDAY, "40", "0", "")))
    ProgressSheet.objects.filter(pk=sheet.pk).update(status=Status.RUNNING)
    assert tasks.look_after_sheet.func(str(sheet.pk), 2) == Status.FAILED
    sheet.refresh_from_db()
    assert (Progress.objects.count(), "operator" in sheet.failure) == (0, True)


@pytest.mark.parametrize(
    ("percent", "paid", "wrong"),
    [
        ("45", "1.500.000", ""),
        ("45%", "Rp 1.500.000,00", ""),
        ("45,5", "1500000", ""),
        ("0,45 %", "0", ""),
        ("0.45", "0", "Kemajuan fisik (0-100)"),
        ("0,9", "0", "Kemajuan fisik (0-100)"),
        ("0,²", "0", "Kemajuan fisik (0-100)"),
        ("separuh", "0", "Kemajuan fisik (0-100)"),
        ("45", "1.500.00", "Sudah dibayar (rupiah)"),
        ("45", "1,5 juta", "Sudah dibayar (rupiah)"),
        ("45", "", "Sudah dibayar (rupiah)"),
    ],
)
def test_per_cent_and_rupiah_are_read_as_offices_write_them_and_what_may_mean_two_things_is_asked(people, road, percent, paid, wrong):
    sheet = checked(people, f"work;as_of;physical_percent;paid\n{road.pk};{YESTERDAY};{percent};{paid}".encode())
    assert [fault["column"] for fault in sheet.result["faults"]] == ([wrong] if wrong else []), sheet.result


@pytest.mark.parametrize(
    ("day", "fine"),
    [
        ("01/02/2026", True),
        ("1.2.2026", True),
        ("2026-02-01", True),
        ("02/13/2026", False),
        ("31-02-2026", False),
        ("Februari", False),
        ("46054", False),
    ],
)
def test_a_day_in_another_countrys_order_is_refused_and_never_turned_round(people, day, fine):
    work = a_work(people, planned_start=None, plan_year=2026)
    sheet = checked(people, csv((work.pk, day, "10", "0", "")))
    assert [fault["column"] for fault in sheet.result["faults"]] == ([] if fine else ["Per tanggal"]), sheet.result


def test_a_day_that_was_forgotten_is_asked_for_and_two_rows_about_one_day_are_not_guessed_at(people, bridge, road):
    """Both were lost without a word: a filled-in row without its day was passed over, of two rows the lower one won."""
    other = a_work(people, title="Parit")
    rows = (bridge.pk, "", "40", "0", ""), (road.pk, YESTERDAY, "40", "0", ""), (road.pk, YESTERDAY, "50", "0", ""), (other.pk, "", "0", "0", "")
    sheet = checked(people, csv(*rows))
    assert [(fault["row"], fault["column"]) for fault in sheet.result["faults"]] == [(2, "Per tanggal"), (4, "Per tanggal")]
    assert sheet.result["counts"] == {"new": 1, "same": 0, "empty": 1, "error": 2}


def test_a_form_that_went_out_before_the_latest_report_asks_for_no_day(people, road):
    out = exports.form(FundedWork.objects.filter(pk=road.pk)).read()
    taken(people, checked(people, csv((road.pk, YESTERDAY, "40", "0", ""))))
    assert checked(people, out, name="laporan.xlsx").result["counts"] == {"new": 0, "same": 0, "empty": 1, "error": 0}


def test_the_form_as_csv_comes_back_as_it_went_out_and_filled_in(client, people, road):
    out = b"".join(client.get(f"/api/v1/works.form.csv?region={cast.HOME}").streaming_content).decode()
    assert checked(people, out.encode()).result["counts"] == {"new": 0, "same": 0, "empty": 1, "error": 0}
    filled = out.replace(",,,0", f",,{YESTERDAY},35")
    assert checked(people, filled.encode()).result["counts"]["new"] == 1, filled


def test_merged_cells_and_formulas_are_named_by_row_and_column(people, bridge, road):
    form = openpyxl.load_workbook(exports.form(FundedWork.objects.order_by("title")))
    page = form.active
    for row in (2, 3):
        page.cell(row, 7).value, page.cell(row, 8).value = YESTERDAY, 20
    page.cell(2, 9).value = "=2*1000000"
    page.merge_cells("G2:G3")
    content = BytesIO()
    form.save(content)
    sheet = checked(people, content.getvalue(), name="laporan.xlsx")
    assert [(fault["row"], fault["column"]) for fault in sheet.result["faults"]] == [(2, "Sudah dibayar (rupiah)"), (3, "Per tanggal")]
    assert not Progress.objects.exists()


def test_ten_thousand_rows_ask_no_more_of_the_database_than_one(people, road, django_assert_max_num_queries):
    rows = [(road.pk, YESTERDAY, "40", "0", ""), *((uuid.UUID(int=number), YESTERDAY, "40", "0", "") for number in range(10_000))]
    with django_assert_max_num_queries(40):
        sheet = checked(people, csv(*rows))
    assert sheet.result["counts"] == {"new": 1, "same": 0, "empty": 0, "error": 10_000}
    assert len(sheet.result["faults"]) == 1000
