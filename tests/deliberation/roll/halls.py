"""Makers for the tests of the roll: a meeting in session, lines straight into the database, what a phone would send."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from accounts import clock
from accounts.models import User
from deliberation.models import Attendance, Meeting, Presence
from deliberation.roll.names import key
from deliberation.roll.services.entering import Sent
from deliberation.words import MeetingKind
from proposals.capture_words import Told
from proposals.models import StageWindow
from tests import cast, make

HOUR = timedelta(hours=1)


def hall(*, kind: str = MeetingKind.VILLAGE_PLAN, region: str = cast.VILLAGE, state: str = "open", stage: str = "village", **fields: Any) -> Meeting:
    """A meeting that began two hours ago; closed ones closed an hour ago."""
    now = clock.now()
    caller = User.objects.get(username="village_head" if region == cast.VILLAGE else "subdistrict_officer")
    closed = {"closed_at": now - HOUR, "closed_by": caller} if state == "closed" else {}
    opened = {} if state in ("planned", "cancelled") else {"opened_at": now - 2 * HOUR}
    return Meeting.objects.create(
        cycle=make.open_cycle(),
        kind=kind,
        region_id=region,
        stage=stage,
        state=state,
        **{
            "title": "Musrenbang Desa Kapur",
            "starts_at": now - 2 * HOUR,
            "place": "Balai desa",
            "convened_by": caller,
            "convened_role": "village_head",
            "created_at": now,
            "changed_at": now,
            **opened,
            **closed,
            **fields,
        },
    )


def rules(stage: str = "village", **rules: Any) -> None:
    """Thresholds of a stage of the open cycle."""
    StageWindow.objects.filter(cycle=make.open_cycle(), stage=stage).update(**rules)


def line(
    meeting: Meeting, name: str = "Siti Aminah", *, mode: str = "hall", stay: bool = True, left: datetime | None = None, **fields: Any
) -> Attendance:
    """A line of the roll with one stay since an hour ago."""
    number = Attendance.objects.filter(meeting=meeting).count() + 1
    heard = fields.pop("heard_at", None)
    arrived = fields.pop("arrived_at", clock.now() - HOUR)
    row = Attendance.objects.create(
        meeting=meeting,
        number=number,
        name=name,
        name_key=key(name),
        **{"sex": "female", "element": "farmers", "source": "typed", "entered_by": meeting.convened_by, "entered_at": clock.now(), **fields},
    )
    if stay:
        Presence.objects.create(attendance=row, mode=mode, arrived_at=arrived, left_at=left, heard_at=heard)
    return row


def sent(name: str = "Siti Aminah", *, id: uuid.UUID | None = None, told: Told | None = None, left_at: datetime | None = None, **fields: Any) -> Sent:  # noqa: A002
    """A line as a phone sends it."""
    return Sent(id or uuid.uuid4(), {"name": name, "sex": "p", "element": "ta", **fields}, told, left_at)
