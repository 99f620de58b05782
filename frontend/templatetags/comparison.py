"""What the pages of runs and regions show of changes by hand and of answers."""

from typing import Any

from django import template
from django.template.context import RequestContext

from budgeting.answers import reading
from budgeting.models import AllocationRun
from frontend.comparison import overriding
from geo.models import Region

register = template.Library()


@register.simple_tag(takes_context=True)
def hand_changes(context: RequestContext, run: AllocationRun) -> overriding.Panel:
    """The overrides of a run, read once for the panel and for every line."""
    return overriding.panel_of(context["user"], run)


@register.inclusion_tag("overrides/beside.html")
def changed_by_hand(panel: overriding.Panel, line: Any) -> dict[str, Any]:
    """What stands beside one line: the override in force, and for the team of a draft the way to change it."""
    return {"shown": panel.of(line.proposal_id), "line": line, "run": panel.run, "may_sign": panel.may_sign}


@register.inclusion_tag("answers/of_region.html")
def region_answers(region: Region) -> dict[str, Any]:
    """The newest answers to a region, which came along with it; nothing where there are none."""
    return {"answers": reading.beside(region), "region": region}


@register.filter
def beside(heads: list[Any], cells: list[str]) -> list[tuple[Any, str]]:
    """Each cell of a row with the head of its column: on a phone a row is a block that names its own."""
    return list(zip(heads, cells, strict=True))
