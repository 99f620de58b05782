"""The files of a proposal: shown to everybody, brought and taken away by those who may, and what is not applicable."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from frontend import papers, proposal_page
from frontend.answers import see_other, signed_in
from proposals import services
from proposals.models import Proposal
from proposals.papers import documents


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, address: str) -> HttpResponse:
    """Every kind with its files; POST brings files of one kind, from browsers without scripts too."""
    found = proposal_page.load(address, request.user)
    if request.method == "POST":
        return _brought(request, found)
    if address != found.address:
        return _back(found)
    return render(request, "papers/page.html", papers.page_of(request, found))


def _brought(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    kind = request.POST.get("kind", "")
    for file in request.FILES.getlist("file"):
        try:
            services.attach(
                proposal_id=proposal.pk,
                actor=signed_in(request),
                content=file.read(documents.most_bytes(kind) + 1),
                kind=kind,
                caption=request.POST.get("caption", ""),
                is_closed=request.POST.get("closed") == "1",
            )
        except Refusal as refusal:
            return _refused(request, proposal, kind, refusal, of=str(file.name))
        messages.success(request, papers.told(kind))
    return _back(proposal, kind)


@require_POST
def remove(request: HttpRequest, address: str, sha256: str) -> HttpResponse:
    """Take a file away."""
    found = proposal_page.load(address, request.user)
    if services.detach(proposal_id=found.pk, actor=signed_in(request), sha256=sha256):
        messages.success(request, _("The file was removed."))
    return _back(found, request.POST.get("kind", ""))


@require_POST
def close(request: HttpRequest, address: str, sha256: str) -> HttpResponse:
    """Keep a file to those who write and decide, or open it to everybody again."""
    found = proposal_page.load(address, request.user)
    kept = services.close(proposal_id=found.pk, actor=signed_in(request), sha256=sha256, is_closed=request.POST.get("closed") == "1")
    messages.success(request, _("Now only those who write and decide open it.") if kept.is_closed else _("Now everybody may open it."))
    return _back(found, kept.kind)


@require_POST
def answer(request: HttpRequest, address: str) -> HttpResponse:
    """Say why a document is not applicable, or take that back."""
    found = proposal_page.load(address, request.user)
    document = request.POST.get("document", "")
    try:
        if request.POST.get("verb") == "take_back":
            services.take_back(proposal_id=found.pk, document=document, actor=signed_in(request))
        else:
            services.answer(proposal_id=found.pk, document=document, actor=signed_in(request), reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _refused(request, found, document, refusal, said=request.POST.get("reason", ""))
    messages.success(request, _("Your answer is kept."))
    return _back(found, document)


def _refused(request: HttpRequest, proposal: Proposal, kind: str, refusal: Refusal, *, of: str = "", said: str = "") -> HttpResponse:
    """The page with the refusal on the shelf it is about, and what was typed still there."""
    if refusal.status == 401:
        raise refusal
    found = proposal_page.load(proposal.address, request.user)
    tried = {"kind": kind, "of": of, "reason": said, "caption": request.POST.get("caption", "")}
    shown = {**papers.page_of(request, found), "refusal": refusal, "tried": tried}
    return render(request, "papers/page.html", shown, status=refusal.status)


def _back(proposal: Proposal, kind: str = "") -> HttpResponse:
    anchor = f"#{kind}" if kind in documents.Kind.values else ""
    return see_other(reverse("papers", args=[proposal.address]) + anchor)
