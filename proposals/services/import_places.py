"""Where an imported row lies: the position that the sheet gives, taken where it fits the village, and the village it names."""

import re
from dataclasses import dataclass
from decimal import Decimal

import shapely
from django.contrib.gis.geos import GEOSGeometry, Point
from django.utils.translation import gettext as _

from geo import names
from geo.models import Region
from proposals.services import import_shapes, place, shapes
from proposals.services.entries import Unreadable
from proposals.sheets.form import BY_KEY
from proposals.sheets.rows import Wish


@dataclass(frozen=True)
class Placed:
    """The point, or why there is none; `elsewhere` is the village it lies in where that is another one."""

    point: Point | None = None
    elsewhere: Region | None = None
    reason: str = ""
    note: str = ""
    shape: GEOSGeometry | None = None
    measure: Decimal | None = None
    #: Column and sentence of what was drawn wrongly: that is an error, a wrong position only a note.
    error: tuple[str, str] | None = None


class Places:
    """Positions of many rows of one village; the village's own lines are loaded once."""

    def __init__(self, village: Region) -> None:
        self.village = village
        boundary = Region.objects.filter(pk=village.pk).values_list("boundary", flat=True).first()
        self._own = shapely.from_wkb(bytes(boundary.wkb)) if boundary is not None else None
        if self._own is not None:
            shapely.prepare(self._own)

    def of(self, wish: Wish) -> Placed:
        """A position that cannot be right is left out and noted: the row itself is no worse for it."""
        shape, measure = None, None
        if wish.shape.strip():
            try:
                shape, measure = import_shapes.read(wish.shape, self.village)
            except Unreadable as error:
                return Placed(error=(BY_KEY["shape"].heading, error.sentence))
        if not any(wish.position):
            return Placed(shapes.point_on(shape), shape=shape, measure=measure) if shape is not None else Placed()
        try:
            point = place.read_point(wish.position)
            if point is None:
                return Placed(shape=shape, measure=measure)
            if self._own is not None and shapely.contains_xy(self._own, point.x, point.y):
                return Placed(point, shape=shape, measure=measure)
            found = place.compare(point, self.village)
        except Unreadable as error:
            note = _("Without its position: %(why)s") % {"why": error}
            return Placed(shapes.point_on(shape) if shape is not None else None, note=note, shape=shape, measure=measure)
        reason = _("The imported sheet puts it here.") if found.elsewhere else ""
        return Placed(point, found.elsewhere, reason, shape=shape, measure=measure)


def names_another(village: Region, *, code: str, name: str) -> str:
    """A sentence where a row names another village than the one the sheet is imported into; empty where it names none or this."""
    digits = re.sub(r"\D", "", code)
    if len(digits) == 10 and digits != village.pk.replace(".", ""):
        return _("This row is for the village with the code %(code)s.") % {"code": code}
    if name and len(digits) != 10 and bare(name) != bare(village.name):
        return _("This row is for %(name)s, not for %(village)s.") % {"name": name, "village": village.title}
    return ""


def bare(name: str) -> str:
    """A village's name without its word, case, blanks and signs: "Kel. Sungai Raya" and "SUNGAIRAYA" are one."""
    return names.search_words(name)[0].replace(" ", "")
