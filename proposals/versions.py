"""Reading the versions of a proposal: which of them a person may see, and what differs between two."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.scope import Person
from proposals import content, policy
from proposals.models import Proposal, ProposalVersion
from proposals.stages import Stage


@dataclass(frozen=True)
class Difference:
    """One field as it stood and as it stands, in the shapes of `content`; `before` is None where nothing was said."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Told:
    """A version with what changed from the one before; `is_first` where the reader sees none before it."""

    version: ProposalVersion
    differences: list[Difference] = field(default_factory=list)
    is_first: bool = False


def visible(proposal: Proposal, reader: Person) -> QuerySet[ProposalVersion]:
    """Newest first: everything for those who write for it, and from its submission on for everybody else."""
    rows = ProposalVersion.objects.filter(proposal=proposal).select_related("actor").order_by("-version")
    return rows if _sees_drafts(proposal, reader) else rows.exclude(content__stage=Stage.DRAFT.value)


def _sees_drafts(proposal: Proposal, reader: Person) -> bool:
    """Whether the person could read it while it was a draft."""
    return bool(policy.standing_of(reader, proposal).first((policy.AUTHOR, *policy.writers_of(proposal))))


def told(page: Sequence[ProposalVersion], seen: QuerySet[ProposalVersion]) -> list[Told]:
    """The versions of a page, newest first, each with what changed; one query for the version before the oldest."""
    if not page:
        return []
    before = seen.filter(version__lt=page[-1].version).first()
    older = [*page[1:], before]
    return [
        Told(version, differences(earlier.content, version.content) if earlier else [], is_first=earlier is None)
        for version, earlier in zip(page, older, strict=True)
    ]


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What differs between two contents, in the order in which fields are told."""
    return [Difference(name, before.get(name), after.get(name)) for name in content.differing(before, after)]
