"""The clock that people in a region read: WIB, WITA or WIT. Pure; by province (Keppres 41/1987, and the provinces made since)."""

from zoneinfo import ZoneInfo

WEST, MIDDLE, EAST = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
#: First two digits of the codes of the provinces outside western time.
_MIDDLE = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_EAST = frozenset({"81", "82", "91", "92", "93", "94", "95", "96", "97"})


def zone_of(region_code: str) -> ZoneInfo:
    """The time zone of a region by its code; western time for what lies in no province."""
    province = region_code[:2]
    return MIDDLE if province in _MIDDLE else EAST if province in _EAST else WEST
