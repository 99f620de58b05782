"""Papers with their names, their pages and their scans: for the officials of the region and its auditors."""

from uuid import UUID

from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.refusals import Missing
from deliberation.models import Document
from deliberation.records import paper, policy, seals
from frontend.documents import page
from proposals.long_answers import seated


@require_safe
@never_cache
def whole(request: HttpRequest, meeting_id: UUID, code: str) -> HttpResponse:
    """The paper with all that it says."""
    document = _opened(request, meeting_id, code)
    facts = document.snapshot or {}
    shown = {
        "meeting": document.meeting,
        "document": document,
        "facts": facts,
        "body": paper.body_of(facts),
        "public": False,
        "seal": seals.seal_of(document),
        "may_correct": policy.may_issue(request.user, document.meeting) and not document.number,
    }
    return render(request, "documents/whole.html", shown)


@require_safe
def pdf(request: HttpRequest, meeting_id: UUID, code: str) -> FileResponse:
    """Its pages, made by us: shown by the browser."""
    document = _opened(request, meeting_id, code)
    name = f"{document.kind}-{document.printed_code}.pdf"
    return sent_file(document.pdf, document.pdf_size, "application/pdf", name, inline=True)


@require_safe
def scan(request: HttpRequest, meeting_id: UUID, code: str, sha256: str) -> FileResponse:
    """A signed scan: a picture is shown, a PDF that others made is saved."""
    document = _opened(request, meeting_id, code)
    found = next((one for one in document.scans.all() if one.sha256 == sha256), None)
    if found is None:
        raise Missing
    is_picture = found.content_type == "image/jpeg"
    name = f"{document.kind}-{document.printed_code}-{found.sha256[:8]}.{'jpg' if is_picture else 'pdf'}"
    return sent_file(found.file, found.size, found.content_type, name, inline=is_picture)


def _opened(request: HttpRequest, meeting_id: UUID, code: str) -> Document:
    meeting = page.load(meeting_id)
    policy.may_open_whole(request.user, meeting).or_refuse()
    return page.issued_of(meeting, code)


def sent_file(stored: File, size: int, kind: str, name: str, *, inline: bool) -> FileResponse:
    """A stored file so that no browser runs it and no cache keeps it; 404 where the disk has lost it."""
    if not stored:
        raise Http404
    try:
        opened = stored.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(seated(opened, size), content_type=kind)
    answer["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
