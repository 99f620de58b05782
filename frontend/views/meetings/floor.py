"""The live room of a meeting: its parts for an open page, and its plain forms."""

from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Refusal
from deliberation.floor.reading import stamp
from deliberation.models import Meeting
from frontend.answers import see_other, signed_in
from frontend.floor import panel
from frontend.floor.verbs import VERBS
from frontend.meetings import page

#: A part as strangers see it is made once for all of them; its stamp changes with what it shows.
KEPT_SECONDS = 30


@require_safe
def parts(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The parts that `?bagian=` names, as the page shows them to this reader: what an open page puts in their places."""
    names = [name for name in request.GET.getlist("bagian") if name in panel.PARTS]
    meeting = page.load(meeting_id)
    if not names:
        raise Http404
    body = _made(request, meeting, names) if request.user.is_authenticated else _for_strangers(request, meeting, names)
    answer = HttpResponse(body)
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, meeting_id: UUID, verb: str) -> HttpResponse:
    """One form of the room. A refusal shows the page with its sentence and everything that was typed."""
    found = VERBS.get(verb)
    if found is None:
        raise Http404
    meeting = page.load(meeting_id)
    if request.method == "GET":
        return see_other(reverse("meeting", args=[meeting.pk]) + f"#{found.back}")
    try:
        found.act(meeting.pk, signed_in(request), request.POST)
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        written = {"verb": verb, **{name: request.POST.get(name, "") for name in request.POST}}
        context = {**page.context_of(request, meeting), "floor_refusal": refusal, "written": written}
        return render(request, "meetings/page.html", context, status=refusal.status)
    return see_other(reverse("meeting", args=[meeting.pk]) + f"#{found.back}")


def _made(request: HttpRequest, meeting: Meeting, names: list[str]) -> str:
    context = panel.context(panel.frame(meeting, request.user), names)
    return "".join(render_to_string(f"floor/{name}.html", context, request) for name in names)


def _for_strangers(request: HttpRequest, meeting: Meeting, names: list[str]) -> str:
    name = f"floor:{meeting.pk}:{stamp(meeting)}:{get_language()}:{','.join(names)}"
    kept = cache.get(name)
    if kept is None:
        kept = _made(request, meeting, names)
        cache.set(name, kept, KEPT_SECONDS)
    return str(kept)
