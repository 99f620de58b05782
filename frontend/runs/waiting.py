"""A run that waits or is being calculated, in words: how far it is, since when, and whether nobody seems to be working."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from budgeting.models import AllocationRun
from budgeting.runs.queue import Wait, wait_of
from frontend.figures import number
from frontend.templatetags.marks import moment

Step = AllocationRun.Step


def waiting(run: AllocationRun) -> dict[str, Any]:
    """What the page that waits shows, and what it asks for again: `moving` is false once the run waits no more."""
    wait = wait_of(run)
    told = {"words": "", "more": "", "note": "", "done": run.done, "total": run.total, "moving": wait is not None}
    if wait is not None:
        told |= {"words": _words(run, wait), "more": _more(run, wait), "note": _note(wait)}
    return {**told, "page": reverse("run", args=[run.pk])}


def _words(run: AllocationRun, wait: Wait) -> str:
    if wait.place == 1:
        return _("Next in the queue")
    if wait.place:
        return _("Place %(place)s in the queue") % {"place": number(wait.place)}
    facts = {"done": number(run.done), "total": number(run.total)}
    return {
        Step.REASONS: _("Step 2 of 3: the reasons, %(done)s of %(total)s lines"),
        Step.WRITING: _("Step 3 of 3: writing down %(total)s lines"),
    }.get(Step(run.step), _("Step 1 of 3: the rule decides about %(total)s proposals")) % facts


def _more(run: AllocationRun, wait: Wait) -> str:
    if wait.place:
        return _("Asked for at %(moment)s, %(total)s proposals.") % {"moment": moment(wait.since), "total": number(run.total)}
    seconds = max(0, (clock.now() - wait.since) // timedelta(seconds=1))
    facts = {"moment": moment(wait.since), "seconds": number(seconds)}
    return ngettext("Taken up at %(moment)s, %(seconds)s second ago.", "Taken up at %(moment)s, %(seconds)s seconds ago.", seconds) % facts


def _note(wait: Wait) -> str:
    if not wait.is_idle:
        return ""
    if wait.is_running:
        return _("The process that calculated it has ended; another one takes it up within a minute.")
    return _("No worker seems to be running, so nothing is calculated. The operator starts one with: manage.py db_worker. The list is not lost.")
