"""What differs between a proposal and new values, in a form the journal can keep."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import Model

from proposals.models import Proposal


def differing(proposal: Proposal, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are not what stands."""
    return {name: value for name, value in values.items() if plain(getattr(proposal, name)) != plain(value)}


def for_journal(proposal: Proposal, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """`{field: [before, after]}`, ready for JSON."""
    return {name: [plain(getattr(proposal, name)), plain(value)] for name, value in values.items()}


def plain(value: Any) -> Any:
    """A value as JSON knows it: keys for rows, pairs for points, text for decimals."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Point):
        return [value.x, value.y]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value
