"""Formulas: written down, filled in by sheet, published by a second person, applied, downloaded."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Invalid, Refusal
from budgeting import services
from budgeting.ceilings import formula_sheet
from budgeting.ceilings.formula_entries import key_of
from frontend import figures
from frontend.ceilings import formula as form
from frontend.ceilings import formula_page
from frontend.ceilings.formula_page import Writing, found, writing
from proposals.sheets.downloads import csv_file


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The formula in preparation; what is refused keeps what was typed."""
    desk = writing(request.user, pk)
    if request.method != "POST":
        return _form(request, desk, desk.inputs, desk.basis, desk.version)
    sent, basis = form.sent(request.POST, desk.regions, desk.inputs), request.POST.get("legal_basis", "")
    version = figures.version(request.POST.get("version", ""))
    try:
        kept = services.set_formula(actor=request.user, ceiling_id=pk, inputs=_with_sheet(request, desk, sent), legal_basis=basis, version=version)
    except Refusal as refusal:
        if refusal.status in {401, 403}:
            raise
        return _form(request, desk, sent, basis, version, errors=refusal.fields or {"": [str(refusal.message)]}, status=400)
    messages.success(request, _("The formula is kept. A second person publishes it."))
    return redirect("formula", kept.pk)


@require_safe
def blank(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet to fill in: a row a region, a column a variable of the formula in preparation."""
    desk = writing(request.user, pk)
    return csv_file([formula_sheet.blank(desk.regions, desk.inputs)], f"isian-rumus-{pk}.csv")


@require_safe
def formula(request: HttpRequest, formula_id: UUID) -> HttpResponse:
    """Inputs, each term, remainders, and the rupiah of every region."""
    return render(request, "ceilings/formula.html", formula_page.context_of(request.user, formula_id))


@require_POST
def publish(request: HttpRequest, formula_id: UUID) -> HttpResponse:
    """The second person."""
    services.publish_formula(actor=request.user, formula_id=formula_id, version=figures.version(request.POST.get("version", "")))
    messages.success(request, _("The formula is published. It stays as it is; a change is a new version."))
    return redirect("formula", formula_id)


@require_POST
def apply(request: HttpRequest, formula_id: UUID) -> HttpResponse:
    """Make the ceilings that it gives, as drafts."""
    made = services.apply_formula(actor=request.user, formula_id=formula_id)
    sentence = ngettext("%(count)d ceiling has the amount of the formula.", "%(count)d ceilings have the amount of the formula.", len(made))
    messages.success(request, sentence % {"count": len(made)})
    return redirect("ceiling", found(request.user, formula_id).ceiling_id)


@require_safe
def table(request: HttpRequest, formula_id: UUID) -> HttpResponse:
    """Everything in one CSV."""
    kept = found(request.user, formula_id)
    return csv_file([formula_page.table_of(kept)], f"rumus-{kept.ceiling_id}-{kept.number}.csv")


@require_safe
def published(request: HttpRequest, formula_id: UUID) -> HttpResponse:
    """Inputs and result as `python -m budgeting.formula` reads them."""
    kept = found(request.user, formula_id)
    return JsonResponse(formula_page.told(kept), json_dumps_params={"ensure_ascii": False, "indent": 1})


def _with_sheet(request: HttpRequest, desk: Writing, sent: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with the figures of the sheet where one was sent along."""
    sheet = request.FILES.get("sheet")
    if sheet is None:
        return sent
    if not sheet.size or sheet.size > formula_sheet.LARGEST:
        raise Invalid({"sheet": [_("A sheet of figures has at most 2 MB.")]})
    variables = [{**one, "key": one["key"] or key_of(one["name"])} for one in sent["variables"]]
    values, rewards = formula_sheet.read(sheet.read(), desk.regions, variables)
    return {**sent, "variables": variables, "values": {**sent["values"], **values}, "rewards": {**sent["rewards"], **rewards}}


def _form(
    request: HttpRequest, desk: Writing, inputs: dict[str, Any], basis: str, version: int | None, *, errors: Any = None, status: int = 200
) -> HttpResponse:
    shown = form.typed(inputs, desk.regions, basis=basis, version=version, errors=errors)
    return render(request, "ceilings/write_formula.html", {"ceiling": desk.ceiling, "above": desk.above, "form": shown}, status=status)
