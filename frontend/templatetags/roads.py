"""Time and amounts in the page: year weave, timeline, ladder, bars."""

from collections.abc import Sequence
from typing import Any

from django import template

from deliberation.records.reading import RecordItem, items_in
from frontend.road import period, year_of
from proposals.history import Milestone, Rung, Step, ladder_sentence
from proposals.models import Cycle, Proposal
from proposals.stages import Stage

register = template.Library()


@register.inclusion_tag("fragments/year.html")
def year_weave(cycle: Cycle) -> dict[str, Any]:
    """The plan year as posts and one thread of time. The cycle's windows are prefetched."""
    return {"posts": year_of(cycle)}


@register.inclusion_tag("fragments/road.html")
def road(milestones: Sequence[Milestone], items: Sequence[RecordItem] = ()) -> dict[str, Any]:
    """The road of a proposal, from `proposals.history.road`; `items` say which steps stand in the record of a meeting."""
    recorded = {item.step_id: item for item in items}
    return {"milestones": [(milestone, period(milestone)) for milestone in milestones], "recorded": recorded}


@register.simple_tag
def record_items(proposal: Proposal) -> list[RecordItem]:
    """Where the decisions about a proposal stand in the records of meetings; its page read its steps with them."""
    return items_in(proposal.recommendations.all())


@register.filter
def at_step(recorded: dict[int, RecordItem], step: Step) -> RecordItem | None:
    """The item of a record behind a step, if a meeting decided it."""
    return recorded.get(step.key) if step.key is not None else None


@register.inclusion_tag("fragments/ladder.html")
def ladder(rungs: Sequence[Rung]) -> dict[str, Any]:
    """What was asked and what each level recommended, as bars and as a table."""
    unchanged = len({(rung.volume, rung.amount) for rung in rungs}) == 1
    levels = ", ".join(dict.fromkeys(rung.title for rung in rungs if not rung.asked and rung.stage != Stage.BUDGET))
    return {"rungs": rungs, "sentence": ladder_sentence(rungs), "levels": levels if unchanged else ""}


@register.inclusion_tag("fragments/bars.html")
def bars(rows: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """Horizontal bars of amounts (name, whole rupiah), the longest one full; values stand beside them."""
    most = max((amount for _name, amount in rows), default=0) or 1
    return {"rows": [(name, amount, round(100 * amount / most, 1)) for name, amount in rows]}
