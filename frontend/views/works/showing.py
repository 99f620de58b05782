"""Works to look at: the list, one work, the map."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgeting.works import rows
from frontend.paging import page_of
from frontend.works import cards, page, picture

_ANSWERS = 50


@require_safe
def works(request: HttpRequest) -> HttpResponse:
    """All funded works as cards, or those in one state, late, silent."""
    return render(request, "works/list.html", cards.list_view(request))


@require_safe
def work(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """One work."""
    return render(request, "works/page.html", page.work_view(request.user, work_id))


@require_safe
def reports(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Every report about a work, a page at a time."""
    work = rows.loaded(work_id)
    return render(request, "works/reports.html", {"work": work, "page": page_of(request, page.reports_of(work), filled=True)})


@require_safe
def words(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Everything the village said about a work, a page at a time, and the newest answers."""
    work = rows.loaded(work_id)
    told = page_of(request, page.words_of(work, request.user), filled=True)
    return render(request, "works/words.html", {"work": work, "page": told, "answers": page.answers_of(work)[:_ANSWERS]})


@require_safe
def works_map(request: HttpRequest) -> HttpResponse:
    """Where they stand, drawn without scripts."""
    return render(request, "works/map.html", picture.map_view(request.GET))
