"""Panels as pages and API read them. Nothing here reads the scores of anybody but the asker before the close."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.refusals import Missing
from accounts.scope import Person, offices_of
from deliberation.models import Meeting, Panel, PanelEntry, Recusal, Score, Sheet
from deliberation.scoring import policy
from deliberation.scoring.words import PanelState, SheetState
from geo import codes
from proposals.models import Proposal
from proposals.querysets import ProposalQuerySet

_HEAVY = ("region__boundary", "region__outline", "region__search_text")
_VILLAGE = ("proposal__village__boundary", "proposal__village__outline", "proposal__village__search_text")
#: More than a panel can judge; a longer list is cut into regions.
ENTRIES_AT_MOST = 500


def known() -> QuerySet[Panel]:
    """Panels with what a sentence about them names."""
    related = ("region", "cycle", "meeting", "meeting__region", "made_by", "closed_by")
    return Panel.objects.select_related(*related).defer(*_HEAVY, *(f"meeting__{name}" for name in _HEAVY))


def visible(reader: Person) -> QuerySet[Panel]:
    """What was opened, and drafts of the offices and of the meetings of the reader."""
    seen = ~Q(state=PanelState.DRAFT)
    if isinstance(reader, User):
        seen |= Q(made_by=reader.pk) | Q(meeting__chair=reader.pk) | Q(meeting__note_taker=reader.pk)
    for office in offices_of(reader):
        seen |= Q(region_id=office.region_code) | Q(region__pk__startswith=f"{office.region_code}.")
    return known().filter(seen)


def loaded(panel_id: UUID, reader: Person) -> Panel:
    """The panel, not locked. Raises Missing for one that this person may not know of."""
    panel = known().filter(pk=panel_id).first()
    if panel is None or not policy.may_know_of(reader, panel):
        raise Missing
    return panel


def waiting(panel: Panel) -> ProposalQuerySet:
    """The proposals that a panel would score if it opened now, by number."""
    found = Proposal.objects.public().within(panel.region_id).waiting_at(panel.stage).filter(cycle=panel.cycle_id)  # type: ignore[arg-type]
    meeting = panel.meeting
    if meeting is not None and meeting.agency_id is not None:
        found = found.filter(Q(agency=meeting.agency_id) | Q(agency__isnull=True))
    ordered: ProposalQuerySet = found.order_by("number", "id")
    return ordered


def entries_of(panel: Panel) -> list[PanelEntry]:
    """The proposals of a panel in their order, with what a row shows and how many scorers are recused; one query."""
    rows = PanelEntry.objects.filter(panel=panel).select_related("proposal", "proposal__village").defer(*_VILLAGE)
    return list(rows.annotate(recused=Count("recusals")).order_by("number"))


def sheets_of(panel: Panel) -> list[Sheet]:
    """The sheets with their scorers, and nothing of what stands on them."""
    return list(Sheet.objects.filter(panel=panel).select_related("scorer", "reopened_by").order_by("pk"))


def own_sheet(panel: Panel, reader: Person) -> Sheet | None:
    """The reader's sheet, if this panel asks the reader."""
    if not isinstance(reader, User):
        return None
    sheet = Sheet.objects.filter(panel=panel, scorer=reader).first()
    if sheet is not None:
        sheet.panel = panel
    return sheet


def scores_of(sheet: Sheet) -> dict[tuple[int, str], Score]:
    """What stands on one sheet, by entry and code. For its own scorer alone."""
    return {(score.entry_id, score.code): score for score in Score.objects.filter(sheet=sheet)}


def recusals_of(sheet: Sheet) -> dict[int, Recusal]:
    """The locked rows of one sheet, by entry."""
    return {one.entry_id: one for one in Recusal.objects.filter(sheet=sheet)}


def panel_codes(panel: Panel) -> list[str]:
    """The codes that are scored by people, in their order."""
    return [one["code"] for one in panel.frozen.get("criteria", []) if one["source"] == "panel"]


def of_meeting(meeting: Meeting, reader: Person) -> list[Panel]:
    """The panels of a meeting, newest first; a meeting has few."""
    found = visible(reader).filter(Q(meeting=meeting) | _same_stage(meeting)) if meeting.stage else visible(reader).filter(meeting=meeting)
    return list(found.order_by("-created_at", "id")[:5])


def of_region(code: str, reader: Person) -> list[Panel]:
    """The newest panels of a region and of those above it."""
    return list(visible(reader).filter(region_id__in=codes.lineage(code)).order_by("-created_at", "id")[:5])


def of_proposal(proposal: Proposal) -> list[tuple[Panel, PanelEntry, dict[str, Any] | None]]:
    """Where a proposal stands before panels, with its row of the result once there is one; one query."""
    rows = PanelEntry.objects.filter(proposal=proposal.pk).select_related("panel").order_by("-panel__created_at", "panel_id")[:5]
    return [(row.panel, row, _row(row.panel, row.number)) for row in rows]


def waiting_sheets(reader: Person) -> list[Sheet]:
    """The open sheets that wait for a person, the oldest panel first; one query."""
    if not isinstance(reader, User):
        return []
    mine = Sheet.objects.filter(scorer=reader, state=SheetState.DRAFT, panel__state=PanelState.OPEN)
    return list(mine.select_related("panel", "panel__region").defer(*(f"panel__{name}" for name in _HEAVY)).order_by("panel__opened_at", "pk"))


def counts_of(panel: Panel) -> dict[str, int]:
    """How many sheets there are and how many are submitted; never what or how much stands on them."""
    counted = Sheet.objects.filter(panel=panel).aggregate(all=Count("pk"), submitted=Count("pk", filter=Q(state=SheetState.SUBMITTED)))
    return {"sheets": counted["all"], "submitted": counted["submitted"]}


def _same_stage(meeting: Meeting) -> Q:
    return Q(meeting__isnull=True, cycle=meeting.cycle_id, stage=meeting.stage, region=meeting.region_id)


def _row(panel: Panel, number: int) -> dict[str, Any] | None:
    rows = panel.result.get("rows", []) if policy.may_read_results(panel) else []
    return next((row for row in rows if row["number"] == number), None)
