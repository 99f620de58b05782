"""Scoring of the demonstration: a closed panel of the kabupaten with its result, and one that waits for the scorers of the meeting in session."""

import uuid
from datetime import datetime, timedelta

from accounts import clock
from accounts.models import User
from deliberation.models import Meeting, Panel, PanelEntry, Recusal, Sheet
from deliberation.scoring.reading import panel_codes
from deliberation.scoring.services.closing import close_panel
from deliberation.scoring.services.making import Asked, Draft, save_panel
from deliberation.scoring.services.opening import open_panel
from deliberation.scoring.services.scoring import Mark, save_marks, submit_sheet
from deliberation.words import MeetingState
from musrenbang.demo import people
from proposals.models import Cycle, Proposal
from proposals.stages import Stage

_CAPACITIES = {
    "bappeda": "Bappeda",
    "dinas": "Dinas PUPR",
    "camat": "Kecamatan",
    "tapd": "TAPD",
    "operator": "Sekretariat",
    "kades": "Kepala desa",
    "fasilitator": "Pendamping desa",
}
_SAID = ("Jalur satu-satunya ke puskesmas.", "Sudah diminta tiga tahun berturut-turut.", "Perlu kepastian lahan.")


def tell(cycle: Cycle, parts: dict[str, User], now: datetime) -> None:
    """Both panels. `now` is nine in the morning of the day of loading."""
    if Proposal.objects.filter(cycle=cycle, stage=Stage.AGENCY, outcome="open").exists():
        _closed(cycle, parts, now - timedelta(days=6))
    meeting = Meeting.objects.filter(cycle=cycle, kind="subdistrict", region=people.SUBDISTRICT, state=MeetingState.OPEN).first()
    if meeting is not None:
        _open(meeting, parts, now - timedelta(hours=20))


def _closed(cycle: Cycle, parts: dict[str, User], at: datetime) -> None:
    """Five scorers, so that the median counts; they look at the same things and differ a little."""
    names = ("bappeda", "dinas", "camat", "tapd", "operator")
    frame = {"region_code": cycle.region_id, "stage": Stage.AGENCY.value, "plan_year": cycle.plan_year}
    draft = Draft("Penilaian forum perangkat daerah", [Asked(name, _CAPACITIES[name]) for name in names], **frame)  # type: ignore[arg-type]
    with clock.telling(at):
        panel, _new = save_panel(panel_id=uuid.uuid4(), actor=parts["bappeda"], draft=draft)
        panel = open_panel(panel_id=panel.pk, actor=parts["bappeda"])
    for turn, name in enumerate(names):
        with clock.telling(at + timedelta(hours=3 + 5 * turn)):
            _fill(panel, parts[name], turn)
            submit_sheet(panel_id=panel.pk, actor=parts[name])
    with clock.telling(at + timedelta(days=2)):
        close_panel(panel_id=panel.pk, actor=parts["bappeda"])


def _open(meeting: Meeting, parts: dict[str, User], at: datetime) -> None:
    """The sub-district's own: one sheet is handed in, the others wait for whoever plays their scorers."""
    names = ("camat", "bappeda", "kades", "fasilitator")
    draft = Draft("Penilaian usulan kecamatan", [Asked(name, _CAPACITIES[name]) for name in names], meeting_id=meeting.pk)
    with clock.telling(at):
        panel, _new = save_panel(panel_id=uuid.uuid4(), actor=parts["camat"], draft=draft)
        panel = open_panel(panel_id=panel.pk, actor=parts["camat"])
    with clock.telling(at + timedelta(hours=2)):
        _fill(panel, parts["bappeda"], 0)
        submit_sheet(panel_id=panel.pk, actor=parts["bappeda"])


def of_a_meeting(meeting: Meeting, chair: User, parts: dict[str, User], at: datetime) -> None:
    """What a meeting is asked to order, scored by three before it sits."""
    names = ("bappeda", "dinas", "tapd")
    draft = Draft("Penilaian usulan kecamatan", [Asked(name, _CAPACITIES[name]) for name in names], meeting_id=meeting.pk)
    with clock.telling(at):
        panel, _new = save_panel(panel_id=uuid.uuid4(), actor=chair, draft=draft)
        panel = open_panel(panel_id=panel.pk, actor=chair)
    for turn, name in enumerate(names):
        with clock.telling(at + timedelta(hours=2 + 3 * turn)):
            _fill(panel, parts[name], turn)
            submit_sheet(panel_id=panel.pk, actor=parts[name])
    with clock.telling(at + timedelta(days=1)):
        close_panel(panel_id=panel.pk, actor=chair)


def _fill(panel: Panel, scorer: User, turn: int) -> None:
    """Values that follow from the number and the criterion, so that every loading tells the same story."""
    sheet = Sheet.objects.get(panel=panel, scorer=scorer)
    locked = set(Recusal.objects.filter(sheet=sheet).values_list("entry_id", flat=True))
    marks = []
    for entry in PanelEntry.objects.filter(panel=panel).exclude(pk__in=locked).order_by("number"):
        for at, code in enumerate(panel_codes(panel)):
            value = 1 + (3 * entry.number + 2 * at + (entry.number + turn) % 2) % 5
            comment = _SAID[entry.number % len(_SAID)] if code == "URG" and (entry.number + turn) % 5 == 0 else ""
            marks.append(Mark(entry.number, code, value, comment))
    save_marks(panel_id=panel.pk, actor=scorer, marks=marks)
