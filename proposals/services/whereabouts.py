"""Where it is: the point and what was drawn, how they were found, and whether they fit the village that asks."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, Point
from django.utils.translation import gettext as _

from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.services import entries, extents, place, shapes
from proposals.services.reading import Entry
from proposals.words import LocationSource

MISMATCH_SHORTEST = 10
_ACCURACY_MOST = 100_000
WRITABLE = ("location", "location_source", "location_accuracy_m", "shape")


def read_place(entry: Entry, sent: Mapping[str, Any]) -> None:
    """The point, what was drawn, source and accuracy. A shape without a point brings one that lies on it."""
    point = entry.take("location", lambda: place.read_point(sent.get("location")))
    source = entry.take("location_source", lambda: entries.choice(sent.get("location_source"), LocationSource.values))
    accuracy = entry.take(
        "location_accuracy_m",
        lambda: entries.whole(sent.get("location_accuracy_m"), _("Accuracy is a whole number of metres."), most=_ACCURACY_MOST),
    )
    shape = _read_shape(entry, sent.get("shape"))
    if shape is not None and "location" not in entry.errors:
        point = _anchor(entry, shape, point)
    if point is None:
        entry.values |= {"location_source": LocationSource.NONE.value, "location_accuracy_m": None, "located_village": None, "mismatch_reason": ""}
        return
    if source in ("", LocationSource.NONE):
        entry.values["location_source"] = LocationSource.MAP.value
    entry.values["location_accuracy_m"] = accuracy
    if entry.village is not None:
        _compare(entry, point, entry.village)


def _read_shape(entry: Entry, value: Any) -> GEOSGeometry | None:
    """What was drawn with its measure, if it lies where the village is."""
    entry.values["shape_measure"] = None
    shape: GEOSGeometry | None = entry.take("shape", lambda: shapes.read_shape(value))
    if shape is None:
        return None
    entry.values["shape_measure"] = entry.take("shape", partial(extents.measure, shape), into="shape_measure")
    if entry.village is not None and "shape" not in entry.errors:
        district = codes.ancestor(entry.village.pk, Level.DISTRICT) or entry.village.pk
        entry.take("shape", partial(extents.inside, shape, district))
    # a shape that is refused brings no point, which would be refused with it
    return None if "shape" in entry.errors else shape


def _anchor(entry: Entry, shape: GEOSGeometry, point: Point | None) -> Point:
    """The point of a shape: the one that was given, if it lies on it or near it."""
    if point is None:
        point = entry.values["location"] = shapes.point_on(shape)
    else:
        entry.take("location", partial(extents.near, point, shape))
    return point


def _compare(entry: Entry, point: Any, village: Region) -> None:
    found = entry.take("location", lambda: place.compare(point, village), into="_found")
    entry.values.pop("_found", None)
    elsewhere = found.elsewhere if found else None
    entry.values["located_village"] = elsewhere
    if elsewhere is None:
        entry.values["mismatch_reason"] = ""
    elif len(entry.values.get("mismatch_reason") or "") < MISMATCH_SHORTEST:
        sentence = _("The point is in %(found)s, but you chose %(chosen)s. Move it or say why.")
        entry.wrong("mismatch_reason", sentence % {"found": elsewhere.name, "chosen": village.name})
