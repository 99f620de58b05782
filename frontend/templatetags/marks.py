"""Small marks: icons, stage shapes, outcome badges, money, numbers, dates."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts import clock
from frontend import figures
from frontend.words import speaker_word
from proposals import money
from proposals.stages import Outcome, Realisation, Stage
from proposals.words import MOVE_WORDS, OUTCOME_WORDS, REALISATION_WORDS, STAGE_WORDS, Channel, Sector
from proposals.year.days import last_day

register = template.Library()

SECTOR_ICONS = {
    Sector.ROAD: "road",
    Sector.WATER: "droplet",
    Sector.DRAINAGE: "ripple",
    Sector.EDUCATION: "school",
    Sector.HEALTH: "stethoscope",
    Sector.FARMING: "plant-2",
    Sector.FISHERY: "fish",
    Sector.BUSINESS: "building-store",
    Sector.ENERGY: "bolt",
    Sector.GOVERNMENT: "building-community",
    Sector.EMPOWERMENT: "users",
    Sector.TRANSPORT: "anchor",
    Sector.SANITATION: "recycle",
    Sector.HOUSING: "home",
    Sector.DISASTER: "alert-triangle",
}
OUTCOME_ICONS = {
    Outcome.OPEN: "clock",
    Outcome.RETURNED: "arrow-back-up",
    Outcome.RESERVED: "player-pause",
    Outcome.REJECTED: "x",
    Outcome.WITHDRAWN: "minus",
    Outcome.MERGED: "git-merge",
    Outcome.SPLIT: "git-fork",
    Outcome.FUNDED: "check",
    Outcome.NOT_FUNDED: "ban",
}
REALISATION_ICONS = {
    Realisation.UNDER_WAY: "tools",
    Realisation.REPORTED_DONE: "flag",
    Realisation.CONFIRMED: "circle-check",
    Realisation.DISPUTED: "alert-triangle",
}


@register.simple_tag
def icon(name: str, classes: str = "icon") -> SafeString:
    """A line icon of the sprite; silent for screen readers, so a word stands beside it."""
    return _drawn(classes, f"i-{name}", staticfiles_storage)


@register.simple_tag
def shape(stage: str) -> SafeString:
    """The outline of a stage, coloured by the text around it."""
    return _drawn("shape", f"s-{stage}", staticfiles_storage)


# A page has a hundred marks of a few dozen kinds: each is written once a process and language, the files keep their names.
@lru_cache(maxsize=512)
def _drawn(classes: str, name: str, files: Any) -> SafeString:
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', classes, files.url("sprite.svg"), name)


@register.simple_tag
def sector(code: str) -> SafeString:
    """The tile with a sector's icon."""
    return _sector(code, get_language())


@lru_cache(maxsize=128)
def _sector(code: str, _language: str | None) -> SafeString:
    known = Sector(code) if code in Sector.values else None
    name = known.label if known else _("No sector yet")
    return format_html(
        '<span class="sector" title="{}">{}<span class="unseen">{}</span></span>', name, icon(SECTOR_ICONS[known] if known else "question-mark"), name
    )


@register.simple_tag
def stage(code: str) -> SafeString:
    """Shape and word; screen readers hear "Stage: Agency."."""
    return _stage(Stage(code), get_language())


@lru_cache(maxsize=64)
def _stage(code: Stage, _language: str | None) -> SafeString:
    return format_html(
        '<span class="stage at-{}">{}<span class="unseen">{} </span><b>{}</b></span>', code.value, shape(code.value), _("Stage:"), STAGE_WORDS[code]
    )


@register.simple_tag
def outcome(code: str) -> SafeString:
    """Icon and word of what was decided."""
    return _outcome(Outcome(code), get_language())


@lru_cache(maxsize=64)
def _outcome(code: Outcome, _language: str | None) -> SafeString:
    return _badge(code.value, OUTCOME_ICONS[code], _("Outcome:"), str(OUTCOME_WORDS[code]))


@register.simple_tag
def realisation(code: str) -> SafeString:
    """What became of a funded work; nothing before it is funded."""
    return _realisation(Realisation(code), get_language()) if code else SafeString("")


@lru_cache(maxsize=64)
def _realisation(code: Realisation, _language: str | None) -> SafeString:
    return _badge(code.value, REALISATION_ICONS[code], _("Work:"), str(REALISATION_WORDS[code]))


CHANNEL_ICONS = {Channel.VILLAGE: "home-2", Channel.COUNCIL: "microphone-2", Channel.AGENCY: "briefcase", Channel.MANDATORY: "gavel"}


@register.simple_tag
def channel(code: str) -> SafeString:
    """Icon and word of the door by which a proposal came in; screen readers hear what it is about."""
    return _channel(Channel(code), get_language())


@lru_cache(maxsize=64)
def _channel(code: Channel, _language: str | None) -> SafeString:
    word, drawn = capfirst(str(code.label)), icon(CHANNEL_ICONS[code])
    return format_html('<span class="channel is-{}">{}<span class="unseen">{} </span>{}</span>', code.value, drawn, _("Channel:"), word)


def _badge(code: str, name: str, spoken: str, word: str) -> SafeString:
    return format_html('<span class="outcome is-{}">{}<span class="unseen">{} </span>{}</span>', code, icon(name), spoken, word)


@register.filter
def stage_word(code: str) -> str:
    """The stage's word alone."""
    return str(STAGE_WORDS[Stage(code)])


@register.filter
def outcome_word(code: str) -> str:
    """The outcome's word alone."""
    return str(OUTCOME_WORDS[Outcome(code)])


@register.filter
def rupiah(amount: int | None) -> str:
    """The full figure, `Rp1.250.000.000`; a dash where there is none."""
    return "–" if amount is None else money.rupiah(int(amount))


@register.filter
def rupiah_short(amount: int | None) -> str:
    """The told figure, `Rp1,25 M`."""
    return "–" if amount is None else money.rupiah_short(int(amount))


@register.simple_tag
def money_told(amount: int | None) -> SafeString:
    """The short figure with the full one a pointer or a screen reader away."""
    if amount is None:
        return SafeString("–")
    return format_html('<data class="money" value="{0}" title="{1}">{2}</data>', amount, money.rupiah(amount), money.rupiah_short(amount))


register.filter("number", figures.number)


@register.filter
def day(moment: datetime | None) -> str:
    """`2 Maret 2027`, on the local calendar."""
    return date_format(localtime(moment), "j F Y") if moment else ""


@register.filter
def until_day(moment: datetime | None) -> str:
    """`2 Maret 2027`, the last day that is still inside: midnight belongs to the day before it."""
    last = last_day(moment)
    return date_format(last, "j F Y") if last else ""


@register.filter
def short_day(moment: datetime | None) -> str:
    """`2 Mar`."""
    return date_format(localtime(moment), "j M") if moment else ""


@register.filter
def moment(value: datetime | None) -> str:
    """`2 Maret 2027, 09.30 WIB`."""
    if not value:
        return ""
    local = localtime(value)
    return f"{date_format(local, 'j F Y')}, {local:%H.%M} {clock.zone(local)}".strip()


@register.simple_tag
def people(count: int) -> str:
    """A count of people; under five it is not told exactly where persons could be guessed."""
    return pgettext("people", "fewer than 5") if 0 < count < 5 else figures.number(count)


@register.filter
def add_up(value: float, other: float) -> str:
    """The sum of two measures of a drawing, with a decimal point in every language."""
    return f"{float(value) + float(other):g}"


STANCE_ICONS = {"support": "thumb-up", "objection": "hand-stop", "criticism": "pencil", "question": "question-mark"}


@register.simple_tag
def stance_icon(code: str) -> SafeString:
    """The icon of a comment's stance; its word stands beside it."""
    return icon(STANCE_ICONS.get(code, "message-2"))


@register.filter
def move_word(name: str) -> str:
    """What a move is called on its button."""
    return str(MOVE_WORDS[name])


@register.filter
def speaker(role: str) -> str:
    """In which capacity somebody spoke."""
    return speaker_word(role)


@register.simple_tag
def fresh_uuid() -> str:
    """A new UUID: the form's own, so that the same form sent twice does one thing."""
    return str(uuid4())
