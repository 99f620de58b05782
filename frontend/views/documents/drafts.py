"""The draft of a record, and every paper as it would look now."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Missing, Refusal
from deliberation.models import Document
from deliberation.records import forms, paper, policy, public, services, snapshots, texts
from deliberation.words import DocumentKind
from frontend import figures
from frontend.answers import see_other, signed_in
from frontend.documents import page
from frontend.forms.records import DraftForm


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """What only people know of the record: number, remarks, signers, clauses."""
    meeting = page.load(meeting_id)
    policy.may_prepare(signed_in(request), meeting).or_refuse()
    document = Document.objects.filter(meeting=meeting, kind=DocumentKind.RECORD, number=0).first()
    kept = document.texts if document else texts.empty(meeting)
    form = DraftForm(meeting, document, kept, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            version = figures.whole(request.POST.get("version", ""))
            services.prepare(meeting_id=meeting_id, actor=signed_in(request), sent=form.sent(), version=version)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, _("The draft is kept."))
            return see_other(reverse("documents", args=[meeting.pk]))
    shown = {"meeting": meeting, "form": form, "document": document}
    return render(request, "documents/draft.html", shown, status=status)


@require_safe
def preview(request: HttpRequest, meeting_id: UUID, kind: str) -> HttpResponse:
    """A paper as it would be issued now; whole for who may open it whole."""
    meeting = page.load(meeting_id)
    if kind not in forms.PAPERS[meeting.kind]:
        raise Missing
    opens = policy.may_open_whole(request.user, meeting)
    if not opens and not policy.may_prepare(request.user, meeting):
        opens.or_refuse()
    document = Document.objects.filter(meeting=meeting, kind=kind, number=0).first()
    facts = snapshots.current(meeting, kind, typed=document.texts if document else None)
    told = facts if opens else public.reduced(facts)
    shown = {"meeting": meeting, "facts": told, "public": not opens, "body": paper.body_of(facts)}
    return render(request, "documents/preview.html", shown)
