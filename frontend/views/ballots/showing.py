"""The list of ballots, one ballot, its files, and the sheet to print."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.refusals import Missing
from deliberation.ballots import policy, reading
from deliberation.ballots.words import BallotState
from deliberation.models import BallotFile
from frontend.ballots import listing, page

_TYPES = {"pb": "text/plain", "csv": "text/csv"}


@require_safe
def ballots(request: HttpRequest) -> HttpResponse:
    """What can be voted on, and what was."""
    return render(request, "ballots/list.html", listing.context_of(request))


@require_safe
@never_cache
def ballot(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """One ballot: the form while it takes votes, the result once it is published."""
    return render(request, "ballots/page.html", page.context_of(request.user, reading.loaded(ballot_id, request.user)))


@require_safe
def file(request: HttpRequest, ballot_id: UUID, kind: str) -> HttpResponse:
    """A published file, byte for byte."""
    found = reading.loaded(ballot_id, request.user)
    kept = BallotFile.objects.filter(ballot=found, kind=kind).first() if policy.may_read_results(found) else None
    if kept is None:
        raise Missing
    answer = HttpResponse(kept.body.encode(), content_type=f"{_TYPES[kind.rsplit('.', maxsplit=1)[-1]]}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.pk}-{kind}"'
    return answer


@require_safe
def sheet(request: HttpRequest, ballot_id: UUID) -> HttpResponse:
    """A paper ballot to print; before the opening it would not be the one that counts."""
    found = reading.loaded(ballot_id, request.user)
    policy.may_type(request.user, found).or_refuse()
    copies = [1, 2] if len(found.frozen.get("candidates", ())) <= 8 else [1]
    context = page.context_of(request.user, found)
    return render(request, "ballots/sheet.html", {**context, "copies": copies, "is_draft": found.state == BallotState.DRAFT})
