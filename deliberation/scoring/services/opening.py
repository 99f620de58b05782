"""Opening freezes criteria, proposals, computed values and the seed, and locks the rows of who is tied."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict
from accounts.scope import Person
from deliberation.meetings.policy import not_over
from deliberation.models import CriteriaSet, Criterion, Panel, PanelEntry, Recusal, Sheet
from deliberation.notices.telling import notify
from deliberation.scoring import criteria, facts, policy, ties
from deliberation.scoring.measuring import Computed, computed
from deliberation.scoring.reading import ENTRIES_AT_MOST, waiting
from deliberation.scoring.services.rows import journal, locked_panel, same_version, tell_room
from deliberation.scoring.words import PanelState, Source


@transaction.atomic
def open_panel(*, panel_id: UUID, actor: Person, version: int | None = None) -> Panel:
    """Freeze and publish what is scored by what, then take sheets; opening again changes nothing.

    Raises Conflict where nothing waits, too much waits, nobody is asked, or the criteria weigh nothing.
    """
    panel = locked_panel(panel_id)
    policy.may_run(actor, panel).or_refuse()
    if panel.state == PanelState.OPEN:
        return panel
    allowed = policy.may_change(actor, panel).or_refuse()
    same_version(panel, version)
    if panel.meeting is not None:
        not_over(panel.meeting).or_refuse()
    kept, rows = criteria.locked(panel.cycle, panel.stage)
    sheets = list(Sheet.objects.filter(panel=panel).order_by("pk"))
    entries = _entries(panel, rows)
    _ready(entries, sheets, rows)
    _freeze(panel, kept, rows, entries)
    PanelEntry.objects.bulk_create(entries)
    locked = Recusal.objects.bulk_create(ties.found(panel, sheets, entries))
    told = {"sha256": panel.frozen["sha256"], "seed": panel.seed, "proposals": len(entries), "scorers": len(sheets), "recused": len(locked)}
    journal(panel, actor=actor, role=allowed.role, verb="open", changes=told)
    facts_told, to = {"panel": panel.title}, {sheet.scorer_id for sheet in sheets}
    path = reverse("score_sheet", args=[panel.pk])
    notify(kind="scoring_open", key=f"scoring_open:{panel.pk}", to=to, path=path, region_code=panel.region_id, facts=facts_told, actor=actor)
    tell_room(panel)
    return panel


def values_now(panel: Panel, rows: list[Criterion]) -> list[PanelEntry]:
    """The proposals that wait, with their computed criteria as they are this moment; kept nowhere. For opening and for its preview."""
    return _entries(panel, rows)


def _entries(panel: Panel, rows: list[Criterion]) -> list[PanelEntry]:
    heavy = tuple(f"village__{field}" for field in ("boundary", "outline", "search_text"))
    found = list(waiting(panel).select_related("village", "cycle", "dictionary_entry").defer(*heavy)[: ENTRIES_AT_MOST + 1])
    asked = [row for row in rows if row.source == Source.COMPUTED]
    made = []
    for number, (one, known) in enumerate(zip(found, facts.facts_of(panel.cycle, found), strict=True), start=1):
        values = {row.code: _kept(computed(row.code, known, row.bands)) for row in asked}
        made.append(PanelEntry(panel=panel, proposal=one, number=number, computed=values))
    return made


def _kept(found: Computed) -> dict[str, Any]:
    return {"value": None if found.value is None else str(found.value), "inputs": [list(one) for one in found.inputs]}


def _ready(entries: list[PanelEntry], sheets: list[Sheet], rows: list[Criterion]) -> None:
    if not entries:
        raise Conflict(_("No proposal waits here, so there is nothing to score."), code="nothing_waits")
    if len(entries) > ENTRIES_AT_MOST:
        raise Conflict(_("More than %(count)d proposals wait here. Score by smaller regions.") % {"count": ENTRIES_AT_MOST}, code="too_many")
    if not sheets and any(row.source == Source.PANEL for row in rows):
        raise Conflict(_("Name at least one scorer."), code="nobody_asked")
    if not any(row.weight for row in rows):
        raise Conflict(_("Every criterion weighs nothing. The planner sets the weights first."), code="no_weights")


def _freeze(panel: Panel, kept: CriteriaSet, rows: list[Criterion], entries: list[PanelEntry]) -> None:
    now = clock.now()
    if kept.frozen_at is None:
        kept.frozen_at, kept.frozen_sha256 = now, criteria.fingerprint_of(kept, rows)
        kept.save(update_fields=["frozen_at", "frozen_sha256"])
    panel.seed = secrets.token_hex(16)
    published = {"criteria": criteria.told(rows), "median_from": kept.median_from, "set_version": kept.version}
    listed = [[entry.number, entry.proposal.number, entry.computed] for entry in entries]
    sha256 = criteria.fingerprint({**published, "seed": panel.seed, "entries": listed})
    panel.frozen = {**published, "verified": kept.verified_at is not None, "set_sha256": kept.frozen_sha256, "sha256": sha256}
    panel.state, panel.opened_at, panel.as_of, panel.changed_at = PanelState.OPEN, now, now, now
    panel.version += 1
    panel.save(update_fields=["seed", "frozen", "state", "opened_at", "as_of", "changed_at", "version"])
