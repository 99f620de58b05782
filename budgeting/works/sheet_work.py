"""Reading a sheet of reports in the background: checked first; written, once its maker says so, in one transaction."""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import clock
from accounts.at_work import held
from accounts.refusals import Refusal
from budgeting.models import ProgressSheet
from budgeting.works import sheet_reports
from budgeting.works.sheet_reports import Telling
from budgeting.works.sheet_rows import lines
from proposals.sheets.files import Unreadable
from proposals.sheets.progress import telling

log = logging.getLogger(__name__)
Status = ProgressSheet.Status
_FAILURE_LONGEST = 500


def perform_sheet(sheet_id: UUID) -> ProgressSheet:
    """Check or write a queued sheet, or one that a dead worker left; of several callers one does it. Called again, it changes nothing."""
    with held(sheet_id) as mine:
        sheet = _claimed(sheet_id) if mine else None
        if sheet is not None:
            with translation.override(sheet.language), telling(sheet.pk, "budgeting_progresssheet") as tell:
                _do(sheet, tell)
    return ProgressSheet.objects.get(pk=sheet_id)


@transaction.atomic
def _claimed(sheet_id: UUID) -> ProgressSheet | None:
    waiting = ProgressSheet.objects.select_for_update(of=("self",), skip_locked=True).select_related("maker")
    # running, while nobody else holds it: its worker ended, or lost the database
    sheet = waiting.filter(pk=sheet_id, status__in=[Status.QUEUED, Status.RUNNING]).first()
    if sheet is not None:
        _keep(sheet, status=Status.RUNNING, done=0, total=0)
    return sheet


def _do(sheet: ProgressSheet, tell: Telling) -> None:
    try:
        with transaction.atomic():
            _read(sheet, tell)
    except (Refusal, Unreadable) as refusal:
        _fail(sheet, refusal.in_words() if isinstance(refusal, Refusal) else str(refusal))
    except Exception:
        log.exception("sheet of reports %s", sheet.pk)
        _fail(sheet, _ours())


def give_up(sheet_id: UUID) -> ProgressSheet:
    """End a sheet over which worker after worker died, in its maker's language."""
    sheet = ProgressSheet.objects.get(pk=sheet_id)
    with translation.override(sheet.language):
        _fail(sheet, _ours())
    return ProgressSheet.objects.get(pk=sheet_id)


def _ours() -> str:
    return _("Something of ours went wrong; nothing of this step was written. Try again, and tell the operator if it stays so.")


def _read(sheet: ProgressSheet, tell: Telling) -> None:
    """All or nothing: a single row in error, and the sheet waits for its maker with nothing written."""
    if not sheet.file:
        raise Unreadable(_("The file is no longer kept. Send it again."))
    with sheet.file.open("rb") as file:
        rows = lines(file.read())
    found = sheet_reports.look(rows, sheet.maker, tell, lock=sheet.writes)
    if not sheet.writes or found.faults:
        _keep(sheet, status=Status.CHECKED, writes=False, result=found.told(), done=len(rows), total=len(rows))
        return
    written = sheet_reports.write(found, sheet.maker, tell)
    _keep(sheet, status=Status.DONE, result=found.told(), done=written, total=written, finished_at=clock.now())


def _fail(sheet: ProgressSheet, sentence: str) -> None:
    ProgressSheet.objects.filter(pk=sheet.pk).update(status=Status.FAILED, failure=sentence[:_FAILURE_LONGEST], finished_at=clock.now())


def _keep(sheet: ProgressSheet, **values: Any) -> None:
    for name, value in values.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=list(values))
