"""The agenda of a meeting: everybody reads it, who runs the meeting arranges it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.refusals import Missing, Refusal
from deliberation.meetings.services import arranging
from frontend import figures
from frontend.answers import see_other
from frontend.meetings import agenda_page, page


@require_safe
def agenda(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """All items, a page at a time, or those of one village."""
    meeting = page.load(meeting_id)
    return render(request, "meetings/agenda.html", {**page.frame_of(request, meeting), **agenda_page.context_of(request, meeting)})


@require_POST
def fill(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Bring the agenda up to date with what waits."""
    new = arranging.fill(meeting_id=meeting_id, actor=request.user)
    told = ngettext("%(count)d item is new on the agenda.", "%(count)d items are new on the agenda.", new) % {"count": new}
    messages.success(request, told if new else _("The agenda is up to date."))
    return see_other(reverse("meeting_agenda", args=[meeting_id]))


@require_POST
def add(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One more item: a proposal by its number, or a subject of its own."""
    typed = request.POST.get("item", "").replace("\0", "").strip()
    is_number = typed[:4].isdigit() and "-" in typed
    try:
        item = arranging.add(meeting_id=meeting_id, actor=request.user, number=typed if is_number else "", title=typed)
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        meeting = page.load(meeting_id)
        shown = {**page.frame_of(request, meeting), **agenda_page.context_of(request, meeting), "refusal": refusal, "typed": typed}
        return render(request, "meetings/agenda.html", shown, status=refusal.status)
    messages.success(request, _("On the agenda: %(title)s") % {"title": item.title})
    return see_other(reverse("meeting_agenda", args=[meeting_id]))


@require_POST
def act(request: HttpRequest, meeting_id: UUID, item_id: int) -> HttpResponse:
    """What a row's buttons do: up, down, remove, in hand, done, skip, wait again."""
    verb, chosen = request.POST.get("do", ""), {"meeting_id": meeting_id, "item_id": item_id, "actor": request.user}
    if verb in agenda_page.SHIFTS:
        arranging.shift(**chosen, by=agenda_page.SHIFTS[verb], seen_at=figures.whole(request.POST.get("at", "")))  # type: ignore[arg-type]
    elif verb == "remove":
        arranging.remove(**chosen)  # type: ignore[arg-type]
    elif verb == "hand":
        arranging.put_in_hand(**chosen)  # type: ignore[arg-type]
        return see_other(reverse("meeting", args=[meeting_id]) + "#sedang-dibahas")
    elif verb in agenda_page.STATES:
        arranging.leave(**chosen, state=verb)  # type: ignore[arg-type]
    else:
        raise Missing
    return see_other(agenda_page.back(request, meeting_id, item_id))
