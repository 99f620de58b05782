"""Two places on one small map, near enough to see how they lie to each other, with a bar that says how long metres are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, radians

from django.contrib.gis.geos import GEOSGeometry

from frontend.drawings import WIDTH, Shape, Sheet, extent_of, outline_of
from geo.models import Region
from proposals.models import Proposal

#: The map shows at least so many metres around both places.
_LEAST_M = 60
_DEGREE_M = 111_320
_TALLEST = 360
#: Lengths of the bar, metres; the longest that takes at most this part of the width is drawn.
_BARS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000)
_BAR_SHARE = 0.3


@dataclass(frozen=True)
class Letter:
    """One of the two, marked by its letter: told apart without colour."""

    name: str
    x: float
    y: float
    title: str


@dataclass
class CloseUp:
    """The drawing: ground, drawn lines and areas, letters, and the bar."""

    height: int
    land: list[Shape] = field(default_factory=list)
    drawn: list[Shape] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    bar: float = 0.0
    bar_m: int = 0
    distance_m: int | None = None
    width: int = WIDTH


def close_up(one: Proposal, other: Proposal, distance_m: int | None) -> CloseUp | None:
    """Both places; None where neither has one. One query for the villages' outlines."""
    placed = [(name, proposal, place) for name, proposal in (("A", one), ("B", other)) if (place := _place(proposal)) is not None]
    if not placed:
        return None
    sheet = Sheet(_around([place for _name, _proposal, place in placed]), margin=0.16, tallest=_TALLEST)
    drawing = CloseUp(sheet.height, distance_m=distance_m)
    villages = Region.objects.filter(pk__in={one.village_id, other.village_id}).defer("search_text").order_by("code")
    drawing.land = [Shape("chosen", sheet.path(outline), region.name) for region in villages if (outline := outline_of(region))]
    drawing.drawn = [sheet.drawn(proposal.shape) for _name, proposal, _place in placed if proposal.shape is not None]
    drawing.letters = _apart([_letter(sheet, name, proposal, place) for name, proposal, place in placed])
    drawing.bar, drawing.bar_m = _bar(sheet, placed[0][2])
    return drawing


def _place(proposal: Proposal) -> GEOSGeometry | None:
    return proposal.location if proposal.shape is None else proposal.shape


def _around(places: Sequence[GEOSGeometry]) -> tuple[float, float, float, float]:
    """The box of both, widened to the least that is shown."""
    west, south, east, north = extent_of(places)
    high = max(0.0, 2 * _LEAST_M / _DEGREE_M - (north - south)) / 2
    wide = max(0.0, 2 * _LEAST_M / _DEGREE_M / cos(radians(south)) - (east - west)) / 2
    return west - wide, south - high, east + wide, north + high


def _letter(sheet: Sheet, name: str, proposal: Proposal, place: GEOSGeometry) -> Letter:
    point = proposal.location if proposal.location is not None else place.point_on_surface
    x, y = sheet.at(point.x, point.y)
    return Letter(name, round(x, 1), round(y, 1), proposal.title)


def _apart(letters: list[Letter]) -> list[Letter]:
    """Two at the very same place stand side by side."""
    if len(letters) == 2 and abs(letters[0].x - letters[1].x) + abs(letters[0].y - letters[1].y) < 44:
        one, other = letters
        return [Letter(one.name, one.x - 25, one.y, one.title), Letter(other.name, other.x + 25, other.y, other.title)]
    return letters


def _bar(sheet: Sheet, place: GEOSGeometry) -> tuple[float, int]:
    south = place.extent[1]
    per_metre = (sheet.at(0.0, south + 1.0)[1] - sheet.at(0.0, south)[1]) / -_DEGREE_M
    fitting = [metres for metres in _BARS if metres * per_metre <= WIDTH * _BAR_SHARE] or [_BARS[0]]
    return round(fitting[-1] * per_metre, 1), fitting[-1]
