"""The order of a meeting, and the scores of its panel, as a run freezes them."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from budgeting.models import Ceiling
from deliberation.models import Meeting, Panel, Ranking
from deliberation.scoring.places import latest
from deliberation.scoring.words import PanelState
from deliberation.words import MeetingState
from geo.codes import lineage
from proposals.models import Proposal

Rows = Sequence[dict[str, Any]]


def usable(ceiling: Ceiling, waiting: QuerySet[Proposal]) -> QuerySet[Meeting]:
    """Closed meetings that placed or scored something of what waits, newest first. What a form offers."""
    placed = Exists(Ranking.objects.filter(meeting=OuterRef("pk"), proposal__in=waiting))
    scored = Exists(Panel.objects.filter(meeting=OuterRef("pk"), state=PanelState.CLOSED, entries__proposal__in=waiting))
    return _near(ceiling).filter(placed | scored, state=MeetingState.CLOSED).order_by("-closed_at", "id")


def frozen_order(ceiling: Ceiling, key: str | None, rows: Rows) -> dict[str, Any]:
    """Places by number: those that the meeting gave, or those that stand in the register. Raises Invalid with a sentence."""
    if key is None:
        places = {row["number"]: row["rank"] for row in rows if row["rank"]}
        told: dict[str, Any] = {"source": "register"}
    else:
        meeting = _closed(ceiling, key)
        numbers = {row["id"]: row["number"] for row in rows}
        given = Ranking.objects.filter(meeting=meeting).order_by("place", "proposal_id").values_list("proposal_id", "place")
        places = {numbers[str(proposal)]: place for proposal, place in given if str(proposal) in numbers}
        told = {"source": "meeting", "meeting": str(meeting.pk), "title": meeting.title, "version": meeting.ranked}
    if not places:
        raise _refused(_("Nothing that waits for this money has a place in this order."))
    return {**told, "places": places}


def frozen_scores(ceiling: Ceiling, key: str, rows: Rows) -> dict[str, Any]:
    """The scores of the meeting's closed panel by number, in hundredths as they are shown. Raises Invalid with a sentence."""
    meeting = _closed(ceiling, key)
    panel = latest(meeting)
    if panel is None:
        raise _refused(_("This meeting has no closed scores."))
    numbers = {row["id"]: row["number"] for row in rows}
    scored = (row for row in panel.result.get("rows", []) if row["score"] is not None and row["proposal"] in numbers)
    points = {numbers[row["proposal"]]: hundredths(row["score"]) for row in scored}
    if not points:
        raise _refused(_("Nothing that waits for this money was scored there."))
    return {"meeting": str(meeting.pk), "title": meeting.title, "panel": str(panel.pk), "points": points}


def hundredths(score: str) -> int:
    """A score as it is shown, in hundredths: "265/3" is 8833."""
    exact = Fraction(score)
    return int((Decimal(exact.numerator) / Decimal(exact.denominator) * 100).quantize(Decimal(1), ROUND_HALF_EVEN))


def _near(ceiling: Ceiling) -> QuerySet[Meeting]:
    line = Q(region__in=lineage(ceiling.region_id)) | Q(region__pk__startswith=f"{ceiling.region_id}.")
    return Meeting.objects.filter(line, cycle__plan_year=ceiling.plan_year).select_related("cycle")


def _closed(ceiling: Ceiling, key: str) -> Meeting:
    meeting = _near(ceiling).filter(pk=key).first()
    if meeting is None:
        raise _refused(_("Choose a meeting of this plan year and region."))
    if meeting.state != MeetingState.CLOSED:
        raise _refused(_("This meeting is not closed yet, so its order may still change."))
    return meeting


def _refused(sentence: str) -> Invalid:
    return Invalid({"meeting": [sentence]})
