"""Sending a sheet, having its rows taken in, asking for a file. The work itself is done by a worker (`sheet_work`)."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts import audit, clock
from accounts.at_work import is_held
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Refusal
from accounts.scope import Person
from geo import codes
from geo.models import Region
from proposals.models import SheetJob
from proposals.services import rows, sheet_exports
from proposals.services.import_rights import authority_of
from proposals.sheets.files import Unreadable
from proposals.sheets.parcels import opened, pack
from proposals.sheets.tasks import perform

Kind, Status, Step = SheetJob.Kind, SheetJob.Status, SheetJob.Step
#: A ZIP with photos; more does not fit through the door anyway (BODY_MAX_BYTES).
PARCEL_MOST = 60 * 1024 * 1024
#: So many jobs of one person may wait or run at a time.
AT_A_TIME = 5
#: So many octets of one person's files are kept until they are swept: anybody may ask for the whole country, again and again.
KEPT_MOST = 1024 * 1024 * 1024
_NAME_LONGEST = 160


def send_sheet(
    *, actor: Person, region_code: str, plan_year: int, files: Sequence[tuple[str, bytes]], page: str = "", only_good: bool = False
) -> SheetJob:
    """Keep a sheet and have it checked; nothing is written into the register before `take_in`.

    `files`: names and bytes; a sheet, a ZIP, or a sheet and its photos. The same file for the same place that still waits is the
    same job. Raises Refusal (401, 403; 413), Invalid by field and Conflict (409: the window, too many jobs).
    """
    maker = rows.signed_in(actor)
    region = _region(region_code)
    authority_of(maker, region, plan_year)
    name, content = _one(files)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=maker.pk)
        here = SheetJob.objects.filter(maker=maker, kind=Kind.IMPORT, sha256=digest, region=region, plan_year=plan_year)
        same = here.filter(status__in=[Status.QUEUED, Status.RUNNING, Status.CHECKED], options__page=page).first()
        if same is not None:
            return same
        _refuse_too_many(maker)
        job = _new(maker, Kind.IMPORT, Step.CHECK, region=region, plan_year=plan_year, file_name=name, sha256=digest, size=len(content))
        job.options |= {"page": page, "only_good": only_good}
        job.file.save(f"{job.pk.hex}.bin", ContentFile(content), save=False)
        job.save(force_insert=True)
        _record(job, "send", {"file": name, "sha256": digest})
        _ask(job)
    return job


@transaction.atomic
def take_in(*, actor: Person, job_id: UUID, only_good: bool = False) -> SheetJob:
    """Have the rows of a checked sheet written. Pressed twice, it is done once. Raises Refusal and Conflict."""
    job = locked_job(actor, job_id)
    if job.kind != Kind.IMPORT:
        raise Conflict(_("This is no import."), code="no_import")
    if job.step != Step.CHECK or job.is_moving:
        return job
    counts = job.result.get("counts", {})
    if job.status != Status.CHECKED or not job.file:
        raise Conflict(_("This sheet cannot be taken in. Send it again."), code="not_checked")
    if counts.get("error") and not only_good:
        raise Conflict(_("Some rows are in error. Correct them and send the sheet again, or take in the good ones only."), code="rows_in_error")
    assert job.region is not None  # noqa: S101 - every import has one
    authority_of(job.maker, job.region, job.plan_year or 0)
    job.status, job.step, job.options = Status.QUEUED, Step.WRITE, {**job.options, "only_good": only_good}
    job.save(update_fields=["status", "step", "options"])
    _record(job, "take_in", {"only_good": only_good, "counts": counts})
    _ask(job)
    return job


@transaction.atomic
def ask_for_file(*, actor: Person, kind: str, query: str) -> SheetJob:
    """Have a file collected: `form`, `listing` or `recap`, with the filters of the list. The same again, still waiting, is the same job."""
    maker = rows.signed_in(actor)
    if kind not in sheet_exports.KINDS:
        raise Invalid({"kind": [_("Choose one of the list.")]})
    found = sheet_exports.asked(query)
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=maker.pk)
    waiting = SheetJob.objects.filter(maker=maker, kind=Kind.EXPORT, status__in=[Status.QUEUED, Status.RUNNING])
    if (same := waiting.filter(options__kind=kind, options__query=query).first()) is not None:
        return same
    _refuse_too_many(maker)
    region = _region(found.region_code) if found.region_code else None
    year = found.form.cleaned_data["plan_year"]
    name = sheet_exports.file_name(kind, found)
    job = _new(maker, Kind.EXPORT, Step.EXPORT, region=region, plan_year=year, file_name=name)
    job.options |= {"kind": kind, "query": query}
    job.save(force_insert=True)
    _record(job, "ask", {"kind": kind, "query": query})
    _ask(job)
    return job


def own_job(actor: Person, job_id: UUID) -> SheetJob:
    """A job of one's own, to look at; 401 or 404 otherwise."""
    maker = rows.signed_in(actor)
    return _mine(SheetJob.objects.select_related("region").filter(pk=job_id, maker=maker).first())


def locked_job(actor: Person, job_id: UUID) -> SheetJob:
    """A job of one's own under lock; 401 or 404 otherwise."""
    maker = rows.signed_in(actor)
    found = SheetJob.objects.select_for_update(of=("self",)).select_related("region", "maker")
    return _mine(found.filter(pk=job_id, maker=maker).first())


def requeue() -> int:
    """Ask again for every job that waits and that no worker is going to take up; answers how many. Safe at any time."""
    ready = DBTaskResult.objects.filter(task_path=perform.module_path, status=TaskResultStatus.READY)
    asked = {task["args"][0] for task in ready.values_list("args_kwargs", flat=True)}
    left = SheetJob.objects.filter(status__in=[Status.QUEUED, Status.RUNNING]).order_by("created_at", "pk")
    again = [job for job in left if (job.status == Status.RUNNING or str(job.pk) not in asked) and not is_held(job.pk)]
    for job in again:
        SheetJob.objects.filter(pk=job.pk, status=Status.RUNNING).update(status=Status.QUEUED)
        if str(job.pk) not in asked:
            perform.enqueue(str(job.pk))
    return len(again)


def sweep(*, days: int) -> int:
    """Delete the files of jobs that ended so long ago; what they say stays. Answers how many."""
    old = SheetJob.objects.filter(created_at__lt=clock.now() - timedelta(days=days)).exclude(file="").exclude(status=Status.RUNNING)
    swept = 0
    for job in old.only("file").iterator():
        name = str(job.file.name)
        SheetJob.objects.filter(pk=job.pk).update(file="")
        default_storage.delete(name)
        swept += 1
    return swept


def _mine(job: SheetJob | None) -> SheetJob:
    if job is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    return job


def _region(code: str) -> Region:
    dotted = codes.dotted(code)
    found = Region.objects.light().filter(pk=dotted).first() if codes.is_code(dotted) else None
    if found is None:
        raise Invalid({"region": [_("There is no region with the code %(code)s.") % {"code": code[:20]}]})
    return found


def _one(files: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """The name and the bytes to keep: of several files one ZIP."""
    if not files or not any(content for _name, content in files):
        raise Invalid({"file": [_("Choose a sheet: XLSX, CSV, or a ZIP with a sheet and its photos.")]})
    if sum(len(content) for _name, content in files) > PARCEL_MOST:
        raise Refusal(_("This is larger than 60 MB. Send fewer photos at a time."), code="too_large", status=413)
    name, content = files[0] if len(files) == 1 else (files[0][0], pack(files))
    try:
        opened(content, name)
    except Unreadable as error:
        raise Invalid({"file": [str(error)]}) from None
    return name.replace("\x00", "")[-_NAME_LONGEST:], content


def _refuse_too_many(maker: User) -> None:
    if SheetJob.objects.filter(maker=maker, status__in=[Status.QUEUED, Status.RUNNING]).count() >= AT_A_TIME:
        raise Conflict(_("Several of your sheets are still waiting. Wait until one is done."), code="too_many_jobs")
    kept = SheetJob.objects.filter(maker=maker).exclude(file="").aggregate(octets=Sum("size"))["octets"] or 0
    if kept > KEPT_MOST:
        sentence = _("Your files of the last days fill the room that there is. Wait until older ones are deleted, or choose a smaller region.")
        raise Conflict(sentence, code="no_room")


def _new(maker: User, kind: SheetJob.Kind, step: SheetJob.Step, **values: Any) -> SheetJob:
    return SheetJob(maker=maker, kind=kind, step=step, created_at=clock.now(), options={"language": translation.get_language() or "id"}, **values)


def _ask(job: SheetJob) -> None:
    transaction.on_commit(partial(perform.enqueue, str(job.pk)))


def _record(job: SheetJob, verb: str, changes: dict[str, Any]) -> None:
    audit.record(actor=job.maker, action=f"proposals.sheet.{verb}", subject=f"sheet_job:{job.pk}", region_code=job.region_id or "", changes=changes)
