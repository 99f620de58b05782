"""A panel under its row lock, as every verb begins, and what journal and room hear of it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import audit
from accounts.refusals import Conflict, Missing
from accounts.scope import Person
from deliberation.models import Panel, Sheet
from deliberation.scoring.reading import known
from proposals import live

#: `FOR SHARE`: scorers do not wait for each other; whoever closes waits for them, and they for whoever closes.
_FOR_SCORING = "SELECT * FROM deliberation_panel WHERE id = %s FOR SHARE"


def locked_panel(panel_id: UUID) -> Panel:
    """The panel, locked against every other change of it and against sheets. Raises Missing."""
    panel = known().select_for_update(of=("self",), no_key=True).filter(pk=panel_id).first()
    if panel is None:
        raise Missing
    return panel


def panel_for_scoring(panel_id: UUID) -> Panel:
    """The panel, held as it stands until the sheet is written: nobody closes it in between. Raises Missing."""
    panel = next(iter(Panel.objects.raw(_FOR_SCORING, [panel_id])), None)
    if panel is None:
        raise Missing
    return panel


def locked_sheet(panel: Panel, actor: Person) -> Sheet | None:
    """The actor's own sheet under its row lock; None for who is no scorer."""
    found = Sheet.objects.select_for_update(of=("self",), no_key=True).filter(panel=panel, scorer_id=actor.pk).first()
    if found is not None:
        found.panel = panel
    return found


def same_version(panel: Panel, version: int | None) -> None:
    """Raises Conflict where somebody changed it since `version` was read."""
    if version is not None and panel.version != version:
        raise Conflict(_("Someone changed this panel meanwhile. See what changed before you save."), code="version")


def journal(panel: Panel, *, actor: Person, role: str, verb: str, changes: dict[str, Any] | None = None, reason: str = "") -> None:
    """One line: who did what to the panel. Never what stands on a sheet."""
    audit.record(
        actor=actor,
        role=role,
        action=f"deliberation.scoring.{verb}",
        subject=f"panel:{panel.pk}",
        region_code=panel.region_id,
        changes=changes,
        reason=reason,
    )


def tell_room(panel: Panel) -> None:
    """The meeting's room hears how scoring stands as such."""
    if panel.meeting_id:
        live.announce(panel.meeting_id, "scores", {"panel": str(panel.pk), "state": panel.state})
