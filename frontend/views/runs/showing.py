"""A run's page, and what is done there: approving and putting away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from budgeting import services
from frontend.runs.page import run_for, view_of
from frontend.runs.waiting import waiting


@require_safe
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """A run: how it stands, what it gives, and a page of its lines with their sentences."""
    return render(request, "runs/page.html", view_of(request, run_for(request.user, run_id)))


@require_safe
@never_cache
def progress(request: HttpRequest, run_id: UUID) -> JsonResponse:
    """How far it is, for the page that waits."""
    return JsonResponse(waiting(run_for(request.user, run_id)))


@require_POST
def publish_run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Publish a run: a second person does it, and every proposal moves."""
    seen = [key for key in request.POST.get("seen", "").split(",") if key]
    services.publish_run(run_id=run_id, actor=request.user, seen=seen)
    messages.success(request, _("Published. The proposals have moved on."))
    return redirect("run", run_id)


@require_POST
def discard_run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Put a run away."""
    services.discard_run(run_id=run_id, actor=request.user)
    messages.success(request, _("The run is put away. Nothing has moved."))
    return redirect("run", run_id)
