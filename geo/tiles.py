"""Map tiles: pure functions over the usual z/x/y numbering (web mercator, 256 pixels, north-west corner is 0/0)."""

import math

from geo.codes import Level

#: Deeper than this no map of ours goes.
MAX_ZOOM = 22

#: The first zoom at which a level is shown. From `STREET_ZOOM` on single proposals are. These suit a phone, whose map is
#: narrow; a wide map has room for more ground and asks one zoom later.
_FIRST_ZOOM: tuple[tuple[int, Level], ...] = (
    (10, Level.VILLAGE),
    (8, Level.SUBDISTRICT),
    (6, Level.DISTRICT),
    (0, Level.PROVINCE),
)
STREET_ZOOM = 12


def valid(z: int, x: int, y: int) -> bool:
    """Whether such a tile exists: 0 <= z <= 22, and 0 <= x, y < 2**z."""
    return 0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z


def _longitude(z: int, x: int) -> float:
    return float(x / 2**z * 360 - 180)


def _latitude(z: int, y: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / 2**z))))


def box(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """The tile's (west, south, east, north) in degrees of WGS 84. Raises ValueError for a tile that does not exist."""
    if not valid(z, x, y):
        message = f"no such tile: {z}/{x}/{y}"
        raise ValueError(message)
    return _longitude(z, x), _latitude(z, y + 1), _longitude(z, x + 1), _latitude(z, y)


def level_for(zoom: int) -> Level | None:
    """The level whose bubbles a zoom shows, or None where single proposals stand."""
    if zoom >= STREET_ZOOM:
        return None
    return next((level for first, level in _FIRST_ZOOM if zoom >= first), Level.PROVINCE)
