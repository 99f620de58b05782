"""What a proposal's page tells about its road: stages past, present and ahead, and what each level asked or advised."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from proposals.models import Proposal, Recommendation, StageWindow
from proposals.money import rupiah
from proposals.policy import ROLE_WORDS
from proposals.stages import CLOSED, DECIDING, Stage, entrance
from proposals.words import OUTCOME_WORDS, STAGE_WORDS, STEP_WORDS, ReasonCode

#: What says yes to a sum; a level that turned a proposal down or sent it back advised none.
ADVICE = frozenset({"forward", "forward_adjusted", "reserve", "fund"})
#: What asks: the village, or the part that came out of what it asked for.
ASKED = frozenset({"submit", "split_off"})


@dataclass(frozen=True)
class Step:
    """One decision as it is told. `move`, `outcome` and `reason_label` are words on the screen."""

    name: str
    move: str
    outcome: str
    at: datetime
    who: str
    role: str
    text: str = ""
    reason_code: str = ""
    reason_label: str = ""
    responsible: str = ""
    #: Captured without signal before the end, and arrived after it.
    late_sync: bool = False
    captured_at: datetime | None = None
    agency: str = ""
    target_number: str = ""
    volume: Decimal | None = None
    unit: str = ""
    amount: int | None = None
    #: The row behind it, for rooms that know more about a step.
    key: int | None = None


@dataclass(frozen=True)
class Milestone:
    """A stage of the road. `state`: past, now, stopped (it ended here), ahead. Times are the stage's window."""

    stage: str
    title: str
    state: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class Rung:
    """What one level asked for or advised. `share` is its amount in percent of what was asked, 0 to 100, whole."""

    stage: str
    title: str
    asked: bool
    volume: Decimal | None
    unit: str
    amount: int | None
    text: str
    who: str
    at: datetime
    share: int


def told_steps() -> QuerySet[Recommendation]:
    """Steps with what is told of them."""
    return Recommendation.objects.select_related("actor", "agency", "target")


def read_steps(proposal: Proposal, steps: QuerySet[Recommendation]) -> None:
    """Read the proposal's steps and its year's windows, unless they are there; rooms that know more about steps read them so."""
    prefetch_related_objects([proposal], Prefetch("recommendations", steps), "cycle__windows")


def steps_of(proposal: Proposal) -> list[Recommendation]:
    """Every step in order, with its people; read once for road and ladder, kept on the instance's prefetch cache."""
    read_steps(proposal, told_steps())
    return sorted(proposal.recommendations.all(), key=lambda step: (step.version, step.pk))


def _told(step: Recommendation) -> Step:
    return Step(
        name=step.move,
        move=str(STEP_WORDS[step.move]),
        outcome=str(OUTCOME_WORDS[step.outcome_after]),  # type: ignore[index]
        at=step.decided_at,
        who=str(step.actor),
        role=str(ROLE_WORDS.get(step.role, "")),
        text=step.reason,
        reason_code=step.reason_code,
        reason_label=str(ReasonCode(step.reason_code).label) if step.reason_code else "",
        responsible=step.responsible,
        late_sync=step.late_sync,
        captured_at=step.captured_at,
        agency=step.agency.name if step.agency else "",
        target_number=(step.target.number or "") if step.target else "",
        volume=step.volume,
        unit=step.unit,
        amount=step.amount,
        key=step.pk,
    )


def road(proposal: Proposal) -> list[Milestone]:
    """The stages of the proposal's cycle in its own order, each with what was decided there."""
    steps = steps_of(proposal)
    windows = _on_the_way(proposal)
    order = [window.stage for window in windows]
    here = order.index(proposal.stage) if proposal.stage in order else -1
    return [
        Milestone(
            stage=window.stage,
            title=window.title,
            state=_state(proposal, position, here),
            opens_at=window.opens_at,
            closes_at=window.closes_at,
            closed_at=window.closed_at,
            steps=[_told(step) for step in steps if _place(step) == window.stage],
        )
        for position, window in enumerate(windows)
    ]


def _on_the_way(proposal: Proposal) -> list[StageWindow]:
    """The cycle's stages from where the proposal's channel enters: what others bring never stands at the ones before."""
    windows = sorted(proposal.cycle.windows.all(), key=lambda window: window.position)
    door = entrance(proposal.channel, [Stage(window.stage) for window in windows])
    first = next((place for place, window in enumerate(windows) if window.stage == door), 0)
    return windows[first:]


def _place(step: Recommendation) -> str:
    """A submission is told where it arrived, a decision at the level that took it."""
    return step.stage_after if step.stage == Stage.DRAFT else step.stage


def _state(proposal: Proposal, position: int, here: int) -> str:
    if position != here:
        return "past" if position < here else "ahead"
    return "stopped" if proposal.outcome in CLOSED else "now"


def ladder(proposal: Proposal) -> list[Rung]:
    """What the village asked for, then what each level advised, in order.

    A level appears once, with its last word, unless that was a refusal or a return, which advises no sum; the village again
    only where it asked anew for something else.
    """
    steps = [step for step in steps_of(proposal) if step.amount is not None]
    asked: list[Recommendation] = []
    for step in steps:
        if step.move in ASKED and (not asked or (asked[-1].volume, asked[-1].amount) != (step.volume, step.amount)):
            asked.append(step)
    last = {step.stage: step for step in steps if step.stage in DECIDING and step.move not in {*ASKED, "withdraw"}}
    advised = [step for step in last.values() if step.move in ADVICE]
    rungs = sorted([*asked, *advised], key=lambda step: step.version)
    most = max((step.amount or 0 for step in rungs), default=0)
    return [_rung(step, most, titles=_titles(proposal)) for step in rungs]


def _titles(proposal: Proposal) -> dict[str, str]:
    return {window.stage: window.title for window in proposal.cycle.windows.all()}


def _rung(step: Recommendation, most: int, *, titles: dict[str, str]) -> Rung:
    asked = step.move in ASKED
    stage = _place(step)
    return Rung(
        stage=stage,
        title=titles.get(stage) or str(STAGE_WORDS[Stage(stage)]),
        asked=asked,
        volume=step.volume,
        unit=step.unit,
        amount=step.amount,
        text=step.reason,
        who=str(step.actor),
        at=step.decided_at,
        share=(step.amount or 0) * 100 // most if most else 0,
    )


def ladder_sentence(rungs: Sequence[Rung]) -> str:
    """`Desa 500 m, Rp400.000.000; Kecamatan 300 m, Rp240.000.000`: the ladder for those who cannot see bars."""
    return "; ".join(f"{rung.title} {volume_text(rung.volume)} {rung.unit}, {rupiah(rung.amount or 0)}" for rung in rungs)


def volume_text(volume: Decimal | None) -> str:
    """A volume without needless zeros, with a decimal comma as in every figure on the pages."""
    return "" if volume is None else format(volume.normalize(), "f").replace(".", ",")
