"""A ballot as the engines read it, and which ballots a person may know of."""

import hashlib
import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.refusals import Missing
from accounts.scope import Person, offices_of
from deliberation.ballots.rules import Kind, Marks, Rules, Standee
from deliberation.ballots.words import BallotState
from deliberation.models import Ballot, Candidate, Vote
from geo import codes

#: What no page of a ballot draws.
_HEAVY = ("region__boundary", "region__outline", "region__search_text")


def known() -> QuerySet[Ballot]:
    """Ballots with what a sentence about them names."""
    return Ballot.objects.select_related("region", "cycle", "meeting", "convened_by").defer(*_HEAVY)


def visible(reader: Person) -> QuerySet[Ballot]:
    """Everybody reads what was opened; a draft is read by the officials of its region."""
    seen = ~Q(state=BallotState.DRAFT)
    for office in offices_of(reader):
        seen |= Q(region_id=office.region_code) | Q(region__pk__startswith=f"{office.region_code}.")
    return known().filter(seen)


def loaded(ballot_id: UUID, reader: Person) -> Ballot:
    """The ballot, not locked. Raises Missing for one that this person may not know of."""
    ballot = visible(reader).filter(pk=ballot_id).first()
    if ballot is None:
        raise Missing
    return ballot


def touching(code: str, reader: Person) -> QuerySet[Ballot]:
    """The ballots of a region, of those above and of those below it."""
    return visible(reader).filter(Q(region_id__in=codes.lineage(code)) | Q(region__pk__startswith=f"{code}."))


def rules_of(ballot: Ballot) -> Rules:
    """The limits; they no longer change once it is open."""
    return Rules(Kind(ballot.kind), ballot.most, ballot.budget, ballot.points_total, ballot.points_each)


def standees_of(ballot: Ballot) -> dict[int, Standee]:
    """Who stands on it: frozen since opening; a draft's as the proposals read now."""
    rows = ballot.frozen.get("candidates") if ballot.frozen else None
    found = [Standee(*row) for row in rows] if rows else [standee_of(candidate) for candidate in candidates_of(ballot)]
    gone = set(ballot.withdrawn)
    return {one.number: replace(one, withdrawn=True) if one.number in gone else one for one in found}


def candidates_of(ballot: Ballot) -> QuerySet[Candidate]:
    """The rows behind it, with their proposals."""
    rows = Candidate.objects.filter(ballot=ballot).select_related("proposal__village").order_by("number")
    return rows.defer("proposal__village__boundary", "proposal__village__outline", "proposal__village__search_text")


def standee_of(candidate: Candidate) -> Standee:
    """A proposal as it stands on a ballot."""
    proposal = candidate.proposal
    return Standee(candidate.number, proposal.title, proposal.amount or 0, proposal.village.name, proposal.village_id, proposal.number or "")


def as_row(standee: Standee) -> tuple[Any, ...]:
    """As it is frozen: number, title, cost, village, its code, the proposal's number."""
    return (standee.number, standee.title, standee.cost, standee.village, standee.village_code, standee.proposal)


def votes_of(ballot: Ballot) -> list[Marks]:
    """The anonymous votes; only services that close and publish ask for them."""
    rows = Vote.objects.filter(ballot=ballot).order_by("id").values_list("marks", flat=True)
    return [tuple((number, value) for number, value in marks) for marks in rows]


def fingerprint(facts: Any) -> str:
    """SHA-256 of facts, written one way."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
