"""Opening, closing, reopening a sheet, throwing a draft away: one form, one verb."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from deliberation.meetings.services.arranging import order_by_scores
from deliberation.scoring.services.closing import close_panel, reopen_sheet
from deliberation.scoring.services.making import discard_panel
from deliberation.scoring.services.opening import open_panel
from frontend import figures
from frontend.answers import Verb, see_other, signed_in, tell


@require_POST
def step(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """Do it and say so; what is refused stands above the page."""
    signed_in(request)
    is_done = tell(request, _VERBS.get(request.POST.get("verb", "")), panel_id)
    gone = is_done and request.POST["verb"] == "discard"
    return see_other(reverse("panels") if gone else reverse("panel", args=[panel_id]))


@require_POST
def arrange(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Put the agenda of a meeting into the order of the scores."""
    signed_in(request)
    tell(request, _arrange, meeting_id)
    return see_other(reverse("meeting_agenda", args=[meeting_id]))


def _arrange(request: HttpRequest, meeting_id: UUID) -> str:
    moved = order_by_scores(meeting_id=meeting_id, actor=request.user)
    told = ngettext("%(count)d item moved.", "%(count)d items moved.", moved) % {"count": moved}
    return told if moved else _("The agenda stands in this order already.")


def _open(request: HttpRequest, panel_id: UUID) -> str:
    open_panel(panel_id=panel_id, actor=request.user, version=figures.version(request.POST.get("version", "")))
    return _("Scoring is open. Criteria, weights and proposals no longer change.")


def _close(request: HttpRequest, panel_id: UUID) -> str:
    close_panel(panel_id=panel_id, actor=request.user, reason=request.POST.get("reason", ""))
    return _("Scoring is closed. Everybody sees the result.")


def _reopen(request: HttpRequest, panel_id: UUID) -> str:
    sheet = figures.whole(request.POST.get("sheet", "")) or 0
    reopen_sheet(panel_id=panel_id, sheet_id=sheet, actor=request.user, reason=request.POST.get("reason", ""))
    return _("The sheet is open again for its scorer.")


def _discard(request: HttpRequest, panel_id: UUID) -> str:
    discard_panel(panel_id=panel_id, actor=request.user)
    return _("The draft is thrown away.")


_VERBS: dict[str, Verb] = {"open": _open, "close": _close, "reopen": _reopen, "discard": _discard}
