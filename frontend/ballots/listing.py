"""The list of ballots, and the few that other pages lead to."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from accounts import clock
from accounts.models import User
from accounts.scope import Person, offices_of
from deliberation.ballots import policy, reading
from deliberation.ballots.words import BallotState
from deliberation.models import Ballot, Meeting
from frontend.answers import asked
from frontend.paging import page_of
from geo import codes
from geo.models import Region

SHOWN = 6


def context_of(request: HttpRequest) -> dict[str, Any]:
    """Open ones first, soonest to close; then the others, by page."""
    code = asked(request, "region")
    region = Region.objects.light().filter(pk=code).first() if codes.is_code(code) else None
    found = reading.touching(region.pk, request.user) if region else reading.visible(request.user)
    running = found.filter(state=BallotState.OPEN, closes_at__gt=clock.now()).order_by("closes_at", "id")
    others = found.exclude(state=BallotState.OPEN, closes_at__gt=clock.now()).order_by("-closes_at", "-id")
    return {"region": region, "running": list(running[:50]), "page": page_of(request, others, filled=True), "convenes": convenes(request.user)}


def open_for(code: str, reader: Person) -> list[Ballot]:
    """The ballots of a region, above it and below it, that run now: for its page and for the home page."""
    found = reading.touching(code, reader).filter(state=BallotState.OPEN, closes_at__gt=clock.now())
    return list(found.order_by("closes_at", "id")[:SHOWN])


def of_region(code: str, reader: Person) -> list[Ballot]:
    """The newest ballots that concern a region."""
    return list(reading.touching(code, reader).exclude(state=BallotState.DRAFT).order_by("-closes_at", "id")[:SHOWN])


def of_meeting(meeting: Meeting, reader: Person) -> list[Ballot]:
    """All ballots of a meeting that the reader may know of."""
    return list(reading.visible(reader).filter(meeting=meeting).order_by("opens_at", "id"))


def waiting_for(person: Person) -> list[Ballot]:
    """What an official has in hand: drafts to open, open ones with paper to mark, closed ones to count, an annulment to confirm."""
    mine = Q(pk__in=[])
    for office in offices_of(person):
        mine |= Q(region_id=office.region_code) | Q(region__pk__startswith=f"{office.region_code}.")
    asked_for = Q(annul_asked_by__isnull=False) & ~Q(state=BallotState.ANNULLED)
    found = (
        reading.known()
        .filter(mine & (asked_for | Q(state__in=[BallotState.DRAFT, BallotState.OPEN, BallotState.CLOSED])))
        .order_by("closes_at", "id")
    )
    return [ballot for ballot in found[:50] if policy.may_type(person, ballot) or policy.may_annul(person, ballot)]


def convenes(person: Person) -> list[Region]:
    """The regions whose residents the person may ask."""
    if not isinstance(person, User):
        return []
    held = [
        office.region_code
        for office in offices_of(person)
        if codes.is_code(office.region_code) and office.role in policy.CONVENERS.get(codes.level(office.region_code), ())
    ]
    return list(Region.objects.light().filter(pk__in=held).order_by("pk"))
