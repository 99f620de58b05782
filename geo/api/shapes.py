"""Boundaries and outlines as GeoJSON text, written by the database."""

from django.db import connection

from geo.codes import LEVELS, Level

#: Digits after the point: 0.1 m for boundaries, 1 m for outlines.
_BOUNDARY = """
    SELECT json_build_object('type', 'Feature', 'id', code, 'geometry', ST_AsGeoJSON({column}, {digits})::json,
        'properties', json_build_object('code', code, 'name', name, 'level', level, 'boundary_source', boundary_source,
            'detail', '{detail}'))::text
    FROM geo_region WHERE code = %s AND {column} IS NOT NULL"""
BOUNDARY = _BOUNDARY.format(column="boundary", digits=6, detail="full")
OUTLINE = _BOUNDARY.format(column="outline", digits=5, detail="outline")

_SCOPE = "FROM geo_region WHERE level = %s AND code LIKE %s AND valid_until IS NULL"
_OUTLINES = f"""
    SELECT json_build_object('type', 'FeatureCollection', 'level', %s::text,
        'features', coalesce(json_agg(json_build_object('type', 'Feature', 'id', code,
            'geometry', ST_AsGeoJSON(outline, 5)::json,
            'properties', json_build_object('code', code, 'name', name, 'kind', kind, 'boundary_source', boundary_source,
                'anchor', json_build_array(round(ST_X(anchor)::numeric, 5), round(ST_Y(anchor)::numeric, 5))))
            ORDER BY code) FILTER (WHERE outline IS NOT NULL), '[]'),
        'missing', coalesce(json_agg(json_build_object('code', code, 'name', name, 'kind', kind) ORDER BY code)
            FILTER (WHERE outline IS NULL), '[]'))::text
    {_SCOPE}"""
_STATE = f"SELECT count(*), count(outline), max(boundary_loaded_at), md5(string_agg(name, ',' ORDER BY code)) {_SCOPE}"


def feature(code: str, *, light: bool) -> str | None:
    """The region's GeoJSON Feature, or None where it has no boundary."""
    with connection.cursor() as cursor:
        cursor.execute(OUTLINE if light else BOUNDARY, [code])
        row = cursor.fetchone()
    return row[0] if row else None


def drawable(level: Level, scope_level: Level | None) -> bool:
    """Whether the outlines of this level below the scope fit one answer: one or two levels down."""
    steps = LEVELS.index(level) - (LEVELS.index(scope_level) if scope_level else -1)
    return 1 <= steps <= 2


def _scope(scope: str, level: Level) -> list[str]:
    return [level.value, f"{scope}.%" if scope else "%"]


def state(scope: str, level: Level) -> str:
    """A text that changes whenever the outlines of this level below the scope do; for the ETag."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, _scope(scope, level))
        return "-".join(str(part) for part in cursor.fetchone())


def outlines(scope: str, level: Level) -> str:
    """A FeatureCollection of outlines; `missing` lists the regions that have none."""
    with connection.cursor() as cursor:
        cursor.execute(_OUTLINES, [level.value, *_scope(scope, level)])
        return str(cursor.fetchone()[0])
