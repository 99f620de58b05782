"""Filling tables by one statement each: columns that are not given take their model's own default, keys and checks come back at the end."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Field, Model

_KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'u', 'c') ORDER BY CASE contype WHEN 'f' THEN 1 ELSE 0 END, conname
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid::regclass::text = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""


def run(sql: str, values: Any = None) -> Any:
    """One statement; the rows it gives, if any."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


@contextmanager
def unguarded(models: list[type[Model]]) -> Iterator[None]:
    """The tables of these models without keys to others, checks, indexes and triggers while the block runs; all of it again after it.

    Putting a key back checks every row, so what was filled in is as right as if it had been guarded all along.
    """
    tables = [model._meta.db_table for model in models]  # noqa: SLF001 - Django's own name for it
    keys, indexes = run(_KEYS, [tables]), run(_INDEXES, [tables])
    for table, name, _definition in reversed(keys):
        run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        run(f"DROP INDEX {name}")
    for table in tables:
        run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    begun = time.perf_counter()
    run("SET maintenance_work_mem = '1GB'")
    for _name, definition in indexes:
        run(definition)
    for table, name, definition in keys:
        run(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for table in tables:
        run(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    said("keys, checks and indexes", begun)


def fill(model: type[Model], given: Mapping[str, str], source: str) -> None:
    """`INSERT INTO model SELECT given FROM source`; `given` is SQL by column."""
    begun = time.perf_counter()
    columns = {**{field.column: _default(field) for field in _stored(model)}, **given}
    names = ", ".join(f'"{name}"' for name in columns)
    about = model._meta  # noqa: SLF001
    run(f"INSERT INTO {about.db_table} ({names}) SELECT {', '.join(columns.values())} FROM {source}")  # noqa: S608 - SQL of this package only
    said(about.label, begun)


def _stored(model: type[Model]) -> list[Any]:
    fields = model._meta.local_concrete_fields  # noqa: SLF001
    return [field for field in fields if not field.generated and not (field.primary_key and field.get_default() is None)]


def _default(field: "Field[Any, Any]") -> str:
    value = field.get_default()
    if field.null and value in (None, ""):
        return "NULL"
    if isinstance(value, bool | int):
        return str(value).lower()
    return "''" if value is None or callable(value) else "'" + str(value).replace("'", "''") + "'"


def said(what: str, begun: float) -> None:
    """One line of progress with its seconds."""
    print(f"  {what:<44} {time.perf_counter() - begun:7.1f} s", flush=True)
