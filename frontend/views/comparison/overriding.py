"""Changing a line of a draft by hand, and taking that back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from budgeting.overrides.services import sign_override, withdraw_override
from frontend.comparison.overriding import context_of, line_for
from frontend.forms.overriding import OverrideForm


@require_http_methods(["GET", "HEAD", "POST"])
def override(request: HttpRequest, run_id: UUID, proposal_id: UUID) -> HttpResponse:
    """The form of one change, and signing it; what is refused keeps what was typed."""
    line = line_for(request.user, run_id, proposal_id)
    if request.method != "POST":
        return render(request, "overrides/form.html", context_of(line))
    form = OverrideForm(request.POST, line=line)
    if form.is_valid():
        try:
            sign_override(run_id=run_id, proposal_id=proposal_id, actor=request.user, **form.as_sent())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Changed by hand and signed with your name. Another person publishes the list."))
            return redirect(reverse("run", args=[run_id]) + "#ubahan")
    return render(request, "overrides/form.html", context_of(line, form), status=400)


@require_POST
def withdraw(request: HttpRequest, override_id: UUID) -> HttpResponse:
    """Take a change back; it stays readable as withdrawn."""
    kept = withdraw_override(override_id=override_id, actor=request.user)
    messages.success(request, _("Withdrawn. What the rule gave counts again."))
    return redirect(reverse("run", args=[kept.run_id]) + "#ubahan")
