"""What an earlier year left unfunded and nobody has carried over yet: the list from which a village asks again."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from accounts import clock
from proposals.descent.policy import PENDING, UNFUNDED, year_ended
from proposals.models import Cycle, Lineage, Proposal
from proposals.querysets import ProposalQuerySet
from proposals.stages import Outcome, Stage
from proposals.words import Channel


def carryable(district_codes: Iterable[str], before: int) -> ProposalQuerySet:
    """Public proposals of these districts and of plan years before `before` that may be carried over, newest year first.

    One query for the cycles, which are few; the list itself is left to its caller to narrow down to villages and to read.
    """
    cycles = list(Cycle.objects.filter(region__in=list(district_codes), plan_year__lt=before).prefetch_related("windows"))
    ended = [cycle.pk for cycle in cycles if year_ended(cycle, clock.now())]
    living = Lineage.objects.filter(parent=OuterRef("pk"), kind=Lineage.Kind.CARRIED_OVER).exclude(child__outcome=Outcome.WITHDRAWN)
    left = Q(outcome__in=UNFUNDED) | Q(outcome__in=PENDING, cycle__in=ended)
    found = Proposal.objects.filter(left, ~Exists(living), cycle__in=[cycle.pk for cycle in cycles], channel=Channel.VILLAGE)
    return found.exclude(stage=Stage.DRAFT).order_by("-plan_year", "number", "id")
