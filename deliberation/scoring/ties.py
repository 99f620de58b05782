"""Who is tied to what: read from the register, beside what a scorer declares."""

from collections.abc import Iterable, Sequence

from accounts import clock
from accounts.models import Assignment, Residency
from deliberation.models import Panel, PanelEntry, Recusal, Sheet
from deliberation.scoring.words import Tie
from geo.codes import Level, level


def is_among_villages(panel: Panel) -> bool:
    """Whether the panel compares villages. In a village's own everybody lives there, so that living there ties nobody (decision 0200)."""
    return level(panel.region_id) is not Level.VILLAGE


def found(panel: Panel, sheets: Sequence[Sheet], entries: Iterable[PanelEntry]) -> list[Recusal]:
    """The ties that the register knows, one a sheet and proposal, not kept yet. Two queries; entries come with their proposals."""
    scorers = {sheet.scorer_id for sheet in sheets}
    among = is_among_villages(panel)
    lives = _homes(scorers) if among else set()
    serves = _offices(scorers) if among else set()
    now = clock.now()
    rows = []
    for entry in entries:
        village, author = entry.proposal.village_id, entry.proposal.author_id
        for sheet in sheets:
            held = {
                Tie.AUTHOR: author == sheet.scorer_id,
                Tie.RESIDENT: (sheet.scorer_id, village) in lives,
                Tie.OFFICER: (sheet.scorer_id, village) in serves,
            }
            tie = next((tie for tie, holds in held.items() if holds), None)
            if tie is not None:
                rows.append(Recusal(sheet=sheet, entry=entry, tie=tie, at=now))
    return rows


def _homes(people: set[int]) -> set[tuple[int, str]]:
    return set(Residency.objects.filter(user__in=people, status=Residency.Status.CONFIRMED).values_list("user_id", "village_id"))


def _offices(people: set[int]) -> set[tuple[int, str]]:
    """Offices of the village itself: who serves a whole sub-district is of no village."""
    today = clock.today()
    held = Assignment.objects.filter(user__in=people, starts_on__lte=today, region__level=Level.VILLAGE.value).exclude(ends_on__lt=today)
    return set(held.values_list("user_id", "region_id"))
