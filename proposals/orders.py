"""The orders of a list. Both keys of each run the same way, so that one index serves it in either direction."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Order(NamedTuple):
    """Its words and its columns; the last one is unique, so that no two pages show the same row."""

    words: Promise
    columns: tuple[str, ...]


#: What was looked for first; only a search with few enough results can be put so (lists.SORTED_AT_MOST).
RELEVANCE = "relevance"
ORDERINGS = {
    RELEVANCE: Order(_("best match first"), ("-relevance", "-created_at", "-id")),
    "-changed": Order(_("newest change first"), ("-changed_at", "-id")),
    "changed": Order(_("oldest change first"), ("changed_at", "id")),
    "-supports": Order(_("most supported first"), ("-supports", "-id")),
    "supports": Order(_("least supported first"), ("supports", "id")),
    "-amount": Order(_("largest amount first"), ("-amount", "-id")),
    "amount": Order(_("smallest amount first"), ("amount", "id")),
    "number": Order(_("by number"), ("number", "id")),
    "-number": Order(_("by number, last first"), ("-number", "-id")),
}
DEFAULT_ORDERING = "-changed"
