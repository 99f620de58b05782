"""Degrees as people write them down: `0°04'15" LS 109°22'01" BT`, `S 0.0708 E 109.367`. Pure."""

import re

#: Sides of the world in Indonesian and English: south and west count below zero.
_LATITUDES = {"LS": -1, "S": -1, "LU": 1, "U": 1, "N": 1}
_LONGITUDES = {"BB": -1, "B": -1, "W": -1, "BT": 1, "T": 1, "E": 1}
_SIDE = r"(LS|LU|BT|BB|[NSEWUTB])"
_PART = r"\d{1,2}(?:[.,]\d{1,9})?"
_WHOLE = r"\d{1,3}(?:[.,]\d{1,12})?"
_SECONDS = rf"(?:\s*({_PART})\s*(?:[\"”″]|''|’’|′′))?"
#: Degrees, minutes and seconds; the sign of a degree must be there where no side of the world is.
_LOOSE = rf"({_WHOLE})\s*[°º˚]?(?:\s*({_PART})\s*['’′]{_SECONDS})?"
_STRICT = rf"([-−]?{_WHOLE})\s*[°º˚](?:\s*({_PART})\s*['’′]{_SECONDS})?"
_BETWEEN = r"\s*[;,]?\s*"
_AFTER = re.compile(rf"{_LOOSE}\s*{_SIDE}{_BETWEEN}{_LOOSE}\s*{_SIDE}", re.IGNORECASE)
_BEFORE = re.compile(rf"{_SIDE}\s*{_LOOSE}{_BETWEEN}{_SIDE}\s*{_LOOSE}", re.IGNORECASE)
_SIGNED = re.compile(rf"{_STRICT}{_BETWEEN}{_STRICT}")


def pair(line: str) -> tuple[float, float] | None:
    """Longitude and latitude of one line, whichever of them stands first; None where it is nothing of the kind.

    Without sides of the world the latitude stands first, as on maps.
    """
    bare = line.strip().strip("()").strip()
    if found := _AFTER.fullmatch(bare):
        *one, side, d, m, s, other_side = found.groups()
        return _told((one, side), ([d, m, s], other_side))
    if found := _BEFORE.fullmatch(bare):
        side, d, m, s, other_side, *other = found.groups()
        return _told(([d, m, s], side), (other, other_side))
    if found := _SIGNED.fullmatch(bare):
        lat, lon = _value(found.groups()[:3]), _value(found.groups()[3:])
        return None if lat is None or lon is None else (lon, lat)
    return None


_Written = tuple[list[str | None], str]


def _told(first: _Written, second: _Written) -> tuple[float, float] | None:
    """Both halves by their sides; None where they are not one latitude and one longitude."""
    if first[1].upper() in _LONGITUDES:
        first, second = second, first
    lat, lon = _value(first[0]), _value(second[0])
    north, east = _LATITUDES.get(first[1].upper()), _LONGITUDES.get(second[1].upper())
    return None if lat is None or lon is None or north is None or east is None else (lon * east, lat * north)


def _value(parts: list[str | None] | tuple[str | None, ...]) -> float | None:
    whole, minutes, seconds = (float((part or "0").replace(",", ".").replace("−", "-")) for part in parts)
    if minutes >= 60 or seconds >= 60 or (parts[1] and not whole.is_integer()):
        return None
    sign = -1 if (parts[0] or "").startswith(("-", "−")) else 1
    return round(sign * (abs(whole) + minutes / 60 + seconds / 3600), 9)
