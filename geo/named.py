"""Regions by their very names: for questions in which a place is one word among others."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from geo.names import plain

#: So many regions may share a name; more are no place but a word.
_SAME_NAME = 300
#: A beginning that more names have in common ("sungai") says no place.
_BEGINNINGS = 20
#: " " and "!" enclose every name that goes on with another word; the index is in the order of bytes.
_NAMED = f"""
    SELECT asked.name, found.code, found.whole FROM unnest(%s::text[]) AS asked(name) CROSS JOIN LATERAL (
        (SELECT code, true AS whole FROM geo_region
            WHERE lower(name) = asked.name AND (%s = '' OR code = %s OR starts_with(code, %s)) ORDER BY code LIMIT {_SAME_NAME})
        UNION ALL
        (SELECT code, false FROM geo_region
            WHERE lower(name) ~>=~ (asked.name || ' ') AND lower(name) ~<~ (asked.name || '!')
            AND (%s = '' OR code = %s OR starts_with(code, %s)) LIMIT {_BEGINNINGS + 1})
    ) AS found
"""  # noqa: S608 - constants of this module only


def named(names: Iterable[str], within: str = "") -> dict[str, list[str]]:
    """The codes of all regions that are called so, by name in small letters; else of the few whose name begins so. One query.

    Abbreviations are written out: "sei raya" is found under "sei raya" as Sungai Raya. Regions that no decree lists any
    more are found as well: proposals still lie in them. `within` narrows by code.
    """
    written = {name: " ".join(plain(name)) for name in names}
    wanted = sorted({name for name in written.values() if name})
    if not wanted:
        return {}
    whole: dict[str, list[str]] = defaultdict(list)
    begun: dict[str, list[str]] = defaultdict(list)
    narrowed = [within, within, f"{within}."]
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [wanted, *narrowed, *narrowed])
        for name, code, is_whole in cursor.fetchall():
            (whole if is_whole else begun)[name].append(code)
    few = {name: codes for name, codes in begun.items() if len(codes) <= _BEGINNINGS}
    return {name: sorted(whole.get(is_written) or few.get(is_written) or []) for name, is_written in written.items()}
