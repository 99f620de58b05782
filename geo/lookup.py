"""Finding regions: by a point, by words, and everything above one."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection, transaction

from geo import codes
from geo.codes import LEVELS, Level
from geo.models import Region, RegionPiece
from geo.names import search_words

#: How alike words must be to count as a misspelling of each other (0 to 1).
ALIKE = 0.42
#: No search answers more.
MOST = 100


def village_at(point: Point) -> Region | None:
    """The village that a point (lon/lat, WGS 84) lies in, by one index probe; None where no boundary holds it.

    A point on the edge of two villages belongs to the one with the smaller code.
    """
    if point.empty:
        return None
    piece = (
        RegionPiece.objects.filter(geom__intersects=point)
        .select_related("region")
        .defer("geom", "region__boundary", "region__outline")
        .order_by("region_id")
        .first()
    )
    return piece.region if piece else None


def district_at(point: Point) -> Region | None:
    """The kabupaten or kota that a point lies in: that of its village, else by the kabupaten's own boundary."""
    if village := village_at(point):
        return Region.objects.light().get(pk=codes.ancestor(village.pk, Level.DISTRICT))
    if point.empty:
        return None
    districts = Region.objects.light().in_force().at(Level.DISTRICT)
    return districts.filter(boundary__intersects=point).order_by("pk").first()


def with_lineage(regions: Iterable[Region]) -> list[Region]:
    """The same regions, each with all above it and itself in `region.lineage`, widest first; one query in all."""
    found = list(regions)
    wanted = {code for region in found for code in codes.lineage(region.pk)}
    known = Region.objects.light().in_bulk(wanted)
    for region in found:
        region.lineage = [known[code] for code in codes.lineage(region.pk) if code in known]
    return found


def lineage_of(region: Region) -> list[Region]:
    """The province down to the region itself; one query."""
    return with_lineage([region])[0].lineage


def lineage_and(region: Region, other: str) -> tuple[list[Region], Region | None]:
    """The same, and one more region by its code, in the same query."""
    wanted = codes.lineage(region.pk)
    known = Region.objects.light().in_bulk({*wanted, other})
    return [known[code] for code in wanted if code in known], known.get(other)


#: Tiers: 0 the very name, 1 it begins so, 2 each word begins a word of name or lineage, 3 alike, 4 a little alike.
#: Then the home kabupaten's villages, the rest of home, the rest; then the level named; then likeness, width, code.
#: Likeness is asked for only where too few regions have the words themselves: it reads far more of the index.
_NARROWED = """valid_until IS NULL AND (%(within)s = '' OR code = %(within)s OR code LIKE %(below)s)
    AND (%(level)s = '' OR level = %(level)s) AND (%(parent)s = '' OR parent_id = %(parent)s)"""
_SEARCH = """
    WITH worded AS MATERIALIZED (SELECT code FROM geo_region
        WHERE (({words}) OR (kind = 'Kota' AND search_text LIKE %(city)s)) AND {narrowed}),
    alike AS (
        SELECT code FROM geo_region
        WHERE (SELECT count(*) FROM worded) < %(limit)s AND %(text)s <%% search_text AND {narrowed}
    )
    SELECT code FROM (
        SELECT code, level, length(code) AS width, name_likeness + word_similarity(%(text)s, search_text) AS likeness,
            CASE WHEN search_text LIKE %(exact)s OR (search_text LIKE %(city)s AND kind = 'Kota') THEN 0
                 WHEN search_text LIKE %(prefix)s THEN 1
                 WHEN ' ' || search_text LIKE ALL(%(words)s) THEN 2
                 WHEN name_likeness >= 0.5 THEN 3 ELSE 4 END AS tier
        FROM geo_region, similarity(%(text)s, split_part(search_text, ' | ', 1)) AS name_likeness
        WHERE code IN (SELECT code FROM worded UNION SELECT code FROM alike)
    ) ranked
    ORDER BY tier, CASE WHEN code LIKE %(home)s THEN (CASE level WHEN 'village' THEN 0 ELSE 1 END) ELSE 2 END,
        level <> %(meant)s, likeness DESC, width, code
    LIMIT %(limit)s"""
#: More words than this are no name.
_WORDS = 8


def _ranked(text: str, *, meant: Level | None, limit: int, narrowed: dict[str, str]) -> list[str]:
    words = text.split()[:_WORDS]
    city = text.removeprefix("kota ")
    values: dict[str, Any] = {
        "text": text,
        "exact": f"{text} |%",
        "city": f"{city} |%" if city != text else "",
        "prefix": f"{text}%",
        "words": [f"% {word}%" for word in words],
        "below": f"{narrowed['within']}.%",
        "home": f"{settings.HOME_REGION}.%",
        "meant": meant.value if meant else "",
        "limit": limit,
        **narrowed,
    }
    clauses = []
    for number, word in enumerate(words):
        values |= {f"head{number}": f"{word}%", f"inner{number}": f"% {word}%"}
        clauses.append(f"(search_text LIKE %(head{number})s OR search_text LIKE %(inner{number})s)")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(_SEARCH.format(words=" AND ".join(clauses), narrowed=_NARROWED), values)
        return [code for (code,) in cursor.fetchall()]


def search_regions(text: str, within: str = "", limit: int = 20, *, level: Level | None = None, parent: str = "") -> list[Region]:
    """Regions in force whose name or lineage is like the text, best first, each with its `lineage`.

    Forgives spelling ("sungi raya") and abbreviations ("sei raya", "tj. harapan"); a level's word before the name
    ("kec sungai raya") puts that level first; a code finds its region. The order is total. `within` and `parent`
    narrow by code, `level` by level. The number of queries does not depend on the text or on what is found.
    """
    limit = max(0, min(limit, MOST))
    words, meant = search_words(text)
    if not words or not limit:
        return []
    if within and not codes.is_code(within):
        return []
    narrowed = {"within": within, "level": level.value if level else "", "parent": parent}
    if codes.is_code(text.strip()):
        found = [text.strip()] if codes.covers(within, text.strip()) else []
    else:
        found = _ranked(words, meant=meant, limit=limit, narrowed=narrowed)
    known = Region.objects.light().in_force().in_bulk(found)
    return with_lineage(known[code] for code in found if code in known)


def below(region_codes: Iterable[str]) -> dict[str, dict[str, dict[str, int]]]:
    """For each code: `{level: {"total", "with_boundary"}}` of the regions in force below it; one query."""
    wanted = list(region_codes)
    counts: dict[str, dict[str, dict[str, int]]] = {
        code: {level.value: {"total": 0, "with_boundary": 0} for level in LEVELS[LEVELS.index(codes.level(code)) + 1 :]} for code in wanted
    }
    with connection.cursor() as cursor:
        # The two comparisons are the prefix "code." on the pattern index; "/" is the sign after ".".
        cursor.execute(
            "SELECT scope, level, count(*), count(*) FILTER (WHERE boundary_source <> 'none') FROM unnest(%s::varchar[]) AS scope"
            " JOIN geo_region r ON r.code ~>~ (scope || '.') AND r.code ~<~ (scope || '/')"
            " WHERE valid_until IS NULL GROUP BY scope, level",
            [wanted],
        )
        for code, level, total, drawn in cursor.fetchall():
            counts[code][level] = {"total": total, "with_boundary": drawn}
    return counts
