"""What the comparison's pages show, in a constant number of queries."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from budgeting import selectors
from budgeting.comparison.reading import CALCULATED, FEWEST, MOST, Comparison, comparison
from budgeting.models import AllocationRun
from frontend import figures
from frontend.comparison import maps, movements
from frontend.comparison.facts_table import parts_of
from frontend.comparison.naming import names_of

#: Runs that can be ticked on one page.
SHOWN = 60


def asked_runs(request: HttpRequest) -> list[UUID]:
    """The runs of the address in their order; raises Invalid for what is no key of a run."""
    try:
        return [UUID(text) for text in request.GET.getlist("run")[: MOST + 1]]
    except ValueError:
        raise Invalid({"run": [_("This address names no run. Choose from the list.")]}) from None


def compared(request: HttpRequest) -> Comparison:
    """The comparison that the address asks for."""
    return comparison(request.user, asked_runs(request))


def context_of(request: HttpRequest, found: Comparison) -> dict[str, Any]:
    """Everything on the page."""
    names = names_of(found.runs)
    return {
        "found": found,
        "year": found.runs[0].ceiling.plan_year,
        "names": names,
        "several": len({run.ceiling_id for run in found.runs}) > 1,
        "heads": [_head(found, at, name) for at, name in enumerate(names)],
        "parts": parts_of(found),
        "movements": movements.movements(found, names),
        "page": movements.lines(request, found, names),
        "atlas": maps.atlas(found, names),
        "query": "&".join(f"run={key}" for key in found.keys),
    }


def _head(found: Comparison, at: int, name: str) -> dict[str, Any]:
    """A column's head: the run, and the address that puts it first."""
    keys = [found.keys[at], *(key for key in found.keys if key != found.keys[at])]
    return {"run": found.runs[at], "name": name, "first": at == 0, "put_first": "&".join(f"run={key}" for key in keys)}


def picking(request: HttpRequest, refusal: Invalid | None = None) -> dict[str, Any]:
    """The runs that this person may put beside each other, by ceiling; what was ticked stays ticked. `?pagu=` keeps to one ceiling.

    Raises Invalid for a ceiling that is no number.
    """
    seen = selectors.runs(request.user).filter(status__in=CALCULATED).order_by("-ceiling__plan_year", "ceiling", "-requested_at", "id")
    ceiling = _asked_ceiling(request)
    runs = list((seen.filter(ceiling=ceiling) if ceiling else seen)[:SHOWN])
    groups: dict[int, list[tuple[AllocationRun, str]]] = {}
    for run, name in zip(runs, names_of(runs), strict=True):
        groups.setdefault(run.ceiling_id, []).append((run, name))
    ticked = request.GET.getlist("run") or [str(run.pk) for run in runs if ceiling][:MOST]
    told = {"ceiling": ceiling, "is_alone": len(runs) < FEWEST, "is_cut": len(runs) == SHOWN}
    return {"groups": list(groups.values()), "ticked": ticked, "refusal": refusal, **told}


def _asked_ceiling(request: HttpRequest) -> int | None:
    text = request.GET.get("pagu", "")
    if text and figures.whole(text) is None:
        raise Invalid({"pagu": [_("This address names no ceiling.")]})
    return figures.whole(text)
