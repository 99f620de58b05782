"""The checklist of a proposal, wherever a page shows it."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.translation import gettext as _

from frontend.papers import shelves_of
from proposals.models import Proposal
from proposals.papers import readiness
from proposals.papers.checklist import DOCUMENT_WORDS, checklist_of
from proposals.papers.readiness import Item, Land, State
from proposals.stages import Stage

register = template.Library()

_ICONS = {State.THERE: "circle-check", State.MISSING: "alert-triangle", State.NOT_APPLICABLE: "minus"}


@register.inclusion_tag("papers/checklist.html", takes_context=True)
def checklist(context: RequestContext, proposal: Proposal, *, writes: bool = False) -> dict[str, Any]:
    """What is asked of a proposal, each line with its state in a word; `writes` links to where it is brought. Nothing where nothing is asked."""
    items = checklist_of(proposal)
    return {
        "proposal": proposal,
        "items": items,
        "missing": readiness.missing(items),
        "unverified": not all(item.is_verified for item in items),
        "holding": holding_back(proposal),
        "writes": writes,
        "user": context.get("user"),
    }


@register.inclusion_tag("papers/panel.html", takes_context=True)
def papers_panel(context: RequestContext, proposal: Proposal) -> dict[str, Any]:
    """The checklist and the papers on a proposal's own page; photos of the place stand there already."""
    shelves = shelves_of(context["user"], proposal)
    return {
        "proposal": proposal,
        "shelves": [shelf for shelf in shelves if shelf.files and shelf.kind != "photo"],
        "writes": any(shelf.may_add for shelf in shelves),
        "user": context["user"],
    }


@register.simple_tag
def holding_back(proposal: Proposal) -> str:
    """The documents without which it cannot leave its stage, as words with commas; empty where nothing holds it."""
    lacking = readiness.holding_back(checklist_of(proposal), Stage(proposal.stage))
    return ", ".join(str(DOCUMENT_WORDS[item.document]) for item in lacking)


@register.filter
def document_word(code: str) -> str:
    """What a kind of file is called."""
    return str(DOCUMENT_WORDS[code])


@register.filter
def state_icon(item: Item) -> str:
    """The icon beside the word of a state."""
    return _ICONS[item.state]


@register.filter
def state_word(item: Item) -> str:
    """The word of a state."""
    return {State.THERE: _("there"), State.MISSING: _("missing"), State.NOT_APPLICABLE: _("not applicable")}[item.state]


@register.filter
def land_words(item: Item) -> str:
    """What the owner of the land means for the evidence."""
    words = {
        Land.OWN: _("The land is public: a copy of the asset register or a statement of the village head is enough."),
        Land.CONSENT: _("The land is private: nothing is built there without the owner's written consent or grant."),
        Land.AT_RISK: _("The land belongs to a state-owned firm or is disputed: the commonest reason for a refusal. Settle it in writing first."),
        Land.UNKNOWN: _("Nobody has said whose land it is. Say it in the proposal: it is asked first."),
    }
    return words[item.land] if item.land else ""
