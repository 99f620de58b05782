"""What a proposal's page tells about its descent: where it came from, what became of it, what was said before."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from accounts.scope import Person
from deliberation import reading
from proposals.descent import policy as descent_policy
from proposals.descent import reading as descent
from proposals.models import Cycle, Lineage, Proposal
from proposals.stages import Outcome, Stage

#: Years ahead that are offered for carrying over.
_YEARS_OFFERED = 5


@dataclass(frozen=True)
class Origin:
    """A proposal that goes on in this one, with the last reason that was given about it."""

    step: Lineage
    reason: str = ""


def with_family(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The same rows, each knowing whether it has any descent: most have none, and cost no further query."""
    own = Lineage.objects.filter(Q(parent=OuterRef("pk")) | Q(child=OuterRef("pk")))
    return rows.annotate(has_family=Exists(own))


def family_of(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """No query for a visitor and a proposal without descent, and a constant number for one with it."""
    user: Person = request.user
    steps = descent.around(proposal, user) if getattr(proposal, "has_family", True) else []
    up = [step for step in steps if step.child_id == proposal.pk]
    return {
        "origins": [Origin(step, getattr(step, "last_words", None) or "") for step in up],
        "heirs": [step for step in steps if step.parent_id == proposal.pk],
        "inherited": reading.inherited(proposal, user) if up and proposal.stage != Stage.DRAFT else [],
        "support_via": reading.support_via(user, proposal) if up else None,
        "carry_years": _years(user, proposal),
        "may_split": user.is_authenticated and bool(descent_policy.may_split(user, proposal)),
    }


def origins_of(proposal: Proposal) -> list[Origin]:
    """Where a draft came from, for the form in which it is written; two queries, one for what was never carried over."""
    steps = descent.came_from(proposal)
    words = descent.last_words(step.parent_id for step in steps) if steps else {}
    return [Origin(step, words.get(step.parent_id, ("", ""))[0]) for step in steps]


def _years(user: Person, proposal: Proposal) -> list[int]:
    """The later plan years into which this person may carry it over; none where it cannot be."""
    closed = proposal.outcome not in {Outcome.FUNDED, Outcome.MERGED, Outcome.SPLIT} and proposal.stage != Stage.DRAFT
    if not closed or not user.is_authenticated or not descent_policy.may_carry_over(user, proposal):
        return []
    later = Cycle.objects.filter(region=proposal.cycle.region_id, plan_year__gt=proposal.plan_year)
    return list(later.order_by("-plan_year").values_list("plan_year", flat=True)[:_YEARS_OFFERED])
