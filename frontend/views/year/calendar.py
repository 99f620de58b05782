"""The calendar of a region, and its feed for a phone."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from deliberation.calendar.events import calendar_of
from deliberation.calendar.ical import etag, written
from frontend import figures
from frontend.year import calendar
from geo import codes
from geo.codes import Level
from geo.models import Region


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The calendar of the home kabupaten."""
    return page(request, settings.HOME_REGION)


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Stages with their windows and what they rest on, meetings with their place: what is open, and what comes."""
    context = calendar.context_of(_region(code), request.user, figures.whole(request.GET.get("plan_year", "")))
    address = request.build_absolute_uri(f"/wilayah/{code}/kalender.ics")
    return render(request, "year/calendar.html", {**context, "webcal": f"webcal:{address.partition(':')[2]}"})


@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """The same as iCalendar, in Indonesian unless `?bahasa=en`; `?semua=1` with every meeting below the region."""
    language = "en" if request.GET.get("bahasa") == "en" else "id"
    with translation.override(language):
        found = calendar_of(_region(code), whole=request.GET.get("semua") == "1")
        content = written(found, origin=request.build_absolute_uri("/").rstrip("/"))
    tag = etag(content)
    asked = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    answer: HttpResponse = HttpResponseNotModified() if tag in asked else HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, max-age=3600"
    if answer.status_code == 200:
        answer["Content-Disposition"] = f'inline; filename="musrenbang-{code}.ics"'
    return answer


def _region(code: str) -> Region:
    """A kabupaten or anything below it: nothing is planned above."""
    found = Region.objects.light().filter(pk=code).first() if codes.is_code(code) else None
    if found is None or codes.ancestor(code, Level.DISTRICT) is None:
        raise Http404(_("There is no calendar for this code. A kabupaten, a sub-district and a village have one."))
    return found
