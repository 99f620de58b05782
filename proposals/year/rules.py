"""A stage's rules as a planner writes them, read and checked; every sentence by its field."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from accounts import text
from accounts.refusals import Invalid
from proposals.models import StageWindow
from proposals.year import days, values

#: What a stage may ask for: the kinds of `deliberation.words.DocumentKind`, which lies to the right of this room.
PAPERS = ("record", "attendance", "minutes", "priorities", "not_accommodated", "delegates", "photos")
#: Whole numbers with their least and their greatest; empty means that there is no such rule.
NUMBERS: dict[str, tuple[int, int]] = {
    "quorum_people": (1, 10_000),
    "quorum_regions_percent": (1, 100),
    "quorum_elements": (1, 30),
    "women_percent": (0, 100),
    "delegates": (0, 100),
}
GRACE_LONGEST = 24 * 30
_TEXTS = {"name": 80, "legal_basis": 300}
FIELDS = ("name", "first_day", "last_day", "needs_ceilings", "late_grace_hours", *NUMBERS, "quota_blocks", "required_documents", "legal_basis")


def read(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a `StageWindow` that these fields set; only what is given. Raises Invalid with every field at fault."""
    return values.each_of(fields, FIELDS, _one)


def _one(name: str, value: Any) -> dict[str, Any]:
    if name in _TEXTS:
        return {name: text.clean(value, field=name, max_length=_TEXTS[name])}
    if name in ("first_day", "last_day"):
        found = values.day(value, name)
        return {"opens_at": days.morning(found)} if name == "first_day" else {"closes_at": days.evening(found)}
    if name in ("needs_ceilings", "quota_blocks"):
        return {name: values.yes(value, name)}
    if name == "required_documents":
        return {name: _papers(value)}
    if name == "late_grace_hours":
        return {name: _number(value, name, 0, GRACE_LONGEST) or 0}
    return {name: _number(value, name, *NUMBERS[name])}


def _number(value: Any, name: str, least: int, greatest: int) -> int | None:
    if value is None or value == "":
        return None
    written = values.within(value, least, greatest)
    if written is None:
        limits = {"least": least, "greatest": greatest}
        raise Invalid({name: [_("Write a whole number from %(least)d to %(greatest)d, or nothing.") % limits]})
    return written


def _papers(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or any(paper not in PAPERS for paper in value):
        raise Invalid({"required_documents": [_("Choose papers from the list.")]})
    return [paper for paper in PAPERS if paper in value]


def check_dates(windows: Sequence[StageWindow], changed: StageWindow) -> None:
    """A window ends after it begins, and no stage begins or ends before the one it follows. Raises Invalid at the changed stage."""
    if changed.opens_at and changed.closes_at and changed.closes_at <= changed.opens_at:
        raise Invalid({"last_day": [_("A window ends on or after its first day.")]})
    for side, field in (("opens_at", "first_day"), ("closes_at", "last_day")):
        timed = [window for window in sorted(windows, key=lambda one: one.position) if getattr(window, side)]
        for before, after in pairwise(timed):
            if getattr(after, side) < getattr(before, side) and changed in (before, after):
                raise Invalid({field: [_order_words(side, before, after)]})


def _order_words(side: str, before: StageWindow, after: StageWindow) -> str:
    names = {"first": before.title, "second": after.title}
    if side == "opens_at":
        return _("“%(second)s” cannot begin before “%(first)s” does, which it follows.") % names
    return _("“%(second)s” cannot end before “%(first)s” does, which it follows.") % names
