"""Checking a printed paper: by its code, or by the code that a phone reads."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Refusal
from deliberation.models import Document
from deliberation.records import paper, policy, public, reading, seals, short_code
from frontend.answers import asked
from proposals.api.throttles import CheckThrottle

#: A file is compared without being kept, as large as any that we would keep.
_MOST_BYTES = 40 * 1024 * 1024


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Type a code; a code without a fault leads to its paper."""
    typed = asked(request, "kode", 40)
    if not typed:
        return render(request, "documents/ask.html", {"typed": ""})
    _not_too_often(request)
    try:
        return redirect("check_document", code=seals.found(typed).code)
    except Refusal as refusal:
        return render(request, "documents/ask.html", {"typed": typed, "refusal": refusal}, status=refusal.status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What the paper is, whether it is as it was issued, and what everybody may read of it; POST compares a file."""
    _not_too_often(request)
    try:
        document = seals.found(code)
    except Refusal as refusal:
        return render(request, "documents/ask.html", {"typed": code[:40], "refusal": refusal}, status=refusal.status)
    if request.method != "POST" and code != document.code:
        return redirect("check_document", code=document.code)
    return render(request, "documents/check.html", {**_context(request, document), **_compared(request, document)})


def _context(request: HttpRequest, document: Document) -> dict[str, Any]:
    meeting, facts = document.meeting, document.snapshot or {}
    papers = list(reading.papers_of(meeting))
    seal = seals.seal_of(document)
    return {
        "document": document,
        "meeting": meeting,
        "seal": seal,
        "facts": public.reduced(facts) if seal.holds else {},
        "body": paper.body_of(facts) if seal.holds else "",
        "public": True,
        "addenda": [one for one in papers if one.kind == document.kind and one.number and not document.number],
        "original": next((one for one in papers if one.kind == document.kind and not one.number and document.number), None),
        "opens": policy.may_open_whole(request.user, meeting),
        "scans": list(document.scans.all()),
        "grouped": short_code.grouped(document.code or ""),
    }


def _compared(request: HttpRequest, document: Document) -> dict[str, Any]:
    """The answer about a file that was sent: its hash is counted, nothing of it is kept."""
    file = request.FILES.get("file") if request.method == "POST" else None
    if file is None:
        return {}
    if (file.size or 0) > _MOST_BYTES:
        return {"compared": "large"}
    sha256 = seals.hash_of(file.chunks())
    return {"compared": seals.which_file(document, sha256) or "other", "compared_sha256": sha256}


def _not_too_often(request: HttpRequest) -> None:
    """429 for whoever tries code after code."""
    throttle: Any = CheckThrottle()
    if not throttle.allow_request(request, None):
        wait = int(throttle.wait() or 0) + 1
        raise Refusal(_("You have checked many codes. Wait a minute, then go on."), code="throttled", status=429, retry_after=wait)
