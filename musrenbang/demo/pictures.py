"""Drawn stand-ins for photos: a village scene a sector, so that the demonstration carries nobody's real picture."""

import random
from io import BytesIO

from PIL import Image, ImageDraw

from proposals.words import Sector

_SIZE = (960, 720)
_HORIZON = 330
_SKY, _CLOUD, _FIELD, _FIELD_FAR = (196, 220, 232), (226, 238, 243), (128, 164, 112), (150, 182, 128)
_SOIL, _WATER, _WOOD, _LEAF, _ROOF, _WALL = (139, 98, 62), (124, 160, 178), (110, 76, 48), (52, 104, 66), (150, 62, 44), (238, 228, 208)

_WET = {Sector.WATER, Sector.DRAINAGE, Sector.FISHERY, Sector.TRANSPORT, Sector.DISASTER}
_BUILT = {Sector.EDUCATION, Sector.HEALTH, Sector.HOUSING, Sector.BUSINESS, Sector.GOVERNMENT, Sector.EMPOWERMENT, Sector.SANITATION}


def _palm(draw: ImageDraw.ImageDraw, x: int, foot: int, height: int) -> None:
    top = foot - height
    draw.line([(x, foot), (x + height // 12, top)], fill=_WOOD, width=max(6, height // 16))
    for across, down in ((-70, 10), (-56, 44), (-24, -30), (24, -30), (56, 44), (70, 10)):
        tip = (x + across * height // 160, top + down * height // 160)
        draw.line([(x + height // 12, top), tip], fill=_LEAF, width=max(7, height // 14))


def _road(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.polygon([(430, _HORIZON), (530, _HORIZON), (790, 720), (170, 720)], fill=_SOIL)
    for _ in range(5):
        x, y = chance.randint(330, 560), chance.randint(430, 660)
        draw.ellipse([x, y, x + chance.randint(60, 150), y + chance.randint(16, 34)], fill=_WATER)


def _river(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.polygon([(300, _HORIZON), (620, _HORIZON), (960, 640), (960, 720), (0, 720), (0, 600)], fill=_WATER)
    for _ in range(14):
        x, y = chance.randint(120, 780), chance.randint(420, 690)
        draw.line([(x, y), (x + chance.randint(30, 90), y)], fill=_CLOUD, width=4)


def _house(draw: ImageDraw.ImageDraw, x: int, foot: int, width: int) -> None:
    height = width * 2 // 5
    draw.rectangle([x, foot - height, x + width, foot], fill=_WALL)
    draw.polygon([(x - 24, foot - height), (x + width + 24, foot - height), (x + width // 2, foot - height - width // 3)], fill=_ROOF)
    draw.rectangle([x + width // 2 - 24, foot - height * 3 // 4, x + width // 2 + 24, foot], fill=_WOOD)
    for side in (width // 6, width - width // 6 - 44):
        draw.rectangle([x + side, foot - height * 3 // 4, x + side + 44, foot - height // 3], fill=_WATER)


def picture(sector: Sector, seed: int) -> bytes:
    """A JPEG of about 40 KB, the same for the same sector and seed."""
    chance = random.Random(f"{sector}{seed}")  # noqa: S311 - a drawing, not a secret
    image = Image.new("RGB", _SIZE, _SKY)
    draw = ImageDraw.Draw(image)
    for _ in range(4):
        x, y = chance.randint(0, 800), chance.randint(40, 200)
        draw.ellipse([x, y, x + chance.randint(140, 280), y + 60], fill=_CLOUD)
    draw.rectangle([0, _HORIZON, 960, 720], fill=_FIELD)
    draw.polygon([(0, _HORIZON + 60), (0, _HORIZON - 30), (420, _HORIZON - 56), (960, _HORIZON - 10), (960, _HORIZON + 60)], fill=_FIELD_FAR)
    if sector in _WET:
        _river(draw, chance)
    elif sector in _BUILT:
        _house(draw, chance.randint(240, 380), 560, chance.randint(260, 360))
    else:
        _road(draw, chance)
    for x, foot, height in ((90, 470, 230), (220, 420, 150), (820, 440, 190), (905, 560, 300)):
        _palm(draw, x + chance.randint(-24, 24), foot, height + chance.randint(-20, 20))
    written = BytesIO()
    image.save(written, "JPEG", quality=80)
    return written.getvalue()
