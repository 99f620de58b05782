"""The page of one panel: by what it scores, whom it asks, what is scored, and once it is closed the places."""

from typing import Any

from django.http import HttpRequest

from deliberation.models import Panel, PanelEntry
from deliberation.scoring import criteria, policy, reading
from deliberation.scoring.services.opening import values_now
from deliberation.scoring.words import PanelState, SheetState
from frontend.scoring import results
from frontend.scoring.asked import criteria_of
from geo.lookup import lineage_of

#: Rows of the preview; the rest is counted.
PREVIEWED = 20


def context_of(request: HttpRequest, panel: Panel) -> dict[str, Any]:
    """Everything; a constant number of queries in each state."""
    may_run = policy.may_run(request.user, panel)
    sheets = reading.sheets_of(panel)
    own = next((sheet for sheet in sheets if request.user.is_authenticated and sheet.scorer_id == request.user.pk), None)
    context: dict[str, Any] = {
        "panel": panel,
        "lineage": lineage_of(panel.region),
        "criteria": criteria_of(panel),
        "sheets": sheets,
        "own": own,
        "submitted": sum(sheet.state == SheetState.SUBMITTED for sheet in sheets),
        "may_run": may_run,
        "is_draft": panel.state == PanelState.DRAFT,
        "verified": panel.frozen.get("verified") if panel.frozen else criteria.read(panel.cycle, panel.stage)[0].verified_at is not None,
    }
    return context | (results.result_context(panel) if policy.may_read_results(panel) else _listed(panel))


def _listed(panel: Panel) -> dict[str, Any]:
    """What is scored: frozen, or what would be if it opened now."""
    if panel.state == PanelState.DRAFT:
        rows: list[PanelEntry] = values_now(panel, criteria.read(panel.cycle, panel.stage)[1])
    else:
        rows = reading.entries_of(panel)
    return {"entries": rows[:PREVIEWED] if panel.state == PanelState.DRAFT else rows, "count": len(rows)}
