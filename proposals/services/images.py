"""Photos: what is inside is decided by the bytes, never by a name or a header. No database here.

A photo is decoded, turned upright, made small and written anew; what is kept holds nothing of the file that was sent but
its picture: no EXIF, no position, no comment, no hidden text.
"""

import math
import struct
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from accounts.refusals import Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1280
THUMBNAIL_SIDE = 160
THUMBNAIL_MAX_BYTES = 8 * 1024
#: Above any phone camera; a file that unpacks to more is refused before it is unpacked.
PIXELS_MAX = 60_000_000
#: Only a JPEG can be read at a smaller scale; anything else stands in memory whole, and a hundred kilobytes unpack to a gigabyte.
PIXELS_MAX_UNSCALED = 25_000_000
#: One picture is unpacked at a time in a process, however many are sent at once.
_UNPACKING = Lock()
_QUALITY = 80
_THUMBNAIL_QUALITIES = (75, 60, 45, 30, 15)
#: What Pillow raises on files that are broken or made to break it.
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, ZeroDivisionError, struct.error, MemoryError)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_GPS = 0x8825


@dataclass(frozen=True)
class Photo:
    """A picture written anew: JPEG bytes, a thumbnail of at most 8 KB, and the size in pixels."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int
    content_type: str = "image/jpeg"


def too_large(size: int) -> Refusal | None:
    """The refusal (413) for a file of this many bytes, or None."""
    if size <= settings.PHOTO_MAX_BYTES:
        return None
    megabytes = settings.PHOTO_MAX_BYTES // (1024 * 1024)
    return Refusal(_("This photo is too large: at most %(size)s MB.") % {"size": megabytes}, code="too_large", status=413)


def _no_photo() -> Refusal:
    return Refusal(_("This is not a photo that can be read. Send a JPEG, PNG or WebP."), code="not_a_photo", status=415)


def _too_many_pixels() -> Refusal:
    return Refusal(_("This photo has too many pixels. Send a smaller one."), code="too_large", status=413)


def rewrite(content: bytes) -> Photo:
    """The photo written anew. Raises Refusal: 413 too large in bytes or pixels, 415 no JPEG, PNG or WebP."""
    if refusal := too_large(len(content)):
        raise refusal
    try:
        with _UNPACKING:
            picture = _decoded(content)
        return Photo(_jpeg(picture, _QUALITY), _thumbnail(picture), picture.width, picture.height)
    except _BOMBS:
        raise _too_many_pixels() from None
    except _BROKEN:
        raise _no_photo() from None


def _decoded(content: bytes) -> Image.Image:
    """Upright, in plain colours, at most 1280 pixels on its longer side, with nothing but pixels."""
    with Image.open(BytesIO(content), formats=FORMATS) as probe:
        if probe.width * probe.height > (PIXELS_MAX if probe.format == "JPEG" else PIXELS_MAX_UNSCALED):
            raise _too_many_pixels()
        probe.verify()
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        picture = _on_white(upright)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture.info.clear()
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _thumbnail(picture: Image.Image) -> bytes:
    """The best quality that fits; noise that does not fit at any is made smaller still."""
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    for quality in _THUMBNAIL_QUALITIES:
        written = _jpeg(small, quality)
        if len(written) <= THUMBNAIL_MAX_BYTES:
            return written
    small.thumbnail((THUMBNAIL_SIDE // 2, THUMBNAIL_SIDE // 2))
    return _jpeg(small, _THUMBNAIL_QUALITIES[-1])


def photo_position(content: bytes) -> tuple[float, float] | None:
    """Where the camera says the photo was taken, (lon, lat) in degrees; None where it does not say or it makes no sense.

    To be offered to the writer, never taken silently.
    """
    if too_large(len(content)):
        return None
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            gps: dict[int, Any] = dict(opened.getexif().get_ifd(_GPS))
        lon, lat = _degrees(gps[4], gps[3], "W"), _degrees(gps[2], gps[1], "S")
    except (*_BROKEN, *_BOMBS):
        return None
    sane = math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90 and (lon, lat) != (0, 0)
    return (round(lon, 6), round(lat, 6)) if sane else None


def _degrees(parts: Any, side: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    sign = -1 if str(side).strip("\x00 ").upper() == negative else 1
    return sign * (degrees + minutes / 60 + seconds / 3600)
