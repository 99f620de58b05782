"""Works to look at: the list, one work, the map."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.works import cards, page, picture


@require_safe
def works(request: HttpRequest) -> HttpResponse:
    """All funded works as cards, or those in one state, late, silent."""
    return render(request, "works/list.html", cards.list_view(request))


@require_safe
def work(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """One work."""
    return render(request, "works/page.html", page.work_view(request.user, work_id))


@require_safe
def works_map(request: HttpRequest) -> HttpResponse:
    """Where they stand, drawn without scripts."""
    return render(request, "works/map.html", picture.map_view(request.GET))
