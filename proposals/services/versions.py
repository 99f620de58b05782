"""Writing down each version of a proposal, whole, in the transaction that made it.

A service notes what stood (`before`) when it has the row under lock, changes it, and hands over all changes at once
(`record`): three statements however many proposals. What stood before history began (an imported row, an older register) is
written down with the first change that comes after it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from accounts.models import User
from proposals import content
from proposals.models import Proposal, ProposalVersion

#: The action of a version that stood before anybody kept versions of this proposal.
STOOD = "proposals.stood"
_AT_ONCE = 500


@dataclass(frozen=True)
class Before:
    """A proposal as it stood when it was loaded."""

    version: int
    at: datetime
    content: dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One proposal as it stands now, and what stood before; `before` is None for a new one."""

    proposal: Proposal
    before: Before | None
    action: str
    actor: User
    role: str = ""


def before(proposal: Proposal) -> Before:
    """Note what stands, before it is changed."""
    return Before(proposal.version, proposal.changed_at, content.of(proposal))


def record(changes: Iterable[Change]) -> None:
    """Write one version for each change. Call it inside the transaction that makes them, with the rows under lock."""
    written = list(changes)
    last = _last_kept([change.proposal.pk for change in written if change.before])
    stood = [_stood(change) for change in written if change.before and last.get(change.proposal.pk) != change.before.version]
    ProposalVersion.objects.bulk_create([*stood, *map(_row, written)], batch_size=_AT_ONCE)


def _last_kept(keys: Sequence[UUID]) -> dict[UUID, int]:
    if not keys:
        return {}
    return dict(ProposalVersion.objects.filter(proposal__in=keys).order_by().values_list("proposal").annotate(Max("version")))


def _stood(change: Change) -> ProposalVersion:
    """What stood and was never written down: nobody in particular changed it, so it stands in its author's name."""
    assert change.before is not None  # noqa: S101 - asked for by `record`
    return ProposalVersion(
        proposal=change.proposal,
        version=change.before.version,
        action=STOOD,
        content=change.before.content,
        actor_id=change.proposal.author_id,
        on_behalf_of=change.before.content["on_behalf_of"],
        at=change.before.at,
    )


def _row(change: Change) -> ProposalVersion:
    proposal, now = change.proposal, content.of(change.proposal)
    return ProposalVersion(
        proposal=proposal,
        version=proposal.version,
        action=change.action,
        content=now,
        changed=content.differing(change.before.content, now) if change.before else [],
        actor=change.actor,
        role=change.role,
        on_behalf_of=proposal.on_behalf_of,
        at=proposal.changed_at,
    )
