"""What waits for a person: proposals to decide at the stages they answer for, and residents to recognise."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts import clock
from accounts.models import Assignment, Residency, User
from accounts.roles import Role
from proposals.models import Proposal
from proposals.stages import DECIDERS, Outcome, Stage


def assignments_of(user: Any) -> list[Assignment]:
    """The roles a person holds today, with their regions and agencies."""
    if not isinstance(user, User):
        return []
    today = clock.today()
    held = Assignment.objects.filter(user=user, starts_on__lte=today).exclude(ends_on__lt=today)
    return list(held.select_related("region", "agency").defer("region__boundary", "region__outline"))


def to_decide(assignments: list[Assignment]) -> QuerySet[Proposal]:
    """Proposals that wait for one of these roles, longest waiting first."""
    asked = Q(pk__in=[])
    for held in assignments:
        stages = [stage for stage, roles in DECIDERS.items() if held.role in roles and stage is not Stage.WORKS]
        if stages:
            asked |= _matter_of(held, stages)
    waiting = Proposal.objects.filter(asked, outcome__in=[Outcome.OPEN, Outcome.RESERVED])
    return waiting.order_by("stage_entered_at", "id")


def _matter_of(held: Assignment, stages: list[Stage]) -> Q:
    code = held.region_id
    matter = Q(stage__in=stages) & (Q(village_id=code) | Q(village_id__startswith=f"{code}."))
    if held.agency_id is not None:
        matter &= Q(agency_id=held.agency_id) | Q(agency__isnull=True)
    return matter


def to_recognise(assignments: list[Assignment]) -> QuerySet[Residency]:
    """Claims to live in a village that wait for its facilitator."""
    asked = Q(pk__in=[])
    for held in assignments:
        if held.role == Role.FACILITATOR:
            asked |= Q(village_id=held.region_id) | Q(village_id__startswith=f"{held.region_id}.")
    return Residency.objects.filter(asked, status=Residency.Status.PENDING).order_by("requested_at", "pk")


def to_send(assignments: list[Assignment]) -> QuerySet[Proposal]:
    """Drafts by residents that a facilitator or a village head may send in."""
    asked = Q(pk__in=[])
    for held in assignments:
        if held.role in {Role.FACILITATOR, Role.VILLAGE_HEAD}:
            asked |= Q(village_id=held.region_id) | Q(village_id__startswith=f"{held.region_id}.")
    return Proposal.objects.filter(asked, stage=Stage.DRAFT, outcome=Outcome.OPEN).order_by("-changed_at", "id")


def count_for(user: Any) -> int:
    """How much waits; shown beside "Saya". Two small counts, and none for who holds no role."""
    if not (assignments := assignments_of(user)):
        return 0
    return to_decide(assignments).count() + to_recognise(assignments).count()
