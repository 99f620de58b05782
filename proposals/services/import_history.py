"""The history of an imported row: what was asked, what each level recommended, and where the sheet says that it went."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from proposals.models import Proposal, Recommendation
from proposals.sheets.rows import Advice, Wish
from proposals.stages import Outcome, Stage

#: The move that tells how a row came to stand where its status says.
_MOVES = {
    Outcome.OPEN: "forward",
    Outcome.REJECTED: "reject",
    Outcome.RETURNED: "return",
    Outcome.RESERVED: "reserve",
    Outcome.WITHDRAWN: "withdraw",
    Outcome.MERGED: "merge",
    Outcome.SPLIT: "split",
    Outcome.FUNDED: "fund",
    Outcome.NOT_FUNDED: "not_fund",
}
_ORDER = (Stage.VILLAGE, Stage.SUBDISTRICT, Stage.AGENCY, Stage.DISTRICT, Stage.BUDGET)


@dataclass(frozen=True)
class _Step:
    """One entry of the history. `volume` and `amount` are what stood after it."""

    move: str
    at: Stage
    to: Stage
    outcome: Outcome
    volume: Decimal
    unit: str
    amount: int
    reason: str = ""


def versions(wish: Wish) -> int:
    """How many steps the row's history has, which is the proposal's version."""
    return 1 + len(_after_asking(wish))


def _after_asking(wish: Wish) -> list[_Step]:
    """Each level that passed it on with its advice, then the step to where the status says that it stands."""
    stood: tuple[Decimal, str, int] = (wish.volume, wish.unit, wish.amount)
    at, steps = Stage.VILLAGE, list[_Step]()
    told = _("Imported with the status “%(status)s”.") % {"status": wish.status}
    for advice in sorted(wish.advice, key=lambda advice: _ORDER.index(advice.stage)):
        if _ORDER.index(advice.stage) >= _ORDER.index(wish.stage):
            continue
        if at is not advice.stage:
            steps.append(_Step("forward", at, advice.stage, Outcome.OPEN, *stood, told))
        after = _ORDER[_ORDER.index(advice.stage) + 1]
        adjusted = _advised(advice, stood)
        steps.append(_Step("forward" if adjusted == stood else "forward_adjusted", advice.stage, after, Outcome.OPEN, *adjusted, advice.text or told))
        at, stood = after, adjusted
    if at is not wish.stage or wish.outcome is not Outcome.OPEN:
        reason = f"{told} {wish.reason}".strip()
        if wish.outcome is not Outcome.OPEN and not wish.advice:
            at = wish.stage
        elif wish.outcome is not Outcome.OPEN and at is not wish.stage:
            steps.append(_Step("forward", at, wish.stage, Outcome.OPEN, *stood, told))
            at = wish.stage
        steps.append(_Step(_MOVES[wish.outcome], at, wish.stage, wish.outcome, *stood, reason))
    return steps


def _advised(advice: Advice, stood: tuple[Decimal, str, int]) -> tuple[Decimal, str, int]:
    volume, unit = (advice.volume, advice.unit or stood[1]) if advice.volume else stood[:2]
    return volume, unit, advice.amount or stood[2]


def road(proposal: Proposal, wish: Wish, *, actor: User, role: str) -> Iterator[Recommendation]:
    """The rows of the history, in the words of the sheet."""
    same: dict[str, Any] = {"proposal": proposal, "actor": actor, "role": role, "agency": proposal.agency, "decided_at": proposal.created_at}
    yield Recommendation(
        **same, move="submit", stage=Stage.DRAFT, outcome_before=Outcome.OPEN, stage_after=Stage.VILLAGE, outcome_after=Outcome.OPEN,
        volume=wish.volume, unit=wish.unit, amount=wish.amount, version=1,
    )  # fmt: skip
    for version, step in enumerate(_after_asking(wish), start=2):
        yield Recommendation(
            **same, move=step.move, stage=step.at, outcome_before=Outcome.OPEN, stage_after=step.to, outcome_after=step.outcome,
            reason=step.reason[:2000], responsible=wish.agency_name[:160], volume=step.volume, unit=step.unit, amount=step.amount, version=version,
        )  # fmt: skip


def standing(wish: Wish) -> Wish:
    """The row with the volume and the amount that stand after all that was recommended."""
    steps = _after_asking(wish)
    if not steps or (steps[-1].volume, steps[-1].unit, steps[-1].amount) == (wish.volume, wish.unit, wish.amount):
        return wish
    price = steps[-1].amount / steps[-1].volume
    whole = int(price) if price == price.to_integral_value() else None
    return replace(wish, volume=steps[-1].volume, unit=steps[-1].unit, amount=steps[-1].amount, unit_price=whole)
