"""What the planner's pages of a plan year show."""

from dataclasses import dataclass, field
from typing import Any

from accounts import clock, scope
from accounts.models import User
from accounts.refusals import Missing
from accounts.roles import Role
from deliberation.words import DocumentKind
from frontend.forms.year import StageForm, YearForm
from frontend.year.days import period
from geo.models import Region
from proposals.models import Cycle, StageWindow
from proposals.stages import DECIDING, Stage
from proposals.windows import state_of
from proposals.year import policy
from proposals.year.copying import YEARS, Preview, preview
from proposals.year.days import first_day, last_day
from proposals.year.defaults import BY_STAGE

#: How far ahead a year is offered to be opened.
_AHEAD = 3


@dataclass(frozen=True)
class StageRow:
    """One stage of the year, with how it stands and where its default comes from."""

    window: StageWindow
    when: str
    state: str
    papers: list[str]
    mark: str
    origin: str


@dataclass(frozen=True)
class Home:
    """A kabupaten that the person plans for: its years, and the next one with what it would begin with."""

    region: Region
    cycles: list[Cycle]
    next_year: int
    ahead: Preview | None = None
    years: list[int] = field(default_factory=list)


def homes_of(user: User, wanted: int | None) -> list[Home]:
    """Every kabupaten the person plans for; the preview of the wanted year, or of the next one."""
    regions = Region.objects.light().filter(pk__in=scope.regions_of(user, Role.PLANNER)).order_by("pk")
    found = Cycle.objects.filter(region__in=regions).prefetch_related("windows").begun_first()
    cycles: dict[str, list[Cycle]] = {}
    for cycle in found:
        cycles.setdefault(cycle.region_id, []).append(cycle)
    return [_home(region, cycles.get(region.pk, []), wanted) for region in regions]


def _home(region: Region, cycles: list[Cycle], wanted: int | None) -> Home:
    taken = {cycle.plan_year for cycle in cycles}
    newest = cycles[0].plan_year if cycles else clock.today().year
    free = [year for year in range(newest + 1, newest + 1 + 2 * _AHEAD) if year not in taken and year in YEARS][:_AHEAD]
    chosen = wanted if wanted in free else next(iter(free), newest)
    return Home(region, cycles, chosen, preview(region.pk, chosen) if free else None, free)


def year_for(user: User, cycle_id: int) -> Cycle:
    """The plan year, for its planner. Raises Missing and Refusal."""
    cycle = Cycle.objects.select_related("region", "verified_by").defer("region__boundary", "region__outline").filter(pk=cycle_id).first()
    if cycle is None:
        raise Missing
    policy.may_plan(user, cycle.region_id).or_refuse()
    return cycle


def stage_for(user: User, cycle_id: int, stage: str) -> StageWindow:
    """One stage of it. Raises Missing and Refusal."""
    cycle = year_for(user, cycle_id)
    window = cycle.windows.select_related("verified_by").filter(stage=stage).first()
    if window is None:
        raise Missing
    window.cycle = cycle
    return window


def year_context(cycle: Cycle, form: YearForm | None = None) -> dict[str, Any]:
    """The year with its stages; the form as it was typed, or as it stands."""
    windows = list(cycle.windows.select_related("verified_by").order_by("position"))
    used = {window.stage for window in windows}
    return {
        "cycle": cycle,
        "form": form or year_form(cycle),
        "rows": [_row(cycle, window) for window in windows],
        "unverified": sum(window.verified_at is None for window in windows),
        "to_add": [stage for stage in BY_STAGE if stage not in used],
    }


def _row(cycle: Cycle, window: StageWindow) -> StageRow:
    window.cycle = cycle
    default = BY_STAGE.get(Stage(window.stage))
    papers = [str(kind.label) for kind in DocumentKind if kind in window.required_documents]
    mark, origin = (default.mark, default.source) if default else ("", "")
    return StageRow(window, period(window), state_of(window, clock.now()), papers, mark, origin)


def year_form(cycle: Cycle) -> YearForm:
    """The year's own rules as they stand."""
    names = ("legal_basis", "citizens_may_propose", "measure_tolerance_percent", "duplicate_radius_m", "answer_days", "answer_basis", "version")
    support = {"support_first_day": first_day(cycle.support_opens_at), "support_last_day": last_day(cycle.support_closes_at)}
    return YearForm(initial={**{name: getattr(cycle, name) for name in names}, **support})


def stage_form(window: StageWindow) -> StageForm:
    """A stage's window and rules as they stand."""
    names = [name for name in StageForm.base_fields if hasattr(window, name)]
    days = {"first_day": first_day(window.opens_at), "last_day": last_day(window.closes_at)}
    return StageForm(initial={**{name: getattr(window, name) for name in names}, **days})


def stage_context(window: StageWindow, form: StageForm | None = None) -> dict[str, Any]:
    """The page of one stage."""
    return {
        "cycle": window.cycle,
        "row": _row(window.cycle, window),
        "window": window,
        "form": form or stage_form(window),
        "closable": window.stage in DECIDING,
    }
