"""Asking for a run: a rule, whose votes it reads, what binds it."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from budgeting import services
from frontend.answers import see_other
from frontend.forms.runs import RunForm
from frontend.runs.asking import Place, place_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The form under a ceiling; what is sent becomes a run, once."""
    place = place_of(request.user, pk)
    if request.method != "POST":
        return _shown(request, place, RunForm(place=place, initial=place.first_choice()), uuid.uuid4())
    form = RunForm(request.POST, place=place)
    key = _key(request)
    if form.is_valid():
        try:
            run = services.request_run(ceiling_id=pk, actor=request.user, run_id=key, **form.as_sent())
        except Refusal as refusal:
            form.refuse(refusal)
            return _shown(request, place, form, key, status=refusal.status)
        return see_other(reverse("run", args=[run.pk]))
    return _shown(request, place, form, key, status=400)


def _key(request: HttpRequest) -> uuid.UUID:
    """The form's own UUID, so that the same form sent twice asks for one run."""
    try:
        return uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        return uuid.uuid4()


def _shown(request: HttpRequest, place: Place, form: RunForm, key: uuid.UUID, *, status: int = 200) -> HttpResponse:
    return render(request, "runs/ask.html", {"place": place, "form": form, "id": key}, status=status)
