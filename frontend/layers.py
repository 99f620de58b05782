"""What the map colours its regions by: a measure, in all or for each person or household, its classes and their words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frontend import bands
from frontend.figures import number
from proposals.money import rupiah_short
from proposals.streets import Feature

MEASURES = {
    "count": gettext_lazy("Number of proposals"),
    "asked": gettext_lazy("Rupiah asked for"),
    "funded": gettext_lazy("Rupiah funded"),
    "share": gettext_lazy("Share funded"),
}
PER = {"person": gettext_lazy("per resident"), "household": gettext_lazy("per household")}
#: Numbers of proposals are small: they are told for so many people or households together.
_TOGETHER = {"person": 1000, "household": 100}
_KEYS = {"person": "population", "household": "households"}


@dataclass(frozen=True)
class Layer:
    """What is asked for; no measure means bubbles only."""

    measure: str = ""
    per: str = ""

    @property
    def title(self) -> str:
        """The legend's heading."""
        if not self.per:
            return str(MEASURES[self.measure])
        if self.measure != "count":
            return f"{MEASURES[self.measure]} {PER[self.per]}"
        return _("Proposals for every 1,000 residents") if self.per == "person" else _("Proposals for every 100 households")

    def value(self, bubble: Feature) -> Fraction | None:
        """The bubble's value; None where it cannot be known."""
        if self.measure == "share":
            return Fraction(bubble["funded"], bubble["count"]) if bubble["count"] else None
        whole = Fraction(bubble[{"count": "count", "asked": "amount", "funded": "funded_amount"}[self.measure]])
        if not self.per:
            return whole
        people = bubble[_KEYS[self.per]]
        return whole * (_TOGETHER[self.per] if self.measure == "count" else 1) / people if people else None

    def words(self, value: Fraction) -> str:
        """A value as it is told."""
        if self.measure == "share":
            return f"{number(round(float(value * 100), 1))}%"
        if self.measure == "count":
            return number(round(float(value), 1)) if self.per else number(int(value))
        return rupiah_short(int(value))


@dataclass(frozen=True)
class Band:
    """One line of the legend; `index` None is "no data"."""

    index: int | None
    words: str
    regions: int


@dataclass(frozen=True)
class Painted:
    """A layer over some regions: its legend from low to high, and each region's class and value in words."""

    layer: Layer
    legend: list[Band] = field(default_factory=list)
    bands: dict[str, int | None] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


def layer_of(query: QueryDict) -> Layer:
    """The layer of an address; what it does not know draws bubbles, as an address without one does."""
    measure, per = query.get("layer", ""), query.get("per", "")
    if measure not in MEASURES:
        return Layer()
    return Layer(measure, per if per in PER and measure != "share" else "")


def paint(layer: Layer, bubbles: Sequence[Feature]) -> Painted | None:
    """The regions in their classes; None where nothing is coloured."""
    if not layer.measure or not bubbles:
        return None
    found = {bubble["code"]: layer.value(bubble) for bubble in bubbles}
    limits = bands.limits([value for value in found.values() if value is not None])
    classes = {code: bands.band(value, limits) for code, value in found.items()}
    values = {code: _("no data yet") if value is None else layer.words(value) for code, value in found.items()}
    return Painted(layer, _legend(layer, limits, list(classes.values())), classes, values)


def _legend(layer: Layer, limits: list[Fraction], classes: list[int | None]) -> list[Band]:
    """Each class that some region is in, and "no data" last."""
    words = {0: _("none")}
    for index in range(len(limits) + 1):
        low, high = (limits[index - 1] if index else None), (limits[index] if index < len(limits) else None)
        words[index + 1] = _span(layer, low, high)
    lines = [Band(index, text, classes.count(index)) for index, text in words.items() if classes.count(index)]
    missing = classes.count(None)
    return [*lines, Band(None, _("no data yet"), missing)] if missing else lines


def _span(layer: Layer, low: Fraction | None, high: Fraction | None) -> str:
    if low is None and high is None:
        return _("more than none")
    if low is None:
        return _("less than %(high)s") % {"high": layer.words(high or Fraction(0))}
    if high is None:
        return _("%(low)s and more") % {"low": layer.words(low)}
    return _("%(low)s to less than %(high)s") % {"low": layer.words(low), "high": layer.words(high)}
