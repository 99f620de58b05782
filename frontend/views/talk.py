"""Supporting and commenting: plain forms, one service each, back to the page."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation import services
from frontend import proposal_page
from frontend.answers import back_to, signed_in
from proposals.models import Proposal


@require_http_methods(["GET", "POST"])
def support(request: HttpRequest, address: str) -> HttpResponse:
    """Give one's support, or take it back."""
    found = proposal_page.load(address, request.user)
    if request.method == "GET":
        return back_to(found)
    verb = services.withdraw_support if request.POST.get("verb") == "withdraw" else services.support
    try:
        verb(proposal_id=found.pk, actor=signed_in(request))
    except Refusal as refusal:
        return _again(request, found, refusal)
    return back_to(found, "#dukungan")


@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, address: str) -> HttpResponse:
    """Say something. The form carries its own UUID, so that a form sent twice is one comment."""
    found = proposal_page.load(address, request.user)
    if request.method == "GET":
        return back_to(found, "#tanggapan")
    sent = request.POST
    try:
        said, _new = services.comment(
            proposal_id=found.pk,
            actor=signed_in(request),
            comment_id=_uuid(sent.get("id", "")) or uuid.uuid4(),
            body=sent.get("body", ""),
            stance=sent.get("stance", ""),
            parent_id=_uuid(sent.get("parent", "")),
        )
    except Refusal as refusal:
        return _again(request, found, refusal, {name: sent.get(name, "") for name in ("id", "body", "stance", "parent")})
    return back_to(found, f"#tanggapan-{said.pk}")


@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest, address: str, comment_id: uuid.UUID) -> HttpResponse:
    """Hide a comment, with the reason that everybody reads in its place."""
    found = proposal_page.load(address, request.user)
    if request.method == "GET":
        return back_to(found, f"#tanggapan-{comment_id}")
    try:
        services.hide_comment(comment_id=comment_id, actor=signed_in(request), reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _again(request, found, refusal, {"hide": str(comment_id), "hide_reason": request.POST.get("reason", "")})
    messages.success(request, _("The comment is hidden; its place and the reason stay visible."))
    return back_to(found, f"#tanggapan-{comment_id}")


def _again(request: HttpRequest, proposal: Proposal, refusal: Refusal, written: dict[str, str] | None = None) -> HttpResponse:
    """The page with the refusal's sentence and everything that was typed; who is not signed in is asked to."""
    if refusal.status == 401:
        raise refusal
    context = proposal_page.context_of(request, proposal, refusal=refusal, written=written)
    return render(request, "proposal/page.html", context, status=refusal.status)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
