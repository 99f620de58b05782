"""What was drawn, as a form holds it: coordinates as text, a kind, and now and then a file. The services judge it."""

from typing import Any

from django.contrib.gis.geos import GEOSGeometry, Polygon
from django.utils.translation import gettext as _

from proposals.services import place, shape_texts, shapes
from proposals.services.entries import Unreadable
from proposals.services.place import Swapped

AREA = "area"


def uploaded(file: Any, *, is_area: bool) -> str:
    """An uploaded GPX or GeoJSON file as coordinates that can be read and corrected. Raises `Unreadable`."""
    content = file.read(shape_texts.LONGEST + 1)
    if len(content) > shape_texts.LONGEST:
        raise Unreadable(_("This is too long: at most 2 MB of coordinates can be read."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(_("This file cannot be read. Send a GPX or GeoJSON file as the app wrote it.")) from None
    found = as_geometry(text, is_area=is_area)
    pairs = _pairs(found)
    return shape_texts.typed(pairs) if pairs is not None else text


def as_geometry(text: str, *, is_area: bool) -> Any:
    """GeoJSON of what was typed; the text itself where it cannot be read, for the service to say what is wrong with it."""
    if not text.strip():
        return None
    try:
        return shape_texts.geometry(text, is_area=is_area)
    except Unreadable:
        return text


def as_typed(shape: GEOSGeometry | None) -> str:
    """A stored shape as it is typed; an area without the repeated first point."""
    if shape is None:
        return ""
    return shape_texts.typed(_corners(shape))


def turned(text: str, *, is_area: bool) -> str:
    """The same coordinates with latitude and longitude the other way round; empty where they are not swapped."""
    try:
        shapes.read_shape(as_geometry(text, is_area=is_area))
    except Swapped as swapped:
        pairs = swapped.turned
        return shape_texts.typed(pairs[:-1] if is_area and pairs[0] == pairs[-1] else pairs)
    except Unreadable:
        return ""
    return ""


def is_point_swapped(lat: str, lon: str) -> bool:
    """Whether a typed point is in Indonesia only the other way round."""
    try:
        place.read_point([lon, lat])
    except Swapped:
        return True
    except Unreadable:
        return False
    return False


def _pairs(geometry: Any) -> list[Any] | None:
    """The positions of plain GeoJSON that needs no repair; None for anything else."""
    try:
        shape = shapes.read_shape(geometry)
    except Unreadable:
        return None
    return _corners(shape) if shape else None


def _corners(shape: GEOSGeometry) -> list[Any]:
    """Each point once: an area without its repeated first one."""
    return list(shape[0].coords[:-1] if isinstance(shape, Polygon) else shape.coords)  # type: ignore[attr-defined]
