"""Descent in the page: where a draft came from, above the form in which it is written."""

from typing import Any

from django import template

from frontend.family import origins_of
from proposals.models import Proposal

register = template.Library()


@register.inclusion_tag("descent/origins.html")
def origins(proposal: Proposal | None) -> dict[str, Any]:
    """The proposals that go on in this one, each with the last reason; one query where there are none."""
    return {"proposal": proposal, "origins": origins_of(proposal) if proposal else []}
