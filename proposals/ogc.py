"""Proposals and funded works as collections of OGC API - Features, by the same filters as list, map and exports."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from accounts.refusals import Invalid
from geo.ogc.collection import Collection, Property, Question
from geo.ogc.wrong import Wrong
from proposals import tallies
from proposals.filters import ProposalFilter
from proposals.models import Proposal
from proposals.stages import Outcome, Stage

_PROPERTIES = (
    Property("number", "number"),
    Property("title", "title"),
    Property("plan_year", "plan_year", "integer"),
    Property("village", "village_id"),
    Property("village_name", "village__name"),
    Property("channel", "channel"),
    Property("sector", "sector"),
    Property("stage", "stage"),
    Property("outcome", "outcome"),
    Property("realisation", "realisation"),
    Property("volume", "volume", "number"),
    Property("unit", "unit"),
    Property("amount", "amount", "integer"),
    Property("funded_amount", "funded_amount", "integer"),
    Property("funding_source", "funding_source"),
    Property("supports", "supports", "integer"),
    Property("comments", "comments", "integer"),
    Property("submitted_at", "submitted_at"),
    Property("changed_at", "changed_at"),
)
#: The list's own order and box are not asked here: the standard has its own.
_NOT_ASKED = {"bbox", "ordering"}
_MANY = {"channel", "sector", "stage", "outcome"}
_WORKS = (Stage.WORKS, Stage.DONE)


def _filters(given: Mapping[str, Any]) -> ProposalFilter:
    """The list's filters; parameters of the standard's own do not reach them."""
    asked = QueryDict(mutable=True)
    if isinstance(given, QueryDict):
        for name in ProposalFilter.base_filters.keys() - _NOT_ASKED:
            asked.setlist(name, [value for value in given.getlist(name) if value])
    try:
        return ProposalFilter(asked, queryset=Proposal.objects.public()).or_refuse()
    except Invalid as invalid:
        raise Wrong(invalid.in_words(), parameter=", ".join(invalid.fields or {})) from None


def _questions() -> tuple[Question, ...]:
    names = [name for name in ProposalFilter.base_filters if name not in _NOT_ASKED]
    return tuple(Question(name, "integer" if name == "plan_year" else "string", many=name in _MANY) for name in names)


def _proposals(given: Mapping[str, Any]) -> QuerySet[Proposal]:
    return _filters(given).qs


def _works(given: Mapping[str, Any]) -> QuerySet[Proposal]:
    return _proposals(given).filter(stage__in=_WORKS, outcome=Outcome.FUNDED)


def _matched(given: Mapping[str, Any]) -> int | None:
    """From the tallies, where they know: never a walk over the register."""
    filters = _filters(given)
    if filters.needs_proposals:
        return None
    code = filters.region_code
    return tallies.counts([code], filters.wanted()).get(code, tallies.Count()).proposals


def _read_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


PROPOSALS = Collection(
    id="proposals",
    title=gettext_lazy("Proposals"),
    description=gettext_lazy("What villages ask for, with stage and outcome. Drafts are left out; a proposal without a position has no geometry."),
    key="id",
    geometry="location",
    properties=_PROPERTIES,
    questions=_questions(),
    rows=_proposals,
    read_key=_read_key,
    matched=_matched,
    time="submitted_at",
)
WORKS = Collection(
    id="works",
    title=gettext_lazy("Funded works"),
    description=gettext_lazy("Proposals that a published budget pays for, with what became of the work."),
    key="id",
    geometry="location",
    properties=_PROPERTIES,
    questions=_questions(),
    rows=_works,
    read_key=_read_key,
    matched=lambda _given: None,
    time="submitted_at",
)
