"""The live room on a meeting's page."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from deliberation.floor.words import CAPACITY_WORDS, WHY_WORDS
from deliberation.models import Said, Turn
from frontend.figures import number
from frontend.floor import panel
from frontend.words import speakers

register = template.Library()


@register.simple_tag(takes_context=True)
def floor_panel(context: Context) -> SafeString:
    """The whole room of `meeting`, as its reader may see it."""
    request = context["request"]
    known = {name: context[name] for name in ("item", "counted") if name in context}
    shown: dict[str, Any] = panel.context(panel.frame(context["meeting"], request.user, context.get("seq"), **known), panel.PARTS)
    shown |= {name: context.get(name) for name in ("floor_refusal", "written")}
    return render_to_string("floor/panel.html", shown, request)


@register.filter
def why_word(code: str) -> str:
    """Why somebody is called now."""
    return str(WHY_WORDS.get(code, code))


@register.filter
def capacity_word(said: Said) -> str:
    """In which capacity somebody spoke, and of where: `delegasi Desa Arang`."""
    word = str(CAPACITY_WORDS.get(said.capacity) or speakers().get(said.capacity, said.capacity))
    return f"{word}, {said.region.title}" if said.region else word


@register.filter
def minutes_of(seconds: int | None) -> str:
    """`3`, or `2,5`: minutes of so many seconds."""
    return number((seconds or 0) / 60)


@register.filter
def clock_of(turn: Turn) -> str:
    """`3.00`: how long a turn is, as the clock shows it."""
    seconds = turn.seconds or 0
    return f"{seconds // 60}.{seconds % 60:02}"
