"""What a run hands out: the bundle with which anybody calculates again, its lines as a table, its problem with the ballots."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.refusals import Missing
from budgeting.models import AllocationRun
from budgeting.runs import handing_out
from frontend.runs.page import calculated_run


@require_safe
def bundle(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Everything in one ZIP archive."""
    run = calculated_run(request.user, run_id)
    return _file(run, handing_out.bundle_of(run), "zip", "application/zip")


@require_safe
def table(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The lines for a spreadsheet, with their sentences."""
    run = calculated_run(request.user, run_id)
    return _file(run, handing_out.table(run), "csv", "text/csv; charset=utf-8")


@require_safe
def problem(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The problem as a Pabulib file. 404 where the rule read no ballots."""
    run = calculated_run(request.user, run_id)
    text = handing_out.problem(run)
    if not text:
        raise Missing
    return _file(run, text, "pb", "text/plain; charset=utf-8")


def _file(run: AllocationRun, body: str | bytes, ending: str, kind: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    name = f"alokasi-{run.ceiling.plan_year}-{run.ceiling.region_id}-{str(run.pk)[:8]}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
