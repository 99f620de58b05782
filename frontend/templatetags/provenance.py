"""What the page of a list says about pokir and villages at one place, and about grants."""

from typing import Any

from django import template

from budgeting.models import AllocationLine, AllocationRun
from budgeting.overrides.reading import in_force
from budgeting.provenance import pairs
from budgeting.routes import recipients
from proposals.models import Proposal

register = template.Library()


#: So many grants are named; the sum tells of all.
_NAMED = 10


@register.inclusion_tag("provenance/warnings.html")
def warnings_of(run: AllocationRun) -> dict[str, Any]:
    """What to look at before a list is published: pokir paid for beside a village's proposal, grants without a legal entity.

    Changes by hand are counted; three queries.
    """
    paid = AllocationLine.Verdict.FUNDED.value
    changed = in_force(run)
    added = [key for key, one in changed.items() if one.verdict == paid]
    lines = run.lines.filter(verdict=paid).exclude(proposal__in=changed).order_by().values("proposal")
    rows = Proposal.objects.filter(pk__in=lines) | Proposal.objects.filter(pk__in=added)
    grants = recipients.without_entity(rows).only("id", "number", "title").order_by("number", "id")
    return {"pairs": pairs.among(rows), "grants": list(grants[: _NAMED + 1]), "named": f":{_NAMED}"}
