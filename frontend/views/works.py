"""Funded works: what is being built, what is said to be done, and whether the villagers agree."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.scope import Person, residence_of, roles_at
from frontend.paging import page_of
from proposals.filters import ProposalFilter
from proposals.lists import Listing
from proposals.models import Proposal
from proposals.stages import MOVES, Outcome, Realisation, Stage
from proposals.words import REALISATION_WORDS

#: Offices that say whether a work is right, beside the residents.
_WITNESSES = frozenset(MOVES["confirm"].roles)
#: What became of the work, in the order of the tabs.
_TABS = tuple(state for state in Realisation if state is not Realisation.NONE)


@require_safe
def works(request: HttpRequest) -> HttpResponse:
    """All funded works, or those in one state."""
    state = request.GET.get("state", "")
    given = request.GET.copy()
    given["outcome"] = Outcome.FUNDED.value
    if state in set(_TABS):
        given["realisation"] = state
    listing = Listing(ProposalFilter(given, queryset=Proposal.objects.public().for_cards()).or_refuse())
    tabs = [(tab.value, str(REALISATION_WORDS[tab])) for tab in _TABS]
    page = page_of(request, listing.walk, filled=True, fetch=listing.fetch)
    return render(request, "pages/works.html", {"page": page, "tabs": tabs, "state": state, "to_check": _to_check(request.user, page.rows)})


def _to_check(user: Person, rows: list[Proposal]) -> set[UUID]:
    """The finished works on this page that this person may confirm or dispute: villagers, their facilitator and head."""
    home = residence_of(user)
    done = [work for work in rows if work.stage == Stage.DONE]
    return {work.pk for work in done if work.village_id == home or roles_at(user, work.village_id) & _WITNESSES}
