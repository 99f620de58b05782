"""To whom a question about a proposal goes: the office that decides where it stands, in its region."""

from dataclasses import dataclass

from accounts import clock, scope
from accounts.models import User
from accounts.roles import Role
from accounts.scope import Person
from geo import codes
from geo.codes import Level
from proposals.models import Proposal
from proposals.stages import DECIDERS, Stage

#: At which level each office sits; all others sit with the kabupaten.
_SEATS = {Role.VILLAGE_HEAD: Level.VILLAGE, Role.SUBDISTRICT_OFFICER: Level.SUBDISTRICT}
#: Letters to one office go to at most so many people.
OFFICERS_TOLD = 50


@dataclass(frozen=True)
class Address:
    """A role in a region; of one agency, where one is named."""

    role: str
    region_id: str
    agency_id: int | None = None


def address_of(proposal: Proposal) -> Address:
    """Who decides about the proposal now. Of works, also when they are done: the agency that builds, or else the planner."""
    stage = Stage(proposal.stage)
    if stage in (Stage.WORKS, Stage.DONE):
        role: str = Role.AGENCY_OFFICER if proposal.agency_id else Role.PLANNER
    else:
        role = DECIDERS[stage][0]
    region = codes.ancestor(proposal.village_id, _SEATS.get(Role(role), Level.DISTRICT)) or proposal.village_id
    return Address(role, region, proposal.agency_id if role == Role.AGENCY_OFFICER else None)


def holds(person: Person, address: Address) -> bool:
    """Whether the person answers for this office today."""
    return any(
        office.role == address.role
        and codes.covers(office.region_code, address.region_id)
        and (office.role != Role.AGENCY_OFFICER or address.agency_id is None or office.agency_id == address.agency_id)
        for office in scope.offices_of(person)
    )


def officers_at(address: Address) -> list[int]:
    """The keys of those who answer for this office today."""
    held = scope.held_on(clock.today()).filter(role=address.role, region__in=codes.lineage(address.region_id))
    if address.agency_id is not None:
        held = held.filter(agency=address.agency_id)
    people = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return list(people.order_by("pk").values_list("pk", flat=True)[:OFFICERS_TOLD])
