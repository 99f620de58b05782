"""Word of a closing: to whom a stage's end concerns by office, and to whoever follows the region."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from accounts.scope import held_on
from deliberation.closing import policy
from deliberation.notices.telling import notify, tell_followers
from geo import codes
from proposals.models import StageClosure

#: Whose work at a stage is over, or goes on: who writes for the villages, speaks for them, or decides at a stage.
_CONCERNED = (Role.FACILITATOR, Role.VILLAGE_HEAD, Role.SUBDISTRICT_OFFICER, Role.AGENCY_OFFICER, Role.PLANNER)


def tell(closure: StageClosure, kind: str, actor: User) -> None:
    """Tell of `stage_closed` or `stage_reopened` with its reason, once each."""
    tell_followers(
        kind=kind,
        key=f"{kind}:{closure.pk}",
        path=reverse("calendar", args=[closure.region_id]),
        also=_officers(closure.region_id),
        facts={**_facts(closure), "reason": closure.reason if kind == "stage_closed" else closure.reopen_reason},
        actor=actor,
        region_code=closure.region_id,
    )


def ask_second(closure: StageClosure, actor: User, number: int) -> None:
    """Tell those who may confirm that they are asked; `number` counts the askings of this closing."""
    notify(
        kind="reopening_asked",
        key=f"reopening_asked:{closure.pk}:{number}",
        to=policy.confirmers(closure, actor),
        path=reverse("close_stage", args=[closure.cycle_id, closure.stage, closure.region_id]),
        facts={**_facts(closure), "who": actor.display_name or actor.username, "reason": closure.reopen_reason},
        actor=actor,
        region_code=closure.region_id,
    )


def _facts(closure: StageClosure) -> dict[str, Any]:
    return {"stage": closure.stage, "region": closure.region.title, "year": closure.cycle.plan_year}


def _officers(region_code: str) -> list[int]:
    """Keys of those who hold such an office today: in the region, below it, or in the one right above."""
    there = Q(region__in=codes.lineage(region_code)[-2:]) | Q(region__code__startswith=f"{region_code}.")
    offices = held_on(clock.today()).filter(there, role__in=_CONCERNED, user__is_active=True)
    return list(offices.values_list("user_id", flat=True).order_by("user_id").distinct())
