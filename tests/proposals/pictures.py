"""Photos for the tests, drawn on the spot."""

import random
from io import BytesIO

from PIL import Image

#: Orientation (upright after a quarter turn), camera, and the GPS of a place in Kubu Raya.
_ORIENTATION, _MODEL, _GPS = 0x0112, 0x0110, 0x8825
_EXIF, _TAKEN, _TAKEN_OFFSET = 0x8769, 0x9003, 0x9011


def picture(width: int = 320, height: int = 200, colour: str = "olive") -> Image.Image:
    return Image.new("RGB", (width, height), colour)


def jpeg(width: int = 320, height: int = 200, *, exif: bool = False, colour: str = "olive", taken: str = "", offset: str = "") -> bytes:
    out, data = BytesIO(), Image.Exif()
    if exif:
        data[_ORIENTATION], data[_MODEL] = 6, "Secret Camera"
        data.get_ifd(_GPS).update({1: "S", 2: (0.0, 5.0, 24.0), 3: "E", 4: (109.0, 24.0, 36.0)})
    if taken:
        data.get_ifd(_EXIF).update({_TAKEN: taken, **({_TAKEN_OFFSET: offset} if offset else {})})
    picture(width, height, colour).save(out, "JPEG", exif=data, comment=b"secret comment")
    return out.getvalue()


def encoded(form: str, width: int = 320, height: int = 200) -> bytes:
    out = BytesIO()
    picture(width, height).convert("RGBA" if form in ("PNG", "WEBP") else "RGB").save(out, form)
    return out.getvalue()


def noise(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3)).save(out, "JPEG", quality=95)  # noqa: S311 - a repeatable dice
    return out.getvalue()
