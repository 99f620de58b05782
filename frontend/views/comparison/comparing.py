"""Two to four runs beside each other: chosen by ticks, as a page, as tables to take along."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.refusals import Invalid
from budgeting.comparison.reading import FEWEST
from frontend.comparison import files, page
from proposals.sheets.downloads import csv_file


@require_safe
@never_cache
def compare(request: HttpRequest) -> HttpResponse:
    """The comparison; without two runs, or with runs that cannot stand beside each other, the list to choose from."""
    if len(request.GET.getlist("run")) < FEWEST:
        return render(request, "comparison/choose.html", page.picking(request))
    try:
        found = page.compared(request)
    except Invalid as refusal:
        return render(request, "comparison/choose.html", page.picking(request, refusal), status=400)
    return render(request, "comparison/page.html", page.context_of(request, found))


@require_safe
@never_cache
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """One part of it as CSV."""
    if kind not in files.KINDS:
        raise Http404
    found = page.compared(request)
    return csv_file(files.lines_of(found, kind), f"perbandingan-{kind}-{found.runs[0].ceiling.plan_year}.csv")
