"""The frame around every page: menus, crumbs, notes, empty states, pagers."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from geo import codes
from geo.codes import Level
from geo.models import Region

register = template.Library()


@register.simple_tag
def optional_link(name: str) -> str:
    """The address of a page that another room may bring; empty where it does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("fragments/menu.html", takes_context=True)
def menu(context: RequestContext) -> dict[str, Any]:
    """The header's links, with the one that holds this page marked."""
    names = [
        ("map", _("Map")),
        ("proposals", _("Proposals")),
        ("meetings", _("Meetings")),
        ("works", _("Development")),
        ("guide", _("Guide")),
    ]
    found = [(word, optional_link(name)) for name, word in names]
    return {"links": [(word, address, _here(context, address)) for word, address in found if address]}


@register.inclusion_tag("fragments/dock.html", takes_context=True)
def dock(context: RequestContext) -> dict[str, Any]:
    """The phone's five places."""
    own = "account" if context["user"].is_authenticated else "account_login"
    names = [
        ("home", _("Home"), "home-2"),
        ("map", _("Map"), "map-2"),
        ("new_proposal", _("Propose"), "plus"),
        ("meetings", _("Meetings"), "users"),
        (own, _("Me") if own == "account" else _("Sign in"), "user-circle"),
    ]
    found = [(word, optional_link(name), symbol) for name, word, symbol in names]
    links = [(word, address, symbol, _here(context, address)) for word, address, symbol in found if address]
    return {"links": links, "waits": context.get("waits")}


def _here(context: RequestContext, address: str) -> str:
    path = context["request"].path
    if path == address:
        return "page"
    return "true" if address != "/" and path.startswith(address) and not path.startswith("/usulan/baru/") else ""


@register.inclusion_tag("fragments/crumbs.html")
def crumbs(lineage: list[Region], *tail: str) -> dict[str, Any]:
    """The region's lineage, widest first, then words without a link; the last one is this page.

    Below the home kabupaten the province is left out: it is the same on every page.
    """
    at_home = any(region.pk == settings.HOME_REGION for region in lineage)
    shown = [region for region in lineage if not (at_home and len(lineage) > 1 and codes.level(region.pk) is Level.PROVINCE)]
    words = [*((region.name, reverse("region", args=[region.pk])) for region in shown), *((word, "") for word in tail)]
    if words and not tail:
        words[-1] = (shown[-1].title, "")
    return {"crumbs": words}


@register.inclusion_tag("fragments/crumbs.html")
def path_to(*steps: str) -> dict[str, Any]:
    """Crumbs that are not regions: word, address, word, address, …; the last word has none."""
    return {"crumbs": [(steps[at], steps[at + 1] if at + 1 < len(steps) else "") for at in range(0, len(steps), 2)]}


@register.inclusion_tag("fragments/note.html")
def note(text: str, kind: str = "", name: str = "info-circle") -> dict[str, Any]:
    """A sentence that stands out; kind: ok, warn, bad or none."""
    return {"text": text, "kind": kind, "name": name}


@register.inclusion_tag("fragments/empty.html")
def empty(missing: str, advice: str = "", address: str = "", action: str = "") -> dict[str, Any]:
    """What is missing, what to do, one action."""
    return {"missing": missing, "advice": advice, "address": address, "action": action}


@register.inclusion_tag("fragments/pager.html")
def pager(page: Any) -> dict[str, Any]:
    """Links to the pages before and after, which keep the filters; `page` is a `frontend.paging.Page`."""
    return {"previous": page.previous, "next": page.next, "total": page.total, "is_exact": page.is_exact, "shown": len(page.rows)}
