"""The proposal's card."""

from typing import Any

from django import template

from proposals.models import Proposal

register = template.Library()


@register.inclusion_tag("fragments/card.html")
def proposal_card(proposal: Proposal, heading: str = "h3", reason: str = "") -> dict[str, Any]:
    """One proposal in a list: sector, title, place, stage and outcome, amount, support. Rows come from `for_cards()`."""
    return {"proposal": proposal, "heading": heading, "reason": reason}
