"""Marks of meetings: when it is held, how it stands."""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts import clock
from deliberation.models import Meeting
from deliberation.words import ItemState, MeetingState
from frontend.meetings import beside
from frontend.templatetags.marks import icon
from geo.models import Region
from geo.zones import zone_of
from proposals.models import Proposal
from proposals.words import STEP_WORDS

register = template.Library()

STATE_ICONS = {
    MeetingState.PLANNED: "calendar",
    MeetingState.OPEN: "gavel",
    MeetingState.ADJOURNED: "player-pause",
    MeetingState.CLOSED: "check",
    MeetingState.CANCELLED: "ban",
}
ITEM_ICONS = {ItemState.WAITING: "clock", ItemState.IN_HAND: "gavel", ItemState.DONE: "check", ItemState.SKIPPED: "minus"}


@register.filter
def held(moment: datetime | None, region_code: str) -> str:
    """`Kamis, 11 Februari 2027, 09.00 WIB`, by the clock of the region."""
    if moment is None:
        return ""
    local = moment.astimezone(zone_of(region_code))
    return f"{date_format(local, 'l, j F Y')}, {local:%H.%M} {clock.zone(local)}".strip()


@register.filter
def held_time(moment: datetime | None, region_code: str) -> str:
    """`09.00 WIB`, by the clock of the region."""
    if moment is None:
        return ""
    local = moment.astimezone(zone_of(region_code))
    return f"{local:%H.%M} {clock.zone(local)}".strip()


@register.simple_tag
def meeting_state(meeting: Meeting) -> SafeString:
    """Icon and word of how a meeting stands."""
    state = MeetingState(meeting.state)
    mark = icon(STATE_ICONS[state])
    return format_html('<span class="outcome meeting-{}">{}<span class="unseen">{} </span>{}</span>', state.value, mark, _("Meeting:"), state.label)


@register.simple_tag
def item_icon(state: str) -> SafeString:
    """The icon of an item's state; its word stands beside it, or is spoken."""
    known = ItemState(state)
    return format_html('{}<span class="unseen">{}</span>', icon(ITEM_ICONS[known]), known.label)


@register.simple_tag
def item_mark(state: str) -> SafeString:
    """The icon alone, where the word stands beside it."""
    return icon(ITEM_ICONS[ItemState(state)])


@register.simple_tag
def step_word(name: str, state: str) -> str:
    """What a step is called on its button; opening again after a break is going on."""
    if name == "open":
        return _("Go on with the meeting") if state == MeetingState.ADJOURNED else _("Open the meeting")
    return {"adjourn": _("Adjourn"), "close": _("Close the meeting"), "cancel": _("Cancel the meeting")}[name]


@register.filter
def step_said(move: str) -> str:
    """What a decision was, once it was made: “Forwarded”."""
    return str(STEP_WORDS[move])


@register.inclusion_tag("meetings/beside_region.html", takes_context=True)
def region_meetings(context: RequestContext, region: Region) -> dict[str, Any]:
    """What a region's page says of its meetings: those in session, called, and the last one that is over; one query."""
    found = beside.of_region(region.pk)
    return {"region": region, "meetings": found, "may_plan": beside.may_plan(context["user"], region.pk)}


@register.inclusion_tag("meetings/beside_proposal.html")
def proposal_meetings(proposal: Proposal) -> dict[str, Any]:
    """On which agendas a proposal stands and what was decided there; one query."""
    return {"items": beside.of_proposal(proposal)}


@register.inclusion_tag("meetings/on_desk.html", takes_context=True)
def my_meetings(context: RequestContext) -> dict[str, Any]:
    """What waits for a person among the meetings: those that are not over; one query."""
    return {"meetings": beside.of_person(context["user"]), "offices": context.get("offices")}
