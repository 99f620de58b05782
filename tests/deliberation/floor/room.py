"""A meeting in session with an item in hand and people on its roll, as the tests of the floor need it."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts import clock
from accounts.models import User
from accounts.refusals import Refusal
from deliberation.models import AgendaItem, Attendance, Meeting, Presence
from tests import make


@dataclass
class Room:
    """A meeting, its item in hand, and the person who writes its roll."""

    meeting: Meeting
    item: AgendaItem
    clerk: User

    def seat(
        self, user: User | None = None, *, mode: str = "online", name: str = "", sex: str = "female", present: bool = True, **fields: Any
    ) -> Attendance:
        """One more line of the roll; present unless said otherwise."""
        number = Attendance.objects.filter(meeting=self.meeting).count() + 1
        shown = name or (str(user) if user else f"Warga {number}")
        line = Attendance.objects.create(
            meeting=self.meeting, number=number, name=shown, name_key=shown.lower(), user=user, entered_by=self.clerk, entered_at=clock.now(),
            **{"sex": sex, "element": "community", "source": "typed", **fields},
        )  # fmt: skip
        if present:
            Presence.objects.create(attendance=line, mode=mode, arrived_at=clock.now() - timedelta(minutes=5))
        return line

    def hall(self, count: int) -> None:
        """So many people without an account in the hall."""
        for _ in range(count):
            self.seat(mode="hall", sex="male")


def in_session(people: Any, *, kind: str = "village_plan", **fields: Any) -> Room:
    """A meeting of this kind with its first proposal in hand."""
    meeting = make.a_meeting(kind=kind, **fields)
    item = make.an_item(meeting, make.proposal(of=meeting.cycle), state="in_hand")
    return Room(meeting, item, people.village_head)


def refused(act: Any) -> Refusal:
    """The refusal that stood in the way."""
    try:
        act()
    except Refusal as refusal:
        return refusal
    message = "nothing stood in the way"
    raise AssertionError(message)


def new() -> uuid.UUID:
    """A key as a client makes it."""
    return uuid.uuid4()
