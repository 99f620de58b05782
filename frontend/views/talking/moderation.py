"""The moderators' queue: what waits to be read, what was reported, what is questioned."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Role
from accounts.scope import Office, offices_of
from deliberation.floor import services as floor
from deliberation.models import Appeal, Comment, Said, SaidAppeal
from deliberation.models.moderation import SecondLook
from deliberation.moderation import appealing, deciding
from deliberation.moderation import queue as waiting
from frontend.answers import see_other, signed_in

#: Of each list; what is decided makes room.
SHOWN = 50


@dataclass(frozen=True)
class Asked:
    """Somebody asks for another look: what was hidden, on which page it stood, where the decision goes."""

    one: SecondLook
    said: Comment | Said
    who: str
    page: str
    path: str
    action: str
    #: Whether the reader hid or wrote it, and so does not decide.
    is_own: bool


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """The lists; a POST decides all that was ticked."""
    if request.method != "POST":
        return _page(request)
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    ticked = [key for key in map(_uuid, request.POST.getlist("comment")) if key is not None]
    try:
        done, passed = deciding.decide_many(comment_ids=ticked, verb=verb, actor=signed_in(request), reason=reason)
    except Refusal as refusal:
        return _page(request, refusal, {"list": request.POST.get("list", ""), "reason": reason, "ticked": set(ticked)})
    messages.success(request, ngettext("%(count)d comment decided.", "%(count)d comments decided.", done) % {"count": done})
    if passed:
        messages.warning(request, _("%(count)d were decided by somebody else meanwhile and stay as they are.") % {"count": passed})
    return see_other(reverse("moderation"))


@require_http_methods(["GET", "POST"])
@login_required
def decide_appeal(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Restore a comment, or leave it hidden, with a sentence for its author."""
    return _decided(request, lambda sent: appealing.decide_appeal(comment_id=comment_id, **sent), comment_id)


@require_http_methods(["GET", "POST"])
@login_required
def decide_statement_appeal(request: HttpRequest, said_id: UUID) -> HttpResponse:
    """The same for what was said in a meeting."""
    return _decided(request, lambda sent: floor.decide_statement_appeal(said_id=said_id, **sent), said_id)


def _decided(request: HttpRequest, decide: Callable[[dict[str, Any]], object], key: UUID) -> HttpResponse:
    if request.method == "GET":
        return see_other(reverse("moderation") + "#keberatan")
    reason = request.POST.get("reason", "")
    try:
        decide({"actor": signed_in(request), "restore": request.POST.get("verb") == "restore", "reason": reason})
    except Refusal as refusal:
        return _page(request, refusal, {"appeal": key, "reason": reason})
    messages.success(request, _("Recorded."))
    return see_other(reverse("moderation") + "#keberatan")


def _page(request: HttpRequest, refusal: Refusal | None = None, typed: dict[str, Any] | None = None) -> HttpResponse:
    user = signed_in(request)
    offices = [office for office in offices_of(user) if office.role == Role.MODERATOR]
    context = {
        "moderates": bool(offices),
        "held": list(waiting.held(offices)[:SHOWN]) if offices else [],
        "reported": list(waiting.reported(offices)[:SHOWN]) if offices else [],
        "appealed": _asked(offices, user) if offices else [],
        "refusal": refusal,
        "typed": typed or {},
    }
    return render(request, "talk/moderation.html", context, status=refusal.status if refusal else 200)


def _asked(offices: Iterable[Office], reader: User) -> list[Asked]:
    """Comments and statements together, who waits longest first."""
    found = [_of_comment(one, reader) for one in waiting.appealed(offices)[:SHOWN]]
    found += [_of_statement(one, reader) for one in waiting.appealed_in_meetings(offices)[:SHOWN]]
    return sorted(found, key=lambda asked: (asked.one.at, asked.one.pk))[:SHOWN]


def _of_comment(one: Appeal, reader: User) -> Asked:
    said = one.comment
    path, action = reverse("proposal", args=[said.proposal.address]), reverse("decide_appeal", args=[one.pk])
    return Asked(one, said, str(said.author), said.proposal.title, path, action, one.is_of(reader))


def _of_statement(one: SaidAppeal, reader: User) -> Asked:
    said = one.said
    path, action = reverse("meeting", args=[said.meeting_id]), reverse("decide_statement_appeal", args=[one.pk])
    return Asked(one, said, said.name, said.meeting.title, path, action, one.is_of(reader))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
