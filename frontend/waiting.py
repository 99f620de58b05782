"""What waits for a person: proposals to decide at the stages they answer for, and residents to recognise."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value

from accounts.models import Residency
from accounts.policy import WITNESSES
from accounts.scope import Office, Person, offices_of
from deliberation.moderation import queue
from deliberation.questions import reading as questions
from proposals.models import Proposal
from proposals.querysets import ProposalQuerySet
from proposals.stages import DECIDERS, WRITERS, Outcome, Stage

#: Realised works are reported, not decided: they wait on the page of the works.
_WAITING_STAGES = tuple(stage for stage, roles in DECIDERS.items() if roles and stage is not Stage.WORKS)


def to_decide(offices: Iterable[Office]) -> ProposalQuerySet:
    """Proposals that wait for one of these offices, longest waiting first."""
    asked = Q(pk__in=[])
    for office in offices:
        stages = [stage for stage in _WAITING_STAGES if office.role in DECIDERS[stage]]
        if stages:
            asked |= _matter_of(office, stages)
    waiting = Proposal.objects.filter(asked, outcome__in=[Outcome.OPEN, Outcome.RESERVED])
    return waiting.order_by("stage_entered_at", "id")


def _matter_of(office: Office, stages: Sequence[Stage]) -> Q:
    matter = Q(stage__in=stages) & _within("village_id", office.region_code)
    if office.agency_id is not None:
        matter &= Q(agency_id=office.agency_id) | Q(agency__isnull=True)
    return matter


def to_recognise(offices: Iterable[Office]) -> QuerySet[Residency]:
    """Claims to live in a village that wait for its facilitator or head."""
    asked = Q(pk__in=[])
    for office in offices:
        if office.role in WITNESSES:
            asked |= _within("village_id", office.region_code)
    return Residency.objects.filter(asked, status=Residency.Status.PENDING).order_by("requested_at", "pk")


def to_send(offices: Iterable[Office]) -> ProposalQuerySet:
    """Drafts that an office may send in: a village's by its facilitator or head, others by who writes for their channel."""
    asked = Q(pk__in=[])
    for office in offices:
        channels = [channel for channel, roles in WRITERS.items() if office.role in roles]
        if channels:
            matter = _within("village_id", office.region_code) & Q(channel__in=channels)
            asked |= matter & Q(agency_id=office.agency_id) if office.agency_id is not None else matter
    return Proposal.objects.filter(asked, stage=Stage.DRAFT, outcome=Outcome.OPEN).order_by("-changed_at", "id")


def count_for(user: Person) -> int:
    """How much waits; shown beside "Me". One query, and none for who holds no office."""
    if not (offices := offices_of(user)):
        return 0
    waits: list[QuerySet[Any]] = [to_decide(offices), to_recognise(offices), to_send(offices), questions.waiting_for(offices)]
    first, *others = (_counted(rows) for rows in (*waits, *queue.waiting_for(offices)))
    return first.union(*others, all=True).count()


def _counted(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """The same rows as nothing but their number: sets of different things are counted together."""
    return rows.order_by().select_related(None).prefetch_related(None).values_list(Value(1, output_field=IntegerField()))


def _within(field: str, code: str) -> Q:
    return Q(**{field: code}) | Q(**{f"{field.removesuffix('_id')}__code__startswith": f"{code}."}) if code else Q()
