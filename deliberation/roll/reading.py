"""Who was there at a moment, counted: what every decision carries, and what the page, the wall and the API show."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from accounts import clock
from deliberation.meetings.rows import window_of
from deliberation.models import Meeting, Presence
from deliberation.roll.quorum import Counts, Rules, Verdict, judge
from deliberation.roll.stays import there_at
from deliberation.roll.vouching import unvouched
from deliberation.words import Element, MeetingState, Mode, Sex
from geo import codes
from geo.models import Region
from proposals.models import StageWindow
from proposals.small_groups import is_small

#: Elements that tell of somebody's health, poverty or childhood: a few of them are counted among the others.
SENSITIVE = frozenset({Element.DISABILITY, Element.POOR, Element.CHILDREN})


class There(NamedTuple):
    """One person who counts: what the counts are made of."""

    mode: str
    sex: str
    element: str
    is_young: bool
    is_disabled: bool
    region_id: str | None
    #: Whether anybody but the person says who this is; who is not known yet counts for no rule (decision 0216).
    is_known: bool


def snapshot(meeting: Meeting, at: datetime | None = None, *, exact: bool = False, whole: bool = False) -> dict[str, Any]:
    """Who counts and whether they are enough, ready for JSON; three queries, however many people there are.

    With `at`: who was there at that moment. Without: who is there now, and of a closed meeting, or with `whole`, everybody
    who came (`basis` says which, `present` or `attended`). Counts of people are whole numbers. Where it would point at single
    people, `disabled` is None and sensitive elements are counted as `other` (docs/decisions/0155); `exact` tells all to
    those who may read the names. Rules are judged by those whom somebody vouches for; `unvouched` are there beside them.

    `{"as_of", "basis", "total", "unvouched", "hall", "online", "women", "men", "young", "disabled", "elements": {code: n},
    "elements_count", "regions": {"represented", "of"}, "quorum": {"met", "short": [{"rule", "have", "need"}]},
    "women_share": {"percent", "met", "missing"}, "rules": {"people", "regions_percent", "elements", "women_percent",
    "blocks", "verified", "legal_basis"}, "reason"}`
    """
    whole = whole or (at is None and meeting.state == MeetingState.CLOSED)
    moment = at or meeting.closed_at or clock.now()
    people = there(meeting, None if whole else moment)
    window = window_of(meeting)
    known = [one for one in people if one.is_known]
    represented, of = _regions(meeting, known)
    counted = Counts(len(known), sum(one.sex == Sex.FEMALE for one in known), len({one.element for one in known}), represented, of)
    return {
        "as_of": moment.isoformat(),
        "basis": "attended" if whole else "present",
        **_people(people, exact=exact),
        "unvouched": len(people) - len(known),
        "regions": {"represented": represented, "of": of},
        **told(counted, judge(counted, rules_of(window))),
        "rules": _rules(window),
        "reason": meeting.shortfall_reason,
    }


def there(meeting: Meeting, at: datetime | None) -> list[There]:
    """Everybody of the roll who was there at that moment; with None everybody who ever was. Struck lines never count."""
    stays: QuerySet[Presence] = Presence.objects.filter(attendance__meeting=meeting, attendance__struck_at__isnull=True)
    if at is not None:
        stays = stays.filter(there_at(at))
    last = stays.order_by("attendance_id", "-arrived_at", "-pk").distinct("attendance_id")
    marked = last.annotate(is_alone=ExpressionWrapper(unvouched(meeting), BooleanField()))
    fields = ("mode", *(f"attendance__{name}" for name in There._fields[1:-1]), "is_alone")
    return [There._make([*said, not alone]) for *said, alone in marked.values_list(*fields)]


def rules_of(window: StageWindow | None) -> Rules:
    """The thresholds of a stage; a meeting that decides at no stage has none."""
    if window is None:
        return Rules()
    return Rules(window.quorum_people, window.quorum_regions_percent, window.quorum_elements, window.women_percent)


def told(counted: Counts, verdict: Verdict) -> dict[str, Any]:
    """A verdict for JSON."""
    return {
        "quorum": {"met": verdict.quorum_met, "short": [{"rule": one.rule.value, "have": one.have, "need": one.need} for one in verdict.short]},
        "women_share": {
            "percent": counted.women * 100 // counted.total if counted.total else 0,
            "met": verdict.women_met,
            "missing": verdict.women_missing,
        },
    }


def falls_short(counted: dict[str, Any]) -> bool:
    """Whether a snapshot misses something that a rule asks for: opening and closing then need a reason."""
    return counted["quorum"]["met"] is False or counted["women_share"]["met"] is False


def _people(people: list[There], *, exact: bool) -> dict[str, Any]:
    disabled = sum(one.is_disabled for one in people)
    women = sum(one.sex == Sex.FEMALE for one in people)
    return {
        "total": len(people),
        "hall": sum(one.mode == Mode.HALL for one in people),
        "online": sum(one.mode == Mode.ONLINE for one in people),
        "women": women,
        "men": len(people) - women,
        "young": sum(one.is_young for one in people),
        "disabled": disabled if exact or not is_small(disabled) else None,
        "elements": _elements(people, exact=exact),
        "elements_count": len({one.element for one in people}),
    }


def _elements(people: list[There], *, exact: bool) -> dict[str, int]:
    counts = Counter(one.element for one in people)
    if not exact:
        for element in SENSITIVE:
            if is_small(counts[element]):
                counts[Element.OTHER] += counts.pop(element)
    return {element.value: counts[element] for element in Element if counts[element]}


def _regions(meeting: Meeting, people: Iterable[There]) -> tuple[int, int]:
    """How many regions one level below somebody came for, and how many there are."""
    level = codes.level(meeting.region_id)
    if level is codes.Level.VILLAGE:
        return 0, 0
    below = codes.LEVELS[codes.LEVELS.index(level) + 1]
    came_for = {codes.ancestor(one.region_id, below) for one in people if one.region_id and codes.covers(meeting.region_id, one.region_id)}
    return len(came_for - {None}), Region.objects.in_force().filter(parent_id=meeting.region_id).count()


def _rules(window: StageWindow | None) -> dict[str, Any]:
    rules = rules_of(window)
    return {
        "people": rules.people,
        "regions_percent": rules.regions_percent,
        "elements": rules.elements,
        "women_percent": rules.women_percent,
        "blocks": bool(window and window.quota_blocks),
        "verified": bool(window and window.verified_at),
        "legal_basis": window.legal_basis if window else "",
    }
