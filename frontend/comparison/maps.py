"""Maps beside each other: the villages of some runs in one set of classes, drawn on the server once and used by each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from budgeting.comparison.facts import Sum
from budgeting.comparison.reading import Comparison
from frontend.layers import Layer, Painted, paint
from frontend.picture import bounds_of, frame, paths

#: More outlines make a page too heavy for a phone; there the tables tell it.
MOST = 400
_MARGIN = 8
_LAYER = Layer("funded", "person")


@dataclass(frozen=True)
class Village:
    """One village on one map: its class (0 to 5, `none` without data) and its rupiah a head in words."""

    code: str
    name: str
    band: str
    words: str


@dataclass(frozen=True)
class Atlas:
    """The outlines, drawn once, and for each run the class of every village."""

    box: str
    paths: list[tuple[str, str]]
    painted: Painted
    maps: list[tuple[str, list[Village]]] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[Village, list[str]]]:
        """The same as a table: a village, and its rupiah a head by run."""
        first = self.maps[0][1]
        return [(village, [villages[at].words for _name, villages in self.maps]) for at, village in enumerate(first)]


def atlas(found: Comparison, names: Sequence[str]) -> Atlas | None:
    """None where fewer than two villages are drawn, or too many. Two queries."""
    codes = list(found.places)
    bounds = bounds_of(codes) if 1 < len(codes) <= MOST else None
    if bounds is None:
        return None
    painted = paint(_LAYER, _bubbles(found))
    if painted is None:
        return None
    box, scale = frame(bounds, _MARGIN)
    drawn = [(code.replace(".", ""), path) for code, _name, path in paths(codes, scale)]
    maps = [(name, [_village(found, at, code, painted) for code in codes]) for at, name in enumerate(names)]
    return Atlas(box, drawn, painted, maps)


def _bubbles(found: Comparison) -> list[Any]:
    """Every village of every run, so that one set of limits serves all maps."""
    return [
        {
            "code": f"{at}:{code}",
            "count": 1,
            "amount": 0,
            "funded": 0,
            "funded_amount": column.villages.get(code, Sum()).amount,
            "population": place.population,
            "households": place.households,
        }
        for at, column in enumerate(found.columns)
        for code, place in found.places.items()
    ]


def _village(found: Comparison, at: int, code: str, painted: Painted) -> Village:
    band, place = painted.bands[f"{at}:{code}"], found.places[code]
    return Village(code.replace(".", ""), place.name, "none" if band is None else str(band), painted.values[f"{at}:{code}"])
