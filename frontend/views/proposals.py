"""The list of proposals with its filters."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frontend.proposal_list import choices, list_page
from frontend.region_words import Meant, meant_by


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What the filters find; a wrong filter says so beside its field and finds nothing."""
    meant = meant_by(request.GET)
    if meant.only:
        return redirect(f"{request.path}?{_with(request, meant.only.pk)}")
    shown = list_page(request, _without_name(request, meant), is_clear=not meant.words)
    places = [(region, _with(request, region.pk)) for region in meant.regions]
    context = {"shown": shown, "filters": shown.filters, "page": shown.page, "meant": meant, "places": places, **choices(shown)}
    return render(request, "pages/proposals.html", context, status=200 if shown.is_valid or places else 400)


def _with(request: HttpRequest, code: str) -> str:
    """The filters with the region's code in the place of its name."""
    kept = request.GET.copy()
    kept.pop("cursor", None)
    kept["region"] = code
    return kept.urlencode()


def _without_name(request: HttpRequest, meant: Meant) -> QueryDict:
    kept = request.GET.copy()
    if meant.words:
        kept.pop("region", None)
    return kept
