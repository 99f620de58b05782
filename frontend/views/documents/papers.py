"""The shelf of a meeting's papers: issue, set the pages, bring the signed scan."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from deliberation.models import Meeting
from deliberation.records import policy, reading, services
from deliberation.records.services.signing import SCANS_MOST
from frontend import figures
from frontend.answers import see_other, signed_in
from frontend.documents import page
from proposals.papers import documents


@require_safe
def shelf(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Every paper of the meeting, for everybody; what may be done with it for who runs the meeting."""
    return render(request, "documents/shelf.html", page.context_of(request, page.load(meeting_id)))


@require_POST
def issue(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Freeze and print those that are ticked."""
    meeting = page.load(meeting_id)
    try:
        issued = services.issue(meeting_id=meeting_id, actor=signed_in(request), kinds=request.POST.getlist("kinds"))
    except Refusal as refusal:
        return _refused(request, meeting, refusal)
    messages.success(
        request, _("Issued: %(papers)s. They stay as they are from now on.") % {"papers": ", ".join(str(one.get_kind_display()) for one in issued)}
    )
    return _back(meeting)


@require_POST
def sign(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Bring the scan of signed papers."""
    meeting, actor = page.load(meeting_id), signed_in(request)
    most = documents.most_bytes("meeting_record") + 1
    try:
        # nothing of what a stranger sends is read into memory
        policy.may_issue(actor, meeting).or_refuse()
        signed = services.sign(
            meeting_id=meeting_id,
            actor=actor,
            document_ids=[key for text in request.POST.getlist("documents") if (key := figures.key(text))],
            contents=[file.read(most) for file in request.FILES.getlist("file")[: SCANS_MOST + 1]],
        )
    except Refusal as refusal:
        return _refused(request, meeting, refusal)
    messages.success(
        request,
        _("Signed: %(papers)s. A correction is an addendum from now on.") % {"papers": ", ".join(str(one.get_kind_display()) for one in signed)},
    )
    return _back(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pages(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """How far the pages are, for a page that waits; POST asks again for those that are not there."""
    meeting = page.load(meeting_id)
    if request.method == "POST":
        services.ask_again(meeting_id=meeting_id, actor=signed_in(request))
        return _back(meeting)
    issued = [document for document in reading.papers_of(meeting) if not document.is_draft]
    done = sum(bool(document.pdf or document.failure) for document in issued)
    return JsonResponse({"words": page.told(done, len(issued)), "moving": done < len(issued), "page": reverse("documents", args=[meeting.pk])})


def _refused(request: HttpRequest, meeting: Meeting, refusal: Refusal) -> HttpResponse:
    if refusal.status == 401:
        raise refusal
    shown = {**page.context_of(request, meeting), "refusal": refusal, "ticked": request.POST.getlist("documents") + request.POST.getlist("kinds")}
    return render(request, "documents/shelf.html", shown, status=refusal.status)


def _back(meeting: Meeting) -> HttpResponse:
    return see_other(reverse("documents", args=[meeting.pk]))
