"""Rows of the floor under the meeting's lock, which comes first in every verb: one order for everything at once."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.refusals import Conflict, Missing
from deliberation.floor.order import Place, Waiting, queue
from deliberation.meetings.rows import locked_meeting
from deliberation.models import AgendaItem, Floor, Meeting, Motion, Said, Turn
from deliberation.models.floor import TurnState
from deliberation.words import ItemState

Row = TypeVar("Row", Turn, Said, Motion)


def locked(model: type[Row], key: UUID) -> Row:
    """A turn, statement or motion with its meeting locked; read after the lock. Raises Missing."""
    meeting_id = QuerySet(model).filter(pk=key).values_list("meeting_id", flat=True).first()
    if meeting_id is None:
        raise Missing
    meeting = locked_meeting(meeting_id)
    row: Row = QuerySet(model).select_related("item").get(pk=key)
    row.meeting = meeting
    return row


def same(row: Model | None, **facts: Any) -> bool:
    """Whether the row under this UUID is the one that is sent again; another's is Conflict."""
    if row is None:
        return False
    if any(getattr(row, name) != value for name, value in facts.items()):
        raise Conflict(_("This was not saved: its identifier is already in use. Reload the page and send it again."))
    return True


def item_in_hand(meeting: Meeting) -> AgendaItem:
    """The item that the meeting is at. Conflict where none is."""
    item = AgendaItem.objects.filter(meeting=meeting, state=ItemState.IN_HAND).first()
    if item is None:
        raise Conflict(_("No item is in hand now. Wait until the chair calls the next one."), code="no_item")
    return item


def item_of(meeting: Meeting, item_id: int | None) -> AgendaItem | None:
    """The meeting's item with this key; None for None. Raises Missing for another meeting's."""
    if item_id is None:
        return None
    item = AgendaItem.objects.filter(meeting=meeting, pk=item_id).first()
    if item is None:
        raise Missing
    return item


def floor_of(meeting: Meeting) -> Floor:
    """How this meeting calls its speakers; the usual way where nothing was chosen (not saved)."""
    return Floor.objects.filter(meeting=meeting).first() or Floor(meeting=meeting)


def places(rule: str, turns: list[Turn]) -> list[Place]:
    """The queue among an item's turns, in the order of calling."""
    waiting = [Waiting(str(turn.pk), turn.asked_at, turn.mode, turn.sex) for turn in turns if turn.state == TurnState.WAITING]
    spoke = [turn for turn in turns if turn.granted_at is not None]
    last = max(spoke, key=lambda turn: (turn.granted_at, turn.pk), default=None)
    return queue(rule, waiting, last.mode if last else "")
