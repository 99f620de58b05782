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
