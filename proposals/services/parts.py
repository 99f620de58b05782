"""The parts into which a proposal is divided, as they were typed or sent: each with its title, place, volume and amount."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from accounts import text
from accounts.refusals import Invalid
from geo.models import Region
from proposals.models import Proposal
from proposals.services import entries, place
from proposals.services.entries import Unreadable
from proposals.services.fields import TITLE_SHORTEST
from proposals.services.whereabouts import MISMATCH_SHORTEST
from proposals.words import LocationSource

PARTS_AT_MOST = 12


@dataclass(frozen=True)
class Part:
    """One part, read. Without a place of its own it keeps the whole's; `amount` in whole rupiah."""

    title: str
    locus: str
    volume: Decimal
    amount: int
    location: Point | None
    location_source: str
    located_village: Region | None
    mismatch_reason: str


def read_parts(whole: Proposal, sent: Any) -> list[Part]:
    """The parts; raises Invalid with `parts.<position>.<field>` for each field at fault, `parts` for their number and sums."""
    if not isinstance(sent, Sequence) or isinstance(sent, str) or not 2 <= len(sent) <= PARTS_AT_MOST:
        raise Invalid({"parts": [_("Divide it into 2 to %(most)d parts.") % {"most": PARTS_AT_MOST}]})
    errors: dict[str, list[str]] = {}
    parts = [_Reader(whole, one, f"parts.{position}", errors).part() for position, one in enumerate(sent)]
    if not errors:
        _not_more_than(whole, [part for part in parts if part], errors)
    if errors:
        raise Invalid(errors)
    return [part for part in parts if part]


def _not_more_than(whole: Proposal, parts: Sequence[Part], errors: dict[str, list[str]]) -> None:
    """Dividing makes nothing more: neither of the work nor of the money."""
    volume, amount = sum(part.volume for part in parts), sum(part.amount for part in parts)
    if whole.volume is not None and volume > whole.volume:
        values = {"sum": f"{volume.normalize():f}", "stands": f"{whole.volume.normalize():f}", "unit": whole.unit}  # type: ignore[union-attr]
        errors["parts"] = [_("Together the parts are %(sum)s %(unit)s, but %(stands)s %(unit)s stands. Make them smaller.") % values]
    if whole.amount is not None and amount > whole.amount:
        sentence = _("Together the parts cost Rp%(sum)s, but Rp%(stands)s stands. Make them smaller.")
        errors.setdefault("parts", []).append(sentence % {"sum": amount, "stands": whole.amount})


class _Reader:
    """One part as it was sent, keeping every sentence."""

    def __init__(self, whole: Proposal, sent: Any, name: str, errors: dict[str, list[str]]) -> None:
        self.whole, self.name, self.errors = whole, name, errors
        self.sent: Mapping[str, Any] = sent if isinstance(sent, Mapping) else {}

    def part(self) -> Part | None:
        """The part, or None where a field is at fault."""
        before = len(self.errors)
        title, locus = self._text("title", 160, TITLE_SHORTEST), self._text("locus", 200)
        volume = self._take("volume", entries.volume)
        amount = self._take("amount", entries.rupiah) or self._take("amount", lambda _value: entries.cost(volume, self.whole.unit_price))
        if volume is None:
            self._fail("volume", _("Write how much of it belongs to this part."))
        elif amount is None:
            self._fail("amount", _("Write the amount of this part in rupiah."))
        where = self._place()
        if len(self.errors) > before or volume is None or amount is None:
            return None
        return Part(title=title, locus=locus or self.whole.locus, volume=volume, amount=amount, **where)

    def _place(self) -> dict[str, Any]:
        """Its own point, compared with the village as any other; the whole's where it has none."""
        kept = ("location", "location_source", "located_village", "mismatch_reason")
        point = self._take("location", place.read_point)
        if point is None:
            return {name: getattr(self.whole, name) for name in kept}
        found = self._take("location", lambda _value: place.compare(point, self.whole.village))
        elsewhere = found.elsewhere if found else None
        why = (self._text("mismatch_reason", 300) or self.whole.mismatch_reason) if elsewhere else ""
        if elsewhere is not None and len(why) < MISMATCH_SHORTEST:
            sentence = _("The point is in %(found)s, but you chose %(chosen)s. Move it or say why.")
            self._fail("mismatch_reason", sentence % {"found": elsewhere.name, "chosen": self.whole.village.name})
        return dict(zip(kept, (point, LocationSource.MAP.value, elsewhere, why), strict=True))

    def _text(self, name: str, longest: int, shortest: int = 0) -> str:
        try:
            return text.clean(self.sent.get(name) or "", field=name, max_length=longest, min_length=shortest)
        except Invalid as error:
            for sentence in (error.fields or {}).get(name, []):
                self._fail(name, sentence)
            return ""

    def _take(self, name: str, reader: Any) -> Any:
        try:
            return reader(self.sent.get(name))
        except Unreadable as error:
            self._fail(name, error.sentence)
            return None

    def _fail(self, name: str, sentence: str) -> None:
        sentences = self.errors.setdefault(f"{self.name}.{name}", [])
        if sentence not in sentences:
            sentences.append(sentence)
