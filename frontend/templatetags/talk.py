"""Questions, follows and news in words."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import template
from django.template.context import RequestContext
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role
from deliberation.follows.reading import follows_in
from deliberation.models import Addressee, Notice, Question
from deliberation.notices.kinds import reason_of, sentence
from proposals.words import Sector

register = template.Library()
#: Stand for a comment and for the form's own UUID in the reply form that is rendered once.
_ANY_PARENT = UUID(int=1)
_ANY_KEY = str(UUID(int=2))


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


@register.simple_tag(takes_context=True)
def reply_form(context: RequestContext, parent: UUID) -> SafeString:
    """The form below a comment. It is the same below all of them but for two keys, so a page renders it once; what was refused, again."""
    if context["written"].get("parent") == str(parent):
        return _written(context, str(parent))
    request = context["request"]
    if not hasattr(request, "reply_form"):
        request.reply_form = _written(context, str(_ANY_PARENT)), str(_ANY_PARENT)
    whole, stand_in = request.reply_form
    return SafeString(whole.replace(stand_in, str(parent)).replace(_ANY_KEY, str(uuid4())))


def _written(context: RequestContext, parent: str) -> SafeString:
    with context.push(parent=parent, form_key=_ANY_KEY if parent == str(_ANY_PARENT) else str(uuid4())):
        return SafeString(get_template("proposal/write.html").template.render(context))  # type: ignore[attr-defined]


@register.filter
def told(notice: Notice) -> str:
    """What a notice says."""
    return sentence(notice.news.kind, notice.news.facts)


@register.filter
def told_why(notice: Notice) -> str:
    """The reason that was given with it; empty where none was asked for."""
    return reason_of(notice.news.facts)


@register.filter
def role_word(code: str) -> str:
    """An office's word."""
    return str(Role(code).label)


@register.inclusion_tag("talk/follow.html", takes_context=True)
def follow_button(context: Any, region: Any) -> dict[str, Any]:
    """What of a region one follows, and the form to follow more."""
    user = context["user"]
    return {"region": region, "kept": follows_in(user, region.pk), "user": user, "sectors": Sector.choices, "request": context["request"]}
