"""The roll on other pages: counts, verdicts, times."""

from datetime import datetime
from typing import Any

import segno
from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from accounts import clock
from accounts.models import User
from deliberation.models import Meeting
from deliberation.roll import listing, policy
from deliberation.roll.reading import snapshot
from deliberation.roll.wording import quorum_words, unvouched_words, women_words
from deliberation.words import Element
from geo.zones import zone_of

register = template.Library()


@register.simple_tag(takes_context=True)
def roll_panel(context: Context) -> SafeString:
    """Who is there, on the meeting's own page: counts and verdict, one's own line, the ways in."""
    meeting: Meeting = context["meeting"]
    request = context["request"]
    shown = {
        "meeting": meeting,
        "counted": context.get("counted") or snapshot(meeting),
        "may_record": context.get("may_record"),
        "may_come": policy.may_come(request.user, meeting),
        "own": listing.own_line(meeting, request.user) if isinstance(request.user, User) else None,
        "user": request.user,
    }
    return render_to_string("roll/panel.html", shown, request)


@register.filter
def quorum_sentence(counted: dict[str, Any]) -> str:
    """Whether the quorum is met, in words."""
    return quorum_words(counted)


@register.filter
def women_sentence(counted: dict[str, Any]) -> str:
    """Whether the share of women is met, in words."""
    return women_words(counted)


@register.filter
def unvouched_sentence(counted: dict[str, Any]) -> str:
    """How many of those there count for no rule yet."""
    return unvouched_words(counted)


@register.filter
def element_word(code: str) -> str:
    """`Petani`."""
    return str(Element(code).label) if code in Element.values else code


@register.filter
def hour(moment: datetime | None, region_code: str) -> str:
    """`09.30`, by the clock of the region; nothing for no moment."""
    return f"{moment.astimezone(zone_of(region_code)):%H.%M}" if moment else ""


@register.filter
def is_online_now(row: Any) -> bool:
    """Whether the person's page keeps them online: it has to tell that it is open."""
    return row is not None and any(stay.left_at is None and stay.heard_at is not None for stay in row.stays.all())


@register.filter
def is_there(row: Any) -> bool:
    """Whether the person is there now; who is on no roll is not."""
    return row is not None and any(stay.left_at is None for stay in row.stays.all())


@register.simple_tag
def qr(text: str) -> SafeString:
    """The code of a text as a drawing of black on white, whatever the scheme; the text itself stands beside it."""
    drawn = segno.make(text, error="m").svg_inline(omitsize=True, dark="#000", light="#fff", border=3, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - drawn by us from modules, the text is not in it


@register.simple_tag
def server_now() -> str:
    """The server's moment, from which a page measures how far off its device's clock is."""
    return clock.now().isoformat()
