"""Doing what a sheet's job asks for: in the background, once, and again where a process died over it.

A job is claimed under `SKIP LOCKED` in a short transaction; an advisory lock says that its worker lives. What is written into
the register, and that it was written, is one transaction: a worker that dies has written all of it or nothing.
"""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import clock
from accounts.at_work import held
from accounts.refusals import Refusal
from proposals import sheets
from proposals.models import SheetJob
from proposals.services import sheet_exports, sheet_photos, sheet_results
from proposals.services.import_report import Report
from proposals.services.import_rights import authority_of
from proposals.services.importing import Telling, bring_in
from proposals.sheets import progress as sheet_progress
from proposals.sheets.parcels import Parcel, opened

log = logging.getLogger(__name__)
Status, Step = SheetJob.Status, SheetJob.Step
_FAILURE_LONGEST = 500


def perform_job(job_id: UUID) -> SheetJob:
    """Do the next step of a queued job; of several callers one does it. Called again, it changes nothing."""
    with held(job_id) as mine:
        job = _claimed(job_id) if mine else None
        if job is not None:
            with translation.override(job.options.get("language", "id")), sheet_progress.telling(job.pk) as tell:
                _do(job, tell)
    return SheetJob.objects.select_related("region", "maker").get(pk=job_id)


@transaction.atomic
def _claimed(job_id: UUID) -> SheetJob | None:
    waiting = SheetJob.objects.select_for_update(of=("self",), skip_locked=True).select_related("region", "maker")
    job = waiting.filter(pk=job_id, status=Status.QUEUED).first()
    if job is not None:
        job.status, job.started_at, job.done, job.total = Status.RUNNING, clock.now(), 0, 0
        job.save(update_fields=["status", "started_at", "done", "total"])
    return job


def _do(job: SheetJob, tell: Telling) -> None:
    try:
        if job.step == Step.CHECK:
            _check(job, tell)
        elif job.step == Step.WRITE:
            _write(job, tell)
        if job.step == Step.PHOTOS:
            _add_photos(job, tell)
        if job.step == Step.EXPORT:
            sheet_exports.collect(job, tell)
    except (Refusal, sheets.Unreadable) as refusal:
        _fail(job, _sentence(refusal))
    except Exception:
        log.exception("sheet job %s", job.pk)
        _fail(job, _("Something of ours went wrong; nothing of this step was written. Try again, and tell the operator if it stays so."))


def _sentence(refusal: Exception) -> str:
    fields = refusal.fields if isinstance(refusal, Refusal) else None
    return " ".join(sentence for sentences in (fields or {"": [str(refusal)]}).values() for sentence in sentences)


def _fail(job: SheetJob, sentence: str) -> None:
    SheetJob.objects.filter(pk=job.pk).update(status=Status.FAILED, failure=sentence[:_FAILURE_LONGEST], finished_at=clock.now())


def _parcel(job: SheetJob) -> Parcel:
    if not job.file:
        raise sheets.Unreadable(_("The file is no longer kept. Send it again."))
    with job.file.open("rb") as file:
        return opened(file.read(), job.file_name)


def _brought(job: SheetJob, parcel: Parcel, tell: Telling, *, dry_run: bool) -> Report:
    """The rights are asked again: an office may have ended, or a window closed, since the sheet was sent."""
    assert job.region is not None  # noqa: S101 - every import has one
    assert job.plan_year is not None  # noqa: S101
    authority = authority_of(job.maker, job.region, job.plan_year)
    sheet = sheets.read_bytes(parcel.sheet, name=parcel.name, page=job.options.get("page", ""))
    return bring_in(
        sheet=sheet,
        region=job.region,
        plan_year=job.plan_year,
        authority=authority,
        actor=job.maker,
        dry_run=dry_run,
        only_good=bool(job.options.get("only_good")),
        photos=parcel.photos,
        tell=tell,
    )


def _check(job: SheetJob, tell: Telling) -> None:
    parcel = _parcel(job)
    report = _brought(job, parcel, tell, dry_run=True)
    _keep(job, status=Status.CHECKED, result=sheet_results.told(report, parcel.photos), total=len(report.fates), done=len(report.fates))


def _write(job: SheetJob, tell: Telling) -> None:
    parcel = _parcel(job)
    with transaction.atomic():
        report = _brought(job, parcel, tell, dry_run=False)
        result = sheet_results.told(report, parcel.photos)
        if not report.written:
            _keep(job, status=Status.CHECKED, step=Step.CHECK, result=result, options={**job.options, "changed": True})
            return
        further: dict[str, Any] = {"step": Step.PHOTOS} if result["photos"] else {"status": Status.DONE, "finished_at": clock.now()}
        _keep(job, result=result, done=report.count("created"), total=report.count("created"), **further)


def _add_photos(job: SheetJob, tell: Telling) -> None:
    notes = sheet_photos.add(job, _parcel(job), tell)
    _keep(job, status=Status.DONE, finished_at=clock.now(), result={**job.result, "photo_notes": notes})


def _keep(job: SheetJob, **values: Any) -> None:
    for name, value in values.items():
        setattr(job, name, value)
    job.save(update_fields=list(values))
