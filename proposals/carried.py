"""Small sets of rows that come along with the row they belong to, as JSON of the same query.

A page of one proposal asks for its stages, its requirements and its answers: few rows each, and a query each is most of
their price. They stand where `prefetch_related` would have put them, so nobody who reads them knows the difference.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, QuerySet
from django.db.models.functions import JSONObject

Row = TypeVar("Row", bound=Model)


def carried(rows: QuerySet[Any]) -> ArraySubquery:
    """All columns of these rows as one value of the row outside; they are filtered by its `OuterRef` and ordered. No geometries."""
    names = [field.attname for field in rows.model._meta.concrete_fields]  # noqa: SLF001 - documented API
    return ArraySubquery(rows.values(row=JSONObject(**{name: name for name in names})))


def unpack(owner: Model, name: str, model: type[Row], values: Iterable[dict[str, Any]]) -> None:
    """Put carried rows behind the owner's manager of this name, as a prefetch does."""
    found = getattr(owner, name).get_queryset()
    found._result_cache = [_row(model, value) for value in values]  # noqa: SLF001 - what Django's own prefetch sets
    found._prefetch_done = True  # noqa: SLF001
    kept: dict[str, Any] = owner.__dict__.setdefault("_prefetched_objects_cache", {})
    kept[name] = found


def _row(model: type[Row], value: dict[str, Any]) -> Row:
    """An instance as the database would have given it: moments as moments, decimals as decimals."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - documented API
    return model.from_db(None, [field.attname for field in fields], [field.to_python(value[field.attname]) for field in fields])
