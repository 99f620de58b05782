"""Claims that wait for a person, as the desk shows them."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from accounts.roles import Role
from accounts.scope import Office
from budgeting.models import OriginClaim


def waiting_for(offices: Sequence[Office], user_id: int) -> QuerySet[OriginClaim]:
    """Open claims that this person, as the second one, may settle; longest waiting first."""
    mine = Q(pk__in=[])
    for office in offices:
        here = Q(work__region=office.region_code) | Q(work__region__code__startswith=f"{office.region_code}.")
        if office.role in (Role.PLANNER, Role.BUDGET_TEAM):
            mine |= here
        elif office.role == Role.AGENCY_OFFICER and office.agency_id is not None:
            mine |= here & Q(work__agency=office.agency_id)
    found = OriginClaim.objects.filter(mine, state=OriginClaim.State.OPEN).exclude(asked_by=user_id)
    return found.select_related("work", "proposal", "asked_by").defer("work__location").order_by("asked_at", "id")
