"""The roll as it is read: lines with their stays, probable twins, suggestions while somebody types."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count, Max, Prefetch, QuerySet

from accounts.models import User
from deliberation.models import Attendance, Meeting, Presence
from deliberation.roll.names import key, nearly, words

#: Lines on one page; the next one begins behind the last number.
PAGE = 200
#: Suggestions at once, and the fewest letters that ask for them.
SUGGESTED, LETTERS = 8, 2
#: Among more lines than these only equal names and names in another order are found as twins.
LETTER_BY_LETTER = 400


class Twins(NamedTuple):
    """Two lines that are probably one person: the later, and the number of the earlier."""

    line: Attendance
    earlier: int


def lines(meeting: Meeting, *, after: int = 0, limit: int = PAGE, struck: bool = True) -> list[Attendance]:
    """Lines in the order of their numbers, each with its stays (`.stays.all()`); three queries, however many lines."""
    rows = _known(meeting).filter(number__gt=after)
    return list((rows if struck else rows.filter(struck_at__isnull=True)).order_by("number")[:limit])


def own_line(meeting: Meeting, user: User) -> Attendance | None:
    """The person's own line, with its stays: everybody reads what stands about them."""
    return _known(meeting).filter(user=user).order_by("struck_at", "number").first()


def last_lines(meeting: Meeting, limit: int = 12) -> list[Attendance]:
    """The newest lines first: what a note-taker looks back at."""
    return list(_known(meeting).order_by("-number")[:limit])


def _known(meeting: Meeting) -> QuerySet[Attendance]:
    stays = Prefetch("stays", Presence.objects.order_by("arrived_at", "pk"))
    rows = Attendance.objects.filter(meeting=meeting).select_related("region", "mandate", "merged_into")
    return rows.defer("region__boundary", "region__outline", "region__search_text").prefetch_related(stays)


def twins(meeting: Meeting, limit: int = 50) -> list[Twins]:
    """Lines that are probably a person who is on the roll already, and of whom nobody has said otherwise; one query."""
    rows = Attendance.objects.filter(meeting=meeting, struck_at__isnull=True).order_by("number")
    seen: dict[tuple[str, ...], Attendance] = {}
    found, earlier = [], list(rows)
    for row in earlier:
        same = seen.setdefault(words(row.name_key), row)
        if same is row and len(earlier) <= LETTER_BY_LETTER:
            same = next((other for other in earlier if other.number < row.number and nearly(row.name_key, other.name_key)), row)
        if same is not row and not row.is_namesake and not _two_accounts(same, row):
            found.append(Twins(row, same.number))
    return found[:limit]


def _two_accounts(one: Attendance, other: Attendance) -> bool:
    return bool(one.user_id and other.user_id and one.user_id != other.user_id)


class Suggestion(NamedTuple):
    """Somebody who was on an earlier roll of this region: what the note-taker would type again, and nothing more."""

    name: str
    sex: str
    element: str
    institution: str


def suggestions(meeting: Meeting, letters: str) -> list[Suggestion]:
    """Names from earlier rolls of this region that begin with these letters in any word, and are not on this one yet.

    Sex, element and institution come along; address, age and disability do not: they are asked of the person. Ask
    `policy.may_write` first.
    """
    wanted = key(letters)
    if len(wanted) < LETTERS:
        return []
    here = Attendance.objects.filter(meeting=meeting, struck_at__isnull=True).values("name_key")
    earlier = Attendance.objects.filter(meeting__region_id=meeting.region_id, struck_at__isnull=True).exclude(meeting=meeting)
    begun = earlier.filter(name_key__regex=rf"(^| ){_escaped(wanted)}").exclude(name_key__in=here)
    grouped = begun.values("name_key").annotate(times=Count("pk"), last=Max("entered_at")).order_by("-times", "-last", "name_key")
    keys = [row["name_key"] for row in grouped[:SUGGESTED]]
    latest: dict[str, Attendance] = {}
    for row in earlier.filter(name_key__in=keys).order_by("entered_at", "pk"):
        latest[row.name_key] = row
    found = [latest[name] for name in keys if name in latest]
    return [Suggestion(row.name, row.sex, row.element, row.institution) for row in found]


def _escaped(words: str) -> str:
    return "".join(letter if letter.isalnum() or letter == " " else f"\\{letter}" for letter in words)


def on_the_roll(meeting: Meeting) -> dict[str, list[int]]:
    """Keys of the names that count, with the numbers of their lines; what a pasted list is held against."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, name in Attendance.objects.filter(meeting=meeting, struck_at__isnull=True).order_by("number").values_list("number", "name_key"):
        found[name].append(number)
    return found
