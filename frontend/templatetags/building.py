"""Pieces of works for pages of other subjects: the desk, a region, a proposal."""

from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgeting.models import FundedWork
from budgeting.works import reading
from frontend.works.cards import Card, state_word
from frontend.works.desk import waiting_for
from geo.codes import Level
from geo.models import Region
from proposals.models import Proposal
from proposals.stages import Stage

register = template.Library()
_SHOWN = 4


@register.inclusion_tag("works/waiting.html", takes_context=True)
def waiting_works(context: RequestContext) -> dict[str, Any]:
    """What of works waits for the reader."""
    return {"waiting": waiting_for(context["user"])}


@register.inclusion_tag("works/of_region.html")
def region_works(region: Region, year: int | None, funded: int) -> dict[str, Any]:
    """What of any year is late, silent or unanswered in a region, then its works of the year, the latest changes first; one query.

    A province has its kabupaten for that: of it only the way to its works is shown.
    """
    if region.level == Level.PROVINCE:
        return {"region": region, "year": year, "is_wide": bool(funded)}
    works = reading.near(FundedWork.objects.within(region.pk), year if funded else None, _SHOWN)
    slow = [work for work in works if reading.days_late(work) or reading.days_silent(work)]
    rest = [work for work in works if work not in slow and work.plan_year == year]
    shown = {name: [Card(work, reading.Dress()) for work in some[:_SHOWN]] for name, some in (("slow", slow), ("cards", rest))}
    return {"region": region, "year": year, "watched": reading.watched(works), "silent_days": settings.WORK_SILENT_DAYS, **shown}


@register.inclusion_tag("works/of_proposal.html")
def proposal_work(proposal: Proposal) -> dict[str, Any]:
    """What became of a funded proposal; one query, and none before it is funded."""
    work = FundedWork.objects.filter(proposal=proposal.pk).first() if proposal.stage in (Stage.WORKS, Stage.DONE) else None
    return {"card": Card(work, reading.Dress()) if work else None}


@register.simple_tag
def work_sign(state: str) -> SafeString:
    """A state's own shape and pattern, told apart without colour; silent for screen readers, so a word stands beside it."""
    address = staticfiles_storage.url("sprite.svg")
    return format_html('<svg class="shape" aria-hidden="true" focusable="false"><use href="{}#w-{}"/></svg>', address, state)


@register.filter
def work_state(state: str) -> str:
    """The word of a state."""
    return state_word(state or reading.NOT_STARTED)
