"""Lists a page at a time, by the same cursors as the API's: links that work without scripts and keep the filters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from accounts.refusals import Invalid
from geo.api.pagination import CursorPages, Pages

Fetch = Callable[[Any, int], list[Any]] | None


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the addresses of the rows before and after them."""

    rows: list[Any]
    next: str | None = None
    previous: str | None = None
    #: Of the whole list, where somebody knows it without counting.
    total: int | None = None
    #: Whether the total is all there are; counting may end at a bound.
    is_exact: bool = True


def page_of(
    request: HttpRequest,
    queryset: QuerySet[Any],
    *,
    total: int | None = None,
    is_exact: bool = True,
    filled: bool = False,
    fetch: Fetch = None,
    short_rows: bool = False,
) -> Page:
    """The page that the address asks for; raises `Invalid` (400) for a cursor that nobody gave out.

    `filled`: no row has an empty key of the order, so that deep pages cost no more than the first. `short_rows`: more of them on a page.
    """
    pages = Pages() if short_rows else CursorPages()
    pages.filled, pages.fetch = filled, fetch
    try:
        rows = pages.paginate_queryset(queryset, Request(request))
    except ValidationError as error:
        raise Invalid({"cursor": [str(sentence) for sentences in _details(error).values() for sentence in sentences]}) from error
    return Page(rows, pages.next_link(), pages.previous_link(), total, is_exact)


def _details(error: ValidationError) -> dict[str, Any]:
    return error.detail if isinstance(error.detail, dict) else {"cursor": error.detail}
