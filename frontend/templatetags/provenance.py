"""What the page of a list says about pokir and villages at one place, and about grants."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template

from budgeting.models import AllocationLine, AllocationRun, Override
from budgeting.provenance import pairs
from budgeting.routes import recipients
from proposals.models import Proposal

register = template.Library()


#: So many grants are named; the sum tells of all.
_NAMED = 10


@register.inclusion_tag("provenance/warnings.html")
def warnings_of(run: AllocationRun, changed: Mapping[UUID, Override]) -> dict[str, Any]:
    """What to look at before a list is published: pokir paid for beside a village's proposal, grants without a legal entity.

    `changed`: the changes by hand in force, which are counted; two queries.
    """
    paid = AllocationLine.Verdict.FUNDED.value
    added = [key for key, one in changed.items() if one.verdict == paid]
    lines = run.lines.filter(verdict=paid).exclude(proposal__in=changed).order_by().values("proposal")
    rows = Proposal.objects.filter(pk__in=lines) | Proposal.objects.filter(pk__in=added)
    grants = recipients.without_entity(rows).only("id", "number", "title").order_by("number", "id")
    return {"pairs": pairs.among(rows), "grants": list(grants[: _NAMED + 1]), "named": f":{_NAMED}"}
