"""Sending a sheet of reports, and having its rows written. The reading itself is done by a worker (`sheet_work`)."""

import hashlib
from functools import partial
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts import audit, clock
from accounts.at_work import is_held
from accounts.models import User
from accounts.refusals import Conflict, Denied, Invalid, Missing, Refusal
from accounts.scope import Person, offices_of
from budgeting.models import ProgressSheet
from budgeting.tasks import LOOK_AGAIN
from budgeting.works import tasks
from budgeting.works.policy import REPORTERS
from budgeting.works.sheet_rows import FILE_MOST
from proposals.services.rows import signed_in

Status = ProgressSheet.Status
_AT_A_TIME = 5
_NAME_LONGEST = 160


def send_sheet(*, actor: Person, name: str, content: bytes) -> ProgressSheet:
    """Keep a sheet and have it checked; nothing is written before `take_in`. The same file that still waits is the same sheet.

    Raises Refusal (401, 403: no office reports on works; 413), Invalid and Conflict (409: too many wait).
    """
    maker = signed_in(actor)
    if not any(office.role in REPORTERS for office in offices_of(maker)):
        Denied(_("Reports on works are sent by the agencies that build them, by planners and village heads."), code="not_yours").or_refuse()
    if len(content) > FILE_MOST:
        raise Refusal(_("The file is larger than 10 MB. Split it."), code="too_large", status=413)
    if not content.strip():
        raise Invalid({"file": [_("Choose a sheet: XLSX or CSV.")]})
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=maker.pk)
        waiting = ProgressSheet.objects.filter(maker=maker, status__in=[Status.QUEUED, Status.RUNNING, Status.CHECKED])
        if (same := waiting.filter(sha256=digest).first()) is not None:
            return same if same.is_moving else _again(same)
        if waiting.exclude(status=Status.CHECKED).count() >= _AT_A_TIME:
            raise Conflict(_("Several of your sheets are still waiting. Wait until one is done."), code="too_many_jobs")
        sheet = ProgressSheet(pk=uuid4(), maker=maker, file_name=name.replace("\x00", "")[-_NAME_LONGEST:] or "laporan", sha256=digest)
        sheet.language, sheet.created_at = translation.get_language() or "id", clock.now()
        sheet.file.save(f"{sheet.pk.hex}.bin", ContentFile(content), save=False)
        sheet.save(force_insert=True)
        _record(sheet, "send")
        _ask(sheet)
    return sheet


@transaction.atomic
def take_in(*, actor: Person, sheet_id: UUID) -> ProgressSheet:
    """Have the rows of a checked sheet written. Pressed twice, it is done once. Raises Refusal and Conflict."""
    maker = signed_in(actor)
    sheet = ProgressSheet.objects.select_for_update().filter(pk=sheet_id, maker=maker).first()
    if sheet is None:
        raise Missing
    if sheet.is_moving or sheet.status == Status.DONE:
        return sheet
    if sheet.status != Status.CHECKED or sheet.result.get("counts", {}).get("error"):
        raise Conflict(_("Some rows are in error, so nothing is written. Correct them and send the sheet again."), code="rows_in_error")
    sheet.status, sheet.writes = Status.QUEUED, True
    sheet.save(update_fields=["status", "writes"])
    _record(sheet, "take_in")
    _ask(sheet)
    return sheet


def own_sheet(actor: Person, sheet_id: UUID) -> ProgressSheet:
    """A sheet of one's own; 401 or 404 otherwise."""
    found = ProgressSheet.objects.filter(pk=sheet_id, maker=signed_in(actor)).first()
    if found is None:
        raise Missing
    return found


def requeue() -> int:
    """Ask again for every sheet that waits and that no worker is going to take up; answers how many. Safe at any time."""
    ready = DBTaskResult.objects.filter(task_path=tasks.read_sheet.module_path, status=TaskResultStatus.READY)
    asked = {task["args"][0] for task in ready.values_list("args_kwargs", flat=True)}
    left = ProgressSheet.objects.filter(status__in=[Status.QUEUED, Status.RUNNING]).order_by("created_at", "pk")
    again = [sheet for sheet in left if str(sheet.pk) not in asked and not is_held(sheet.pk)]
    for sheet in again:
        ProgressSheet.objects.filter(pk=sheet.pk, status=Status.RUNNING).update(status=Status.QUEUED)
        tasks.read_sheet.enqueue(str(sheet.pk))
    return len(again)


def _again(sheet: ProgressSheet) -> ProgressSheet:
    """The works may have changed since it was checked: it is looked at anew."""
    ProgressSheet.objects.filter(pk=sheet.pk).update(status=Status.QUEUED)
    sheet.status = Status.QUEUED
    _ask(sheet)
    return sheet


def _ask(sheet: ProgressSheet) -> None:
    transaction.on_commit(partial(tasks.read_sheet.enqueue, str(sheet.pk)))
    later = tasks.look_after_sheet.using(run_after=clock.now() + LOOK_AGAIN)
    transaction.on_commit(partial(later.enqueue, str(sheet.pk)))


def _record(sheet: ProgressSheet, verb: str) -> None:
    changes = {"file": sheet.file_name, "sha256": sheet.sha256, "counts": sheet.result.get("counts", {})}
    audit.record(actor=sheet.maker, action=f"budgeting.work_sheet.{verb}", subject=f"progress_sheet:{sheet.pk}", changes=changes)
