"""Council members' items beside villages' proposals of the same place: everybody reads the list, the offices judge on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.provenance.pairs import listed


@require_safe
def same_place(request: HttpRequest) -> HttpResponse:
    """The pairs of a region, the most alike first."""
    return render(request, "provenance/pairs.html", listed(request))
