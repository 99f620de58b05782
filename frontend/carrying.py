"""The village's page of what earlier years left unfunded, to be carried over many at once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from accounts import scope
from frontend import figures
from frontend.paging import page_of
from geo import codes
from geo.codes import Level
from proposals.descent.carryable import carryable
from proposals.descent.reading import last_words
from proposals.models import Cycle, Proposal
from proposals.policy import VILLAGE_WRITERS
from proposals.words import ReasonCode


@dataclass(frozen=True)
class Left:
    """One proposal that may be carried over, with the last that was said about it."""

    proposal: Proposal
    reason: str
    reason_label: str
    #: Plan years it will have waited when it is carried over.
    waiting: int


def regions_written_for(user: Any) -> list[str]:
    """The regions whose villages this person writes for."""
    return sorted({code for role in VILLAGE_WRITERS for code in scope.regions_of(user, role)})


def left_behind(request: HttpRequest, regions: list[str]) -> dict[str, Any]:
    """A page of the list and the years to choose from; a constant number of queries."""
    districts = {codes.ancestor(code, Level.DISTRICT) or settings.HOME_REGION for code in regions}
    years = list(Cycle.objects.filter(region__in=districts).order_by("-plan_year").values_list("plan_year", flat=True).distinct())
    asked = figures.whole(request.GET.get("tahun", "")) or (years[0] if years else 0)
    year = asked if asked in years else (years[0] if years else 0)
    if not year:
        return {"years": [], "year": None, "rows": [], "page": None}
    page = page_of(request, carryable(districts, year).filter(_within(regions)).for_cards())
    words = last_words(proposal.pk for proposal in page.rows)
    return {"years": years[:-1] or years, "year": year, "page": page, "rows": [_left(proposal, words, year) for proposal in page.rows]}


def _left(proposal: Proposal, words: dict[UUID, tuple[str, str]], year: int) -> Left:
    reason, code = words.get(proposal.pk, ("", ""))
    label = str(ReasonCode(code).label) if code else ""
    return Left(proposal, reason, label, year - (proposal.first_asked_year or proposal.plan_year))


def _within(regions: list[str]) -> Q:
    asked = Q(pk__in=[])
    for code in regions:
        asked |= Q(village_id=code) | Q(village__code__startswith=f"{code}.")
    return asked
