"""The colour of a work's pin, and the drawing of its reports: two lines over time, physical and financial, with the plan's end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from budgeting.models import FundedWork, Progress
from budgeting.works.querysets import DONE
from proposals.stages import Stage

WIDTH, HEIGHT = 600, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 12, 12, 26
_MOST_MARKS = 40


@dataclass(frozen=True)
class Chart:
    """Points of the two lines as SVG writes them, and where the plan ends."""

    physical: str
    financial: str
    dots: list[tuple[str, str]]
    first: date
    last: date
    planned: str
    width: int = WIDTH
    height: int = HEIGHT


def pin_of(work: FundedWork) -> str:
    """The stage by which the pin of a work is coloured: reported as done, or under way."""
    return (Stage.DONE if work.realisation in DONE else Stage.WORKS).value


def chart_of(work: FundedWork, reports: Sequence[Progress]) -> Chart:
    """The reports, in any order, from the start of the work to the latest of report and planned end."""
    told = sorted(reports, key=lambda report: (report.as_of, report.reported_at, report.pk))
    first = min(filter(None, (work.planned_start, told[0].as_of)))
    last = max(filter(None, (work.planned_end, told[-1].as_of)))
    physical = [_at(first, last, report.as_of, float(report.physical_percent)) for report in told]
    financial = [_at(first, last, report.as_of, min(100.0, 100 * report.paid / work.amount)) for report in told]
    planned = _at(first, last, work.planned_end, 0)[0] if work.planned_end else ""
    return Chart(_line(physical), _line(financial), physical[-_MOST_MARKS:], first, last, planned)


def _at(first: date, last: date, day: date, percent: float) -> tuple[str, str]:
    whole = max(1, (last - first).days)
    x = _LEFT + (WIDTH - _LEFT - _RIGHT) * (day - first).days / whole
    y = _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - percent / 100)
    return f"{x:.1f}", f"{y:.1f}"


def _line(points: Sequence[tuple[str, str]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
