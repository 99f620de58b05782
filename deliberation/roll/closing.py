"""The roll when its meeting opens, adjourns or closes: a shortfall needs its reason, and everybody's stay ends."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from accounts.text import clean
from deliberation.masking import masked
from deliberation.models import Meeting
from deliberation.roll import stays, telling
from deliberation.roll.reading import falls_short, snapshot
from deliberation.roll.wording import in_words
from deliberation.words import MeetingState

#: A shortfall's reason is read by everybody and printed into the record.
SHORTEST, LONGEST = 20, 500


def ask(meeting: Meeting, *, leads_to: str, reason: str = "") -> str:
    """Before a step, under the meeting's lock: the reason of a shortfall, cleaned; empty where none is needed.

    Opening looks at who is there, closing at everybody who came. A reason that was told before is kept: it is not asked for
    twice. Raises Invalid (`shortfall_reason`) with what is short where there is none.
    """
    given = masked(clean(reason or "", field="shortfall_reason", max_length=LONGEST, min_length=SHORTEST if reason else 0, lines=True))
    if leads_to not in (MeetingState.OPEN, MeetingState.CLOSED) or given or meeting.shortfall_reason:
        return given or meeting.shortfall_reason
    counted = snapshot(meeting, whole=leads_to == MeetingState.CLOSED)
    if not falls_short(counted):
        return ""
    sentence = _("%(short)s Write the reason; everybody reads it, and it is printed into the record.")
    raise Invalid({"shortfall_reason": [sentence % {"short": in_words(counted)}]})


def finish(meeting: Meeting, *, leads_to: str, at: datetime) -> None:
    """After a step that ends a sitting: everybody leaves, and the room hears of it."""
    if leads_to in (MeetingState.ADJOURNED, MeetingState.CLOSED) and stays.end_all(meeting, at):
        telling.announce(meeting)
