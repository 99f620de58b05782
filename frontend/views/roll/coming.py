"""People come by themselves: with their phone at the door, online by a button, by a code that the door reads."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from deliberation.models import Meeting
from deliberation.roll import door as doors
from deliberation.roll import listing
from deliberation.roll.services import joining
from frontend.answers import see_other, signed_in
from frontend.roll import page
from frontend.roll.addresses import to_roll
from frontend.roll.typed import fields_from


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Into the hall, by the code at its door: scanned it stands in the address, otherwise it is typed."""
    meeting, user = page.load(meeting_id), signed_in(request)
    if request.method != "POST":
        return _asked(request, meeting, "hall", {**joining.known_of(meeting, user), "code": request.GET.get("kode", "")[:40]})
    sent = fields_from(request)
    try:
        joining.check_in(meeting_id=meeting_id, actor=user, code=request.POST.get("code", ""), sent=sent)
    except Refusal as refusal:
        return _asked(request, meeting, "hall", {**sent, "code": request.POST.get("code", "")}, refusal)
    return see_other(to_roll(meeting_id, "#saya"))


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Online: one press where the roll knows the person, a few fields where it does not."""
    meeting, user = page.load(meeting_id), signed_in(request)
    if request.method != "POST":
        return _asked(request, meeting, "online", joining.known_of(meeting, user))
    sent = fields_from(request)
    try:
        joining.join_online(meeting_id=meeting_id, actor=user, sent=sent)
    except Refusal as refusal:
        return _asked(request, meeting, "online", {**joining.known_of(meeting, user), **{n: v for n, v in sent.items() if v}}, refusal)
    return see_other(to_roll(meeting_id, "#saya"))


@require_POST
def leave(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Go."""
    joining.leave_online(meeting_id=meeting_id, actor=signed_in(request))
    return see_other(to_roll(meeting_id, "#saya"))


@require_http_methods(["GET", "HEAD", "POST"])
def own_code(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The person's own code, to hold to the door's phone or to read out."""
    meeting, user = page.load(meeting_id), signed_in(request)
    sent = fields_from(request) if request.method == "POST" else {}
    try:
        own = joining.show_pass(meeting_id=meeting_id, actor=user, sent=sent)
    except Refusal as refusal:
        typed = {**joining.known_of(meeting, user), **{name: value for name, value in sent.items() if value}}
        return _asked(request, meeting, "pass", typed, refusal if request.method == "POST" or refusal.status != 400 else None)
    address = request.build_absolute_uri(reverse("roll_door", args=[meeting_id])) + f"?kode={own.code}"
    context = {**page.frame(request, meeting), "code": doors.shown(own.code), "address": address, "own": listing.own_line(meeting, user)}
    return render(request, "roll/pass.html", {**context, "until": own.expires_at})


def _asked(request: HttpRequest, meeting: Meeting, way: str, typed: dict[str, Any], refusal: Refusal | None = None) -> HttpResponse:
    """The form of who comes, with the refusal's sentences."""
    context = {**page.coming_of(request, meeting, typed, refusal), "way": way}
    return render(request, "roll/come.html", context, status=refusal.status if refusal else 200)
