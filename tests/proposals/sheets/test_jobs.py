"""A sheet is checked before it is written, by its maker alone, and comes in once."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Refusal
from proposals.models import Attachment, Proposal, SheetJob, StageWindow
from proposals.services import sheet_jobs, sheet_work
from proposals.sheets import exports, form
from proposals.sheets import parcels as sheet_parcels
from proposals.sheets import tasks as sheet_tasks
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.proposals import pictures

pytestmark = pytest.mark.django_db
HEADER = "id_sumber,judul_usulan,permasalahan,volume,satuan,harga_satuan,anggaran,kode_desa,pemilik_lahan,usulan_perempuan,foto"
GOOD = "1,Rabat beton gang melati,Becek,100,meter,100000,10000000,,village,1,"
BAD = "2,Pos,Becek,tiga,unit,,0,,entah,mungkin,"


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def sheet(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines]).encode()


def sent(actor, content: bytes, *, region: str = cast.VILLAGE, name: str = "usulan.csv", **options) -> SheetJob:
    job = sheet_jobs.send_sheet(actor=actor, region_code=region, plan_year=2028, files=[(name, content)], **options)
    return sheet_work.perform_job(job.pk)


def taken_in(actor, job: SheetJob, **options) -> SheetJob:
    sheet_jobs.take_in(actor=actor, job_id=job.pk, **options)
    return sheet_work.perform_job(job.pk)


def test_a_sheet_is_first_checked_and_nothing_is_written(people: cast.Cast) -> None:
    make.cycle()
    job = sent(people.facilitator, sheet(GOOD))
    assert (job.status, job.result["counts"]["created"], Proposal.objects.count()) == ("checked", 1, 0)
    done = taken_in(people.facilitator, job)
    made = Proposal.objects.get()
    assert (done.status, made.author, made.stage, made.unit, made.raised_by_women) == ("done", people.facilitator, Stage.VILLAGE, "m", True)
    assert done.result["made"] == [[2, str(made.pk), made.number]]


def test_rows_in_error_are_told_by_row_and_column_and_keep_the_sheet_out(people: cast.Cast) -> None:
    make.cycle()
    job = sent(people.facilitator, sheet(GOOD, BAD))
    assert {(fault["row"], fault["column"]) for fault in job.result["faults"]} == {
        (3, "judul_usulan"), (3, "volume"), (3, "anggaran"), (3, "pemilik_lahan"), (3, "usulan_perempuan"),
    }  # fmt: skip
    with pytest.raises(Conflict):
        sheet_jobs.take_in(actor=people.facilitator, job_id=job.pk)
    done = taken_in(people.facilitator, job, only_good=True)
    assert (done.status, Proposal.objects.count()) == ("done", 1)


def test_pressed_twice_it_comes_in_once(people: cast.Cast) -> None:
    make.cycle()
    job = sent(people.facilitator, sheet(GOOD))
    taken_in(people.facilitator, job)
    assert sheet_jobs.take_in(actor=people.facilitator, job_id=job.pk).status == "done"
    sheet_work.perform_job(job.pk)
    again = taken_in(people.facilitator, sent(people.facilitator, sheet(GOOD)))
    assert (again.result["counts"]["unchanged"], Proposal.objects.count()) == (1, 1)


def test_the_same_file_that_still_waits_is_the_same_job(people: cast.Cast) -> None:
    make.cycle()
    assert sent(people.facilitator, sheet(GOOD)) == sent(people.facilitator, sheet(GOOD))


def test_a_worker_that_died_leaves_a_job_that_is_asked_for_again(people: cast.Cast) -> None:
    make.cycle()
    job = sent(people.facilitator, sheet(GOOD))
    sheet_jobs.take_in(actor=people.facilitator, job_id=job.pk)
    SheetJob.objects.update(status="running")
    assert sheet_jobs.requeue() == 1
    assert sheet_work.perform_job(job.pk).status == "done"
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "region", "allowed"),
    [
        ("facilitator", cast.VILLAGE, True),
        ("facilitator", cast.NEXT_VILLAGE, False),
        ("facilitator", cast.SUBDISTRICT, False),
        ("village_head", cast.VILLAGE, True),
        ("subdistrict_officer", cast.SUBDISTRICT, True),
        ("subdistrict_officer", cast.VILLAGE, True),
        ("subdistrict_officer", cast.OTHER_SUBDISTRICT, False),
        ("subdistrict_officer", cast.HOME, False),
        ("planner", cast.HOME, True),
        ("foreign_planner", cast.HOME, False),
        ("resident", cast.VILLAGE, False),
        ("moderator", cast.HOME, False),
        ("stranger", cast.VILLAGE, False),
    ],
)
def test_who_may_import_where(people: cast.Cast, name: str, region: str, *, allowed: bool) -> None:
    make.cycle()
    if allowed:
        assert sent(getattr(people, name), sheet(GOOD.replace(",,village", f",{cast.VILLAGE},village")), region=region).status == "checked"
    else:
        with pytest.raises(Refusal):
            sent(getattr(people, name), sheet(GOOD), region=region)
        assert not SheetJob.objects.exists()


def test_a_village_cannot_import_after_its_window_closed_neither_when_sending_nor_when_taking_in(people: cast.Cast) -> None:
    make.cycle()
    job = sent(people.facilitator, sheet(GOOD))
    StageWindow.objects.filter(stage=Stage.VILLAGE).update(closes_at=clock.now() - timedelta(minutes=1))
    with pytest.raises(Refusal) as refused:
        sheet_jobs.take_in(actor=people.facilitator, job_id=job.pk)
    assert refused.value.status == 409
    with pytest.raises(Refusal):
        sent(people.facilitator, sheet(GOOD, GOOD.replace("1,", "9,", 1)))
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize(("name", "place", "taken"), [
    ("facilitator", "subdistrict,open", False), ("facilitator", "village,rejected", False), ("facilitator", "village,open", True),
    ("subdistrict_officer", "subdistrict,open", True), ("subdistrict_officer", "agency,open", False),
    ("planner", "district,rejected", True), ("planner", "budget,funded", False), ("planner", "works,open", False),
])  # fmt: skip
def test_a_sheet_decides_nothing_that_its_sender_could_not(people: cast.Cast, name: str, place: str, *, taken: bool) -> None:
    make.cycle()
    job = sent(getattr(people, name), sheet(f"{GOOD},{place}", header=HEADER + ",tahap,hasil"))
    assert bool(job.result["counts"]["created"]) is taken


def test_a_kabupatens_sheet_names_its_villages_by_code_or_name(people: cast.Cast) -> None:
    make.cycle()
    rows = [
        GOOD.replace("1,", f"{n},", 1).replace(",,village", f",{named},village") for n, named in enumerate([cast.VILLAGE, "Desa Arang", "KALIMAS"], 1)
    ]
    job = sent(people.planner, sheet(*rows), region=cast.HOME)
    taken_in(people.planner, job)
    assert set(Proposal.objects.values_list("village_id", flat=True)) == {cast.VILLAGE, cast.NEXT_VILLAGE, cast.FAR_VILLAGE}


def test_rows_of_another_kabupaten_are_errors_of_their_row(people: cast.Cast) -> None:
    make.cycle()
    job = sent(people.planner, sheet(GOOD.replace(",,village", f",{cast.FOREIGN_VILLAGE},village")), region=cast.HOME)
    assert [(fault["row"], fault["column"]) for fault in job.result["faults"]] == [(2, "kode_desa")]


def test_a_locked_work_of_the_dictionary_cannot_be_asked_for(people: cast.Cast) -> None:
    make.dictionary_entry(of=make.cycle(), code="J09", is_locked=True)
    job = sent(people.facilitator, sheet(f"{GOOD},J09", f"{GOOD.replace('1,', '2,', 1)},X1", header=HEADER + ",kode_kamus"))
    assert [(fault["row"], fault["column"]) for fault in job.result["faults"]] == [(2, "kode_kamus"), (3, "kode_kamus")]


def test_somebody_elses_job_does_not_exist(people: cast.Cast) -> None:
    make.cycle()
    job = sent(people.facilitator, sheet(GOOD))
    for other in (people.village_head, people.planner, people.stranger):
        with pytest.raises(Refusal):
            sheet_jobs.take_in(actor=other, job_id=job.pk)


def test_what_cannot_be_read_fails_with_its_sentence(people: cast.Cast) -> None:
    make.cycle()
    job = sent(people.facilitator, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, name="usulan.xlsx")
    assert job.status == "failed"
    assert "XLS" in job.failure


def photo(name: str = "jalan.jpg", shade: int = 90) -> tuple[str, bytes]:
    return name, pictures.jpeg(colour=(shade, 80, 70))


def test_photos_come_with_the_rows_that_name_them(people: cast.Cast) -> None:
    make.cycle()
    rows = [GOOD + "JALAN.jpg; dua.jpg", GOOD.replace("1,", "2,", 1)]
    files = [("usulan.csv", sheet(*rows)), photo(), photo("dua.jpg", 30), photo("lain.jpg", 10)]
    job = sheet_jobs.send_sheet(actor=people.facilitator, region_code=cast.VILLAGE, plan_year=2028, files=files)
    job = sheet_work.perform_job(job.pk)
    assert (job.result["photos_named"], job.result["photos_unused"]) == (2, ["lain.jpg"])
    done = taken_in(people.facilitator, job)
    assert (done.status, done.result["photos_added"], done.result["photo_notes"]) == ("done", 2, [])
    assert Attachment.objects.filter(proposal__source_id="1").count() == 2
    SheetJob.objects.update(status="queued", step="photos")
    sheet_work.perform_job(job.pk)
    assert Attachment.objects.count() == 2


def test_a_photo_that_did_not_come_and_one_that_is_none_are_told(people: cast.Cast) -> None:
    make.cycle()
    job = sent(people.facilitator, sheet(GOOD + "hilang.jpg"))
    assert [(fault["row"], fault["column"]) for fault in job.result["faults"]] == [(2, "foto")]
    parcel = sheet_parcels.pack([("usulan.csv", sheet(GOOD + "palsu.jpg")), ("palsu.jpg", b"<script>alert(1)</script>")])
    done = taken_in(people.facilitator, sent(people.facilitator, parcel, name="usulan.zip"))
    assert (done.status, [note["file"] for note in done.result["photo_notes"]], Attachment.objects.count()) == ("done", ["palsu.jpg"], 0)


def test_old_files_are_swept_and_what_came_of_them_stays(people: cast.Cast) -> None:
    make.cycle()
    job = sent(people.facilitator, sheet(GOOD))
    SheetJob.objects.update(created_at=clock.now() - timedelta(days=15))
    assert (sheet_jobs.sweep(days=14), sheet_jobs.sweep(days=14)) == (1, 0)
    job.refresh_from_db()
    assert (bool(job.file), job.result["counts"]["created"]) == (False, 1)
    with pytest.raises(Conflict):
        sheet_jobs.take_in(actor=people.facilitator, job_id=job.pk)


def test_what_was_sent_and_taken_in_is_journalled(people: cast.Cast) -> None:
    make.cycle()
    taken_in(people.facilitator, sent(people.facilitator, sheet(GOOD)))
    told = set(AuditEntry.objects.values_list("action", flat=True))
    assert told == {"proposals.sheet.send", "proposals.sheet.take_in", "proposals.import"}


def client(user) -> APIClient:
    made = APIClient()
    made.force_authenticate(user)
    return made


def test_a_program_sends_a_sheet_reads_how_far_it_is_and_has_it_taken_in(people: cast.Cast) -> None:
    make.cycle()
    api = client(people.facilitator)
    body = {"file": SimpleUploadedFile("usulan.csv", sheet(GOOD)), "region": cast.VILLAGE, "plan_year": "2028"}
    answer = api.post("/api/v1/imports/", body, format="multipart")
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")
    address = f"/api/v1/imports/{answer.json()['id']}/"
    assert api.post(address + "take-in/", {}, format="json").status_code in (202, 409)
    sheet_tasks.perform.func(answer.json()["id"])
    assert api.get(address).json()["result"]["counts"]["created"] == 1
    assert api.post(address + "take-in/", {}, format="json").status_code == 202
    sheet_work.perform_job(uuid.UUID(answer.json()["id"]))
    assert api.get(address).json()["status"] == "done"
    assert [job["id"] for job in api.get("/api/v1/imports/").json()["results"]] == [answer.json()["id"]]
    assert client(people.planner).get(address).status_code == 404
    assert APIClient().get("/api/v1/imports/").status_code == 401


@pytest.mark.parametrize(("field", "value"), [("plan_year", "dua"), ("region", "99"), ("file", None)])
def test_what_is_missing_is_said_by_field(people: cast.Cast, field: str, value: object) -> None:
    make.cycle()
    body = {"file": SimpleUploadedFile("usulan.csv", sheet(GOOD)), "region": cast.VILLAGE, "plan_year": "2028"} | {field: value}
    answer = client(people.facilitator).post("/api/v1/imports/", {k: v for k, v in body.items() if v is not None}, format="multipart")
    assert (answer.status_code, field in answer.json()["fields"]) == (400, True)


def test_a_file_is_collected_in_the_background_and_only_its_maker_gets_it(people: cast.Cast) -> None:
    make.proposals(3)
    api = client(people.resident)
    answer = api.post("/api/v1/exports/", {"kind": "form", "query": f"region={cast.VILLAGE}&plan_year=2028"}, format="json")
    assert answer.status_code == 202
    address = f"/api/v1/exports/{answer.json()['id']}/"
    assert api.get(address + "file/").status_code == 404
    sheet_work.perform_job(uuid.UUID(answer.json()["id"]))
    told = api.get(address).json()
    assert (told["status"], told["done"], told["file_name"]) == ("done", 3, "usulan-61.12.01.2001-2028.xlsx")
    file = api.get(address + "file/")
    assert b"".join(file.streaming_content).startswith(b"PK")
    assert client(people.planner).get(address + "file/").status_code == 404


def test_wrong_filters_are_refused_before_a_job_is_made(people: cast.Cast) -> None:
    assert client(people.resident).post("/api/v1/exports/", {"kind": "form", "query": "region=nowhere"}, format="json").status_code == 400
    assert client(people.resident).post("/api/v1/exports/", {"kind": "poem"}, format="json").status_code == 400
    assert not SheetJob.objects.exists()


@pytest.mark.parametrize("kind", ["form", "listing", "recap"])
def test_small_files_are_answered_at_once_to_everybody(people: cast.Cast, kind: str) -> None:
    import openpyxl

    make.proposals(2)
    answer = APIClient().get(f"/api/v1/proposals.xlsx?kind={kind}&region={cast.HOME}&plan_year=2028")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.active.max_row >= 3


def test_too_many_rows_are_not_written_while_somebody_waits(people: cast.Cast, monkeypatch) -> None:
    from proposals.services import sheet_exports

    monkeypatch.setattr(sheet_exports, "AT_ONCE", 1)
    make.proposals(2)
    assert APIClient().get("/api/v1/proposals.xlsx").status_code == 409


def test_one_person_cannot_fill_the_disk_with_the_whole_country_again_and_again(people: cast.Cast, monkeypatch) -> None:
    """Anybody who signed in may ask for every proposal there is; each file stays until it is swept."""
    make.proposal()
    sheet_work.perform_job(sheet_jobs.ask_for_file(actor=people.resident, kind="form", query="").pk)
    monkeypatch.setattr(sheet_jobs, "KEPT_MOST", 1)
    with pytest.raises(Conflict) as refusal:
        sheet_jobs.ask_for_file(actor=people.resident, kind="listing", query="")
    assert refusal.value.code == "no_room"
    assert sheet_jobs.ask_for_file(actor=people.planner, kind="listing", query=""), "everybody has room of their own"
    SheetJob.objects.filter(maker=people.resident).update(created_at=clock.now() - timedelta(days=20))
    sheet_jobs.sweep(days=14)
    assert sheet_jobs.ask_for_file(actor=people.resident, kind="listing", query="")


def test_a_sheet_joins_nothing_to_a_proposal_of_another_kabupaten(people: cast.Cast) -> None:
    """By hand nobody can; a row of a sheet would write itself into the descent of a proposal that its planner has no say in."""
    target = make.proposal(village=cast.FOREIGN_VILLAGE)
    make.cycle()
    source = make.proposal(title="Jalan kecil Dusun Karya", outcome=Outcome.MERGED, merged_into=make.proposal())
    row = next(exports.rows(Proposal.objects.filter(pk=source.pk)))
    own = {**row, "id": str(uuid.uuid4()), "number": "", "merged_into": str(target.pk)}
    lines = [exports.line(list(form.KEYS)), exports.line([own.get(key, "") for key in form.KEYS])]
    job = sent(people.planner, "".join(lines).encode(), region=cast.HOME)
    assert job.result["counts"]["created"] == 1, job.result
    taken_in(people.planner, job)
    made = Proposal.objects.exclude(pk__in=[target.pk, source.pk, source.merged_into_id]).get()
    assert (made.outcome, made.merged_into) == (Outcome.MERGED, None)
    assert not target.descends_from.exists()
