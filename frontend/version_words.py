"""The words of a version: what each field is called, and how its values read. Rows that a version names are read at once."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from accounts.models import Agency
from budgeting.models.ceiling import FundingSource
from frontend import figures
from geo.models import Region
from proposals import money, small_groups
from proposals.models import DictionaryEntry, Proposal
from proposals.services.marks import COUNTS
from proposals.services.versions import STOOD
from proposals.stages import Outcome, Realisation, Stage
from proposals.versions import Difference
from proposals.words import (
    OUTCOME_WORDS,
    REALISATION_WORDS,
    STAGE_WORDS,
    STEP_WORDS,
    Channel,
    LandOwner,
    LocationSource,
    Sector,
)

FIELD_WORDS: dict[str, str | Promise] = {
    "title": gettext_lazy("Title"),
    "problem": gettext_lazy("The problem"),
    "objective": gettext_lazy("What it is for"),
    "village": gettext_lazy("Village"),
    "plan_year": gettext_lazy("Plan year"),
    "channel": gettext_lazy("Channel"),
    "sponsor": gettext_lazy("Whose programme it is"),
    "sponsor_reference": gettext_lazy("What the programme rests on"),
    "on_behalf_of": gettext_lazy("On behalf of"),
    "sector": gettext_lazy("Kind of work"),
    "dictionary_entry": gettext_lazy("In the list of works"),
    "volume": gettext_lazy("Volume"),
    "unit": gettext_lazy("Unit"),
    "unit_price": gettext_lazy("Price of one unit"),
    "amount": gettext_lazy("Amount"),
    "amount_reason": gettext_lazy("Why the amount is another"),
    "locus": gettext_lazy("Place in words"),
    "location": gettext_lazy("Point on the map"),
    "location_source": gettext_lazy("How the point was found"),
    "location_accuracy_m": gettext_lazy("Accuracy in metres"),
    "located_village": gettext_lazy("Village in which the point lies"),
    "mismatch_reason": gettext_lazy("Why the point lies elsewhere"),
    "shape": gettext_lazy("Line or area on the map"),
    "shape_measure": gettext_lazy("Measured length or area"),
    "land_owner": gettext_lazy("Whose land it is"),
    "raised_by_women": gettext_lazy("Raised by women"),
    "raised_by_youth": gettext_lazy("Raised by young people"),
    "raised_by_disabled": gettext_lazy("Raised by people with disabilities"),
    "raised_by_poor": gettext_lazy("Raised by poor households"),
    "pre_meeting": gettext_lazy("Meeting in which it was raised"),
    "beneficiaries_female": gettext_lazy("Women who benefit"),
    "beneficiaries_male": gettext_lazy("Men who benefit"),
    "beneficiary_households": gettext_lazy("Households that benefit"),
    "poor_households": gettext_lazy("Poor households among them"),
    "number": gettext_lazy("Number"),
    "agency": gettext_lazy("Agency"),
    "stage": gettext_lazy("Stage"),
    "outcome": gettext_lazy("Outcome"),
    "realisation": gettext_lazy("State of the work"),
    "rank": gettext_lazy("Rank"),
    "merged_into": gettext_lazy("Joined with"),
    "funded_amount": gettext_lazy("Funded"),
    "funding_source": gettext_lazy("Source of the money"),
}
ACTION_WORDS: dict[str, str | Promise] = {
    "proposals.draft.create": gettext_lazy("Draft written"),
    "proposals.draft.save": gettext_lazy("Draft changed"),
    "proposals.edit": gettext_lazy("Text corrected"),
    "proposals.carry_over": gettext_lazy("Carried over from an earlier year"),
    "proposals.split": gettext_lazy("Came out of a proposal that was split"),
    STOOD: gettext_lazy("As it stood when its history began"),
}
_CHOICES: dict[str, dict[Any, Any]] = {
    "channel": dict(Channel.choices),
    "sector": dict(Sector.choices),
    "location_source": dict(LocationSource.choices),
    "land_owner": dict(LandOwner.choices),
    "funding_source": dict(FundingSource.choices),
    "stage": {stage.value: STAGE_WORDS[stage] for stage in Stage},
    "outcome": {outcome.value: OUTCOME_WORDS[outcome] for outcome in Outcome},
    "realisation": {state.value: REALISATION_WORDS[state] for state in Realisation},
}
_MONEY = frozenset({"unit_price", "amount", "funded_amount"})
_ROWS = ("dictionary_entry", "agency", "village", "located_village", "merged_into")
_EARTH_M = 6_371_009


@dataclass(frozen=True)
class Line:
    """One field that changed, in words; `note` says how far the point moved."""

    name: str
    before: str
    after: str
    note: str = ""


@dataclass
class Names:
    """What the rows that versions name are called."""

    of: dict[tuple[str, Any], str] = field(default_factory=dict)


def names_in(differences: Iterable[Difference]) -> Names:
    """Read the names of all rows that these differences mention, in at most four queries."""
    keys: dict[str, set[Any]] = {name: set() for name in _ROWS}
    for one in differences:
        if one.name in keys:
            keys[one.name] |= {value for value in (one.before, one.after) if value is not None}
    found = Names()
    _name(found, "dictionary_entry", DictionaryEntry.objects.filter(pk__in=keys["dictionary_entry"]).values_list("pk", "name"))
    _name(found, "agency", Agency.objects.filter(pk__in=keys["agency"]).values_list("pk", "name"))
    _name(found, "merged_into", Proposal.objects.filter(pk__in=keys["merged_into"]).values_list("pk", "number"))
    if regions := keys["village"] | keys["located_village"]:
        titles = [(region.pk, region.title) for region in Region.objects.light().filter(pk__in=regions)]
        _name(found, "village", titles)
        _name(found, "located_village", titles)
    return found


def _name(found: Names, name: str, pairs: Iterable[tuple[Any, Any]]) -> None:
    found.of |= {(name, str(key)): str(word) for key, word in pairs}


def action_word(action: str) -> str:
    """What was done, as the history tells it."""
    name = action.removeprefix("proposals.move.")
    return str(STEP_WORDS[name] if name in STEP_WORDS else ACTION_WORDS.get(action, action))


def line_of(one: Difference, names: Names) -> Line:
    """A difference as it is read."""
    note = _moved(one.before, one.after) if one.name == "location" and one.before and one.after else ""
    return Line(str(FIELD_WORDS[one.name]), word_of(one.name, one.before, names), word_of(one.name, one.after, names), note)


def word_of(name: str, value: Any, names: Names) -> str:
    """One value in words; a dash for nothing."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in _ROWS:
        return names.of.get((name, str(value)), str(value))
    if name in _CHOICES:
        return str(_CHOICES[name].get(value) or "–")
    if name in COUNTS and small_groups.is_small(value):
        return pgettext("people", "fewer than 5")
    return _figure(name, value)


def _figure(name: str, value: Any) -> str:
    if name in _MONEY:
        return money.rupiah(int(value))
    if name in {"volume", "shape_measure"}:
        return figures.number(Decimal(value))
    if name == "location":
        return f"{figures.number(round(value[1], 5))}; {figures.number(round(value[0], 5))}"
    if name == "shape":
        return _drawn(value)
    if isinstance(value, int) and name != "plan_year":
        return figures.number(value)
    return str(value)


def _drawn(shape: dict[str, Any]) -> str:
    """`a line of 12 points`: its coordinates tell nobody anything."""
    points = _points(shape.get("coordinates"))
    if "Line" in str(shape.get("type")):
        return ngettext("a line of %(count)d point", "a line of %(count)d points", points) % {"count": points}
    return ngettext("an area with %(count)d corner", "an area with %(count)d corners", points) % {"count": points}


def _points(coordinates: Any) -> int:
    if not isinstance(coordinates, list | tuple) or not coordinates:
        return 0
    return 1 if isinstance(coordinates[0], int | float) else sum(_points(one) for one in coordinates)


def _moved(before: list[float], after: list[float]) -> str:
    """How far a point was moved, on a sphere: what matters here are metres, not their decimals."""
    (west, south), (east, north) = (map(math.radians, pair) for pair in (before, after))
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    metres = round(2 * _EARTH_M * math.asin(math.sqrt(min(1.0, half))))
    return _("moved by %(metres)s m") % {"metres": figures.number(metres)}
