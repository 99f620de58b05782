"""Questions, follows and news in words."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role
from deliberation.follows.reading import follows_in
from deliberation.models import Addressee, Notice, Question
from deliberation.notices.kinds import sentence
from proposals.words import Sector

register = template.Library()


@register.filter
def office(of: Question | Addressee) -> str:
    """The office that was asked: `sub-district officer, Kecamatan Sungai Raya`."""
    return f"{Role(of.role).label}, {of.agency or of.region.title}"


@register.filter
def days_since(earlier: datetime, later: datetime) -> str:
    """Whole days from one moment to another: `12 days`."""
    days = (later - earlier).days
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days > 0 else _("less than a day")


@register.filter
def days(count: int | None) -> str:
    """A number of whole days; a dash where there is none."""
    if count is None:
        return "–"
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count} if count > 0 else _("less than a day")


@register.filter
def told(notice: Notice) -> str:
    """What a notice says."""
    return sentence(notice.news.kind, notice.news.facts)


@register.filter
def role_word(code: str) -> str:
    """An office's word."""
    return str(Role(code).label)


@register.inclusion_tag("talk/follow.html", takes_context=True)
def follow_button(context: Any, region: Any) -> dict[str, Any]:
    """What of a region one follows, and the form to follow more."""
    user = context["user"]
    return {"region": region, "kept": follows_in(user, region.pk), "user": user, "sectors": Sector.choices, "request": context["request"]}
