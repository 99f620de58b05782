"""Reporting on a work from a phone, handing it over, keeping its line."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from budgeting.works import handing_over, lines, photos, policy, reporting, rows
from frontend import figures
from frontend.answers import see_other, signed_in
from frontend.forms.works import HandoverForm, LineForm, ReportForm

_BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(_BOTH)
def report(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """How far it is, with photos. What was typed stays where something is refused; photos have to be chosen again."""
    work = rows.loaded(work_id)
    policy.may_report(signed_in(request), work).or_refuse()
    now = {"physical_percent": figures.number(work.physical_percent), "paid": figures.number(work.paid)}
    form = ReportForm(request.POST or None, request.FILES or None, initial=now)
    if request.method == "POST" and form.is_valid() and _done(form, lambda: _report(request, work_id, form)):
        messages.success(request, _("Your report stands on the page."))
        return see_other(reverse("funded_work", args=[work_id]) + "#kemajuan")
    return _page(request, "works/report.html", work, form)


def _report(request: HttpRequest, work_id: UUID, form: ReportForm) -> None:
    """The report first, then its photos: sent again after a photo was refused, the report is the same one."""
    said = form.cleaned_data
    percent, paid = figures.plain(said["physical_percent"].rstrip("% ")), figures.plain(said["paid"])
    sent = {"id": said["id"], "as_of": said["as_of"], "physical_percent": percent, "paid": paid, "note": said["note"]}
    made, _is_new = reporting.report(work_id=work_id, actor=request.user, **sent)
    for file in said["photo"]:
        content = file.read(settings.PHOTO_MAX_BYTES + 1)
        photos.add_photo(work_id=work_id, actor=request.user, content=content, moment=said["moment"] or "during", progress_id=made.pk)


@require_http_methods(_BOTH)
def hand_over(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """The handover: from then on the village judges."""
    work = rows.loaded(work_id)
    policy.may_report(signed_in(request), work).or_refuse()
    form = HandoverForm(request.POST or None, initial={"to": f"Pemerintah {work.region.title}"})
    if (
        request.method == "POST"
        and form.is_valid()
        and _done(form, lambda: handing_over.hand_over(work_id=work_id, actor=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("Handed over. The village is asked now whether it is right."))
        return see_other(reverse("funded_work", args=[work_id]))
    return _page(request, "works/handover.html", work, form)


@require_http_methods(_BOTH)
def line(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Codes, documents, provider and dates."""
    work = rows.loaded(work_id)
    policy.may_keep(signed_in(request), work.region_id, work.agency_id, work.funding_source).or_refuse()
    form = LineForm(request.POST or None, initial={name: getattr(work, name) for name in LineForm.base_fields})
    if request.method == "POST" and form.is_valid() and _done(form, lambda: _change(request, work_id, form)):
        messages.success(request, _("The line is changed."))
        return see_other(reverse("funded_work", args=[work_id]) + "#baris")
    return _page(request, "works/line.html", work, form)


def _change(request: HttpRequest, work_id: UUID, form: LineForm) -> None:
    lines.change_line(work_id=work_id, actor=request.user, version=form.cleaned_data["version"], sent=form.sent())


def _done(form: Any, verb: Any) -> bool:
    """Whether the service did it; otherwise its sentences stand in the form. Who may not is refused on a page of its own."""
    try:
        verb()
    except Refusal as refusal:
        if refusal.status in {401, 403, 404}:
            raise
        form.refuse(refusal)
        return False
    return True


def _page(request: HttpRequest, template: str, work: Any, form: Any) -> HttpResponse:
    return render(request, template, {"work": work, "form": form}, status=400 if form.errors else 200)
