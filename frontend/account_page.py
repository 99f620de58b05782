"""What a person's own page shows, in a constant number of queries."""

from typing import Any

from accounts.models import Assignment, Residency, User
from accounts.scope import offices_of
from frontend import waiting
from geo.codes import Level
from geo.lookup import search_regions
from geo.models import Region
from proposals.models import Proposal

#: Longer lists lead to the desk or to the list of proposals.
SHOWN = 10


def context_of(user: User, village_code: str = "", words: str = "") -> dict[str, Any]:
    """Everything on the page; `village_code` and `words` come from the search for one's own village."""
    offices = offices_of(user)
    decide, send, recognise = waiting.to_decide(offices), waiting.to_send(offices), waiting.to_recognise(offices)
    return {
        "to_decide": list(decide.for_cards()[:SHOWN]) if offices else [],
        "to_decide_total": decide.count() if offices else 0,
        "to_send": list(send.for_cards()[:SHOWN]) if offices else [],
        "to_recognise": list(_named(recognise)[:SHOWN]) if offices else [],
        "own": list(Proposal.objects.filter(author=user).for_cards().order_by("-changed_at", "id")[:SHOWN]),
        "residency": _named(Residency.objects.filter(user=user)).order_by("-requested_at", "-pk").first(),
        "roles": _roles(user),
        "village": Region.objects.light().filter(pk=village_code, level=Level.VILLAGE).first() if village_code else None,
        "words": words[:120],
        "found": search_regions(words[:120], level=Level.VILLAGE, limit=12) if words else [],
    }


def _named(rows: Any) -> Any:
    return rows.select_related("user", "village", "village__parent").defer(
        *(f"{path}__{field}" for path in ("village", "village__parent") for field in ("boundary", "outline"))
    )


def _roles(user: User) -> list[Assignment]:
    held = Assignment.objects.filter(user=user).select_related("region", "agency").order_by("role", "region_id", "pk")
    return list(held.defer("region__boundary", "region__outline"))
