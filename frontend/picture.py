"""A region's picture without scripts: the outlines of the regions below it, drawn once on the server as SVG paths."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.contrib.gis.db.models import Extent
from django.contrib.gis.db.models.functions import AsSVG, Scale, SnapToGrid

from frontend.layers import Painted
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
    #: What the layer says of it; empty where bubbles are shown.
    value: str = field(default="", kw_only=True)
    #: The funded share in whole percent.
    percent: int = field(default=0, kw_only=True)


@dataclass(frozen=True)
class Outline:
    """A region's path and its class of the layer: `0` to `5`, `none` without data, empty where nothing is coloured."""

    name: str
    path: str
    band: str = ""


@dataclass(frozen=True)
class Picture:
    """`box` is the SVG view box."""

    box: str
    outlines: list[Outline] = field(default_factory=list)
    discs: list[Disc] = field(default_factory=list)


def bounds_of(codes: Sequence[str]) -> Bounds | None:
    """West, south, east, north of the outlines of some regions together; None where none is drawn. One query."""
    found: Bounds | None = Region.objects.filter(pk__in=codes).aggregate(box=Extent("outline"))["box"]
    return found


def draw(features: Sequence[Feature], bounds: Bounds, painted: Painted | None = None) -> Picture:
    """The regions of some bubbles, drawn with their bubbles on top. One query; the paths come ready from the database."""
    box, scale = frame(bounds, _MARGIN)
    outlines = [Outline(name, path, _band(painted, code)) for code, name, path in paths([feature["code"] for feature in features], scale)]
    return Picture(box, outlines, _discs(features, scale, painted))


def frame(bounds: Bounds, margin: int) -> tuple[str, float]:
    """The view box of a picture `WIDTH` wide with a margin around it, and its units for a degree."""
    west, south, east, north = bounds
    scale = WIDTH / max(east - west, 1e-6)
    edge = (west * scale - margin, -north * scale - margin, WIDTH + 2 * margin, (north - south) * scale + 2 * margin)
    return " ".join(f"{number:.1f}" for number in edge), scale


def paths(codes: Sequence[str], scale: float) -> list[tuple[str, str, str]]:
    """Code, name and path of each region that is drawn, by code. One query."""
    drawn = Region.objects.filter(pk__in=codes, outline__isnull=False)
    # On a grid of half units neighbours still share their edges, and relative steps of one decimal are exact.
    path = AsSVG(SnapToGrid(Scale("outline", scale, scale), _GRID), relative=True, precision=1)
    return [row for row in drawn.order_by("code").annotate(path=path).values_list("code", "name", "path") if row[2]]


def _band(painted: Painted | None, code: str) -> str:
    if painted is None or code not in painted.bands:
        return ""
    index = painted.bands[code]
    return "none" if index is None else str(index)


def _discs(features: Sequence[Feature], scale: float, painted: Painted | None) -> list[Disc]:
    most = max((feature["count"] for feature in features), default=0) or 1
    values = painted.values if painted else {}
    discs = [_disc(feature, scale, most) for feature in features if feature["count"] and feature["lon"] is not None]
    return [replace(disc, value=values.get(disc.feature["code"], "")) for disc in discs]


def _disc(feature: Feature, scale: float, most: int) -> Disc:
    least, largest = _DISC
    r = least + (largest - least) * (feature["count"] / most) ** 0.5
    ring = r - 3
    whole = 2 * math.pi * ring
    share = whole * feature["funded"] / feature["count"]
    x, y = feature["lon"] * scale, -feature["lat"] * scale
    disc = Disc(feature, *(f"{number:.1f}" for number in (x, y, r, ring, share, whole, r + 15)))
    return replace(disc, percent=round(100 * feature["funded"] / feature["count"]))
