"""Features as GeoJSON: one page of a collection, or one feature."""

import json
from decimal import Decimal
from typing import Any

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import QuerySet

from geo.ogc.asked import Asked
from geo.ogc.collection import Collection

Feature = dict[str, Any]
#: So many keys are fetched in no order; of what is commoner the next page is never far.
SOUGHT_AT_MOST = 4_000


def page(collection: Collection, rows: QuerySet[Any], asked: Asked) -> tuple[list[Feature], Any]:
    """The features of one page, and the key after which the next begins: None at the end. One query, two where something is asked."""
    found = rows.filter(asked.condition).order_by(collection.key)
    if asked.after is not None:
        found = found.filter(**{f"{collection.key}__gt": asked.after})
    if asked.is_sifted:
        found = _few(collection, found, asked.limit + 1)
    read = list(_values(collection, found)[: asked.limit + 1])
    listed = read[: asked.limit]
    return [_feature(collection, row) for row in listed], listed[-1][0] if len(read) > len(listed) else None


def _few(collection: Collection, found: QuerySet[Any], most: int) -> QuerySet[Any]:
    """The same rows by their keys where they are few: a walk in the order of the keys would look at every row to find them."""
    keys = sorted(found.order_by().values_list(collection.key, flat=True)[: SOUGHT_AT_MOST + 1])
    return found.model._default_manager.filter(**{f"{collection.key}__in": keys[:most]}) if len(keys) <= SOUGHT_AT_MOST else found  # noqa: SLF001


def one(collection: Collection, rows: QuerySet[Any], key: Any) -> Feature | None:
    """The feature with this key, or None."""
    row = _values(collection, rows.filter(**{collection.key: key})).first()
    return _feature(collection, row) if row else None


def _values(collection: Collection, rows: QuerySet[Any]) -> Any:
    shape = AsGeoJSON(collection.geometry, precision=collection.digits)
    return rows.order_by(collection.key).values_list(collection.key, shape, *collection.columns)


def _feature(collection: Collection, row: tuple[Any, ...]) -> Feature:
    key, shape, *values = row
    properties = {described.name: _plain(value) for described, value in zip(collection.properties, values, strict=True)}
    return {"type": "Feature", "id": str(key), "geometry": json.loads(shape) if shape else None, "properties": properties}


def _plain(value: Any) -> Any:
    """A value as JSON holds it: decimals as numbers, times with their offset.

    A whole decimal keeps its point (120.0): GDAL tells a field's kind from the first page, and would cut off later fractions.
    """
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat()
