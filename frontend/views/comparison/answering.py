"""What a published run answered to a village, and the list of all its answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.comparison import answers_page


@require_safe
def village_answer(request: HttpRequest, run_id: UUID, code: str) -> HttpResponse:
    """One answer, which prints on a sheet for the notice board."""
    return render(request, "answers/page.html", answers_page.one(run_id, code))


@require_safe
def answers(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Every answer of a run, region by region."""
    return render(request, "answers/list.html", answers_page.all_of(request, run_id))
