"""What the form of a ceiling offers to this person: regions, agencies, and the ceilings that it may be a part of."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from accounts import scope
from accounts.models import Agency, User
from budgeting import policy, selectors
from budgeting.models import Ceiling
from frontend import figures
from frontend.forms.budget import CeilingForm, initial_of
from geo.codes import Level
from geo.models import Region

#: The home kabupaten's wholes and their parts that are no village's: a few hundred at most.
_WHOLES = 500


def form_for(request: HttpRequest) -> CeilingForm:
    """An empty form, one below `?induk=`, or the one that changes `?ubah=`. Raises Refusal where this person sets none of these."""
    user, asked = request.user, request.GET
    changing, below = figures.whole(asked.get("ubah", "")), figures.whole(asked.get("induk", ""))
    if changing is not None:
        ceiling = selectors.ceiling(user, changing)
        policy.may_change_ceiling(user, ceiling).or_refuse()
        return CeilingForm(initial=initial_of(ceiling), **offers(user, None))
    whole = selectors.ceiling(user, below) if below is not None else None
    if whole is not None:
        policy.may_set_ceiling(user, whole.region_id, whole.funding_source, [whole]).or_refuse()
    choices = offers(user, whole)
    initial = _below(whole, choices["regions"]) if whole else {"plan_year": asked.get("plan_year", "")}
    return CeilingForm(initial=initial, **choices)


def offers(user: Any, whole: Ceiling | None) -> dict[str, Any]:
    """The choices; below a ceiling only its own region and those under it."""
    home = settings.HOME_REGION
    regions = settable(user) if whole is None else _within(whole.region_id)
    wholes = selectors.ceilings(user, region_code=home).exclude(region__level=Level.VILLAGE.value)
    mine = [one for one in wholes[:_WHOLES] if policy.may_set_ceiling(user, one.region_id, one.funding_source, [one])]
    return {"regions": regions, "agencies": list(Agency.objects.filter(region=home).order_by("name", "pk")), "wholes": mine}


def settable(user: Any) -> list[Region]:
    """Regions for which this person may set some ceiling: everything in the own kabupaten, or the own village."""
    if not isinstance(user, User):
        return []
    home, asked = settings.HOME_REGION, Q(pk__in=[])
    for role in (*policy.DISTRICT_TEAM, "village_head"):
        for code in scope.regions_of(user, role):
            asked |= Q(pk=code) | Q(pk__startswith=f"{code}.")
    found = Region.objects.light().in_force().filter(asked).filter(Q(pk=home) | Q(pk__startswith=f"{home}."))
    return list(found.order_by("code"))


def _within(code: str) -> list[Region]:
    return list(Region.objects.light().in_force().within(code).order_by("code"))


def _below(whole: Ceiling, regions: list[Region]) -> dict[str, Any]:
    return {
        "plan_year": str(whole.plan_year),
        "funding_source": whole.funding_source,
        "parent": str(whole.pk),
        # The first is the whole's own region, where only an agency has a part.
        "region": regions[1].pk if len(regions) > 1 and whole.agency_id is None else None,
        "agency": str(whole.agency_id or ""),
        "legal_basis": whole.legal_basis,
    }
