"""The list of proposals with its filters."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frontend.paging import Page, page_of
from frontend.region_words import Meant, meant_by
from geo.lookup import lineage_of
from geo.models import Region
from proposals import tallies
from proposals.filters import ProposalFilter
from proposals.models import Cycle, Proposal
from proposals.tallies import Count


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What the filters find, newest change first; a wrong filter says so beside its field and finds nothing."""
    meant = meant_by(request.GET)
    if meant.only:
        return redirect(f"{request.path}?{_with(request, meant.only.pk)}")
    filters = ProposalFilter(_without_name(request, meant), queryset=Proposal.objects.public().for_cards())
    valid = filters.is_valid() and not meant.words
    page = page_of(request, filters.qs, total=_total(filters)) if valid else Page([])
    context = {"filters": filters, "page": page, "valid": valid, "years": _years(), "query": _query(request), **_region(filters, valid=valid)}
    choices = [(region, _with(request, region.pk)) for region in meant.regions]
    return render(request, "pages/proposals.html", {**context, "meant": meant, "choices": choices}, status=200 if valid or choices else 400)


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


def _total(filters: ProposalFilter) -> int | None:
    """Prepared counts answer everything but words and boxes; those are counted."""
    if filters.needs_proposals:
        return filters.qs.order_by().count()
    return tallies.counts([filters.region_code], filters.wanted()).get(filters.region_code, Count()).proposals


def _years() -> list[int]:
    return sorted(set(Cycle.objects.order_by().values_list("plan_year", flat=True)), reverse=True)


def _query(request: HttpRequest) -> str:
    """The filters as they stand in the address, for the exports and the map."""
    kept = request.GET.copy()
    kept.pop("cursor", None)
    return kept.urlencode()


def _region(filters: ProposalFilter, *, valid: bool) -> dict[str, Any]:
    """The region asked for, with its lineage."""
    region = Region.objects.light().filter(pk=filters.region_code).first() if valid and filters.region_code else None
    return {"region": region, "lineage": lineage_of(region) if region else []}
