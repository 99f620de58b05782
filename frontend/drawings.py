"""Small maps drawn on the server from our own outlines: no base map, no script, a few kilobytes.

Longitudes shrink by the cosine of the middle latitude, which is exact enough for one kabupaten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import cos, hypot, radians, sqrt

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point, Polygon

from geo.models import BoundarySource, Region

WIDTH = 600
_MOST_HEIGHT = 720
#: Points nearer than this to the one before are left out, in units of the drawing.
_FINEST = 0.7
_LEAST, _MOST = 22.0, 32.0
#: From so many regions on, bubbles are small and their names are left to the table.
_CROWD = 14
#: Bubbles keep so far apart, in units; each moves at most so far from its anchor.
_APART, _FARTHEST = 14.0, 64.0
_FLAT = 0.72
#: How far the window of one region reaches beyond its box, and how many neighbours it shows at most.
_AROUND, _MOST_NEIGHBOURS = 0.4, 40


@dataclass(frozen=True)
class Shape:
    """One region's outline: a class of the style sheet, and path text."""

    kind: str
    path: str
    name: str = ""


@dataclass(frozen=True)
class Bubble:
    """A region's count; `share` is the funded part of it in percent."""

    x: float
    y: float
    radius: float
    name: str
    code: str
    count: int
    share: float


@dataclass(frozen=True)
class Pin:
    """A proposal's place, drawn as its stage's shape."""

    x: float
    y: float
    stage: str


@dataclass
class Drawing:
    """A map ready for `fragments/map.html`."""

    height: int
    shapes: list[Shape] = field(default_factory=list)
    bubbles: list[Bubble] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    #: Lines and areas of proposals.
    drawn: list[Shape] = field(default_factory=list)
    width: int = WIDTH
    #: The boundary is only a sketch, and the page must say so.
    is_sketch: bool = False
    #: Whether there is room for names below the bubbles.
    named: bool = True


class Sheet:
    """The paper: turns degrees into units of the drawing."""

    def __init__(self, extent: Sequence[float], *, margin: float = 0.06, tallest: int = _MOST_HEIGHT) -> None:
        west, south, east, north = extent
        self._squeeze = cos(radians((south + north) / 2))
        wide, high = max((east - west) * self._squeeze, 1e-6), max(north - south, 1e-6)
        usable = 1 - 2 * margin
        self._scale = min(WIDTH * usable / wide, tallest * usable / high)
        self.height = round(min(tallest, high * self._scale / usable))
        self._left = (WIDTH - wide * self._scale) / 2 - west * self._squeeze * self._scale
        self._top = (self.height - high * self._scale) / 2 + north * self._scale

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """The place of a point on the paper."""
        return self._left + lon * self._squeeze * self._scale, self._top - lat * self._scale

    def path(self, shape: MultiPolygon) -> str:
        """All rings of a region as path text, each point once, one decimal."""
        return "".join(self._ring(ring.coords) for polygon in shape for ring in polygon)  # type: ignore[attr-defined]

    def drawn(self, shape: GEOSGeometry) -> Shape:
        """A proposal's line or area."""
        if isinstance(shape, Polygon):
            return Shape("area", "".join(self._ring(ring.coords) for ring in shape))
        return Shape("line", self._ring(shape.coords, least=2).rstrip("z"))  # type: ignore[attr-defined]

    def _ring(self, places: Iterable[Sequence[float]], least: int = 3) -> str:
        kept: list[tuple[float, float]] = []
        for place in places:
            x, y = self.at(place[0], place[1])
            if not kept or hypot(x - kept[-1][0], y - kept[-1][1]) >= _FINEST:
                kept.append((round(x, 1), round(y, 1)))
        if len(kept) < least:
            return ""
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "z"


def outline_of(region: Region) -> MultiPolygon | None:
    """The thinned outline; the boundary itself where there is none and it is at hand: it is never fetched region by region."""
    return region.outline or (None if "boundary" in region.get_deferred_fields() else region.boundary)


def extent_of(shapes: Iterable[GEOSGeometry]) -> tuple[float, float, float, float]:
    """The box around some shapes."""
    boxes = [shape.extent for shape in shapes]
    return min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes)


@dataclass(frozen=True)
class Counted:
    """What a bubble tells of its region."""

    proposals: int
    funded: int


def counted_map(regions: Sequence[Region], counts: dict[str, Counted]) -> Drawing | None:
    """Regions side by side with their counts; None where none has an outline yet."""
    drawn = [(region, outline) for region in regions if (outline := outline_of(region))]
    if not drawn:
        return None
    sheet = Sheet(extent_of(outline for _region, outline in drawn), margin=0.04)
    drawing = Drawing(sheet.height, is_sketch=any(region.boundary_source == BoundarySource.SKETCH for region, _outline in drawn))
    drawing.shapes = [Shape("land", sheet.path(outline), region.name) for region, outline in drawn]
    drawing.named = len(drawn) <= _CROWD
    drawing.bubbles = _apart([bubble for region, outline in drawn if (bubble := _bubble(sheet, region, outline, counts, named=drawing.named))])
    return drawing


def _bubble(sheet: Sheet, region: Region, outline: MultiPolygon, counts: dict[str, Counted], *, named: bool) -> Bubble | None:
    count = counts.get(region.pk)
    if not count or not count.proposals:
        return None
    most = max(other.proposals for other in counts.values())
    anchor: Point = region.anchor or outline.point_on_surface
    x, y = sheet.at(anchor.x, anchor.y)
    radius = (_LEAST + (_MOST - _LEAST) * sqrt(count.proposals / most)) * (1 if named else 0.62)
    return Bubble(x, y, round(radius, 1), region.name, region.pk, count.proposals, round(100 * count.funded / count.proposals, 1))


def _apart(bubbles: list[Bubble]) -> list[Bubble]:
    """Bubbles pushed away from each other until none covers another, each within reach of its anchor."""
    places = [[bubble.x, bubble.y] for bubble in bubbles]
    for _turn in range(60):
        for one, other in combinations(range(len(bubbles)), 2):
            _push(places[one], places[other], bubbles[one].radius + bubbles[other].radius + _APART)
        for place, bubble in zip(places, bubbles, strict=True):
            _hold(place, bubble)
    moved = zip(bubbles, places, strict=True)
    return [replace(bubble, x=round(place[0], 1), y=round(place[1], 1)) for bubble, place in moved]


def _push(one: list[float], other: list[float], least: float) -> None:
    # a name stands below each bubble: upwards and downwards they need more room
    dx, dy = other[0] - one[0], (other[1] - one[1]) * _FLAT
    gap = hypot(dx, dy)
    if gap >= least:
        return
    dx, dy = (dx / gap, dy / gap) if gap else (1.0, 0.0)
    step = (least - gap) / 2
    one[0], one[1] = one[0] - dx * step, one[1] - dy * step
    other[0], other[1] = other[0] + dx * step, other[1] + dy * step


def _hold(place: list[float], bubble: Bubble) -> None:
    dx, dy = place[0] - bubble.x, place[1] - bubble.y
    away = hypot(dx, dy)
    if away > _FARTHEST:
        place[0], place[1] = bubble.x + dx / away * _FARTHEST, bubble.y + dy / away * _FARTHEST


def neighbours_of(region: Region) -> list[Region]:
    """Regions of the same level whose outlines show in the region's window; one query, none without an outline."""
    own = outline_of(region)
    if own is None:
        return []
    west, south, east, north = own.extent
    wide, high = (east - west) * _AROUND, (north - south) * _AROUND
    window = Polygon.from_bbox((west - wide, south - high, east + wide, north + high))
    window.srid = own.srid
    seen = Region.objects.in_force().filter(level=region.level, outline__bboverlaps=window).exclude(pk=region.pk)
    return list(seen.defer("boundary", "search_text").order_by("code")[:_MOST_NEIGHBOURS])


def place_map(
    chosen: Region, around: Sequence[Region], *, pins: Iterable[tuple[Point, str]] = (), drawn: Iterable[GEOSGeometry] = (), tallest: int = 440
) -> Drawing | None:
    """One region among its neighbours, with single places, lines and areas; None where it has no outline yet."""
    own = outline_of(chosen)
    if own is None:
        return None
    sheet = Sheet(own.extent, margin=0.14, tallest=tallest)
    drawing = Drawing(sheet.height, is_sketch=chosen.boundary_source == BoundarySource.SKETCH)
    near = [(region, outline) for region in around if (outline := outline_of(region))]
    drawing.shapes = [Shape("near", sheet.path(outline), region.name) for region, outline in near]
    drawing.shapes.append(Shape("chosen", sheet.path(own), chosen.name))
    drawing.drawn = [sheet.drawn(shape) for shape in drawn]
    for point, stage in pins:
        x, y = sheet.at(point.x, point.y)
        drawing.pins.append(Pin(round(x, 1), round(y, 1), stage))
    return drawing
