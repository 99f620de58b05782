"""Works that free words may mean, as the piece of the form that shows them: asked for while somebody writes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.refusals import Refusal
from frontend.works_widget import offer
from geo import codes
from geo.codes import Level
from proposals.api.throttles import SuggestThrottle
from proposals.models import Cycle


@require_safe
def works_found(request: HttpRequest) -> HttpResponse:
    """`?village&plan_year&text&chosen`: the choices, with the chosen one kept. Public, as the dictionary is."""
    if not SuggestThrottle().allow_request(Request(request), APIView()):
        raise Refusal(_("Too many questions at once. Wait a moment."), code="throttled", status=429, retry_after=60)
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in ("village", "plan_year", "text", "chosen")}
    found = offer(_cycle(asked["village"], asked["plan_year"]), text=asked["text"], chosen=asked["chosen"])
    return render(request, "capture/works_list.html", {"works": found})


def _cycle(village: str, plan_year: str) -> Cycle | None:
    district = codes.ancestor(village, Level.DISTRICT) if codes.is_code(village) else None
    cycles = Cycle.objects.filter(region_id=district).begun_first()
    return (cycles.filter(plan_year=int(plan_year)) if plan_year.isascii() and plan_year.isdigit() and len(plan_year) == 4 else cycles).first()
