"""Funded works: what is being built, what is said to be done, and whether the villagers agree."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.paging import page_of
from proposals.filters import ProposalFilter
from proposals.models import Proposal
from proposals.stages import Outcome, Realisation
from proposals.words import REALISATION_WORDS

#: What became of the work, in the order of the tabs.
_TABS = tuple(state for state in Realisation if state is not Realisation.NONE)


@require_safe
def works(request: HttpRequest) -> HttpResponse:
    """All funded works, or those in one state."""
    state = request.GET.get("state", "")
    funded = ProposalFilter(request.GET, queryset=Proposal.objects.public().for_cards()).asked().filter(outcome=Outcome.FUNDED)
    if state in set(_TABS):
        funded = funded.filter(realisation=state)
    tabs = [(tab.value, str(REALISATION_WORDS[tab])) for tab in _TABS]
    return render(request, "pages/works.html", {"page": page_of(request, funded), "tabs": tabs, "state": state})
