"""Small sets of rows that come along with the row they belong to, as JSON of the same query.

A page of one proposal asks for its stages, its requirements and its answers: few rows each, and a query each is most of
their price. They stand where `prefetch_related` would have put them, so nobody who reads them knows the difference.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, Model, QuerySet

Row = TypeVar("Row", bound=Model)


class _WholeRow(Func):
    """A row of the query's own table as JSON. Naming its columns one by one costs more than asking for the rows apart."""

    output_field = JSONField()

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]  # noqa: ARG002
        """The table's alias is the whole row."""
        return f"to_jsonb({compiler.quote_name_unless_alias(compiler.query.get_initial_alias())})", ()


def carried(rows: QuerySet[Any]) -> ArraySubquery:
    """All columns of these rows as one value of the row outside; they are filtered by its `OuterRef` and ordered. No geometries."""
    return ArraySubquery(rows.values(row=_WholeRow()))


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
    return model.from_db(None, [field.attname for field in fields], [field.to_python(value[str(field.column)]) for field in fields])
