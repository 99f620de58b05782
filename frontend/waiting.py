"""What waits for a person: proposals to decide at the stages they answer for, and residents to recognise."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

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
    """How much waits; shown beside "Me". A few small counts, and none for who holds no office."""
    if not (offices := offices_of(user)):
        return 0
    talk = questions.waiting_for(offices).count() + queue.count_for(offices)
    return to_decide(offices).count() + to_recognise(offices).count() + to_send(offices).count() + talk


def _within(field: str, code: str) -> Q:
    return Q(**{field: code}) | Q(**{f"{field.removesuffix('_id')}__code__startswith": f"{code}."}) if code else Q()
