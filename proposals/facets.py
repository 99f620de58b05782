"""Which filters who can answer: the tallies some, the search index more, the proposals themselves all. Said here and nowhere else.

The index holds a proposal's facets as lexemes (`@61.12`, `@stage:works`; the trigger of migration 0013 writes them).
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import make_aware

#: The tallies count by these, exactly and at once.
TALLIED = frozenset({"region", "plan_year", "channel", "sector", "stage", "outcome"})
#: The index knows these as lexemes beside the words: `stage` -> `@stage:works`.
_LEXEMES = {
    "plan_year": "year", "channel": "channel", "sector": "sector", "stage": "stage", "outcome": "outcome", "agency": "agency",
    "realisation": "realisation", "funding_source": "source", "land_owner": "land", "shape": "shape", "waiting": "waits", "entry": "entry",
}  # fmt: skip
#: And these in words of its own.
_SPECIAL = frozenset({"region", "q", "raised_by", "placed"})
INDEXED = frozenset(_LEXEMES) | _SPECIAL
#: These a proposal answers by its own columns, read as it is walked past.
_COLUMNS = {
    **{name: f"{name}__in" for name in ("channel", "sector", "stage", "outcome", "realisation", "funding_source", "land_owner")},
    "plan_year": "plan_year", "amount_min": "amount__gte", "amount_max": "amount__lte",
    "submitted_from": "submitted_at__gte", "submitted_to": "submitted_at__lt",
}  # fmt: skip
#: They choose no proposals.
_ORDER = frozenset({"ordering"})
#: A dictionary code that more entries share is asked of the proposals.
_ENTRIES_AT_MOST = 200
_DAYS_ONE_BY_ONE = 31
PUBLIC = "!'@stage:draft'"


def morning(day: date) -> datetime:
    """The first moment of a day of the local calendar."""
    return make_aware(datetime.combine(day, time.min))


#: Days are asked for, moments are kept: the last day counts whole.
_MOMENTS: Mapping[str, Callable[[Any], Any]] = {"submitted_from": morning, "submitted_to": lambda day: morning(day + timedelta(days=1))}


def asked(data: Mapping[str, Any]) -> set[str]:
    """The filters that somebody filled in."""
    return {name for name, value in data.items() if name not in _ORDER and value not in (None, "", [], ()) and not _is_empty_set(value)}


def _is_empty_set(value: Any) -> bool:
    return hasattr(value, "exists") and not len(value)


def need_proposals(data: Mapping[str, Any]) -> bool:
    """Whether something is asked for that no tally knows."""
    return bool(asked(data) - TALLIED)


def need_columns(data: Mapping[str, Any]) -> bool:
    """Whether something is asked for that not even the index knows: money, days, boxes, distances, a work of many dictionaries."""
    shape = data.get("shape") or []
    return bool(asked(data) - INDEXED) or len(data.get("entry") or ()) > _ENTRIES_AT_MOST or "point" in shape


def columns(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The filters beside the region as conditions on the proposals' own columns; None where some ask for more than they say."""
    names = asked(data) - {"region"}
    return {_COLUMNS[name]: _MOMENTS.get(name, lambda value: value)(data[name]) for name in names} if names <= _COLUMNS.keys() else None


def terms(data: Mapping[str, Any], words: str) -> str:
    """All that the index can answer of these filters, as the text of a tsquery; `words` is `Meaning.terms`."""
    parts = [f"({words})"] if words else []
    if data["region"]:
        parts.append(f"'@{data['region']}'")
    for name, prefix in _LEXEMES.items():
        if (values := _values(data.get(name))) and not (name == "entry" and len(values) > _ENTRIES_AT_MOST) and "point" not in values:
            parts.append(any_of(f"{prefix}:{value}" for value in values))
    # Raised by women AND by the poor: each mark narrows.
    parts += [f"'@raised:{mark}'" for mark in data.get("raised_by") or ()]
    if data.get("placed"):
        parts.append("'@place:none'" if data["placed"] == "no" else "!'@place:none'")
    return " & ".join([*parts, *([] if data.get("stage") else [PUBLIC])])


def _values(value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    return [getattr(one, "pk", one) for one in value] if not isinstance(value, str | int) else [value]


def any_of(names: Any) -> str:
    """One of several facets."""
    return "(" + " | ".join(f"'@{name}'" for name in names) + ")"


def since(moment: datetime, now: datetime) -> str:
    """Sent in on one of the days (after a month: in one of the months) from `moment` to `now`, by the calendar of UTC; days count whole."""
    days = (now.date() - moment.date()).days
    if days <= _DAYS_ONE_BY_ONE:
        return any_of(f"day:{moment.date() + timedelta(days=day)}" for day in range(max(days, 0) + 1))
    months = range(moment.year * 12 + moment.month - 1, now.year * 12 + now.month)
    return any_of(f"month:{month // 12}-{month % 12 + 1:02d}" for month in months)
