"""The planner's page of what a plan year asks for beside the form."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from frontend import figures
from frontend.answers import see_other, signed_in
from frontend.forms.requirements import RequirementForm
from frontend.requirements_page import Sheet, form_for, refuse, sheet_for
from proposals.services import requirements


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """The rows of a plan year; POST adds one or changes one."""
    if request.method == "POST":
        return _kept(request, sheet_for(signed_in(request), request.POST.get("cycle", "")))
    sheet = sheet_for(signed_in(request), request.GET.get("tahun", ""))
    return render(request, "papers/requirements.html", {"sheet": sheet, "form": form_for(sheet, request.GET.get("ubah", ""))})


def _kept(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    form = RequirementForm(request.POST)
    status = 400
    if form.is_valid():
        try:
            requirements.ask_for(actor=request.user, cycle_id=sheet.cycle.pk if sheet.cycle else 0, **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
            status = refusal.status
        else:
            messages.success(request, _("Kept. The checklists show it at once."))
            return _back(sheet)
    return render(request, "papers/requirements.html", {"sheet": sheet, "form": form}, status=status)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for it no longer."""
    if requirements.drop(actor=request.user, cycle_id=figures.version(request.POST.get("cycle", "")) or 0, pk=pk):
        messages.success(request, _("It is asked for no longer."))
    return _back(sheet_for(signed_in(request), request.POST.get("cycle", "")))


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm every row as the kabupaten's own."""
    requirements.confirm_all(actor=request.user, cycle_id=figures.version(request.POST.get("cycle", "")) or 0)
    messages.success(request, _("Confirmed: your kabupaten asks for this."))
    return _back(sheet_for(signed_in(request), request.POST.get("cycle", "")))


def _back(sheet: Sheet) -> HttpResponse:
    return see_other(reverse("requirements") + (f"?tahun={sheet.cycle.pk}" if sheet.cycle else ""))
