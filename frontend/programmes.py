"""Programmes of others (pokir, agency plans, mandatory items): who may write which, where, and with which agencies."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from accounts.refusals import Refusal, sign_in_first
from accounts.scope import Office, offices_of
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle
from proposals.stages import WRITERS
from proposals.words import SPONSOR_WORDS, Channel


@dataclass(frozen=True)
class ProgrammeDesk:
    """The channels a person writes for, with the regions, plan years and agencies there."""

    channels: list[Channel] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    cycles: list[Cycle] = field(default_factory=list)
    agencies: list[Agency] = field(default_factory=list)

    @property
    def sponsors(self) -> list[tuple[str, Any, Any]]:
        """For each channel what is asked of the sponsor and of what the programme rests on."""
        return [(str(channel.label), *SPONSOR_WORDS[channel]) for channel in self.channels]


def writes_programmes(offices: tuple[Office, ...]) -> list[Channel]:
    """The channels of others that these offices write for."""
    held = {office.role for office in offices}
    return [channel for channel in Channel if channel is not Channel.VILLAGE and held & set(WRITERS[channel])]


def desk_of(user: Any) -> ProgrammeDesk:
    """What a person finds when writing a programme. Raises Refusal: 401, or 403 for who writes for no other channel."""
    if not isinstance(user, User):
        sign_in_first().or_refuse()
    offices = offices_of(user)
    channels = writes_programmes(offices)
    if not channels:
        raise Refusal(_("Programmes of others are written by the council's secretariat, the agencies and the planner."), code="not_a_writer")
    roles = {role for channel in channels for role in WRITERS[channel]}
    homes = [office for office in offices if office.role in roles]
    districts = {codes.ancestor(office.region_code, Level.DISTRICT) for office in homes}
    return ProgrammeDesk(
        channels,
        _regions(homes),
        list(Cycle.objects.filter(region_id__in=districts).begun_first()),
        _agencies(homes, districts, channels),
    )


def _regions(offices: list[Office]) -> list[Region]:
    asked = Q(pk__in=[])
    for office in offices:
        asked |= Q(pk=office.region_code) | Q(pk__startswith=f"{office.region_code}.")
    levels = (Level.DISTRICT, Level.SUBDISTRICT, Level.VILLAGE)
    return list(Region.objects.light().in_force().filter(asked, level__in=levels).order_by("pk"))


def _agencies(offices: list[Office], districts: set[str | None], channels: list[Channel]) -> list[Agency]:
    """An agency officer names the own agency only; the others any of the kabupaten."""
    own = [office.agency_id for office in offices if office.agency_id is not None]
    found = Agency.objects.filter(pk__in=own) if channels == [Channel.AGENCY] else Agency.objects.filter(region_id__in=districts)
    return list(found.order_by("short_name", "name", "pk"))
