"""A scorer's own sheet: the whole as a grid, one proposal at a time with the anchors in words, declaring a link."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from deliberation.scoring.services.scoring import declare_tie, save_marks, submit_sheet
from frontend.answers import see_other, signed_in, tried
from frontend.scoring import sheet as sheets


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def sheet(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """The grid; a POST keeps its part, and hands the sheet in where that was pressed. What is refused keeps what was typed."""
    found = sheets.load(request, panel_id)
    part = sheets.part_asked(request)
    if request.method != "POST":
        return render(request, "scoring/sheet.html", sheets.grid(found, part))
    typed = sheets.typed(request, found)
    refusal = tried(lambda: _keep(request, panel_id, typed))
    if refusal is not None:
        return render(request, "scoring/sheet.html", sheets.grid(sheets.load(request, panel_id), part, typed, refusal), status=refusal.status)
    return _kept(request, panel_id, part)


def _keep(request: HttpRequest, panel_id: UUID, typed: sheets.Typed) -> None:
    save_marks(panel_id=panel_id, actor=request.user, marks=typed.marks())
    if request.POST.get("verb") == "submit":
        submit_sheet(panel_id=panel_id, actor=request.user)


def _kept(request: HttpRequest, panel_id: UUID, part: int) -> HttpResponse:
    verb = request.POST.get("verb")
    if verb == "submit":
        messages.success(request, _("Your sheet is submitted. Thank you."))
        return see_other(reverse("panel", args=[panel_id]))
    messages.success(request, _("Kept as a draft. Only you see it."))
    return see_other(f"{reverse('score_sheet', args=[panel_id])}?bagian={part + 1 if verb == 'next' else part}")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def row(request: HttpRequest, panel_id: UUID, number: int) -> HttpResponse:
    """One proposal; a POST keeps it and goes on to the next."""
    found = sheets.load(request, panel_id)
    if request.method != "POST":
        return render(request, "scoring/row.html", sheets.one(found, number))
    typed = sheets.typed(request, found)
    refusal = tried(lambda: save_marks(panel_id=panel_id, actor=request.user, marks=typed.marks()))
    if refusal is not None:
        return render(request, "scoring/row.html", sheets.one(found, number, typed, refusal), status=refusal.status)
    following = sheets.after(found, number)
    return see_other(reverse("score_row", args=[panel_id, following]) if following else reverse("score_sheet", args=[panel_id]))


@require_POST
def declare(request: HttpRequest, panel_id: UUID, number: int) -> HttpResponse:
    """Lock what one is tied to."""
    signed_in(request)
    try:
        locked = declare_tie(panel_id=panel_id, actor=request.user, number=number, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        if refusal.status not in {400, 409}:
            raise
        context = sheets.one(sheets.load(request, panel_id), number, None, refusal)
        return render(request, "scoring/row.html", {**context, "tie_typed": request.POST.get("reason", "")}, status=refusal.status)
    messages.success(request, _("Locked on your sheet: %(count)d.") % {"count": locked})
    return see_other(reverse("score_row", args=[panel_id, number]))
