"""Several workers at one sheet do it once; how far it is can be read while it is still being written."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from proposals.models import Proposal, SheetJob
from proposals.services import importing, sheet_jobs, sheet_work
from tests import cast, make

ROWS = 30


@pytest.fixture
def checked(transactional_db: None, settings, tmp_path) -> SheetJob:
    settings.MEDIA_ROOT = tmp_path
    people = cast.build()
    make.cycle()
    lines = [f"{n},Rabat beton gang {n},Becek,100,m,100000,10000000" for n in range(ROWS)]
    content = "\n".join(["id_sumber,judul_usulan,permasalahan,volume,satuan,harga_satuan,anggaran", *lines]).encode()
    job = sheet_jobs.send_sheet(actor=people.facilitator, region_code=cast.VILLAGE, plan_year=2028, files=[("usulan.csv", content)])
    sheet_work.perform_job(job.pk)
    return sheet_jobs.take_in(actor=people.facilitator, job_id=job.pk)


def perform(job: SheetJob) -> str:
    try:
        return sheet_work.perform_job(job.pk).status
    finally:
        connection.close()


def test_of_three_workers_one_does_it(checked: SheetJob) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(perform, [checked] * 3))
    checked.refresh_from_db()
    assert (checked.status, Proposal.objects.count()) == ("done", ROWS)
    assert len(checked.result["made"]) == ROWS


def test_how_far_it_is_can_be_read_before_it_is_done_and_a_running_job_is_nobody_elses(checked: SheetJob, monkeypatch: pytest.MonkeyPatch) -> None:
    reached, go_on = threading.Event(), threading.Event()
    plain = importing.make

    def slowly(*args, **kwargs):
        made = plain(*args, **kwargs)
        reached.set()
        go_on.wait(10)
        return made

    monkeypatch.setattr(importing, "make", slowly)
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(perform, checked)
        assert reached.wait(10)
        checked.refresh_from_db()
        seen = (checked.status, Proposal.objects.count(), sheet_jobs.requeue())
        go_on.set()
        working.result()
    assert seen == ("running", 0, 0)
    checked.refresh_from_db()
    assert (checked.status, Proposal.objects.count()) == ("done", ROWS)


def test_a_worker_that_dies_in_the_middle_has_written_nothing(checked: SheetJob, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = importing.make

    class Killed(BaseException):
        """As a signal would end it."""

    def dies(*args, **kwargs):
        plain(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(importing, "make", dies)
    with pytest.raises(Killed):
        perform(checked)
    checked.refresh_from_db()
    assert (checked.status, Proposal.objects.count()) == ("running", 0)
    monkeypatch.setattr(importing, "make", plain)
    assert sheet_jobs.requeue() == 1
    assert (perform(checked), Proposal.objects.count()) == ("done", ROWS)


def test_progress_is_told_while_rows_are_read(checked: SheetJob) -> None:
    from proposals.sheets.progress import telling

    with telling(checked.pk) as tell:
        tell(200, 1180)
        tell(400, 1180)
    checked.refresh_from_db()
    assert (checked.done, checked.total) == (200, 1180)
