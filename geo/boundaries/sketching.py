"""Keeping a sketch where a kabupaten has no boundaries yet."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from geo import sketch
from geo.boundaries.loading import finish, lock
from geo.boundaries.storing import draw, erase
from geo.codes import Level
from geo.models import BoundarySource, Region


class CannotSketch(Exception):  # noqa: N818 - an answer, not a fault
    """Why nothing was drawn, as a sentence."""


def _place(district: Region) -> sketch.Place:
    own = district.boundary_source in {BoundarySource.OFFICIAL, BoundarySource.INDICATIVE}
    if own and district.anchor and district.area_km2:
        return sketch.Place(district.anchor.x, district.anchor.y, float(district.area_km2))
    if place := sketch.PLACES.get(district.pk):
        return place
    raise CannotSketch(f"Nobody said where {district.title} is: give --centre=LON,LAT.")


@transaction.atomic
def sketch_district(code: str, *, drawn_at: datetime, place: sketch.Place | None = None) -> int:
    """Draw the villages of one kabupaten or kota; answers how many cells are new (0: the same sketch stands already).

    Raises CannotSketch where there is no such kabupaten, nobody knows its place, or real boundaries are there.
    """
    lock()
    district = Region.objects.in_force().at(Level.DISTRICT).filter(pk=code).first()
    if district is None:
        raise CannotSketch(f"{code} is no kabupaten or kota; load the regions first.")
    villages = Region.objects.within(code).at(Level.VILLAGE)
    if villages.filter(boundary_source__in=[BoundarySource.OFFICIAL, BoundarySource.INDICATIVE]).exists():
        raise CannotSketch(f"{district.title} has real boundaries; a sketch would contradict them.")
    standing = dict(villages.in_force().order_by("pk").values_list("pk", "boundary_source"))
    if place is None and standing and set(standing.values()) == {BoundarySource.SKETCH}:
        return 0
    below: dict[str, list[str]] = defaultdict(list)
    for village in standing:
        below[village.rpartition(".")[0]].append(village)
    try:
        cells = sketch.draw(code, dict(below), place or _place(district))
    except ValueError as nothing:
        raise CannotSketch(f"{district.title} has no villages to draw.") from nothing
    erase(list(villages.filter(boundary_source=BoundarySource.SKETCH).values_list("pk", flat=True)))
    draw(cells.items(), source=BoundarySource.SKETCH, loaded_at=drawn_at)
    finish(cells, loaded_at=drawn_at)
    return len(cells)
