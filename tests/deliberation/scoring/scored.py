"""Panels in any state, made by the services themselves."""

import uuid

from deliberation.models import Panel, PanelEntry
from deliberation.scoring.services.closing import close_panel
from deliberation.scoring.services.making import Asked, Draft, save_panel
from deliberation.scoring.services.opening import open_panel
from deliberation.scoring.services.scoring import Mark, save_marks, submit_sheet
from tests import cast

REASON = "Alasan yang cukup panjang untuk dibaca warga."
#: The criteria of the defaults that people score, in their order.
CODES = ("URG", "POV", "ALN", "CON")


def asked(*people) -> tuple[Asked, ...]:
    """These people as scorers."""
    return tuple(Asked(person.username, f"Unsur {person.username}") for person in people)


def draft(by, *people, meeting=None, region=cast.SUBDISTRICT, stage="subdistrict", panel_id=None) -> Panel:
    """A draft that asks these people."""
    frame = {"meeting_id": meeting.pk} if meeting else {"region_code": region, "stage": stage, "plan_year": 2028}
    written = Draft(title="Penilaian Kecamatan", scorers=asked(*people), **frame)
    return save_panel(panel_id=panel_id or uuid.uuid4(), actor=by, draft=written)[0]


def opened(by, *people, **fields) -> Panel:
    """An open panel."""
    return open_panel(panel_id=draft(by, *people, **fields).pk, actor=by)


def score(panel, person, values: dict, *, code=None) -> int:
    """Draft scores: `{number: value}` for one code, or for all of them."""
    codes = (code,) if code else CODES
    return save_marks(panel_id=panel.pk, actor=person, marks=[Mark(number, one, value) for number, value in values.items() for one in codes])


def submitted(panel, person, values: dict):
    """A whole sheet, handed in."""
    score(panel, person, values)
    return submit_sheet(panel_id=panel.pk, actor=person)


def closed(panel, by, **fields) -> Panel:
    """The same panel, closed."""
    return close_panel(panel_id=panel.pk, actor=by, **fields)


def entry(panel, proposal) -> PanelEntry:
    """A proposal's row before a panel."""
    return PanelEntry.objects.get(panel=panel, proposal=proposal)
