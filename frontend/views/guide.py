"""The guide: how a year runs, what stages and outcomes mean, how to propose, what one may ask for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.guide import OUTCOME_SENTENCES, STAGE_SENTENCES, deciders_of
from proposals.stages import Outcome, Stage


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Made from the same tables that the law is made of, so that it cannot say anything else."""
    stages = [(stage.value, STAGE_SENTENCES[stage], deciders_of(stage)) for stage in Stage]
    outcomes = [(outcome.value, OUTCOME_SENTENCES[outcome]) for outcome in Outcome]
    return render(request, "pages/guide.html", {"stages": stages, "outcomes": outcomes})
