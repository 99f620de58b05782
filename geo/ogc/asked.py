"""What a request for items asks: box, time, number of features and the place where the page begins."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.gis.geos import Polygon
from django.db.models import Q
from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from geo.ogc.collection import Collection
from geo.ogc.wrong import Wrong

LIMIT_DEFAULT = 100
LIMIT_MOST = 1000
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_BOX_PARTS = {4: (0, 1, 2, 3), 6: (0, 1, 3, 4)}


@dataclass(frozen=True)
class Asked:
    """One page's worth of questions, checked."""

    condition: Q
    limit: int
    #: The key after which the page begins; None for the first page.
    after: Any
    #: Whether box or time narrow the answer, so that a prepared count does not fit.
    is_narrowed: bool
    #: Whether anything at all is asked, so that what is found may lie far apart.
    is_sifted: bool


def asked(collection: Collection, given: QueryDict) -> Asked:
    """Read the parameters; raises `Wrong` for one that is unknown or malformed."""
    unknown = sorted(set(given) - collection.parameters)
    if unknown:
        raise Wrong(_("There is no such parameter here."), parameter=", ".join(unknown)[:80])
    box, times = _box(collection, given), _times(collection, given.get("datetime", ""))
    narrowed = bool(box or times)
    sifted = narrowed or any(given.get(question.name) for question in collection.questions)
    return Asked(box & times, _limit(given.get("limit", "")), _after(collection, given.get("cursor", "")), is_narrowed=narrowed, is_sifted=sifted)


def _limit(text: str) -> int:
    if not text:
        return LIMIT_DEFAULT
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        raise Wrong(_("Write a whole number from 1 to %(most)d.") % {"most": LIMIT_MOST}, parameter="limit")
    return min(int(text), LIMIT_MOST)


def _after(collection: Collection, text: str) -> Any:
    key = collection.read_key(text) if text else None
    if text and key is None:
        raise Wrong(_("This is no place in the list. Begin again without it."), parameter="cursor")
    return key


def _box(collection: Collection, given: QueryDict) -> Q:
    if given.get("bbox-crs", CRS84) != CRS84:
        raise Wrong(_("Boxes are given in longitude and latitude (CRS84) only."), parameter="bbox-crs")
    text = given.get("bbox", "")
    if not text:
        return Q()
    west, south, east, north = _corners(text)
    if west <= east:
        return _within(collection, west, south, east, north)
    # a box over the antimeridian is two
    return _within(collection, west, south, 180.0, north) | _within(collection, -180.0, south, east, north)


def _corners(text: str) -> tuple[float, float, float, float]:
    sentence = _("Write the box as west,south,east,north in degrees, for example 109.1,-0.7,109.9,0.1.")
    parts = text[:400].split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise Wrong(sentence, parameter="bbox") from None
    if len(numbers) not in _BOX_PARTS or not all(map(math.isfinite, numbers)):
        raise Wrong(sentence, parameter="bbox")
    west, south, east, north = (numbers[place] for place in _BOX_PARTS[len(numbers)])
    if not (max(abs(west), abs(east)) <= 180 and -90 <= south <= north <= 90):
        raise Wrong(sentence, parameter="bbox")
    return west, south, east, north


def _within(collection: Collection, west: float, south: float, east: float, north: float) -> Q:
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    return Q(**{f"{collection.geometry}__intersects": box})


def _times(collection: Collection, text: str) -> Q:
    """An instant, a day, or an interval with `..` or nothing for an open end (RFC 3339, section 5.6)."""
    if not text or not collection.time:
        return Q()
    ends = text[:80].split("/")
    if len(ends) == 1:
        first, last = _end(ends[0]), _end(ends[0], last=True)
    elif len(ends) == 2:
        first, last = _end(ends[0]), _end(ends[1], last=True)
    else:
        raise _no_time()
    if first and last and first > last:
        raise _no_time()
    found = Q(**{f"{collection.time}__gte": first}) if first else Q()
    return found & (Q(**{f"{collection.time}__lte": last}) if last else Q())


def _end(text: str, *, last: bool = False) -> datetime | None:
    return None if text in ("", "..") else _moment(text, last=last)


def _moment(text: str, *, last: bool = False) -> datetime:
    """The moment; of a day its first or its last."""
    try:
        moment, day = parse_datetime(text), parse_date(text)
    except ValueError:
        raise _no_time() from None
    if isinstance(day, date) and "T" not in text:
        return datetime.combine(day, time.max if last else time.min, tzinfo=UTC)
    if moment is None or moment.tzinfo is None:
        raise _no_time()
    return moment + timedelta(microseconds=999_999) if last and not moment.microsecond else moment


def _no_time() -> Wrong:
    return Wrong(_("Write a moment or an interval, for example 2027-01-01T00:00:00Z/.. or 2027-02-03."), parameter="datetime")
