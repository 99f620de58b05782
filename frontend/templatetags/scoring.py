"""Marks of scoring, and what other pages show of it."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from deliberation.meetings import policy as meetings
from deliberation.models import Meeting, Panel
from deliberation.scoring import reading
from deliberation.scoring.outcome import rounded
from deliberation.scoring.words import PanelState
from frontend.scoring import listing
from frontend.scoring.results import Drawing
from frontend.scoring.wording import decimal
from frontend.templatetags.marks import icon
from geo.models import Region
from proposals.models import Cycle, Proposal
from proposals.stages import DELIBERATING

register = template.Library()

GROUND = SafeString('<rect class="ground" x="0" y="5.5" width="100" height="1"/>')
STATE_ICONS = {PanelState.DRAFT: "pencil", PanelState.OPEN: "circle-check", PanelState.CLOSED: "list"}


@register.simple_tag
def panel_state(panel: Panel) -> SafeString:
    """Icon and word of how a panel stands."""
    state = PanelState(panel.state)
    return format_html(
        '<span class="outcome panel-{}">{}<span class="unseen">{} </span>{}</span>', state.value, icon(STATE_ICONS[state]), _("State:"), state.label
    )


@register.simple_tag
def score_line(drawing: Drawing | None) -> SafeString | str:
    """A line from 0 to 100 with the score, and how far single sheets lie apart; the table beside it says the same in figures."""
    if drawing is None:
        return ""
    apart = ""
    if drawing.least is not None and drawing.most is not None:
        apart = format_html('<rect class="apart" x="{}" y="4" width="{}" height="4" rx="2"/>', drawing.least, max(drawing.most - drawing.least, 1))
    dot = format_html('<circle class="dot" cx="{}" cy="6" r="3.5"/>', min(max(drawing.score, 4), 96))
    return format_html('<svg class="score-line" viewBox="0 0 100 12" aria-hidden="true" focusable="false">{}{}{}</svg>', GROUND, apart, dot)


@register.filter
def told_score(row: dict[str, Any] | None) -> str:
    """A score of a kept result with one decimal."""
    return decimal(rounded(Fraction(row["score"]))) if row and row["score"] is not None else "–"


@register.filter
def field_errors(wrong: dict[str, list[str]], name: str) -> str:
    """The sentences of one field."""
    return " ".join(wrong.get(name, []))


@register.inclusion_tag("scoring/beside.html", takes_context=True)
def meeting_panels(context: RequestContext, meeting: Meeting) -> dict[str, Any]:
    """The panels of a meeting, and for who runs it the way to a new one."""
    reader = context["user"]
    panels = listing.of_meeting(meeting, reader)
    free = not any(panel.state != PanelState.CLOSED and panel.meeting_id == meeting.pk for panel in panels)
    new = f"{reverse('new_panel')}?rapat={meeting.pk}" if free and meetings.not_over(meeting) and meetings.may_run(reader, meeting) else ""
    closed = any(panel.state == PanelState.CLOSED for panel in panels)
    arrange = closed and meetings.not_over(meeting) and meetings.may_run(reader, meeting)
    return {"panels": panels, "new": new, "meeting": meeting, "arrange": arrange, "request": context["request"]}


@register.inclusion_tag("scoring/beside.html", takes_context=True)
def region_panels(context: RequestContext, region: Region) -> dict[str, Any]:
    """The newest panels that concern a region; nothing where there are none."""
    return {"panels": reading.of_region(region.pk, context["user"]), "region": region}


@register.inclusion_tag("scoring/beside_proposal.html")
def proposal_panels(proposal: Proposal) -> dict[str, Any]:
    """Where a proposal is scored; one query."""
    return {"found": reading.of_proposal(proposal)}


@register.inclusion_tag("scoring/waiting.html", takes_context=True)
def waiting_sheets(context: RequestContext) -> dict[str, Any]:
    """The open sheets that wait for a person; one query."""
    return {"sheets": listing.waiting(context["user"])}


@register.inclusion_tag("scoring/of_year.html")
def year_criteria(cycle: Cycle, rows: Iterable[Any]) -> dict[str, Any]:
    """The way from a plan year to the criteria of its stages; `rows` are the page's own, each with its `window`: no query."""
    return {"cycle": cycle, "windows": [row.window for row in rows if row.window.stage in DELIBERATING]}
