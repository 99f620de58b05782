"""The list of proposals with its filters."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.paging import Page, page_of
from geo.lookup import lineage_of
from geo.models import Region
from proposals import tallies
from proposals.filters import ProposalFilter
from proposals.models import Cycle, Proposal
from proposals.tallies import Count


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What the filters find, newest change first; a wrong filter says so beside its field and finds nothing."""
    filters = ProposalFilter(request.GET, queryset=Proposal.objects.public().for_cards())
    valid = filters.is_valid()
    page = page_of(request, filters.qs, total=_total(filters)) if valid else Page([])
    context = {"filters": filters, "page": page, "valid": valid, "years": _years(), "query": _query(request), **_region(filters, valid=valid)}
    return render(request, "pages/proposals.html", context, status=200 if valid else 400)


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
