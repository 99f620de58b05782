"""What a form or a program gives for a rule, read into what is kept; wrong ones are told together, each by its name."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.refusals import Invalid

_YEARS = range(2000, 2101)


def each_of(fields: Mapping[str, Any], names: Iterable[str], one: Callable[[str, Any], dict[str, Any]]) -> dict[str, Any]:
    """The columns that the given fields set, by `one(name, value)`. Raises Invalid with every field at fault."""
    errors: dict[str, list[str]] = {}
    columns: dict[str, Any] = {}
    for name in names:
        if name in fields:
            try:
                columns |= one(name, fields[name])
            except Invalid as refused:
                errors |= refused.fields or {}
    if errors:
        raise Invalid(errors)
    return columns


def day(value: Any, name: str) -> date | None:
    """A day, as a date or as `2026-07-01`; None for nothing. Raises Invalid."""
    if value is None or value == "":
        return None
    try:
        found = value if isinstance(value, date) and not isinstance(value, datetime) else parse_date(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise Invalid({name: [_("Write a day, for example 2026-07-01.")]})
    return found


def yes(value: Any, name: str) -> bool:
    """Yes or no. Raises Invalid for anything else."""
    if not isinstance(value, bool):
        raise Invalid({name: [_("Say yes or no.")]})
    return value


def within(value: Any, least: int, greatest: int) -> int | None:
    """A whole number between two, also written as text; None for anything else."""
    written = value.strip() if isinstance(value, str) else value
    if isinstance(written, str) and written.isascii() and written.isdigit() and len(written) < 7:
        written = int(written)
    if isinstance(written, bool) or not isinstance(written, int) or not least <= written <= greatest:
        return None
    return written
