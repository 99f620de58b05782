"""By which door it comes: the channel, whose programme it is there and what that rests on, and the agency that answers."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Agency
from geo import codes
from geo.codes import Level
from proposals.services import entries
from proposals.services.entries import Unreadable
from proposals.services.reading import Entry, written
from proposals.words import Channel

WRITABLE = ("channel", "sponsor", "sponsor_reference", "agency")
_LONGEST = 160
#: Where a proposal of each channel may be at home: only a village's own comes from a village in any case.
HOMES = {Channel.VILLAGE: (Level.VILLAGE,)}
ELSEWHERE = (Level.VILLAGE, Level.SUBDISTRICT, Level.DISTRICT)


def read_channel(entry: Entry, sent: Mapping[str, Any]) -> str:
    """The channel, the village's where none was named, with its sponsor; a village's own proposal has none."""
    channel = entry.take("channel", lambda: entries.choice(sent.get("channel"), Channel.values)) or Channel.VILLAGE.value
    entry.values["channel"] = channel
    for name in ("sponsor", "sponsor_reference"):
        entry.take(name, partial(written, sent.get(name), name, _LONGEST))
        if channel == Channel.VILLAGE:
            entry.values[name] = ""
    return channel


def levels_of(channel: str) -> tuple[Level, ...]:
    """The levels of region that may stand as the home of what comes by a channel."""
    return HOMES.get(Channel(channel), ELSEWHERE)


def read_agency(entry: Entry, sent: Mapping[str, Any]) -> None:
    """Other channels name the agency themselves; else it is the dictionary's, as for villages."""
    if entry.values.get("channel", Channel.VILLAGE) == Channel.VILLAGE or sent.get("agency") in (None, ""):
        return
    district = codes.ancestor(entry.village.pk, Level.DISTRICT) if entry.village is not None else None
    entry.take("agency", lambda: _agency(sent["agency"], district))


def _agency(value: Any, district: str | None) -> Agency:
    """An agency of the kabupaten by its key."""
    if isinstance(value, Agency):
        value = value.pk
    key = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    found = Agency.objects.filter(region_id=district, pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 10 else None
    if found is None:
        raise Unreadable(_("There is no such agency in this kabupaten."))
    return found


def lacking(channel: str, sponsor: str, sponsor_reference: str, agency_id: int | None) -> dict[str, list[str]]:
    """What another channel's proposal needs before it is sent in, a sentence a field."""
    if channel == Channel.VILLAGE:
        return {}
    lacks: dict[str, list[str]] = {}
    if not sponsor:
        lacks["sponsor"] = [_("Write whose programme it is: the council member and faction, or the body.")]
    if not sponsor_reference:
        lacks["sponsor_reference"] = [_("Write what it rests on: the recess, the line of the plan, or the regulation.")]
    if agency_id is None and channel in (Channel.COUNCIL, Channel.AGENCY):
        lacks["agency"] = [_("Choose the agency that would carry it out.")]
    return lacks
