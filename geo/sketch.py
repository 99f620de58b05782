"""Sketch boundaries: invented village cells for a kabupaten whose real lines nobody has given yet.

A round area is cut again and again by straight lines, first between kecamatan, then between the villages of each,
so every part is connected and lies inside its whole. Then one smooth field bends all lines at once: neighbours
keep their shared edge because the same point always moves to the same place. No Django here; the same code
always gives the same drawing.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiPolygon, Point, Polygon

KM_A_DEGREE = 111.32
#: Lines that meet are snapped together on this grid, in km.
_GRID = 1e-6
#: Wave length and height of each bend, in radii of the whole. The sum of 0.8 * 2 * pi * height / length stays under 1 in
#: each direction, so the field never folds over itself.
_BENDS = ((1.3, 0.085), (0.45, 0.022), (0.16, 0.006), (0.06, 0.0018))


@dataclass(frozen=True)
class Place:
    """Where and how large a kabupaten is."""

    longitude: float
    latitude: float
    area_km2: float


#: Kabupaten that the demonstration can draw without being told where they are.
PLACES: dict[str, Place] = {"61.12": Place(109.45, -0.35, 7000)}

Weighted = tuple[float, str]


def _halves(area: Polygon, share: float, angle: float) -> tuple[Polygon, Polygon]:
    """Cut a convex area by a line of this direction so that the first part has `share` of it."""
    turned = affinity.rotate(area, -angle, origin=(0, 0), use_radians=True)
    west, south, east, north = turned.bounds
    low, high = west, east
    for _ in range(40):
        middle = (low + high) / 2
        part = turned.intersection(shapely.box(west - 1, south - 1, middle, north + 1))
        low, high = (middle, high) if part.area < share * turned.area else (low, middle)
    left = turned.intersection(shapely.box(west - 1, south - 1, high, north + 1))
    right = turned.intersection(shapely.box(high, south - 1, east + 1, north + 1))
    first, second = (affinity.rotate(part, angle, origin=(0, 0), use_radians=True) for part in (left, right))
    return first, second


def _long_side(area: Polygon) -> float:
    """The direction of the longer side of the smallest rectangle around the area."""
    corners = list(area.minimum_rotated_rectangle.exterior.coords)
    (x1, y1), (x2, y2) = max(pairwise(corners[:3]), key=lambda side: math.dist(*side))
    return math.atan2(y2 - y1, x2 - x1)


def split(area: Polygon, items: Sequence[Weighted], chance: random.Random) -> dict[str, Polygon]:
    """Share a convex area among the items by their weights; neighbours in the list stay neighbours on the ground."""
    if len(items) == 1:
        return {items[0][1]: area}
    total, middle = sum(weight for weight, _ in items), len(items) // 2
    share = sum(weight for weight, _ in items[:middle]) / total
    first, second = _halves(area, share, _long_side(area) + chance.uniform(-0.35, 0.35))
    return {**split(first, items[:middle], chance), **split(second, items[middle:], chance)}


class _Bend:
    """The smooth field that bends straight lines, in km."""

    def __init__(self, radius: float, chance: random.Random) -> None:
        self.waves = [
            (2 * math.pi / (length * radius), height * radius, chance.uniform(0, math.pi), chance.uniform(0, 7), chance.uniform(0, 7))
            for length, height in _BENDS
        ]

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Points of shape (n, 2), moved."""
        moved = points.copy()
        for pace, height, turn, phase_x, phase_y in self.waves:
            along = points[:, 0] * math.cos(turn) + points[:, 1] * math.sin(turn)
            across = points[:, 1] * math.cos(turn) - points[:, 0] * math.sin(turn)
            moved[:, 0] += height * np.sin(pace * across + phase_x) * 0.8
            moved[:, 1] += height * np.sin(pace * along + phase_y) * 0.8
        return moved


def _bent(cells: dict[str, Polygon], bend: _Bend, step: float) -> dict[str, Polygon]:
    """All cells bent by one field, their shared edges still shared to the last digit."""
    lines = shapely.unary_union([LineString(cell.exterior.coords) for cell in cells.values()], grid_size=_GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.segmentize(lines, step))))
    tree = shapely.STRtree(faces)
    bent: dict[str, Polygon] = {}
    for name, cell in cells.items():
        inside = cell.representative_point()
        face = faces[int(tree.query(inside, predicate="within")[0])]
        bent[name] = Polygon(bend(np.asarray(face.exterior.coords)))
    return bent


def _placed(cell: Polygon, place: Place) -> MultiPolygon:
    """From km around the middle to degrees, on a grid of a tenth of a metre."""
    wide = KM_A_DEGREE * math.cos(math.radians(place.latitude))
    points = np.asarray(cell.exterior.coords) / np.array([wide, KM_A_DEGREE]) + np.array([place.longitude, place.latitude])
    return MultiPolygon([Polygon(np.round(points, 6))])


def draw(code: str, villages: dict[str, Sequence[str]], place: Place) -> dict[str, MultiPolygon]:
    """A cell for each village, by its code. `villages`: the codes of each kecamatan. Deterministic in the code.

    Raises ValueError where there is no village to draw.
    """
    chance = random.Random(f"sketch {code}")  # noqa: S311 - a drawing, no secret
    parts = [(float(len(below)), above) for above, below in sorted(villages.items()) if below]
    if not parts:
        raise ValueError(f"no villages in {code}")
    radius = math.sqrt(place.area_km2 / math.pi)
    whole = affinity.rotate(affinity.scale(Point(0, 0).buffer(radius, quad_segs=64), 1.15, 1 / 1.15), chance.uniform(0, 180))
    straight: dict[str, Polygon] = {}
    for above, area in split(whole, parts, chance).items():
        straight |= split(area, [(chance.uniform(0.6, 1.7), below) for below in sorted(villages[above])], chance)
    bent = _bent(straight, _Bend(radius, chance), radius / 90)
    return {name: _placed(cell, place) for name, cell in sorted(bent.items())}
