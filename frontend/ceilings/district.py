"""Which kabupaten's ceilings somebody looks at or sets: home, unless the address or an assignment says another."""

from typing import Any

from django.conf import settings
from django.db.models import Q

from budgeting import policy
from geo import codes
from geo.codes import Level
from geo.models import Region


def districts_of(user: Any) -> list[Region]:
    """Every kabupaten in which this person sets some ceiling, home first; of a province all of its own. One query."""
    asked = Q(pk__in=[])
    for code in policy.regions_set_by(user):
        above = codes.ancestor(code, Level.DISTRICT)
        asked |= Q(pk=above) if above else Q(pk__startswith=f"{code}.")
    found = Region.objects.light().in_force().at(Level.DISTRICT).filter(asked)
    return sorted(found, key=lambda region: (region.pk != settings.HOME_REGION, region.pk))


def district_of(code: str) -> str:
    """The kabupaten of a region of ceilings; empty for what is none."""
    return (codes.ancestor(code, Level.DISTRICT) or "") if codes.is_code(code) else ""


def chosen_from(offered: list[Region], asked: str) -> str:
    """The kabupaten that was asked for where it is among these, else the first, else home."""
    keys = [region.pk for region in offered]
    return asked if asked in keys else next(iter(keys), settings.HOME_REGION)
