"""What a run decides: its lines as the rule gave them, and the overrides that stand on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from budgeting.models import AllocationLine, AllocationRun, Override

_FUNDED = AllocationLine.Verdict.FUNDED
_SHAPES = ("proposal__village__boundary", "proposal__village__outline")


@dataclass(frozen=True)
class Decided:
    """A line and the override in force on it, if any. What counts is both together.

    `amid`: some line of its run was changed by hand, so that what the rule says of money is about its own list, not about what counts.
    """

    line: AllocationLine
    override: Override | None = None
    amid: bool = False

    @property
    def verdict(self) -> str:
        """In or out."""
        return self.override.verdict if self.override else self.line.verdict

    @property
    def amount(self) -> int:
        """Whole rupiah that it is given."""
        return self.override.amount if self.override else self.line.amount

    @property
    def is_funded(self) -> bool:
        """Whether it is given money."""
        return self.verdict == _FUNDED


def of_run(run: AllocationRun) -> list[dict[str, Any]]:
    """Every override that was ever signed on a run, in the order of signing: for the bundle and for programs. One query."""
    return [as_row(one) for one in signed_on(run)]


def as_row(one: Override) -> dict[str, Any]:
    """One override as JSON: ids as text, moments in ISO, whole rupiah."""
    return {
        "id": str(one.pk),
        "proposal": str(one.proposal_id),
        "number": one.proposal.number,
        "verdict": one.verdict,
        "amount": one.amount,
        "reason": one.reason,
        "signed_by": str(one.signed_by),
        "signed_role": one.signed_role,
        "signed_at": one.signed_at.isoformat(),
        "withdrawn_by": str(one.withdrawn_by) if one.withdrawn_by else None,
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
    }


def signed_on(run: AllocationRun) -> QuerySet[Override]:
    """All of a run, withdrawn ones too, with proposal, village and people."""
    people = Override.objects.filter(run=run).select_related("proposal__village", "signed_by", "withdrawn_by")
    return people.defer(*_SHAPES).order_by("signed_at", "id")


def in_force(run: AllocationRun) -> dict[UUID, Override]:
    """Those that count, by proposal. One query."""
    found = Override.objects.filter(run=run, withdrawn_at__isnull=True).select_related("signed_by").order_by("signed_at", "id")
    return {one.proposal_id: one for one in found}


def decided(run: AllocationRun, standing: Mapping[UUID, Override] | None = None) -> list[Decided]:
    """Every line with what counts, in the order of the proposals' keys. Two queries; one where those in force are known already."""
    standing = in_force(run) if standing is None else standing
    return [Decided(line, standing.get(line.proposal_id), bool(standing)) for line in run.lines.order_by("proposal_id")]


@dataclass(frozen=True)
class Change:
    """How overrides in force move a run: how many there are, and whole rupiah that the run gives with them."""

    count: int
    spent: int


def change_of(run: AllocationRun) -> Change:
    """The rule's sum, and what overrides take from it and add. One query."""
    return standing_of(run)[1]


def standing_of(run: AllocationRun) -> tuple[dict[UUID, Override], Change]:
    """The overrides in force by proposal, and how they move the run. One query for both."""
    rows = Override.objects.filter(run=run, withdrawn_at__isnull=True, proposal__allocation_lines__run=run).select_related("signed_by")
    found: list[Any] = list(rows.annotate(ruled=F("proposal__allocation_lines__amount")).order_by("signed_at", "id"))
    moved = sum(one.amount - one.ruled for one in found)
    return {one.proposal_id: one for one in found}, Change(len(found), run.spent + moved)
