"""Loading a proposal to change it: locked, by somebody who signed in, at the version that was seen."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Refusal, sign_in_first
from accounts.scope import Person
from proposals.models import Proposal, Recommendation
from proposals.words import STEP_WORDS

#: A reason that citizens read: shorter ones explain nothing (DOMAIN 7.2).
REASON_SHORTEST = 20
#: The first half of the key under which entering and closing exclude each other; the second is the plan year's.
_ENTRANCE = 0x4D555352


def signed_in(actor: Person) -> User:
    """The user, or 401: who did not sign in writes nothing."""
    if not isinstance(actor, User) or not actor.is_active:
        sign_in_first().or_refuse()
    return actor


def _lockable() -> QuerySet[Proposal]:
    """Locked against other decisions, not against comments and supports, which only refer to the row."""
    return Proposal.objects.select_for_update(of=("self",), no_key=True).select_related("cycle", "village", "dictionary_entry", "agency")


def locked_or_none(proposal_id: UUID) -> Proposal | None:
    """The row under lock, if it exists."""
    return _lockable().filter(pk=proposal_id).first()


def loaded(proposal_id: UUID) -> Proposal:
    """The row as it stands, not locked, or 404."""
    proposal = Proposal.objects.select_related("cycle", "village", "dictionary_entry", "agency").filter(pk=proposal_id).first()
    if proposal is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    return proposal


def locked(proposal_id: UUID) -> Proposal:
    """The row under lock, or 404."""
    proposal = locked_or_none(proposal_id)
    if proposal is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    return proposal


def locked_pair(proposal_id: UUID, target_id: UUID | None) -> tuple[Proposal, Proposal | None]:
    """The proposal and, where one is named, its target: locked in the order of their keys, so that no two wait in a ring."""
    if target_id is None or target_id == proposal_id:
        return locked(proposal_id), None
    found = {row.pk: row for row in _lockable().filter(pk__in=[proposal_id, target_id]).order_by("pk")}
    if proposal_id not in found:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    return found[proposal_id], found.get(target_id)


def hold_stage(proposal: Proposal) -> None:
    """Hold the window of the stage where the proposal stands: whoever closes the stage waits for this move, or is seen by it.

    `FOR SHARE`: moves do not wait for each other. Not for drafts that are sent in, which lock the plan year for their number:
    whoever closes locks the year first and the window then, and the two would wait in a ring (`hold_entrance`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM proposals_stagewindow WHERE cycle_id = %s AND stage = %s FOR SHARE", [proposal.cycle_id, proposal.stage])


def hold_entrance(cycle_id: int) -> None:
    """The same for a draft that is sent in: until it has entered, no stage of the year is closed. Take it before the year's row."""
    _advisory("pg_advisory_xact_lock_shared", cycle_id)


def shut_entrance(cycle_id: int) -> None:
    """The other side, for whoever closes: waits for drafts on their way, and later ones see the closing. Take it before all rows."""
    _advisory("pg_advisory_xact_lock", cycle_id)


def _advisory(function: str, cycle_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [_ENTRANCE, cycle_id])


def same_version(proposal: Proposal, version: Any) -> None:
    """Raise Conflict, with what happened, where somebody changed the proposal after it was read."""
    if isinstance(version, bool) or not isinstance(version, int):
        raise Invalid({"version": [_("Send the version that you have read, a whole number.")]})
    if version == proposal.version:
        return
    raise Conflict(_what_happened(proposal), code="version")


def _what_happened(proposal: Proposal) -> str:
    step = Recommendation.objects.filter(proposal=proposal, version=proposal.version).select_related("actor").first()
    if step is None:
        return _("Someone changed this page. See what changed before you save.")
    local = localtime(step.decided_at)
    when = f"{date_format(local, 'j F Y, H.i')} {clock.zone(local)}".strip()
    sentence = _("Someone decided meanwhile: “%(move)s” by %(actor)s on %(when)s. Look at it before you decide.")
    return sentence % {"move": STEP_WORDS[step.move], "actor": step.actor, "when": when}


def facts(proposal: Proposal) -> dict[str, Any]:
    """What an open page is told about where a proposal stands."""
    return {
        "stage": proposal.stage,
        "outcome": proposal.outcome,
        "realisation": proposal.realisation,
        "version": proposal.version,
        "amount": proposal.amount,
        "rank": proposal.rank,
    }
