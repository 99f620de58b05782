"""Who raised it, whom it serves, and whose land it stands on. All of it may stay empty."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from proposals.services import entries
from proposals.services.reading import Entry, written
from proposals.words import LandOwner

RAISED_BY = ("raised_by_women", "raised_by_youth", "raised_by_disabled", "raised_by_poor")
COUNTS = ("beneficiaries_female", "beneficiaries_male", "beneficiary_households", "poor_households")
WRITABLE = (*RAISED_BY, "pre_meeting", *COUNTS, "land_owner")
#: More people than live in any kabupaten: a phone number typed into the wrong field.
_MOST_PEOPLE = 10_000_000
_MEETING_LONGEST = 160


def read_marks(entry: Entry, sent: Mapping[str, Any]) -> None:
    """The marks of the pre-meeting, beneficiaries by sex and household, and the owner of the land."""
    for name in RAISED_BY:
        entry.take(name, partial(entries.flag, sent.get(name)))
    entry.take("pre_meeting", partial(written, sent.get("pre_meeting"), "pre_meeting", _MEETING_LONGEST))
    for name in COUNTS:
        entry.take(
            name, partial(entries.whole, sent.get(name), _("Write a whole number of people or households, or leave it empty."), most=_MOST_PEOPLE)
        )
    entry.take("land_owner", lambda: entries.choice(sent.get("land_owner"), LandOwner.values))
    _compare(entry)


def _compare(entry: Entry) -> None:
    """Counts that cannot be true together."""
    female, male, households, poor = (entry.values.get(name) for name in COUNTS)
    if households is not None and poor is not None and poor > households:
        entry.wrong("poor_households", _("There cannot be more poor households than households."))
    if female is not None and male is not None and households is not None and households > female + male:
        entry.wrong("beneficiary_households", _("There cannot be more households than people."))
