"""Meetings beside other pages: of a region, of a proposal, of an official's desk."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject

from accounts.scope import Person, offices_of
from deliberation.meetings import policy, rows
from deliberation.meetings.policy import CONVENERS
from deliberation.models import AgendaItem, Decision, Meeting
from deliberation.words import LEVEL_OF, MeetingKind, MeetingState
from geo import codes
from proposals.models import Proposal

#: Meetings that a region's page shows; the list has all.
OF_A_REGION = 4
#: Meetings on a desk.
OF_A_PERSON = 12
_ALIVE = frozenset({MeetingState.OPEN, MeetingState.ADJOURNED, MeetingState.PLANNED})
_FIRST = Case(
    When(state=MeetingState.OPEN, then=Value(0)),
    When(state=MeetingState.ADJOURNED, then=Value(1)),
    When(state=MeetingState.PLANNED, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


def of_region(code: str) -> list[Meeting]:
    """Those of the region itself and, of a village, of what lies above it up to the kabupaten; in session first, the newest over last."""
    above = [one for one in codes.lineage(code) if one.count(".") >= 1]
    found = rows.known().filter(region__in=above or [code]).exclude(state=MeetingState.CANCELLED, invited_at__isnull=True)
    ordered = list(found.annotate(first=_FIRST).order_by("first", "-starts_at", "id")[: 3 * OF_A_REGION])
    alive = [meeting for meeting in ordered if meeting.state in _ALIVE]
    alive.sort(key=lambda meeting: (meeting.state != MeetingState.OPEN, meeting.starts_at))
    over = [meeting for meeting in ordered if meeting.state not in _ALIVE]
    return [*alive[:OF_A_REGION], *over[:1]]


def may_plan(user: Person, code: str) -> bool:
    """Whether a person may call any meeting in this very region; no query beyond the offices that the page knows."""
    kinds = [kind for kind in MeetingKind if codes.is_code(code) and LEVEL_OF[kind] is codes.level(code)]
    agencies = [office.agency_id for office in offices_of(user)] or [None]
    return any(policy.may_convene(user, kind, code, agency) for kind in kinds for agency in agencies)


def of_proposal(proposal: Proposal) -> list[AgendaItem]:
    """The items of agendas on which a proposal stands, oldest first, with their meetings and (`made`) decisions; one query."""
    found = AgendaItem.objects.filter(proposal=proposal.pk).exclude(meeting__state=MeetingState.CANCELLED).select_related("meeting")
    decisions = Decision.objects.filter(item=OuterRef("pk")).order_by("number", "pk")
    made = ArraySubquery(decisions.values(row=JSONObject(pk="pk", number="number", move="move")))
    return list(found.annotate(made=made).order_by("meeting__starts_at", "id"))


def of_person(user: Person) -> list[Meeting]:
    """Meetings that are not over and that a person called, chairs or takes notes in, or may run by an office; soonest first."""
    named = Q(convened_by=user.pk) | Q(chair=user.pk) | Q(note_taker=user.pk)
    for office in offices_of(user):
        kinds = [kind for kind, roles in CONVENERS.items() if office.role in roles]
        if kinds:
            mine = Q(kind__in=kinds, region=office.region_code)
            named |= mine & (Q(agency=office.agency_id) if office.agency_id is not None else Q())
    return list(rows.known().filter(named, state__in=_ALIVE).order_by("starts_at", "id")[:OF_A_PERSON])
