"""Reopening one sheet with a reason, and closing a panel: the sheets become places that everybody sees."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Missing
from accounts.scope import Person
from accounts.text import clean
from deliberation.masking import masked
from deliberation.models import Panel, Sheet
from deliberation.notices.telling import notify
from deliberation.scoring import outcome, policy
from deliberation.scoring.criteria import fingerprint
from deliberation.scoring.reading import panel_codes
from deliberation.scoring.services.rows import journal, locked_panel, tell_room
from deliberation.scoring.words import PanelState, SheetState

REASON_SHORTEST = 20


@transaction.atomic
def reopen_sheet(*, panel_id: UUID, sheet_id: int, actor: Person, reason: str) -> Sheet:
    """Let a scorer correct a submitted sheet; only while scoring is open. A sheet that is open already stays as it is."""
    panel = locked_panel(panel_id)
    allowed = policy.may_run(actor, panel).or_refuse()
    policy.in_scoring(panel).or_refuse()
    sheet = Sheet.objects.filter(panel=panel, pk=sheet_id).first()
    if sheet is None:
        raise Missing
    if sheet.state == SheetState.DRAFT:
        return sheet
    sheet.reopened_reason = masked(clean(reason, field="reason", max_length=300, min_length=REASON_SHORTEST))
    sheet.state, sheet.reopened_at, sheet.reopened_by_id = SheetState.DRAFT, clock.now(), actor.pk
    sheet.save(update_fields=["state", "reopened_at", "reopened_by", "reopened_reason"])
    journal(panel, actor=actor, role=allowed.role, verb="reopen_sheet", changes={"capacity": sheet.capacity}, reason=sheet.reopened_reason)
    key, path = f"sheet_reopened:{sheet.pk}:{sheet.reopened_at.isoformat()}", reverse("score_sheet", args=[panel.pk])
    facts = {"panel": panel.title}
    notify(kind="sheet_reopened", key=key, to={sheet.scorer_id}, path=path, region_code=panel.region_id, facts=facts, actor=actor)
    return sheet


@transaction.atomic
def close_panel(*, panel_id: UUID, actor: Person, reason: str = "") -> Panel:
    """End scoring for good and publish the result; closing again changes nothing.

    Waits for sheets that are being written; whoever comes after hears that it is closed. A sheet that was not submitted does not
    count, and then a reason is asked for that everybody reads.
    """
    panel = locked_panel(panel_id)
    allowed = policy.may_run(actor, panel).or_refuse()
    if panel.state == PanelState.CLOSED:
        return panel
    policy.in_scoring(panel).or_refuse()
    sheets = list(Sheet.objects.filter(panel=panel))
    missing = sum(sheet.state != SheetState.SUBMITTED for sheet in sheets)
    if panel_codes(panel) and missing == len(sheets):
        raise Conflict(_("Not one sheet is submitted, so there is nothing to count."), code="no_sheets")
    panel.closed_reason = masked(clean(reason, field="reason", max_length=300, min_length=REASON_SHORTEST if missing else 0))
    panel.result = outcome.computed(panel)
    now = clock.now()
    panel.state, panel.closed_at, panel.closed_by_id, panel.changed_at = PanelState.CLOSED, now, actor.pk, now
    panel.version += 1
    panel.save(update_fields=["state", "closed_at", "closed_by", "closed_reason", "result", "changed_at", "version"])
    told = {"sha256": fingerprint(panel.result), "sheets": len(sheets) - missing, "without": missing}
    journal(panel, actor=actor, role=allowed.role, verb="close", changes=told, reason=panel.closed_reason)
    tell_room(panel)
    return panel
