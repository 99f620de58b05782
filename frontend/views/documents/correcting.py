"""An addendum to an issued paper."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.models import Document
from deliberation.records import policy, services
from frontend.answers import see_other, signed_in
from frontend.documents import page
from frontend.forms.records import AddendumForm


@require_http_methods(["GET", "HEAD", "POST"])
def addendum(request: HttpRequest, meeting_id: UUID, code: str) -> HttpResponse:
    """What the paper says, what it should say, and why."""
    meeting = page.load(meeting_id)
    policy.may_issue(signed_in(request), meeting).or_refuse()
    document = page.issued_of(meeting, code)
    form = AddendumForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            made = _made(request, document, form)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, _("Addendum %(number)d is issued; print it and have it signed.") % {"number": made.number})
            return see_other(reverse("documents", args=[meeting.pk]))
    shown = {"meeting": meeting, "document": document, "form": form}
    return render(request, "documents/addendum.html", shown, status=status)


def _made(request: HttpRequest, document: Document, form: AddendumForm) -> Document:
    return services.correct(
        meeting_id=document.meeting_id,
        actor=signed_in(request),
        document_id=document.pk,
        reason=request.POST.get("reason", ""),
        corrections=form.corrections(),
        key=_key(request.POST.get("key", "")),
    )


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
