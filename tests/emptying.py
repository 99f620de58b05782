"""Between two tests that commit: only what has rows is emptied.

Django truncates every table, which makes new files for some nine hundred tables and indexes each time. Few tables have rows.
"""

from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

_GUARDED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"


def install() -> None:
    """Let every test that commits tidy up in this way."""
    TransactionTestCase._fixture_teardown = _tidy_up


def _tidy_up(_case: Any) -> None:
    tables = [name for name in connection.introspection.django_table_names(only_existing=True, include_views=False) if name != "django_migrations"]
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})" for name in sorted(tables)))  # noqa: S608
        filled = [name for (name,) in cursor.fetchall()]
        cursor.execute(_GUARDED)
        guarded = {name.rpartition(".")[2].strip('"') for (name,) in cursor.fetchall()}
        _triggers("DISABLE", guarded.intersection(filled))
        cursor.execute("; ".join(f"DELETE FROM {quote(name)}" for name in filled) or "SELECT")  # noqa: S608
        # no table is altered while a check of a foreign key waits on it
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _triggers("ENABLE", guarded.intersection(filled))


def _triggers(word: str, names: set[str]) -> None:
    """What only grows refuses to be deleted, so its own triggers sleep meanwhile."""
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(name)} {word} TRIGGER USER")
