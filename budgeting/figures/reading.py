"""The facts of one region and plan year, as everybody may read them; eleven statements, however much there is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Invalid, Missing
from budgeting.figures import sums
from budgeting.figures.facts import Facts, Meetings, Paper, Place
from budgeting.figures.figure import Figure
from budgeting.figures.table import by_place, figures_of
from deliberation.roll.quorum import Counts, judge
from deliberation.roll.reading import rules_of
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, StageWindow
from proposals.stages import DECIDING, Stage

_TOLD_OF = (Level.DISTRICT, Level.SUBDISTRICT, Level.VILLAGE)


@dataclass(frozen=True)
class Counted:
    """Of a province or the nation: how many kabupaten are in the sums, of all that are in force there."""

    districts: int
    of: int


@dataclass(frozen=True)
class Told:
    """The figures of one region and year, with those that can be told of each region below it. `as_of`: when the oldest was counted."""

    region: Region
    plan_year: int
    figures: list[Figure]
    below: list[tuple[Region, dict[str, Figure]]]
    as_of: datetime
    counted: Counted | None = None


def region_of(code: str) -> Region:
    """The region asked for, the home kabupaten where none is. Raises Invalid for no code and for a wider region, Missing."""
    wanted = code or settings.HOME_REGION
    if not codes.is_code(wanted) or codes.level(wanted) not in _TOLD_OF:
        raise Invalid({"region": [_("Figures are told of a province, a kabupaten, a sub-district or a village; write its code, for example 61.12.")]})
    found = Region.objects.light().filter(pk=wanted).first()
    if found is None:
        raise Missing
    return found


def cycles_of(region: Region) -> list[Cycle]:
    """The plan years of the region's kabupaten; the first is the one to open with."""
    return list(Cycle.objects.filter(region_id=codes.ancestor(region.code, Level.DISTRICT)).begun_first())


def cycle_of(region: Region, year: str) -> Cycle | None:
    """The plan year asked for, or the one to open with; None where the kabupaten has none. Raises Invalid for no year, Missing."""
    return cycle_among(cycles_of(region), year)


def cycle_among(known: Sequence[Cycle], year: str) -> Cycle | None:
    """The same of the plan years of a kabupaten, which somebody else asked for already."""
    if not year:
        return known[0] if known else None
    wanted = year_in(year)
    found = next((cycle for cycle in known if cycle.plan_year == wanted), None)
    if found is None:
        raise Missing(_("This kabupaten has no such plan year."))
    return found


def year_in(text: str) -> int:
    """A plan year of an address. Raises Invalid for anything but four digits."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise Invalid({"plan_year": [_("Write the plan year in four digits.")]})
    return int(text)


def told(region: Region, cycle: Cycle, children: Sequence[Region] | None = None) -> Told:
    """Everything that is told of this region and year. `children`: the regions right below it, where they were asked for already."""
    facts = facts_of(region, cycle)
    if children is None:
        children = list(_below(region))
    below = [(child, {figure.code: figure for figure in by_place(facts.within(child.code))}) for child in children]
    return Told(region, cycle.plan_year, figures_of(facts), below, clock.now())


def _below(region: Region) -> Iterable[Region]:
    if codes.level(region.code) is Level.VILLAGE:
        return ()
    return Region.objects.light().in_force().filter(parent_id=region.code).order_by("pk")


def facts_of(region: Region, cycle: Cycle) -> Facts:
    """The counts; ten statements, one of them for the windows."""
    windows = list(StageWindow.objects.filter(cycle=cycle))
    values = sums.asked(region.code, cycle.pk, cycle.plan_year)
    places = _places(values)
    ((due, on_time, rejections, explained),) = sums.rows(sums.ANSWERS, {**values, **_ended(windows, cycle.answer_days)})
    ((captured, delay),) = sums.rows(sums.CAPTURES, values)
    return Facts(
        places=places,
        has_subdistrict_stage=any(window.stage == Stage.SUBDISTRICT for window in windows),
        answer_days=cycle.answer_days,
        answer_basis=cycle.answer_basis,
        due=due,
        on_time=on_time,
        rejections=rejections,
        explained=explained,
        years={int(years): count for years, count in sums.rows(sums.YEARS, values)},
        participants=sums.rows(sums.PEOPLE, values)[0][0],
        meetings=_meetings(sums.rows(sums.MEETINGS, values), windows, places),
        paper=Paper(*map(int, sums.rows(sums.PAPER, values)[0])),
        captured=captured,
        delay=delay,
    )


def _places(values: Mapping[str, Any]) -> tuple[Place, ...]:
    regions = sums.by_region(sums.REGIONS, values)
    asked, given = sums.by_region(sums.PROPOSALS, values), sums.by_region(sums.WORKS, values)
    return tuple(Place(code, **known, **asked.get(code, {}), **given.get(code, {})) for code, known in regions.items())


def _ended(windows: Sequence[StageWindow], days: int) -> dict[str, list[Any]]:
    """The stages whose time for an answer is over, and until when it ran."""
    ends = {window.stage: window.closed_at or window.closes_at for window in windows if window.stage in DECIDING}
    until = {stage: end + timedelta(days=days) for stage, end in ends.items() if end is not None}
    over = {stage: end for stage, end in until.items() if end < clock.now()}
    return {"stages": list(over), "until": list(over.values())}


def _meetings(rows: Sequence[tuple[Any, ...]], windows: Sequence[StageWindow], places: Sequence[Place]) -> Meetings:
    rules = {window.stage: rules_of(window) for window in windows}
    ruled = met = 0
    for code, stage, came, women, elements, regions in rows:
        if stage not in rules:
            continue
        verdict = judge(Counts(came, women, elements, regions, _parts_of(code, places)), rules[stage])
        ruled += verdict.quorum_met is not None or verdict.women_met is not None
        met += (verdict.quorum_met is not None or verdict.women_met is not None) and not verdict.falls_short
    return Meetings(ruled, met, sum(row[2] for row in rows), sum(row[3] for row in rows))


def _parts_of(code: str, places: Sequence[Place]) -> int:
    """How many regions lie one level below, as the roll counts them; none below a village."""
    inside = [place.code for place in places if place.is_village and place.code.startswith(f"{code}.")]
    return len({inner[:8] for inner in inside}) if codes.level(code) is Level.DISTRICT else len(inside)
