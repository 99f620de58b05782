"""Who may take a sheet in, and how far its rows may already have come.

A sheet decides nothing that a person of that office could not decide by hand: a facilitator brings in what the village asks,
while the village's window is open; a planner takes over a list with its answers; money is given by published runs alone.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts import audit, clock, scope
from accounts.models import User
from accounts.refusals import Conflict, Refusal, sign_in_first
from accounts.roles import Role
from accounts.scope import Person
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle
from proposals.sheets.form import BY_KEY
from proposals.sheets.rows import Wish
from proposals.stages import Outcome, Stage
from proposals.windows import closed_because
from proposals.words import OUTCOME_WORDS, STAGE_WORDS, Channel

Place = tuple[Stage, Outcome]
_VILLAGE_ANSWERS = (Outcome.OPEN, Outcome.RETURNED, Outcome.RESERVED, Outcome.REJECTED, Outcome.WITHDRAWN)
_AT_VILLAGE: frozenset[Place] = frozenset({(Stage.VILLAGE, Outcome.OPEN)})
_UP_TO_SUBDISTRICT = frozenset({(Stage.VILLAGE, outcome) for outcome in _VILLAGE_ANSWERS} | {(Stage.SUBDISTRICT, Outcome.OPEN)})
_BEFORE_MONEY = frozenset(
    (stage, outcome)
    for stage in (Stage.VILLAGE, Stage.SUBDISTRICT, Stage.AGENCY, Stage.DISTRICT, Stage.BUDGET)
    for outcome in (*_VILLAGE_ANSWERS, Outcome.MERGED)
)


@dataclass(frozen=True)
class Authority:
    """In which role somebody imports. `places`: where rows may stand, None for anywhere."""

    role: str
    places: frozenset[Place] | None = None
    #: Other channels than the village's, agencies that are new here, and cycles that nobody opened yet.
    is_planning: bool = True
    needs_open_window: bool = False


#: The machine's own operator, by a command.
PLATFORM = Authority(audit.SYSTEM)
#: Role, the levels of the region it may import for, and what it may.
_LAW: tuple[tuple[Role, tuple[Level, ...], Authority], ...] = (
    (Role.PLANNER, (Level.DISTRICT, Level.SUBDISTRICT, Level.VILLAGE), Authority(Role.PLANNER.value, _BEFORE_MONEY)),
    (Role.OPERATOR, (Level.DISTRICT, Level.SUBDISTRICT, Level.VILLAGE), Authority(Role.OPERATOR.value, _BEFORE_MONEY)),
    (
        Role.SUBDISTRICT_OFFICER,
        (Level.SUBDISTRICT, Level.VILLAGE),
        Authority(Role.SUBDISTRICT_OFFICER.value, _UP_TO_SUBDISTRICT, is_planning=False),
    ),
    (Role.FACILITATOR, (Level.VILLAGE,), Authority(Role.FACILITATOR.value, _AT_VILLAGE, is_planning=False, needs_open_window=True)),
    (Role.VILLAGE_HEAD, (Level.VILLAGE,), Authority(Role.VILLAGE_HEAD.value, _AT_VILLAGE, is_planning=False, needs_open_window=True)),
)
#: Who may have a file imported in their name by the command.
_NAMED = (Role.FACILITATOR, Role.VILLAGE_HEAD, Role.PLANNER, Role.OPERATOR)


def authority_of(actor: Person, region: Region, plan_year: int) -> Authority:
    """What a person may import into a region and year. Raises Refusal (401, 403) and Conflict (409, the window)."""
    if not isinstance(actor, User):
        sign_in_first().or_refuse()
    level = codes.level(region.pk)
    found = next((what for role, levels, what in _LAW if level in levels and scope.has_role(actor, role.value, region.pk)), None)
    if found is None:
        sentence = _("Only the facilitator, the sub-district, the planner or the operator responsible for %(region)s may import here.")
        raise Refusal(sentence % {"region": region.title}, code="not_yours")
    if not found.is_planning:
        _refuse_without_window(region, plan_year, needs_open=found.needs_open_window)
    return found


def authority_by_command(actor: User | None, region: Region) -> Authority:
    """What the command may: everything; in somebody's name only where that person writes for the region."""
    if actor is None:
        return PLATFORM
    role = next((role for role in _NAMED if scope.has_role(actor, role.value, region.pk)), None)
    if role is None:
        sentence = _("Only the facilitator, the village head, the planner or the operator of %(village)s may import.")
        raise Refusal(sentence % {"village": region.title})
    return Authority(role.value)


def regions_for(actor: Person) -> list[str]:
    """The codes of the regions into which a person may import, widest first."""
    found = {code for role, levels, _what in _LAW for code in (scope.regions_of(actor, role.value)) if codes.level(code) in levels}
    return sorted(found, key=lambda code: (len(code), code))


def _refuse_without_window(region: Region, plan_year: int, *, needs_open: bool) -> None:
    district = codes.ancestor(region.pk, Level.DISTRICT)
    cycle = Cycle.objects.filter(region_id=district, plan_year=plan_year).prefetch_related("windows").first()
    if cycle is None:
        raise Conflict(_("There is no planning for %(year)s here. Ask the planner which years are open.") % {"year": plan_year}, code="no_cycle")
    if needs_open:
        closed = closed_because(cycle.window(Stage.VILLAGE), Stage.VILLAGE, clock.now(), within=region.pk)
        if closed is not None:
            closed.or_refuse()


def not_allowed(wish: Wish, authority: Authority) -> tuple[str, str] | None:
    """The column and the sentence where a row says more than its importer may; None where it does not."""
    place = BY_KEY["stage"].heading if wish.is_ours else "status"
    if authority.places is not None and (wish.stage, wish.outcome) not in authority.places:
        if wish.outcome in (Outcome.FUNDED, Outcome.NOT_FUNDED) or wish.stage in (Stage.WORKS, Stage.DONE):
            return place, _("Money is given by a published allocation run, never by a sheet.")
        sentence = _("This row stands at “%(place)s”. Your office brings in: %(may)s. Who decided it brings it in.")
        return place, sentence % {"place": _told(wish.stage, wish.outcome), "may": _furthest(authority.places)}
    if not authority.is_planning and wish.more.get("channel", Channel.VILLAGE) != Channel.VILLAGE:
        return BY_KEY["channel"].heading, _("Programmes of others are entered by the planner.")
    return None


def _told(stage: Stage, outcome: Outcome) -> str:
    return f"{STAGE_WORDS[stage]}, {OUTCOME_WORDS[outcome]}"


def _furthest(places: frozenset[Place]) -> str:
    stages = {stage for stage, _outcome in places}
    return ", ".join(str(STAGE_WORDS[stage]) for stage in Stage if stage in stages)
