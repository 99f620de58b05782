"""What stands between a stage and its end in a region: papers, meetings, quorum, what nobody decided. Read only.

Some of it blocks; the rest passes with a reason that everybody reads. A kabupaten that closes for all its villages cannot
be held up by one that never met, so there everything passes with a reason (docs/decisions/0146).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from deliberation.closing.policy import level_of
from deliberation.models import Meeting
from deliberation.records.reading import kinds_there
from deliberation.words import DocumentKind, MeetingState
from geo import codes
from geo.models import Region
from proposals.models import Proposal, StageWindow
from proposals.stages import Outcome, Stage
from proposals.year.days import last_day

_BEFORE_THE_END = (MeetingState.PLANNED, MeetingState.OPEN, MeetingState.ADJOURNED)
_WITHOUT_A_WORD = (Outcome.OPEN, Outcome.RETURNED)


@dataclass(frozen=True)
class Obstacle:
    """One thing that is not in order, with its sentence and the page where it can be put in order."""

    kind: str
    count: int
    blocks: bool
    sentence: str
    path: str = ""


@dataclass(frozen=True)
class _Held:
    """A meeting of the stage in the region."""

    pk: UUID
    title: str
    state: str
    shortfall: str


def obstacles(window: StageWindow, region_code: str) -> list[Obstacle]:
    """Everything that is not in order, what blocks first; at most six queries, however many meetings there are."""
    stage = Stage(window.stage)
    is_own = codes.level(region_code) is level_of(stage)
    meetings = _meetings(window, region_code)
    found = [
        *_unfinished(meetings),
        *_papers(window, meetings, region_code),
        *_shortfalls(window, meetings),
        *_undecided(window, region_code),
        *_still_open(window),
        *([] if is_own else _others(window, stage, region_code)),
    ]
    if not is_own:
        found = [Obstacle(one.kind, one.count, blocks=False, sentence=one.sentence, path=one.path) for one in found]
    return sorted(found, key=lambda one: not one.blocks)


def _meetings(window: StageWindow, region_code: str) -> list[_Held]:
    here = Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}.")
    rows = Meeting.objects.filter(here, cycle_id=window.cycle_id, stage=window.stage).exclude(state=MeetingState.CANCELLED)
    return [_Held(*row) for row in rows.order_by("region_id", "starts_at", "pk").values_list("pk", "title", "state", "shortfall_reason")]


def _unfinished(meetings: Sequence[_Held]) -> list[Obstacle]:
    going_on = [meeting for meeting in meetings if meeting.state in _BEFORE_THE_END]
    if not going_on:
        return []
    sentence = ngettext(
        "%(count)d meeting is not closed: %(title)s. Close it, or cancel what will not be held.",
        "%(count)d meetings are not closed, first: %(title)s. Close them, or cancel what will not be held.",
        len(going_on),
    )
    told = sentence % {"count": len(going_on), "title": going_on[0].title}
    return [Obstacle("meetings", len(going_on), blocks=True, sentence=told, path=f"/rapat/{going_on[0].pk}/")]


def _papers(window: StageWindow, meetings: Sequence[_Held], region_code: str) -> list[Obstacle]:
    kinds = [kind for kind in DocumentKind if kind in window.required_documents]
    held = [meeting for meeting in meetings if meeting.state == MeetingState.CLOSED]
    if not held:
        sentence = _("No meeting of this stage was held here and closed.")
        return [Obstacle("no_meeting", 1, blocks=bool(kinds), sentence=sentence, path=f"/rapat/?region={region_code}")]
    there = kinds_there([meeting.pk for meeting in held]) if kinds else {}
    owed = {meeting: lacking for meeting in held if (lacking := [kind for kind in kinds if kind not in there.get(meeting.pk, set())])}
    if not owed:
        return []
    first, lacking = next(iter(owed.items()))
    count = sum(len(one) for one in owed.values())
    names = ", ".join(str(kind.label) for kind in lacking)
    sentence = ngettext(
        "%(count)d paper is not signed yet: %(title)s: %(papers)s.", "%(count)d papers are not signed yet: %(title)s: %(papers)s.", count
    )
    told = sentence % {"count": count, "title": first.title, "papers": names}
    return [Obstacle("papers", count, blocks=True, sentence=told, path=f"/rapat/{first.pk}/")]


def _shortfalls(window: StageWindow, meetings: Sequence[_Held]) -> list[Obstacle]:
    """A meeting that was held or closed below quorum or quota carries its reason."""
    short = [meeting for meeting in meetings if meeting.state == MeetingState.CLOSED and meeting.shortfall]
    if not short:
        return []
    sentence = ngettext(
        "%(count)d meeting was below quorum or quota: %(title)s.", "%(count)d meetings were below quorum or quota, first: %(title)s.", len(short)
    )
    told = sentence % {"count": len(short), "title": short[0].title}
    return [Obstacle("shortfall", len(short), blocks=window.quota_blocks, sentence=told, path=f"/rapat/{short[0].pk}/")]


def _undecided(window: StageWindow, region_code: str) -> list[Obstacle]:
    waiting = Proposal.objects.within(region_code).filter(cycle_id=window.cycle_id, stage=window.stage, outcome__in=_WITHOUT_A_WORD)
    count = waiting.count()
    if not count:
        return []
    sentence = ngettext("%(count)d proposal has no decision.", "%(count)d proposals have no decision.", count)
    path = f"/usulan/?region={region_code}&stage={window.stage}&plan_year={window.cycle.plan_year}"
    return [Obstacle("undecided", count, blocks=False, sentence=sentence % {"count": count}, path=path)]


def _still_open(window: StageWindow) -> list[Obstacle]:
    now = clock.now()
    until = window.closes_at + timedelta(hours=window.late_grace_hours) if window.closes_at else None
    if until is None or now >= until or window.closes_at is None:
        return []
    if now < window.closes_at:
        sentence = _("Input is open until %(date)s; closing ends it here before.")
        last = last_day(window.closes_at)
        return [Obstacle("early", 1, blocks=False, sentence=sentence % {"date": date_format(last or "", "j F Y")})]
    sentence = _("What was captured without signal is still expected until %(date)s; closing shuts it out.")
    return [Obstacle("grace", 1, blocks=False, sentence=sentence % {"date": date_format(localtime(until), "j F Y, H.i")})]


def _others(window: StageWindow, stage: Stage, region_code: str) -> list[Obstacle]:
    below = Region.objects.in_force().at(level_of(stage)).filter(pk__startswith=f"{region_code}.").count()
    count = below - sum(codes.covers(region_code, code) and code != region_code for code in window.closed_in)
    if count <= 0:
        return []
    sentence = ngettext("%(count)d region has not closed this stage itself.", "%(count)d regions have not closed this stage themselves.", count)
    return [Obstacle("regions", count, blocks=False, sentence=sentence % {"count": count})]
