"""Photos: what is inside is decided by the bytes, never by a name or a header. No database here.

A photo is decoded, turned upright, made small and written anew; what is kept holds nothing of the file that was sent but
its picture: no EXIF, no position, no comment, no hidden text.
"""

import struct
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from accounts.refusals import Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
#: How the cameras of some phones name their own form.
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
LONGEST_SIDE = 1280
#: A photographed page has to stay legible.
LONGEST_SIDE_OF_A_PAGE = 2000
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
BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, ZeroDivisionError, struct.error, MemoryError)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Photo:
    """A picture written anew: JPEG bytes, a thumbnail of at most 8 KB, and the size in pixels."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int
    content_type: str = "image/jpeg"


def _no_photo(content: bytes) -> Refusal:
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        sentence = _("This is a HEIC photo, which not every phone can show. Save it as JPEG (on an iPhone: Camera, Formats, Most Compatible).")
        return Refusal(sentence, code="not_a_photo", status=415)
    return Refusal(_("This is not a photo that can be read. Send a JPEG, PNG or WebP."), code="not_a_photo", status=415)


def _too_many_pixels() -> Refusal:
    return Refusal(_("This photo has too many pixels. Send a smaller one."), code="too_large", status=413)


def rewrite(content: bytes, longest: int = LONGEST_SIDE) -> Photo:
    """The photo written anew, at most `longest` pixels on a side. Raises Refusal: 413 too many pixels, 415 no JPEG, PNG or WebP."""
    try:
        with _UNPACKING:
            picture = _decoded(content, longest)
        return Photo(_jpeg(picture, _QUALITY), _thumbnail(picture), picture.width, picture.height)
    except BOMBS:
        raise _too_many_pixels() from None
    except BROKEN:
        raise _no_photo(content) from None


def _decoded(content: bytes, longest: int) -> Image.Image:
    """Upright, in plain colours, at most `longest` pixels on its longer side, with nothing but pixels."""
    with Image.open(BytesIO(content), formats=FORMATS) as probe:
        if probe.width * probe.height > (PIXELS_MAX if probe.format == "JPEG" else PIXELS_MAX_UNSCALED):
            raise _too_many_pixels()
        probe.verify()
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        opened.draft("RGB", (longest, longest))
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        picture = _on_white(upright)
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
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
