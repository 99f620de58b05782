"""A collection of features: what it is called, what it holds, and which questions it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

#: Indonesia with its seas, degrees: west, south, east, north. Stated, not computed: it holds every feature there can be.
EXTENT = (94.0, -12.0, 142.0, 7.0)


@dataclass(frozen=True)
class Property:
    """One property of a feature. `column` is where the value comes from; `kind` is its JSON type."""

    name: str
    column: str
    kind: str = "string"


@dataclass(frozen=True)
class Question:
    """A query parameter of its own: its name, its JSON type, whether it may be repeated."""

    name: str
    kind: str = "string"
    many: bool = False


@dataclass(frozen=True)
class Collection:
    """What `/ogc/collections/{id}` serves. Rows are read by the unique column `key`, in its order."""

    id: str
    title: str | Promise
    description: str | Promise
    key: str
    #: The geometry column, in WGS 84.
    geometry: str
    properties: tuple[Property, ...]
    questions: tuple[Question, ...]
    #: The rows that the questions ask for; raises `Wrong` naming the parameter at fault.
    rows: Callable[[Mapping[str, Any]], QuerySet[Any]]
    #: Turns the text of a feature's id into the key, or None where it cannot be one.
    read_key: Callable[[str], Any]
    #: How many rows the questions ask for, where that is cheap to know; None where it is not.
    matched: Callable[[Mapping[str, Any]], int | None]
    #: The column that `datetime` asks about; empty where a collection has no time.
    time: str = ""
    #: Digits after the point that its coordinates have.
    digits: int = 6
    extent: tuple[float, float, float, float] = field(default=EXTENT)

    @property
    def columns(self) -> list[str]:
        """Columns to read besides the key and the geometry."""
        return [one.column for one in self.properties]

    @property
    def parameters(self) -> frozenset[str]:
        """Every query parameter that its items take; any other is refused, as the standard asks."""
        return frozenset({"bbox", "bbox-crs", "datetime", "limit", "cursor", "f"} | {question.name for question in self.questions})
