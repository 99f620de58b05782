"""A region's picture without scripts: the outlines of the regions below it, drawn once on the server as SVG paths."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.gis.db.models import Extent
from django.contrib.gis.db.models.functions import AsSVG, Scale, SnapToGrid

from geo.models import Region
from proposals.map import Feature

#: The picture's width in its own units; its height follows.
WIDTH = 600
_MARGIN = 14
_GRID = 0.5
_DISC = (17, 31)

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Disc:
    """A bubble in the picture, its numbers written as SVG wants them whatever the reader's language."""

    feature: Feature
    x: str
    y: str
    r: str
    ring: str
    share: str
    whole: str
    #: How far below the centre the name stands.
    below: str


@dataclass(frozen=True)
class Picture:
    """`box` is the SVG view box; `paths` are (code, name, path)."""

    box: str
    paths: list[tuple[str, str, str]] = field(default_factory=list)
    discs: list[Disc] = field(default_factory=list)


def bounds_of(codes: Sequence[str]) -> Bounds | None:
    """West, south, east, north of the outlines of some regions together; None where none is drawn. One query."""
    found: Bounds | None = Region.objects.filter(pk__in=codes).aggregate(box=Extent("outline"))["box"]
    return found


def draw(features: Sequence[Feature], bounds: Bounds) -> Picture:
    """The regions of some bubbles, drawn with their bubbles on top. One query; the paths come ready from the database."""
    west, south, east, north = bounds
    scale = WIDTH / max(east - west, 1e-6)
    drawn = Region.objects.filter(pk__in=[feature["code"] for feature in features], outline__isnull=False)
    # On a grid of half units neighbours still share their edges, and relative steps of one decimal are exact.
    path = AsSVG(SnapToGrid(Scale("outline", scale, scale), _GRID), relative=True, precision=1)
    paths = [row for row in drawn.order_by("code").annotate(path=path).values_list("code", "name", "path") if row[2]]
    edge = (west * scale - _MARGIN, -north * scale - _MARGIN, WIDTH + 2 * _MARGIN, (north - south) * scale + 2 * _MARGIN)
    return Picture(" ".join(f"{number:.1f}" for number in edge), paths, _discs(features, scale))


def _discs(features: Sequence[Feature], scale: float) -> list[Disc]:
    most = max((feature["count"] for feature in features), default=0) or 1
    return [_disc(feature, scale, most) for feature in features if feature["count"] and feature["lon"] is not None]


def _disc(feature: Feature, scale: float, most: int) -> Disc:
    least, largest = _DISC
    r = least + (largest - least) * (feature["count"] / most) ** 0.5
    ring = r - 3
    whole = 2 * math.pi * ring
    share = whole * feature["funded"] / feature["count"]
    x, y = feature["lon"] * scale, -feature["lat"] * scale
    return Disc(feature, *(f"{number:.1f}" for number in (x, y, r, ring, share, whole, r + 15)))
