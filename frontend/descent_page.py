"""The page of a proposal's descent: generations from the oldest to the youngest, and the steps between them as a table."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proposals.descent.reading import Descent, Node, descent_of
from proposals.models import Lineage, Proposal
from proposals.words import ReasonCode

KIND_ICONS = {Lineage.Kind.MERGED: "git-merge", Lineage.Kind.SPLIT: "git-fork", Lineage.Kind.CARRIED_OVER: "corner-down-right"}


@dataclass(frozen=True)
class Kin:
    """One proposal of a generation; `parents` are the steps that led to it, with icon and word."""

    node: Node
    parents: list[tuple[str, str, Proposal]]
    reason_label: str
    is_here: bool


@dataclass(frozen=True)
class Generation:
    """Proposals at the same distance. `indent` is a whole number from 0, for the drawing."""

    title: str
    indent: int
    kin: list[Kin]


def lineage_of(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """The graph for the page, in the six queries of `descent_of`."""
    found = descent_of(proposal, request.user)
    return {"generations": _generations(found), "steps": [(KIND_ICONS[Lineage.Kind(step.kind)], step) for step in found.steps], "descent": found}


def _generations(found: Descent) -> list[Generation]:
    depths = sorted({node.depth for node in found.nodes})
    return [
        Generation(_title(depth), place, [_kin(found, node) for node in found.nodes if node.depth == depth]) for place, depth in enumerate(depths)
    ]


def _kin(found: Descent, node: Node) -> Kin:
    led_here = [step for step in found.steps if step.child_id == node.proposal.pk]
    return Kin(
        node=node,
        parents=[(KIND_ICONS[Lineage.Kind(step.kind)], kind_words(step), step.parent) for step in led_here],
        reason_label=str(ReasonCode(node.reason_code).label) if node.reason_code else "",
        is_here=node.proposal.pk == found.here.pk,
    )


def kind_words(step: Lineage) -> str:
    """How the child came from its parent."""
    return {
        Lineage.Kind.MERGED: _("took in"),
        Lineage.Kind.SPLIT: _("part of"),
        Lineage.Kind.CARRIED_OVER: _("carried over from"),
    }[Lineage.Kind(step.kind)]


def _title(depth: int) -> str:
    if depth == 0:
        return _("This proposal")
    count = abs(depth)
    if depth < 0:
        return ngettext("%(count)d step before", "%(count)d steps before", count) % {"count": count}
    return ngettext("%(count)d step after", "%(count)d steps after", count) % {"count": count}
