"""Ceilings: everybody reads what is published, the teams prepare, a second person publishes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Refusal
from budgeting import services
from frontend import figures
from frontend.budgets import Sheet, sheet
from frontend.forms.budget import CeilingForm, initial_of


@require_safe
def ceilings(request: HttpRequest) -> HttpResponse:
    """The year's ceilings with their balances and runs."""
    found = sheet(request.user, request.GET.get("plan_year", ""))
    return render(request, "budget/ceilings.html", {"sheet": found, "form": _form(found, request.GET.get("ubah", ""))})


@require_POST
def set_ceiling(request: HttpRequest) -> HttpResponse:
    """Set or change a ceiling; what is refused keeps what was typed."""
    found = sheet(request.user, request.POST.get("plan_year", ""))
    form = CeilingForm(request.POST, regions=found.regions)
    if form.is_valid():
        try:
            kept = services.set_ceiling(actor=request.user, **form.as_sent())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The ceiling is kept. A second person publishes it."))
            return redirect(f"/anggaran/?plan_year={kept.plan_year}")
    return render(request, "budget/ceilings.html", {"sheet": found, "form": form}, status=400)


@require_POST
def publish_ceiling(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody see a ceiling."""
    version = figures.version(request.POST.get("version", ""))
    kept = services.publish_ceiling(actor=request.user, ceiling_id=pk, version=version)
    messages.success(request, _("The ceiling is published."))
    return redirect(f"/anggaran/?plan_year={kept.plan_year}")


def _form(found: Sheet, changing: str) -> CeilingForm | None:
    if not found.regions:
        return None
    row = next((row for row in found.rows if str(row.ceiling.pk) == changing and row.is_team), None)
    return CeilingForm(initial=initial_of(row.ceiling) if row else {"plan_year": found.year or ""}, regions=found.regions)
