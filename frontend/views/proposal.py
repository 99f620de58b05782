"""A proposal's page, and the decisions made on it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Refusal
from frontend import proposal_page
from frontend.answers import back_to, signed_in
from frontend.forms.moves import MoveForm
from proposals import services
from proposals.stages import MOVES
from proposals.words import STEP_WORDS


@require_safe
def proposal(request: HttpRequest, address: str) -> HttpResponse:
    """The page; a number is its one address, a UUID leads there once there is a number."""
    found = proposal_page.load(address, request.user)
    if address != found.address:
        return back_to(found)
    return render(request, "proposal/page.html", proposal_page.context_of(request, found))


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, address: str) -> HttpResponse:
    """Decide. Who comes second sees what happened meanwhile, with the own text still in the form."""
    found = proposal_page.load(address, request.user)
    law = MOVES.get(request.POST.get("move", ""))
    if request.method == "GET" or law is None:
        return back_to(found)
    form = MoveForm(request.POST, law=law, proposal=found)
    if not form.is_valid():
        return _again(request, address, form, 400)
    try:
        services.move(proposal_id=found.pk, name=law.name, actor=signed_in(request), version=form.cleaned_data["version"], **form.said())
    except Refusal as refusal:
        if refusal.status == 401:
            raise
        form.take(refusal)
        return _again(request, address, form, refusal.status)
    messages.success(request, _("Recorded: %(move)s.") % {"move": STEP_WORDS[law.name]})
    return back_to(found)


def _again(request: HttpRequest, address: str, form: MoveForm, status: int) -> HttpResponse:
    """The page as it stands now, with the refused form as it was typed; its version is now the one on the page."""
    found = proposal_page.load(address, request.user)
    form.data = {**form.data.dict(), "version": str(found.version)}  # type: ignore[attr-defined]
    return render(request, "proposal/page.html", proposal_page.context_of(request, found, move_form=form), status=status)


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, address: str) -> HttpResponse:
    """Add photos to a draft, or to what was returned; each is checked, made new and stripped of hidden data."""
    found = proposal_page.load(address, request.user)
    try:
        for file in request.FILES.getlist("photo"):
            services.attach(
                proposal_id=found.pk,
                actor=signed_in(request),
                content=file.read(settings.PHOTO_MAX_BYTES + 1),
                caption=request.POST.get("caption", ""),
            )
    except Refusal as refusal:
        if refusal.status == 401:
            raise
        context = proposal_page.context_of(request, found, refusal=refusal)
        return render(request, "proposal/page.html", context, status=refusal.status)
    return back_to(found, "#foto")
