"""Sheets of reports: sending one, looking at what its rows would do, having them written. Each is its maker's alone."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from accounts.scope import offices_of
from budgeting.models import ProgressSheet
from budgeting.works import sheet_jobs
from budgeting.works.policy import REPORTERS
from budgeting.works.sheet_rows import FILE_MOST
from frontend.answers import see_other, signed_in
from frontend.forms.works import SheetOfReportsForm
from frontend.paging import page_of

_FAULTS_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sheets(request: HttpRequest) -> HttpResponse:
    """One's sheets, and the form for a new one."""
    form = SheetOfReportsForm(request.POST, request.FILES) if request.method == "POST" else SheetOfReportsForm()
    if request.method == "POST":
        file = request.FILES.get("file")
        name, content = (file.name or "", file.read(FILE_MOST + 1)) if file else ("", b"")
        try:
            return _to(sheet_jobs.send_sheet(actor=request.user, name=name, content=content))
        except Refusal as refusal:
            if refusal.status in {401, 403}:
                raise
            form.is_valid()
            form.refuse(refusal)
    own = page_of(request, ProgressSheet.objects.filter(maker=signed_in(request)).defer("result").order_by("-created_at", "id"))
    offices = [office for office in offices_of(request.user) if office.role in REPORTERS]
    return render(request, "works/sheets.html", {"form": form, "page": own, "offices": offices}, status=400 if form.errors else 200)


@require_safe
@never_cache
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """One sheet: being read, checked, written."""
    found = sheet_jobs.own_sheet(request.user, sheet_id)
    faults = found.result.get("faults", [])
    view = {"sheet": found, "counts": found.result.get("counts", {}), "faults": faults[:_FAULTS_SHOWN], "words": _told(found)}
    return render(request, "works/sheet.html", {**view, "more_faults": max(0, len(faults) - _FAULTS_SHOWN)})


@require_POST
def take_in(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Have the rows written."""
    return _to(sheet_jobs.take_in(actor=request.user, sheet_id=sheet_id))


def _to(found: ProgressSheet) -> HttpResponse:
    return see_other(reverse("sheet_of_reports", args=[found.pk]))


@require_safe
@never_cache
def progress(request: HttpRequest, sheet_id: UUID) -> JsonResponse:
    """How far it is, for a page that waits."""
    return JsonResponse(_progress(sheet_jobs.own_sheet(request.user, sheet_id)))


def _progress(found: ProgressSheet) -> dict[str, Any]:
    page = reverse("sheet_of_reports", args=[found.pk])
    return {"words": _told(found), "done": found.done, "total": found.total, "moving": found.is_moving, "page": page}


def _told(found: ProgressSheet) -> str:
    if found.status == ProgressSheet.Status.RUNNING and found.total:
        return _("%(done)s of %(total)s rows") % {"done": found.done, "total": found.total}
    return str(found.get_status_display()).capitalize()
