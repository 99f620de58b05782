"""A new plan year from last year's, or from the defaults where there is none: previewed, then made whole and unverified."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, StageWindow
from proposals.services import requirements
from proposals.services.rows import signed_in
from proposals.stages import Stage
from proposals.words import STAGE_WORDS
from proposals.year import days, policy
from proposals.year.defaults import BY_STAGE, DEFAULTS, NO_RULES, moved_by, rules_for
from proposals.year.parts import REQUIREMENTS, parts
from proposals.year.rows import record

YEARS = range(2000, 2101)
_KEPT = ("name", *NO_RULES, "legal_basis")
_KEPT_OF_YEAR = ("legal_basis", "citizens_may_propose", "measure_tolerance_percent", "duplicate_radius_m", "answer_days", "answer_basis")


@dataclass(frozen=True)
class StageAhead:
    """One stage as the new year would have it. `mark` and `origin` tell where a default comes from; empty for a copy."""

    stage: Stage
    title: str
    first_day: date | None
    last_day: date | None
    values: dict[str, Any]
    mark: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Preview:
    """What opening a year would make. `source` is the year copied, None where it begins with the defaults."""

    plan_year: int
    source: Cycle | None
    stages: list[StageAhead]
    #: What else goes along: its name and how many rows.
    parts: list[tuple[str | Promise, int]]
    support: tuple[date | None, date | None] = (None, None)


def preview(region_code: str, plan_year: int) -> Preview:
    """What the year would begin with; nothing is written."""
    source = _before(region_code, plan_year)
    if source is None:
        ahead = [_from_default(Stage(default.stage), plan_year) for default in DEFAULTS]
        return Preview(plan_year, None, ahead, [], (ahead[0].first_day, BY_STAGE[Stage.BUDGET].days(plan_year)[1]))
    years = plan_year - source.plan_year
    ahead = [_from_last(window, years) for window in sorted(source.windows.all(), key=lambda window: window.position)]
    counted = [(part.label, part.count(source)) for part in parts()]
    support = (_moved(days.first_day(source.support_opens_at), years), _moved(days.last_day(source.support_closes_at), years))
    return Preview(plan_year, source, ahead, [(label, count) for label, count in counted if count], support)


@transaction.atomic
def begin_year(*, actor: Person, region_code: str, plan_year: int) -> Cycle:
    """Open a plan year as a copy of the newest one before it, dates moved along, or from the defaults; all of it unverified.

    Raises Refusal (401, 403), Invalid by field, Conflict where the year is open already.
    """
    planner = signed_in(actor)
    role = policy.may_plan(planner, region_code).or_refuse().role
    _check(region_code, plan_year)
    ahead = preview(region_code, plan_year)
    cycle = _make(region_code, ahead)
    StageWindow.objects.bulk_create(_window(cycle, stage, place) for place, stage in enumerate(ahead.stages, start=1))
    copied = _along(ahead.source, cycle)
    record((planner, role), cycle, "cycle.copy" if ahead.source else "cycle.begin", _told(ahead, copied))
    return cycle


def _along(source: Cycle | None, cycle: Cycle) -> dict[str, int]:
    """Every part of the source, copied, or the papers that are asked for by default; by its name, how many rows."""
    if source is None:
        return {str(REQUIREMENTS.label): requirements.give(cycle)}
    return {str(part.label): part.copy(source, cycle) for part in parts()}


def _before(region_code: str, plan_year: int) -> Cycle | None:
    earlier = Cycle.objects.filter(region_id=region_code, plan_year__lt=plan_year, windows__stage=Stage.VILLAGE).order_by("-plan_year")
    return earlier.prefetch_related("windows").first()


def _from_default(stage: Stage, plan_year: int) -> StageAhead:
    default = BY_STAGE[stage]
    first, last = default.days(plan_year)
    return StageAhead(stage, str(STAGE_WORDS[stage]), first, last, {"name": "", "legal_basis": "", **rules_for(stage)}, default.mark, default.source)


def _from_last(window: StageWindow, years: int) -> StageAhead:
    first, last = _moved(days.first_day(window.opens_at), years), _moved(days.last_day(window.closes_at), years)
    return StageAhead(Stage(window.stage), window.title, first, last, {name: getattr(window, name) for name in _KEPT})


def _moved(day: date | None, years: int) -> date | None:
    return moved_by(day, years) if day else None


def _make(region_code: str, ahead: Preview) -> Cycle:
    kept = {name: getattr(ahead.source, name) for name in _KEPT_OF_YEAR} if ahead.source else {}
    support: dict[str, datetime | None] = {"support_opens_at": days.morning(ahead.support[0]), "support_closes_at": days.evening(ahead.support[1])}
    cycle, is_new = Cycle.objects.get_or_create(region_id=region_code, plan_year=ahead.plan_year, defaults={**kept, **support})
    if not is_new:
        raise Conflict(_("The plan year %(year)s is open already.") % {"year": ahead.plan_year}, code="already_open")
    return cycle


def _window(cycle: Cycle, ahead: StageAhead, place: int) -> StageWindow:
    opens, closes = days.morning(ahead.first_day), days.evening(ahead.last_day)
    return StageWindow(cycle=cycle, stage=ahead.stage, position=place, opens_at=opens, closes_at=closes, changed_at=clock.now(), **ahead.values)


def _check(region_code: str, plan_year: Any) -> None:
    errors: dict[str, list[str]] = {}
    if not Region.objects.in_force().at(Level.DISTRICT).filter(pk=region_code).exists():
        errors["region"] = [_("There is no kabupaten or kota with this code.")]
    if isinstance(plan_year, bool) or not isinstance(plan_year, int) or plan_year not in YEARS:
        errors["plan_year"] = [_("Write the plan year as a year, for example 2028.")]
    if errors:
        raise Invalid(errors)


def _told(ahead: Preview, copied: dict[str, int]) -> dict[str, Any]:
    stages = {stage.stage: [stage.first_day, stage.last_day] for stage in ahead.stages}
    return {"from": ahead.source.plan_year if ahead.source else "defaults", "stages": stages, "copied": copied}
