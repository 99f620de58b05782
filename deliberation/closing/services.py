"""Closing a stage of a region, and reopening it. Nothing here is done by the clock."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.models import AuditEntry, User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from deliberation.closing import policy, telling
from deliberation.closing.obstacles import Obstacle, obstacles
from deliberation.masking import masked
from geo import codes
from geo.models import Region
from proposals.models import Cycle, StageClosure, StageWindow
from proposals.services.rows import REASON_SHORTEST, shut_entrance, signed_in
from proposals.stages import Stage
from proposals.windows import closed_because
from proposals.year.rows import locked_windows, the_stage

_REASON_LONGEST = 1000
_WHY_LONGEST = 500


@transaction.atomic
def close_stage(*, actor: Person, cycle_id: int, stage: str, region_code: str, reason: str = "") -> StageClosure:
    """Close a stage for one region: from then on nothing there moves at that stage, elsewhere it goes on.

    What is not in order and does not block needs a reason of 20 characters that everybody reads. Closed twice by the same
    person is closed once. Raises Refusal (401, 403), Missing, Conflict (closed already, not open yet, something blocks), Invalid.
    """
    person = signed_in(actor)
    role = policy.may_close(person, stage, region_code).or_refuse().role
    shut_entrance(cycle_id)
    cycle, window = _locked(cycle_id, stage)
    region = Region.objects.light().in_force().filter(pk=region_code).first()
    if region is None or not codes.covers(cycle.region_id, region_code):
        raise Missing(_("There is no such region in this plan year."))
    again = StageClosure.objects.filter(cycle=cycle, stage=stage, region=region, closed_by=person, reopened_at__isnull=True).first()
    if again is not None:
        return again
    refused = closed_because(window, Stage(stage), clock.now(), within=region_code, clock_ends_it=False)
    if refused is not None:
        refused.or_refuse()
    not_in_order = obstacles(window, region_code)
    why = _reason(not_in_order, reason)
    closure = StageClosure.objects.create(
        cycle=cycle,
        stage=stage,
        region=region,
        closed_by=person,
        role=role,
        closed_at=clock.now(),
        reason=why,
        shortfalls=[{"kind": one.kind, "count": one.count} for one in not_in_order],
    )
    _shut(window, cycle, closure)
    _record((person, role), closure, "close", {"shortfalls": closure.shortfalls}, why)
    telling.tell(closure, "stage_closed", person)
    return closure


@transaction.atomic
def ask_to_reopen(*, actor: Person, closure_id: int, reason: str) -> StageClosure:
    """The first of two: say why a closed stage must be opened again. Asked again replaces the asking. Raises as `close_stage`."""
    person = signed_in(actor)
    closure = _locked_closure(closure_id)
    role = policy.may_reopen(person, closure).or_refuse().role
    why = masked(text.clean(reason, field="reason", max_length=_WHY_LONGEST, min_length=REASON_SHORTEST))
    if (closure.reopen_asked_by_id, closure.reopen_reason) == (person.pk, why):
        return closure
    closure.reopen_asked_by, closure.reopen_asked_at, closure.reopen_reason = person, clock.now(), why
    closure.save(update_fields=["reopen_asked_by", "reopen_asked_at", "reopen_reason"])
    _record((person, role), closure, "ask_reopen", {}, why)
    asked = AuditEntry.objects.filter(subject=f"closure:{closure.pk}", action="deliberation.stage.ask_reopen").count()
    telling.ask_second(closure, person, asked)
    return closure


@transaction.atomic
def confirm_reopening(*, actor: Person, closure_id: int, read: str | None = None) -> StageClosure:
    """The second of two: the stage takes moves again, as its window says. Raises as `close_stage`; 403 for the one who asked.

    `read` names the asking that stood on the page (`asking_of`): asked anew since, with another reason, it is a Conflict.
    """
    person = signed_in(actor)
    closure = _locked_closure(closure_id)
    if closure.reopened_by_id == person.pk:
        return closure
    role = policy.may_confirm(person, closure).or_refuse().role
    if read is not None and read != asking_of(closure):
        raise Conflict(_("It was asked anew meanwhile. Read the reason again before you confirm."), code="asked_anew")
    window = the_stage(locked_windows(closure.cycle), closure.stage)
    closure.reopened_by, closure.reopened_at = person, clock.now()
    closure.save(update_fields=["reopened_by", "reopened_at"])
    _open(window, closure)
    asked_by: Any = closure.reopen_asked_by
    _record((person, role), closure, "reopen", {"asked_by": asked_by.username}, closure.reopen_reason)
    telling.tell(closure, "stage_reopened", person)
    return closure


def asking_of(closure: StageClosure) -> str:
    """By what one asking to reopen is told from the next; empty where nobody asked."""
    return closure.reopen_asked_at.isoformat() if closure.reopen_asked_at else ""


def _locked(cycle_id: int, stage: str) -> tuple[Cycle, StageWindow]:
    cycle = Cycle.objects.select_for_update(no_key=True).filter(pk=cycle_id).first()
    if cycle is None:
        raise Missing
    return cycle, the_stage(locked_windows(cycle), stage)


def _locked_closure(closure_id: int) -> StageClosure:
    """The closing and its plan year under lock; the year first, as everybody locks them."""
    cycle_id = StageClosure.objects.filter(pk=closure_id).values_list("cycle_id", flat=True).first()
    cycle = Cycle.objects.select_for_update(no_key=True).filter(pk=cycle_id).first() if cycle_id is not None else None
    closure = StageClosure.objects.select_for_update(no_key=True, of=("self",)).select_related("reopen_asked_by").filter(pk=closure_id).first()
    if cycle is None or closure is None:
        raise Missing
    closure.cycle = cycle
    return closure


def _reason(not_in_order: list[Obstacle], reason: str) -> str:
    """What was said, where something passes only with a reason. Raises Conflict with what blocks, Invalid without a reason."""
    if blocking := [one.sentence for one in not_in_order if one.blocks]:
        raise Conflict(" ".join([_("The stage cannot be closed yet."), *blocking]), code="stage_not_ready")
    why = masked(text.clean(reason, field="reason", max_length=_REASON_LONGEST, lines=True))
    if not_in_order and len(why) < REASON_SHORTEST:
        told = " ".join(one.sentence for one in not_in_order)
        raise Invalid({"reason": [_("Write why it is closed all the same, in at least 20 characters. %(told)s") % {"told": told}]})
    return why


def _shut(window: StageWindow, cycle: Cycle, closure: StageClosure) -> None:
    if closure.region_id == cycle.region_id:
        window.closed_at, window.closed_by = closure.closed_at, closure.closed_by
    window.closed_in = {**window.closed_in, closure.region_id: closure.closed_at.isoformat()}
    _store(window)


def _open(window: StageWindow, closure: StageClosure) -> None:
    if closure.region_id == closure.cycle.region_id:
        window.closed_at = window.closed_by = None
    window.closed_in = {code: moment for code, moment in window.closed_in.items() if code != closure.region_id}
    _store(window)


def _store(window: StageWindow) -> None:
    window.version += 1
    window.changed_at = clock.now()
    window.save(update_fields=["closed_at", "closed_by", "closed_in", "version", "changed_at"])


def _record(who: tuple[User, str], closure: StageClosure, verb: str, changes: dict[str, Any], reason: str) -> None:
    person, role = who
    audit.record(
        actor=person,
        role=role,
        action=f"deliberation.stage.{verb}",
        subject=f"closure:{closure.pk}",
        region_code=closure.region_id,
        changes={"stage": closure.stage, "plan_year": closure.cycle.plan_year, **changes},
        reason=reason,
    )
