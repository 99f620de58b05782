"""The fields of a proposal as they are sent, checked and turned into the model's values. Nothing is written here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import text
from accounts.refusals import Invalid
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, DictionaryEntry, Proposal
from proposals.services import entries, place
from proposals.services.entries import Unreadable
from proposals.words import LocationSource, Sector

#: Text fields with their longest length, and whether they may have several lines.
TEXTS: dict[str, tuple[int, bool]] = {
    "title": (160, False),
    "problem": (4000, True),
    "objective": (2000, True),
    "unit": (30, False),
    "locus": (200, False),
    "mismatch_reason": (300, False),
    "on_behalf_of": (120, False),
}
TITLE_SHORTEST = 10
MISMATCH_SHORTEST = 10
_ACCURACY_MOST = 100_000
_DICTIONARY_NAME = re.compile(r"[\w ./-]{1,40}")
_LONGEST_KEY = 18
#: What may be sent; anything else in a body is read-only and not looked at.
WRITABLE = (
    "village",
    "plan_year",
    *TEXTS,
    "sector",
    "dictionary_entry",
    "volume",
    "unit_price",
    "amount",
    "location",
    "location_source",
    "location_accuracy_m",
)


@dataclass
class Entry:
    """What was read: `values` by model attribute, `errors` by the name that was sent."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    village: Region | None = None
    cycle: Cycle | None = None

    def take(self, name: str, read: Callable[[], Any], *, into: str = "") -> Any:
        """Read one field into the values, or keep its sentence."""
        try:
            value = read()
        except Unreadable as error:
            self.errors.setdefault(name, []).append(error.sentence)
            return None
        except Invalid as error:
            for sentences in (error.fields or {}).values():
                self.errors.setdefault(name, []).extend(sentences)
            return None
        self.values[into or name] = value
        return value

    def or_refuse(self) -> dict[str, Any]:
        """The values, or the refusal that names every field at fault."""
        if self.errors:
            raise Invalid(self.errors)
        return self.values


def read(sent: Mapping[str, Any]) -> Entry:
    """Read everything that a proposal may carry; what was not sent is empty."""
    entry = Entry()
    _read_home(entry, sent)
    for name, (longest, lines) in TEXTS.items():
        entry.take(name, partial(_text, sent.get(name), name, longest, lines=lines))
    title = entry.values.get("title")
    if title is not None and len(title) < TITLE_SHORTEST:
        entry.errors["title"] = [_("Write a title of at least 10 characters, so that others know what it is about.")]
    entry.take("sector", lambda: entries.choice(sent.get("sector"), Sector.values))
    _read_dictionary(entry, sent.get("dictionary_entry"))
    _read_money(entry, sent)
    _read_place(entry, sent)
    return entry


def _text(value: Any, name: str, longest: int, *, lines: bool) -> str:
    return "" if value is None else text.clean(value, field=name, max_length=longest, lines=lines)


def _read_home(entry: Entry, sent: Mapping[str, Any]) -> None:
    """The village and the plan year, and the cycle they belong to."""
    entry.village = entry.take("village", lambda: _village(sent.get("village")))
    year = entry.take("plan_year", lambda: _plan_year(sent.get("plan_year")))
    if entry.village is not None and year is not None:
        district = codes.ancestor(entry.village.pk, Level.DISTRICT)
        entry.cycle = entry.take("plan_year", lambda: _cycle(district, year), into="cycle")


def _village(value: Any) -> Region:
    if value is None or value == "":
        raise Unreadable(_("Choose the village that asks."))
    if isinstance(value, str) and codes.is_code(value):
        village = Region.objects.light().in_force().at(Level.VILLAGE).filter(pk=value).first()
        if village is not None:
            return village
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


def _read_dictionary(entry: Entry, code: Any) -> None:
    """The work of the dictionary; it brings its sector, unit and agency where the writer gave none."""
    found = entry.take("dictionary_entry", lambda: _dictionary_entry(code, entry.cycle))
    entry.values["agency"] = None
    if found is not None:
        entry.values["agency"] = found.agency
        entry.values["sector"] = entry.values.get("sector") or found.sector
        entry.values["unit"] = entry.values.get("unit") or found.unit


def _dictionary_entry(value: Any, cycle: Cycle | None) -> DictionaryEntry | None:
    """By its key, as a proposal shows it, or by its code, as the kabupaten writes it."""
    if value is None or value == "":
        return None
    known = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    found = None
    if cycle is not None and _DICTIONARY_NAME.fullmatch(known):
        entries_of_cycle = DictionaryEntry.objects.select_related("agency").filter(cycle=cycle, is_locked=False)
        by_key = Q(pk=int(known)) if known.isascii() and known.isdigit() and len(known) < _LONGEST_KEY else Q()
        found = entries_of_cycle.filter(Q(code=known) | by_key).order_by("pk").first()
    if found is None:
        raise Unreadable(_("This work is not in the dictionary of the plan year. Choose it from the list."))
    return found


def _read_money(entry: Entry, sent: Mapping[str, Any]) -> None:
    """Volume x unit price is the amount; an amount that was sent must be the same."""
    volume = entry.take("volume", lambda: entries.volume(sent.get("volume")))
    known = entry.values.get("dictionary_entry")
    price = entry.take("unit_price", lambda: entries.rupiah(sent.get("unit_price")))
    if price is None and known is not None and "unit_price" not in entry.errors:
        price = entry.values["unit_price"] = known.unit_price
    told = entry.take("amount", lambda: entries.rupiah(sent.get("amount")))
    amount = entry.take("amount", lambda: entries.cost(volume, price))
    if amount is not None and told is not None and amount != told:
        entry.errors["amount"] = [_("Volume times unit price is %(amount)s. Correct one of the three.") % {"amount": amount}]


def _read_place(entry: Entry, sent: Mapping[str, Any]) -> None:
    point = entry.take("location", lambda: place.read_point(sent.get("location")))
    source = entry.take("location_source", lambda: entries.choice(sent.get("location_source"), LocationSource.values))
    accuracy = entry.take(
        "location_accuracy_m",
        lambda: entries.whole(sent.get("location_accuracy_m"), _("Accuracy is a whole number of metres."), most=_ACCURACY_MOST),
    )
    if point is None:
        entry.values |= {"location_source": LocationSource.NONE.value, "location_accuracy_m": None, "located_village": None, "mismatch_reason": ""}
        return
    if source in ("", LocationSource.NONE):
        entry.values["location_source"] = LocationSource.MAP.value
    entry.values["location_accuracy_m"] = accuracy
    if entry.village is not None:
        _compare(entry, point, entry.village)


def _compare(entry: Entry, point: Any, village: Region) -> None:
    found = entry.take("location", lambda: place.compare(point, village), into="_found")
    entry.values.pop("_found", None)
    elsewhere = found.elsewhere if found else None
    entry.values["located_village"] = elsewhere
    if elsewhere is None:
        entry.values["mismatch_reason"] = ""
    elif len(entry.values.get("mismatch_reason") or "") < MISMATCH_SHORTEST:
        sentence = _("The point is in %(found)s, but you chose %(chosen)s. Move it or say why.")
        entry.errors.setdefault("mismatch_reason", []).append(sentence % {"found": elsewhere.name, "chosen": village.name})


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
    if proposal.location is None and place.is_drawn(proposal.village_id):
        lacks["location"] = [_("Choose the point on the map, use GPS, or type its coordinates.")]
    return lacks
