"""What the page of closing a stage shows: what is not in order, who may close, who asked to reopen."""

from typing import Any

from accounts.models import User
from accounts.refusals import Missing, Refusal
from deliberation.closing import policy, services
from deliberation.closing.obstacles import obstacles
from frontend.year.calendar import in_force
from geo import codes
from geo.models import Region
from proposals.models import Cycle, StageClosure, StageWindow


def context_of(user: User, cycle_id: int, stage: str, code: str, *, refusal: Refusal | None = None, reason: str = "") -> dict[str, Any]:
    """Everything on the page. Raises Missing; the rights are asked before anything is read of the stage."""
    window, region = _found(cycle_id, stage, code)
    may = policy.may_close(user, stage, code)
    closure = next((one for one in in_force(window.cycle, region) if one.stage == stage), None)
    if closure is None:
        may.or_refuse()
    may_ask = bool(closure and policy.may_reopen(user, closure))
    not_in_order = obstacles(window, code) if closure is None else []
    return {
        "window": window,
        "cycle": window.cycle,
        "region": region,
        "closure": closure,
        "history": _history(window, region),
        "may_ask": may_ask,
        "confirmers": policy.confirmers(closure, closure.reopen_asked_by or user) if closure and may_ask else [],
        "may_confirm": bool(closure and policy.may_confirm(user, closure)),
        "asking": services.asking_of(closure) if closure else "",
        "blocking": [one for one in not_in_order if one.blocks],
        "passing": [one for one in not_in_order if not one.blocks],
        "refusal": refusal,
        "reason": reason,
    }


def _found(cycle_id: int, stage: str, code: str) -> tuple[StageWindow, Region]:
    cycle = Cycle.objects.filter(pk=cycle_id).first()
    window = StageWindow.objects.filter(cycle=cycle, stage=stage).first() if cycle else None
    region = Region.objects.light().filter(pk=code).first() if codes.is_code(code) else None
    if cycle is None or window is None or region is None or not codes.covers(cycle.region_id, code):
        raise Missing
    window.cycle = cycle
    return window, region


def _history(window: StageWindow, region: Region) -> list[StageClosure]:
    """Earlier closings of this region that were reopened, the latest first."""
    past = StageClosure.objects.filter(cycle=window.cycle, stage=window.stage, region=region, reopened_at__isnull=False)
    return list(past.select_related("closed_by", "reopen_asked_by", "reopened_by").order_by("-closed_at", "-pk"))
