"""Marks of ballots, and what other pages show of them."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from deliberation.ballots.words import BallotState
from deliberation.meetings.policy import may_run
from deliberation.models import Ballot, Meeting
from frontend import figures
from frontend.ballots import listing
from frontend.templatetags.marks import icon
from geo.models import Region

register = template.Library()

STATE_ICONS = {
    BallotState.DRAFT: "pencil",
    BallotState.OPEN: "circle-check",
    BallotState.CLOSED: "lock",
    BallotState.PUBLISHED: "list",
    BallotState.ANNULLED: "ban",
}


@register.simple_tag
def ballot_state(ballot: Ballot) -> SafeString:
    """Icon and word of how a ballot stands; screen readers hear what it is about."""
    state = BallotState(ballot.state)
    return format_html(
        '<span class="outcome ballot-{}">{}<span class="unseen">{} </span>{}</span>', state, icon(STATE_ICONS[state]), _("State:"), state.label
    )


@register.filter
def told_count(count: int | None) -> str:
    """A count of people as it may be told; None is a small group."""
    return _("fewer than 5, or held back") if count is None else figures.number(count)


@register.inclusion_tag("ballots/beside.html", takes_context=True)
def meeting_ballots(context: RequestContext, meeting: Meeting) -> dict[str, Any]:
    """The ballots of a meeting, and for who runs it the way to a new one."""
    reader = context["user"]
    return {"ballots": listing.of_meeting(meeting, reader), "new": f"?rapat={meeting.pk}" if may_run(reader, meeting) else "", "of_meeting": True}


@register.inclusion_tag("ballots/beside.html", takes_context=True)
def region_ballots(context: RequestContext, region: Region) -> dict[str, Any]:
    """The newest ballots that concern a region; nothing where there are none."""
    return {"ballots": listing.of_region(region.pk, context["user"]), "region": region}


@register.inclusion_tag("ballots/open_now.html", takes_context=True)
def open_ballots(context: RequestContext, region: Region) -> dict[str, Any]:
    """What can be voted on now, for the home page; nothing where there is nothing."""
    return {"ballots": listing.open_for(region.pk, context["user"])}


@register.inclusion_tag("ballots/waiting.html", takes_context=True)
def waiting_ballots(context: RequestContext) -> dict[str, Any]:
    """What waits on an official's desk, and where a new one is begun."""
    reader = context["user"]
    return {"ballots": listing.waiting_for(reader), "convenes": listing.convenes(reader)}
