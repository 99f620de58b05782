"""How far two points lie from each other. Pure."""

from math import asin, cos, radians, sin, sqrt

_EARTH_RADIUS_M = 6_371_000


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> int:
    """Whole metres on a sphere between two positions (lon, lat in degrees); within half a percent of the ellipsoid."""
    (lon_a, lat_a), (lon_b, lat_b) = ((radians(lon), radians(lat)) for lon, lat in (one, other))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return round(2 * _EARTH_RADIUS_M * asin(sqrt(min(1.0, half))))
