"""Typing people onto the roll, and putting right what is wrong with a line."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from deliberation.meetings.policy import may_record
from deliberation.roll.services import correcting, moving
from deliberation.roll.services.entering import enter
from frontend.answers import see_other, signed_in
from frontend.roll import page
from frontend.roll.addresses import to_roll, to_typing
from frontend.roll.typed import fields_from, line_from, number_of, time_from


@require_http_methods(["GET", "HEAD", "POST"])
def type_lines(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One line after another; the element of the last one stands in the next."""
    meeting = page.load(meeting_id)
    may_record(request.user, meeting).or_refuse()
    if request.method == "POST":
        try:
            enter(meeting_id=meeting_id, actor=signed_in(request), sent=line_from(request))
        except Refusal as refusal:
            typed = {**fields_from(request), "id": request.POST.get("id", "")}
            return render(request, "roll/type.html", page.typing_of(request, meeting, typed, refusal), status=refusal.status)
        return see_other(f"{to_typing(meeting_id)}?unsur={request.POST.get('element', '')[:20]}")
    return render(request, "roll/type.html", page.typing_of(request, meeting, {"element": request.GET.get("unsur", "")}))


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, meeting_id: UUID, line_id: UUID) -> HttpResponse:
    """One line: correct it, strike it, when the person came and left, whether it is somebody else's twin."""
    meeting = page.load(meeting_id)
    may_record(request.user, meeting).or_refuse()
    if request.method != "POST":
        return render(request, "roll/line.html", page.line_page(request, meeting, line_id))
    try:
        said = _done(request, meeting_id, line_id, meeting.region_id)
    except Refusal as refusal:
        if refusal.status in (401, 404) or refusal.code == "struck":
            raise
        return render(request, "roll/line.html", page.line_page(request, meeting, line_id, refusal), status=refusal.status)
    messages.success(request, said)
    return see_other(to_typing(meeting_id) if request.POST.get("then") == "type" else to_roll(meeting_id))


def _done(request: HttpRequest, meeting_id: UUID, line_id: UUID, region: str) -> str:
    """Do what the pressed button says; returns what was done, in words."""
    about: dict[str, Any] = {"meeting_id": meeting_id, "line_id": line_id, "actor": signed_in(request)}
    sent = request.POST
    verbs: dict[str, Callable[[], Any]] = {
        "correct": lambda: correcting.correct(**about, version=number_of(sent.get("version", "")), sent=fields_from(request)),
        "strike": lambda: correcting.strike(**about, reason=sent.get("reason", "")),
        "merge": lambda: correcting.merge(**about, into=number_of(sent.get("into", ""))),
        "namesake": lambda: correcting.tell_apart(**about),
        "leave": lambda: moving.leave(**about, at=time_from(request, region)),
        "arrive": lambda: moving.arrive(**about, mode=sent.get("mode", ""), at=time_from(request, region)),
    }
    verb = sent.get("verb", "")
    if verb not in verbs:
        raise Refusal(_("There is no such step."), code="no_such_verb", status=400)
    verbs[verb]()
    return _said(verb)


def _said(verb: str) -> str:
    words = {
        "correct": _("The line is corrected."),
        "strike": _("The line is struck. It stays on the roll with its reason."),
        "merge": _("The two lines are one now."),
        "namesake": _("These are two people with one name. You will not be asked again."),
        "leave": _("The time of leaving is on the roll."),
        "arrive": _("The time of arrival is on the roll."),
    }
    return words[verb]
