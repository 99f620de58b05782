"""What a camera wrote into a photo: where and when it was taken. Read before the photo is written anew without it."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from django.contrib.gis.geos import Point
from django.utils.timezone import make_aware
from PIL import Image

from accounts import clock
from proposals.services.images import BOMBS, BROKEN, FORMATS

_GPS, _EXIF, _TAKEN, _TAKEN_OFFSET = 0x8825, 0x8769, 0x9003, 0x9011
#: Decimals of a degree that are kept: about ten metres, enough to compare with the proposal's point and no more.
_KEPT_DECIMALS = 4
_OLDEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Taken:
    """Where, rounded to about ten metres, and when; None where the camera did not say or it makes no sense."""

    location: Point | None = None
    at: datetime | None = None


def taken(content: bytes) -> Taken:
    """Both facts of a photo that could be decoded."""
    position = photo_position(content)
    place = Point(round(position[0], _KEPT_DECIMALS), round(position[1], _KEPT_DECIMALS), srid=4326) if position else None
    return Taken(place, _taken_at(content))


def photo_position(content: bytes) -> tuple[float, float] | None:
    """Where the camera says the photo was taken, (lon, lat) in degrees; None where it does not say or it makes no sense.

    For the proposal's own place it is offered to the writer, never taken silently.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            gps: dict[int, Any] = dict(opened.getexif().get_ifd(_GPS))
        lon, lat = _degrees(gps[4], gps[3], "W"), _degrees(gps[2], gps[1], "S")
    except (*BROKEN, *BOMBS):
        return None
    sane = math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90 and (lon, lat) != (0, 0)
    return (round(lon, 6), round(lat, 6)) if sane else None


def _degrees(parts: Any, side: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    sign = -1 if str(side).strip("\x00 ").upper() == negative else 1
    return sign * (degrees + minutes / 60 + seconds / 3600)


def _taken_at(content: bytes) -> datetime | None:
    """The camera's clock; without an offset it is taken for local time. A clock that was never set tells nothing."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            written: dict[int, Any] = dict(opened.getexif().get_ifd(_EXIF))
        moment = _moment(str(written[_TAKEN]), str(written.get(_TAKEN_OFFSET, "")))
    except (*BROKEN, *BOMBS):
        return None
    return moment if _OLDEST <= moment <= clock.now() + timedelta(days=1) else None


def _moment(text: str, offset: str) -> datetime:
    """`2027:03:02 09:30:00` and `+07:00`. Raises ValueError where it is no date."""
    local = datetime.strptime(text.strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone stands beside it
    try:
        zone = datetime.strptime(offset.strip("\x00 "), "%z").tzinfo
    except ValueError:
        zone = None
    return local.replace(tzinfo=zone) if zone else make_aware(local)
