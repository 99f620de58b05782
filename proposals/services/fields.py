"""The fields of a proposal as they are sent, checked and turned into the model's values. Nothing is written here."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, DictionaryEntry, Proposal
from proposals.services import cost, entries, marks, place, provenance, whereabouts
from proposals.services.entries import Unreadable
from proposals.services.reading import Entry, written
from proposals.words import Channel, Sector

#: Text fields with their longest length, and whether they may have several lines.
TEXTS: dict[str, tuple[int, bool]] = {
    "title": (160, False),
    "problem": (4000, True),
    "objective": (2000, True),
    "locus": (200, False),
    "mismatch_reason": (300, False),
    "on_behalf_of": (120, False),
}
TITLE_SHORTEST = 10
_DICTIONARY_NAME = re.compile(r"[\w ./-]{1,40}")
_LONGEST_KEY = 18
#: What may be sent; anything else in a body is read-only and not looked at.
WRITABLE = (
    "village",
    "plan_year",
    *provenance.WRITABLE,
    *TEXTS,
    "sector",
    "dictionary_entry",
    *cost.WRITABLE,
    *whereabouts.WRITABLE,
    *marks.WRITABLE,
)


def read(sent: Mapping[str, Any], *, held: int | None = None) -> Entry:
    """Read everything that a proposal may carry; what was not sent is empty.

    `held`: key of the work that the proposal rests on already; it may stay, also where it is no longer offered.
    """
    entry = Entry()
    channel = provenance.read_channel(entry, sent)
    _read_home(entry, sent, channel)
    for name, (longest, lines) in TEXTS.items():
        entry.take(name, partial(written, sent.get(name), name, longest, lines=lines))
    title = entry.values.get("title")
    if title is not None and len(title) < TITLE_SHORTEST:
        entry.errors["title"] = [_("Write a title of at least 10 characters, so that others know what it is about.")]
    cost.read_unit(entry, sent)
    entry.take("sector", lambda: entries.choice(sent.get("sector"), Sector.values))
    _read_dictionary(entry, sent.get("dictionary_entry"), held)
    provenance.read_agency(entry, sent)
    cost.read_cost(entry, sent)
    whereabouts.read_place(entry, sent)
    marks.read_marks(entry, sent)
    return entry


def _read_home(entry: Entry, sent: Mapping[str, Any], channel: str) -> None:
    """The village (for other channels also a kecamatan or the kabupaten) and the plan year, and the cycle they belong to."""
    entry.village = entry.take("village", lambda: _village(sent.get("village"), channel))
    year = entry.take("plan_year", lambda: _plan_year(sent.get("plan_year")))
    if entry.village is not None and year is not None:
        district = codes.ancestor(entry.village.pk, Level.DISTRICT)
        entry.cycle = entry.take("plan_year", lambda: _cycle(district, year), into="cycle")


def _village(value: Any, channel: str) -> Region:
    if value is None or value == "":
        raise Unreadable(_("Choose the village that asks."))
    if isinstance(value, str) and codes.is_code(value):
        home = Region.objects.light().in_force().filter(pk=value, level__in=provenance.levels_of(channel)).first()
        if home is not None:
            return home
    if channel != Channel.VILLAGE:
        raise Unreadable(_("There is no village, kecamatan or kabupaten with this code. Choose it from the list."))
    raise Unreadable(_("There is no village with this code. Choose it from the list."))


def _plan_year(value: Any) -> int:
    sentence = _("Write the plan year as a year, for example 2028.")
    year = entries.whole(value, sentence, most=9999)
    if year is None:
        raise Unreadable(sentence)
    return year


def _cycle(district: str | None, year: int) -> Cycle:
    cycle = Cycle.objects.filter(region_id=district, plan_year=year).prefetch_related("windows").first()
    if cycle is None:
        raise Unreadable(_("There is no planning for %(year)s here. Ask the village office which years are open.") % {"year": year})
    return cycle


def _read_dictionary(entry: Entry, code: Any, held: int | None) -> None:
    """The work of the dictionary; it brings its sector, unit and agency where the writer gave none."""
    found = entry.take("dictionary_entry", lambda: _dictionary_entry(code, entry.cycle, held))
    entry.values["agency"] = None
    if found is not None:
        entry.values["agency"] = found.agency
        entry.values["sector"] = entry.values.get("sector") or found.sector
        entry.values["unit"] = entry.values.get("unit") or found.unit


def _dictionary_entry(value: Any, cycle: Cycle | None, held: int | None) -> DictionaryEntry | None:
    """By its key, as a proposal shows it, or by its code, as the kabupaten writes it: a number is a key first, a text a code."""
    if value is None or value == "":
        return None
    known = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    found = None
    if cycle is not None and _DICTIONARY_NAME.fullmatch(known):
        offered = DictionaryEntry.objects.select_related("agency").filter(Q(is_locked=False) | Q(pk=held), cycle=cycle)
        by_key = Q(pk=int(known)) if known.isascii() and known.isdigit() and len(known) < _LONGEST_KEY else Q(pk__in=[])
        both = list(offered.filter(Q(code=known) | by_key).order_by("pk"))
        found = next((one for one in both if (one.pk == value if isinstance(value, int) else one.code == known)), both[0] if both else None)
    if found is None:
        raise Unreadable(_("This work is not in the dictionary of the plan year. Choose it from the list."))
    return found


def missing(proposal: Proposal) -> dict[str, list[str]]:
    """What a proposal still lacks before it can be sent in, a sentence a field.

    A point is asked for where the village has a boundary to hold it; elsewhere its place in words is enough.
    """
    wanted = {
        "problem": _("Write what the problem is."),
        "objective": _("Write what should be better afterwards."),
        "sector": _("Choose what kind of work it is."),
        "volume": _("Write how much is needed."),
        "unit": _("Write the unit, for example m or unit."),
        "unit_price": _("Write the price of one unit in rupiah."),
        "amount": _("Write the volume and the unit price; together they are the amount."),
        "locus": _("Write the place in words, for example the hamlet."),
    }
    lacks = {name: [sentence] for name, sentence in wanted.items() if getattr(proposal, name) in (None, "")}
    lacks |= provenance.lacking(proposal.channel, proposal.sponsor, proposal.sponsor_reference, proposal.agency_id)
    if proposal.location is None and place.is_drawn(proposal.village_id):
        lacks["location"] = [_("Choose the point on the map, use GPS, or type its coordinates.")]
    return lacks
