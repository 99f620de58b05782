"""Panels, one panel with its result, one proposal before it, and the result as a table to take along."""

import csv
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.refusals import Missing
from deliberation.scoring import policy, reading
from frontend.scoring import listing, page, results


@require_safe
def panels(request: HttpRequest) -> HttpResponse:
    """What is scored now, and what was."""
    return render(request, "scoring/list.html", listing.context_of(request))


@require_safe
@never_cache
def panel(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """One panel: by what, by whom, and once it is closed the places."""
    return render(request, "scoring/page.html", page.context_of(request, reading.loaded(panel_id, request.user)))


@require_safe
def entry(request: HttpRequest, panel_id: UUID, number: int) -> HttpResponse:
    """One proposal: what was computed from what; after the close its scores, how far apart they are, the comments."""
    return render(request, "scoring/entry.html", results.entry_context(reading.loaded(panel_id, request.user), number))


@require_safe
def table(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """The result as CSV, with exact fractions beside what is rounded; 404 before the close."""
    found = reading.loaded(panel_id, request.user)
    if not policy.may_read_results(found):
        raise Missing
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_("scores")}-{found.pk}.csv"'
    csv.writer(answer).writerows(results.csv_rows(found))
    return answer
