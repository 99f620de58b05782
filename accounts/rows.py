"""One row as its model, by a statement written by hand: for the few that are read with every vote."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


@cache
def columns_of(model: type[Model], alias: str) -> str:
    """All columns of a model for a SELECT, in the order in which `made` takes them."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)  # noqa: SLF001 - documented, named by its habit


def first_row(statement: str, values: Sequence[Any]) -> list[Any] | None:
    """The first row of the answer, or None."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return None if row is None else list(row)


def made(model: type[Row], row: list[Any]) -> Row:
    """The model that the row begins with (`columns_of`); its values are taken off the row."""
    names, stored = _shape(model)
    kept, row[:] = row[: len(names)], row[len(names) :]
    for place, field in stored:
        kept[place] = field.from_db_value(kept[place], None, connection)
    return model.from_db(connection.alias, names, kept)


@cache
def _shape(model: type[Model]) -> tuple[list[str], list[tuple[int, Any]]]:
    """Names of the columns, and the fields whose values the driver gives as they are stored (JSON)."""
    fields = model._meta.concrete_fields  # noqa: SLF001
    return [field.attname for field in fields], [(place, field) for place, field in enumerate(fields) if hasattr(field, "from_db_value")]
