"""What of works waits for an official: disputes to answer, late and silent works, finished ones to look at."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from accounts.roles import Role
from accounts.scope import Office, offices_of
from budgeting.models import FundedWork
from budgeting.works.policy import REPORTERS
from budgeting.works.querysets import FundedWorkQuerySet
from budgeting.works.reading import Dress
from frontend.works.cards import Card
from proposals.stages import Realisation

_SHOWN = 8
_VILLAGE = (Role.FACILITATOR, Role.VILLAGE_HEAD)


@dataclass(frozen=True)
class Waiting:
    """Works of each sort, the most urgent first."""

    owing: list[Card] = field(default_factory=list)
    late: list[Card] = field(default_factory=list)
    silent: list[Card] = field(default_factory=list)
    to_check: list[Card] = field(default_factory=list)
    to_hand_over: list[Card] = field(default_factory=list)
    reports: bool = False

    def __bool__(self) -> bool:
        """Whether anything waits, or this person sends reports."""
        return bool(self.owing or self.late or self.silent or self.to_check or self.to_hand_over or self.reports)


def waiting_for(user: Any) -> Waiting:
    """Five queries for who answers for works; none for everybody else."""
    offices = offices_of(user)
    builds = [office for office in offices if office.role in REPORTERS]
    checks = [office for office in offices if office.role in _VILLAGE]
    own, near = _matter_of(builds), _matter_of(checks)
    return Waiting(
        owing=_cards(own.owing_an_answer().order_by("answer_due_on", "id")) if builds else [],
        late=_cards(own.late().order_by("planned_end", "id")) if builds else [],
        silent=_cards(own.silent().order_by("heard_on", "id")) if builds else [],
        to_check=_cards(near.filter(realisation=Realisation.REPORTED_DONE.value).order_by("changed_at", "id")) if checks else [],
        to_hand_over=_cards(_whole(own)) if builds else [],
        reports=bool(builds),
    )


def _whole(works: FundedWorkQuerySet) -> FundedWorkQuerySet:
    """Built to the last per cent, as reported, and not handed over: the village cannot judge it yet."""
    return works.filter(realisation=Realisation.UNDER_WAY.value, physical_percent=100).order_by("reported_at", "id")


def _matter_of(offices: list[Office]) -> FundedWorkQuerySet:
    asked = Q(pk__in=[])
    for office in offices:
        matter = Q(region_id=office.region_code) | Q(region__code__startswith=f"{office.region_code}.") if office.region_code else Q()
        if office.agency_id is not None:
            matter &= Q(agency_id=office.agency_id)
        asked |= matter
    return FundedWork.objects.for_cards().filter(asked)


def _cards(works: FundedWorkQuerySet) -> list[Card]:
    return [Card(work, Dress()) for work in works[:_SHOWN]]
