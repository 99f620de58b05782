"""Lines of the budget with their origin as files: CSV for spreadsheets, GeoJSON for maps; row by row, so memory stays flat."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, F, FloatField, Func, Max, OuterRef, QuerySet, Subquery

from budgeting.models import FundedWork, OriginStatement
from proposals.sheets.exports import CHUNK, line

#: Column of the file, and where it stands.
COLUMNS: dict[str, str] = {
    "id": "id",
    "tahun": "plan_year",
    "kode_wilayah": "region_id",
    "wilayah": "region__name",
    "judul": "title",
    "bidang": "sector",
    "asal": "origin",
    "dasar_asal": "origin_reference",
    "nomor_usulan": "proposal__number",
    "sumber_dana": "funding_source",
    "perangkat_daerah": "agency__name",
    "anggaran": "amount",
    "program": "programme",
    "kegiatan": "activity",
    "sub_kegiatan": "sub_activity",
    "dokumen": "budget_document",
    "dimasukkan_pada": "created_at",
    "dijelaskan_pada": "explained_at",
    "penjelasan": "explanation",
    "lon": "lon",
    "lat": "lat",
}


def _asked(works: QuerySet[FundedWork]) -> Iterator[tuple[Any, ...]]:
    newest = OriginStatement.objects.filter(work=OuterRef("pk"))
    told = works.annotate(
        lon=Func(F("location"), function="ST_X", output_field=FloatField()),
        lat=Func(F("location"), function="ST_Y", output_field=FloatField()),
        explained_at=Subquery(newest.order_by().values("work").annotate(last=Max("said_at")).values("last")),
        explanation=Subquery(newest.order_by("-turn").values("words")[:1], output_field=CharField()),
    )
    return told.values_list(*COLUMNS.values()).iterator(chunk_size=CHUNK)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, float):
        return round(value, 6)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def csv(works: QuerySet[FundedWork]) -> Iterator[str]:
    """Comma-separated lines: UTF-8 with its mark, money whole, no cell that would run as a formula."""
    yield "\ufeff" + line(list(COLUMNS))
    for values in _asked(works):
        yield line([_plain(value) for value in values])


def geojson(works: QuerySet[FundedWork]) -> Iterator[str]:
    """A FeatureCollection in WGS 84; a line without a place has a null geometry."""
    yield '{"type":"FeatureCollection","features":['
    for position, values in enumerate(_asked(works)):
        told = dict(zip(COLUMNS, map(_plain, values), strict=True))
        lon, lat = told.pop("lon"), told.pop("lat")
        geometry = {"type": "Point", "coordinates": [lon, lat]} if lon is not None else None
        feature = {"type": "Feature", "id": told["id"], "geometry": geometry, "properties": told}
        yield ("," if position else "") + json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
    yield "]}"
