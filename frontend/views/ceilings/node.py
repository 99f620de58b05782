"""One ceiling: its page, its ledger, its published versions, and money moved from it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Refusal
from budgeting import selectors, services
from frontend.ceilings import node
from frontend.ceilings.versions import changes_of
from frontend.forms.ceilings import TransferForm
from frontend.paging import page_of


@require_safe
def ceiling(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the money of a ceiling is."""
    return render(request, "ceilings/node.html", node.context_of(request, pk))


@require_safe
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that happened to the money, newest first."""
    found = selectors.ceiling(request.user, pk)
    page = page_of(request, node.entries_of(found))
    return render(request, "ceilings/ledger.html", {"ceiling": found, "above": node.lineage_of(found), "page": page})


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What was published when, and what each version changed."""
    found = selectors.ceiling(request.user, pk)
    return render(request, "ceilings/versions.html", {"ceiling": found, "above": node.lineage_of(found), "versions": changes_of(found)})


@require_POST
def ask_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that money moves from this ceiling; what is refused keeps what was typed."""
    found = selectors.ceiling(request.user, pk)
    form = TransferForm(request.POST, kin=node.kin_of(request.user, found), source=found)
    if form.is_valid():
        try:
            services.ask_transfer(actor=request.user, **form.as_sent())
        except Refusal as refusal:
            if refusal.status in {401, 403}:
                raise
            form.refuse(refusal)
        else:
            messages.success(request, _("The transfer is asked for. Nothing has moved until a second person confirms it."))
            return redirect("ceiling", pk)
    return render(request, "ceilings/node.html", node.context_of(request, pk, form), status=400)


@require_POST
def decide_transfer(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """Confirm a transfer as the second person, or withdraw it."""
    if request.POST.get("verb") == "confirm":
        done = services.confirm_transfer(actor=request.user, transfer_id=transfer_id)
        messages.success(request, _("The money has moved. Both ledgers tell it."))
    else:
        done = services.withdraw_transfer(actor=request.user, transfer_id=transfer_id)
        messages.success(request, _("The transfer is withdrawn. Nothing has moved."))
    return redirect("ceiling", done.source_id)
