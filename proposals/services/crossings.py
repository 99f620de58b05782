"""Where a line meets itself. Lines only touch in the vertices they share; a closed one may meet its own beginning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely


@dataclass(frozen=True)
class Crossing:
    """The stretches (counted from 1, named after the point they begin at) that meet, and where."""

    segment: int
    other: int
    lon: float
    lat: float


def first(pairs: Sequence[tuple[float, float]]) -> Crossing | None:
    """The first place where the line crosses, touches or covers itself; None where it is simple."""
    line = shapely.LineString(pairs)
    if line.is_simple:
        return None
    places = np.asarray(pairs)
    segments = shapely.linestrings(np.stack([places[:-1], places[1:]], axis=1))
    tree = shapely.STRtree(segments)
    for index, segment in enumerate(segments):
        for other in sorted(tree.query(segment, predicate="intersects")):
            if other > index and _meet(segments, index, int(other), closed=line.is_closed):
                spot = shapely.intersection(segment, segments[other]).representative_point()
                return Crossing(index + 1, int(other) + 1, spot.x, spot.y)
    return None


def _meet(segments: np.ndarray, index: int, other: int, *, closed: bool) -> bool:
    """Neighbours share a point; they meet only where one lies on the other."""
    neighbours = other == index + 1 or (closed and index == 0 and other == len(segments) - 1)
    return not neighbours or bool(shapely.intersection(segments[index], segments[other]).length > 0)
