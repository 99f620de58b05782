"""The step "find a work" in the form of a proposal: works that the words may mean, for the person to choose from."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from geo import codes
from geo.codes import Level
from proposals.dictionary.suggestions import Suggestion, suggest
from proposals.models import Cycle, DictionaryEntry

#: The value of the button that looks for works; nothing is saved by it.
FIND = "works"


@dataclass(frozen=True)
class Offer:
    """What the step shows: the work that was chosen, those that may be meant, and whether anything was looked for."""

    chosen: DictionaryEntry | None = None
    found: list[Suggestion] = field(default_factory=list)
    asked: bool = False
    cycle: Cycle | None = None


def cycle_among(cycles: list[Cycle], village: str, plan_year: str) -> Cycle | None:
    """The plan year that the form is about: of the village's kabupaten and the year chosen, as far as they are."""
    district = codes.ancestor(village, Level.DISTRICT) if codes.is_code(village) else None
    here = [cycle for cycle in cycles if district is None or cycle.region_id == district]
    return next((cycle for cycle in here if str(cycle.plan_year) == plan_year), here[0] if here else None)


def offer(cycle: Cycle | None, *, text: str, chosen: str) -> Offer:
    """The works that a text may mean, without the one that is chosen; at most five queries."""
    if cycle is None:
        return Offer()
    known = DictionaryEntry.objects.filter(cycle=cycle, code=chosen.replace("\0", "")).select_related("agency").first() if chosen else None
    found = suggest(cycle, text) if text.strip() else []
    others = [one for one in found if known is None or one.entry.pk != known.pk]
    return Offer(known, others, bool(text.strip()), cycle)


def offer_of(form: Any, cycles: list[Cycle]) -> Offer:
    """For the form as it stands: what was typed into the search of works, else the title and the problem."""
    value = {name: str(form[name].value() or "") for name in ("village", "plan_year", "title", "problem", "dictionary_entry")}
    typed = str(form.data.get("works_q", "")).strip() if form.is_bound else ""
    cycle = cycle_among(cycles, value["village"], value["plan_year"])
    return offer(cycle, text=typed or f"{value['title']}. {value['problem']}".strip(". "), chosen=value["dictionary_entry"])


def filled_in(data: QueryDict, cycles: list[Cycle]) -> QueryDict:
    """What was typed, with unit, price and sector of the chosen work where nobody wrote any."""
    cycle = cycle_among(cycles, data.get("village", ""), data.get("plan_year", ""))
    chosen = offer(cycle, text="", chosen=data.get("dictionary_entry", "")).chosen
    if chosen is None:
        return data
    filled = data.copy()
    brought = {"unit": chosen.unit, "sector": chosen.sector, "unit_price": f"{chosen.unit_price:,}".replace(",", ".") if chosen.unit_price else ""}
    for name, value in brought.items():
        filled[name] = data.get(name, "").strip() or value
    return filled
