"""What the form of a ceiling offers to this person: regions, agencies, and the ceilings that it may be a part of."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from accounts.models import Agency
from budgeting import policy, selectors
from budgeting.models import Ceiling
from frontend import figures
from frontend.ceilings.district import chosen_from, district_of, districts_of
from frontend.forms.budget import CeilingForm, initial_of
from geo.codes import Level
from geo.models import Region

#: A kabupaten's wholes and their parts that are no village's: a few hundred at most.
_WHOLES = 500


@dataclass(frozen=True)
class Desk:
    """The form, and every kabupaten in which this person sets ceilings: more than one is chosen first."""

    form: CeilingForm
    districts: list[Region]
    district: str


def desk_for(request: HttpRequest) -> Desk:
    """An empty form, one below `?induk=`, or the one that changes `?ubah=`. Raises Refusal where this person sets none of these."""
    user, asked = request.user, request.GET
    changing, below = figures.whole(asked.get("ubah", "")), figures.whole(asked.get("induk", ""))
    if changing is not None:
        ceiling = selectors.ceiling(user, changing)
        policy.may_change_ceiling(user, ceiling).or_refuse()
        home = district_of(ceiling.region_id)
        return Desk(CeilingForm(initial=initial_of(ceiling), **offers(user, home)), [], home)
    whole = selectors.ceiling(user, below) if below is not None else None
    if whole is not None:
        policy.may_set_ceiling(user, whole.region_id, whole.funding_source, [whole]).or_refuse()
        home, choices = district_of(whole.region_id), offers(user, district_of(whole.region_id), whole)
        return Desk(CeilingForm(initial=_below(whole, choices["regions"]), **choices), [], home)
    districts = districts_of(user)
    home = chosen_from(districts, asked.get("kabupaten", ""))
    return Desk(CeilingForm(initial={"plan_year": asked.get("plan_year", "")}, **offers(user, home)), districts, home)


def desk_of_sent(request: HttpRequest) -> Desk:
    """The form as it was sent, with the choices of the kabupaten that its region names, while it is this person's. Raises Refusal (401, 403)."""
    policy.may_set_some_ceiling(request.user).or_refuse()
    districts = districts_of(request.user)
    home = chosen_from(districts, district_of(request.POST.get("region", "")))
    return Desk(CeilingForm(request.POST, **offers(request.user, home)), districts, home)


def offers(user: Any, home: str, whole: Ceiling | None = None) -> dict[str, Any]:
    """The choices in a kabupaten; below a ceiling only its own region and those under it."""
    regions = settable(user, home) if whole is None else _within(whole.region_id)
    wholes = selectors.ceilings(user, region_code=home).exclude(region__level=Level.VILLAGE.value)
    mine = [one for one in wholes[:_WHOLES] if policy.may_set_ceiling(user, one.region_id, one.funding_source, [one])]
    return {"regions": regions, "agencies": list(Agency.objects.filter(region=home).order_by("name", "pk")), "wholes": mine}


def settable(user: Any, home: str) -> list[Region]:
    """Regions of a kabupaten for which this person may set some ceiling: everything in the own region, or the own village."""
    asked = Q(pk__in=[])
    for code in policy.regions_set_by(user):
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
