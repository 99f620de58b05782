"""Lists by cursor: `{"next", "previous", "results"}`.

A cursor holds the sort keys of the row it stands at, so a page costs the same at any depth, rows that arrive meanwhile
shift nothing, and thousands of rows with the same key (supports: 0) are walked like any others.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param


class Key(NamedTuple):
    """One column of an order. Descending columns have their empty values first, as PostgreSQL sorts them."""

    name: str
    descending: bool


class Cursor(NamedTuple):
    """The place between two rows: the keys of the row on one side, and which way the page lies."""

    values: list[Any]
    backwards: bool


def keys_of(queryset: QuerySet[Any]) -> list[Key]:
    """The order of a queryset, which must end with a unique column. A key is a column, or an annotation of whole numbers."""
    names = [str(name) for name in (queryset.query.order_by or queryset.model._meta.ordering)]  # noqa: SLF001 - documented API
    return [Key(name.lstrip("-"), name.startswith("-")) for name in names]


def _after(key: Key, value: Any) -> Q:
    empty = Q(**{f"{key.name}__isnull": True})
    if value is None:
        return ~empty if key.descending else Q(pk__in=[])
    return Q(**{f"{key.name}__lt": value}) if key.descending else Q(**{f"{key.name}__gt": value}) | empty


def beyond(keys: Sequence[Key], values: Sequence[Any], *, filled: bool = False) -> Any:
    """Rows that come after the row with these values in this order.

    Keys that are all filled and run one way are one comparison of rows, which an index answers at any depth.
    """
    if filled and len({key.descending for key in keys}) == 1 and None not in values:
        compare = TupleLessThan if keys[0].descending else TupleGreaterThan
        return compare(Tuple(*(F(key.name) for key in keys)), tuple(values))
    found, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        found |= same & _after(key, value)
        same &= Q(**{f"{key.name}__isnull": True} if value is None else {key.name: value})
    return found


def _text_of(row: Model, name: str) -> str | None:
    value = getattr(row, name)
    try:
        field: Any = row._meta.get_field(name)  # noqa: SLF001 - documented API
    except FieldDoesNotExist:
        return str(value)
    return None if value is None else str(field.value_to_string(row))


def _field_of(queryset: QuerySet[Any], name: str) -> Any:
    annotation = queryset.query.annotations.get(name)
    return annotation.output_field if annotation else queryset.model._meta.get_field(name)  # noqa: SLF001


class CursorPages(BasePagination):
    """The pages of every list of the API. The order is the queryset's own."""

    page_size = 20
    max_page_size = 100
    cursor_param = "cursor"
    size_param = "page_size"
    #: Whether no row of the list has an empty key; then a page costs the same at any depth. A column that is never empty is.
    filled = False
    #: How the first rows of an ordered queryset are fetched, where somebody knows a better way than to ask for them.
    fetch: Callable[[Any, int], list[Any]] | None = None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:  # noqa: ARG002 - as the library calls it
        """The page asked for; a cursor or a size that cannot be read is a 400."""
        self.address, self.keys = request.build_absolute_uri(), keys_of(queryset)
        cursor = self._cursor(queryset, request.query_params.get(self.cursor_param, ""))
        size, backwards = self._size(request), bool(cursor and cursor.backwards)
        keys = [Key(key.name, key.descending ^ backwards) for key in self.keys]
        filled = self.filled or not any(getattr(_field_of(queryset, key.name), "null", False) for key in keys)
        rows = queryset.filter(beyond(keys, cursor.values, filled=filled)) if cursor else queryset
        ordered = rows.order_by(*(f"-{key.name}" if key.descending else key.name for key in keys))
        found = self.fetch(ordered, size + 1) if self.fetch else list(ordered[: size + 1])
        page, has_more = found[:size], len(found) > size
        self.page = page[::-1] if backwards else page
        self.has_next = bool(self.page) and (backwards or has_more)
        self.has_previous = bool(self.page) and (has_more if backwards else cursor is not None)
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        """The page in the shape of all lists."""
        return Response({"next": self.next_link(), "previous": self.previous_link(), "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The shape, for the OpenAPI description."""
        link = {"type": "string", "format": "uri", "nullable": True}
        return {"type": "object", "required": ["next", "previous", "results"], "properties": {"next": link, "previous": link, "results": schema}}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:  # noqa: ARG002 - as the library calls it
        """The two parameters, for the OpenAPI description."""
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size}
        return [
            {"name": self.cursor_param, "in": "query", "required": False, "schema": {"type": "string"}},
            {"name": self.size_param, "in": "query", "required": False, "schema": size},
        ]

    def next_link(self) -> str | None:
        """The address of the next page."""
        return self._link(self.page[-1], backwards=False) if self.has_next else None

    def previous_link(self) -> str | None:
        """The address of the page before."""
        if not self.has_previous:
            return None
        return self._link(self.page[0], backwards=True) if self.page else remove_query_param(self.address, self.cursor_param)

    def _link(self, row: Model, *, backwards: bool) -> str:
        texts = [_text_of(row, key.name) for key in self.keys]
        text = json.dumps([int(backwards), *texts], separators=(",", ":"))
        return replace_query_param(self.address, self.cursor_param, base64.urlsafe_b64encode(text.encode()).decode().rstrip("="))

    def _cursor(self, queryset: QuerySet[Any], text: str) -> Cursor | None:
        if not text:
            return None
        try:
            backwards, *texts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            fields: list[Any] = [_field_of(queryset, key.name) for key in self.keys]
            if any("\0" in str(value) for value in texts):
                raise ValueError(text)  # noqa: TRY301 - one answer for everything that cannot be read
            values = [value if value is None else field.to_python(str(value)) for field, value in zip(fields, texts, strict=True)]
        except (binascii.Error, UnicodeError, ValueError, TypeError, ValidationError, FieldDoesNotExist, RecursionError):
            raise exceptions.ValidationError({self.cursor_param: [_("This page address is not valid. Start again from the first page.")]}) from None
        return Cursor(values, bool(backwards))

    def _size(self, request: Request) -> int:
        text = request.query_params.get(self.size_param, "")
        if not text:
            return self.page_size
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= self.max_page_size):
            raise exceptions.ValidationError({self.size_param: [_("Write a number from 1 to %(most)d.") % {"most": self.max_page_size}]})
        return int(text)


class Pages(CursorPages):
    """Longer pages, for short rows: 50 without `?page_size=`, up to 200."""

    page_size = 50
    max_page_size = 200
