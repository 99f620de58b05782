"""What the page of pokir beside villages' proposals shows."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from accounts.roles import Role
from accounts.scope import roles_at
from budgeting.provenance import pairs
from frontend.likenesses import VERDICTS, told
from frontend.paging import page_of
from frontend.provenance.place import place_of
from geo.codes import Level

_JUDGES = frozenset({Role.PLANNER.value, Role.COUNCIL_SECRETARY.value, Role.AGENCY_OFFICER.value, Role.SUBDISTRICT_OFFICER.value})


def listed(request: HttpRequest) -> dict[str, Any]:
    """Pairs of a kabupaten or a smaller region, of every year or one, by what was said about them. Invalid (400) for a province."""
    place = place_of(request, with_lines=False)
    if place.region.level == Level.PROVINCE:
        raise Invalid({"region": [_("Choose a kabupaten or a smaller region.")]})
    verdict = request.GET.get("verdict", "all")
    verdict = verdict if verdict in {*VERDICTS, "all"} else "all"
    found: Any = pairs.council_beside_village().within(place.region.pk)
    if place.year and request.GET.get("plan_year"):
        found = found.filter(first__plan_year=place.year)
    judged = found.judged(verdict) if verdict and verdict != "all" else found.unjudged().with_verdict() if not verdict else found.with_verdict()
    page = told(page_of(request, judged.with_rows().order_by("-points", "id"), total=judged.order_by().count()))
    return {
        "place": place,
        "page": page,
        "verdict": verdict,
        "verdicts": [("all", _("all")), *VERDICTS.items()],
        "may_judge": bool(roles_at(request.user, place.region.pk) & _JUDGES),
        "query": urlencode({"region": place.region.pk}),
    }
