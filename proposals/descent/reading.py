"""Reading the descent of a proposal: what it came from, what it became, and why each ended as it did.

Descent has no cycles: a child is new, or is still discussed when it is joined, and a parent never is again. The walk is bounded
all the same, in depth and in how many of each it follows, so that a page costs the same whatever was merged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts import scope
from accounts.models import User
from accounts.scope import Person
from proposals import policy
from proposals.models import Lineage, Proposal, Recommendation
from proposals.stages import Outcome, Stage

#: How far up and down a page looks, how many of each proposal's own it shows, and how many steps in all.
DEPTH, WIDTH, STEPS = 8, 12, 150

#: Both ways at once. UNION drops what was reached before at the same depth, as two ways lead to one ancestor; LIMIT inside the
#: lateral keeps a proposal that three hundred others joined from filling the page.
_WALK = """
    WITH RECURSIVE walk (step, parent_id, child_id, way, depth) AS (
        (SELECT NULL::bigint, %(start)s::uuid, %(start)s::uuid, 'up', 0)
        UNION
        (SELECT NULL::bigint, %(start)s::uuid, %(start)s::uuid, 'down', 0)
        UNION
        SELECT next.id, next.parent_id, next.child_id, walk.way, walk.depth + 1
        FROM walk CROSS JOIN LATERAL (
            SELECT line.id, line.parent_id, line.child_id FROM proposals_lineage AS line
            WHERE CASE walk.way WHEN 'up' THEN line.child_id = walk.parent_id ELSE line.parent_id = walk.child_id END
            ORDER BY line.at, line.id LIMIT %(width)s
        ) AS next
        WHERE walk.depth < %(depth)s
    )
    SELECT step, way, min(depth), parent_id FROM (SELECT step, way, depth, parent_id FROM walk WHERE step IS NOT NULL LIMIT %(steps)s) AS found
    GROUP BY step, way, parent_id ORDER BY way, min(depth), step
"""


@dataclass(frozen=True)
class Node:
    """One proposal of the graph. `depth` counts steps from the proposal asked for, below 0 for what it came from."""

    proposal: Proposal
    depth: int
    reason: str = ""
    reason_code: str = ""
    #: Steps of its own that the page does not follow.
    more: int = 0


@dataclass(frozen=True)
class Descent:
    """The graph around a proposal: `nodes` from the oldest ancestor to the youngest descendant, `steps` between them."""

    here: Proposal
    nodes: list[Node] = field(default_factory=list)
    steps: list[Lineage] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing led here and nothing came of it."""
        return not self.steps


def descent_of(proposal: Proposal, reader: Person) -> Descent:
    """Ancestors and descendants that the reader may see, in six queries whatever their number. Drafts only for their writers."""
    depths = _walked(proposal.pk)
    rows = Lineage.objects.filter(pk__in=[step for step, _way in depths]).select_related("by").order_by("at", "pk")
    found = Proposal.objects.for_cards().in_bulk({key for row in rows for key in (row.parent_id, row.child_id)} | {proposal.pk})
    seen = {key: row for key, row in found.items() if key == proposal.pk or _is_seen(row, reader)}
    steps = [row for row in rows if row.parent_id in seen and row.child_id in seen]
    for step in steps:
        step.parent, step.child = seen[step.parent_id], seen[step.child_id]
    where = _places(proposal.pk, steps, depths)
    words, more = last_words(where), _more(where, steps)
    nodes = [Node(seen[key], depth, *words.get(key, ("", "")), more.get(key, 0)) for key, depth in where.items()]
    return Descent(seen[proposal.pk], sorted(nodes, key=lambda node: (node.depth, node.proposal.plan_year, node.proposal.address)), steps)


def _walked(start: UUID) -> dict[tuple[int, str], int]:
    return {(step, way): depth for step, way, depth, _parent in _walk(start)}


def _walk(start: UUID) -> list[tuple[int, str, int, UUID]]:
    """Each step with its way, its depth and the proposal it leads from, nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(_WALK, {"start": start, "width": WIDTH, "depth": DEPTH, "steps": STEPS})
        return cursor.fetchall()


def _is_seen(proposal: Proposal, reader: Person) -> bool:
    """Drafts are seen by their author and by those who write for their village; asked of the offices held, without a query each."""
    if proposal.stage != Stage.DRAFT:
        return True
    if not isinstance(reader, User) or proposal.outcome == Outcome.WITHDRAWN:
        return False
    return proposal.author_id == reader.pk or bool(scope.roles_at(reader, proposal.village_id) & set(policy.writers_of(proposal)))


def _places(start: UUID, steps: Sequence[Lineage], depths: dict[tuple[int, str], int]) -> dict[UUID, int]:
    """How many steps up (below 0) or down each proposal stands; the farthest where several ways lead to it."""
    where = {start: 0}
    for step in steps:
        if up := depths.get((step.pk, "up")):
            where[step.parent_id] = min(where.get(step.parent_id, 0), -up)
        if down := depths.get((step.pk, "down")):
            where[step.child_id] = max(where.get(step.child_id, 0), down)
    return where


def _more(where: dict[UUID, int], steps: Sequence[Lineage]) -> dict[UUID, int]:
    """How many steps of each proposal, away from the one asked for, are not among those shown. Drafts are not counted."""
    up, down = [key for key, depth in where.items() if depth <= 0], [key for key, depth in where.items() if depth >= 0]
    public = ~Q(child__stage=Stage.DRAFT)
    ups = Lineage.objects.filter(public, child__in=up).order_by().values_list("child").annotate(Count("pk"))
    downs = Lineage.objects.filter(public, parent__in=down).order_by().values_list("parent").annotate(Count("pk"))
    left: dict[UUID, int] = {}
    for key, count in (*ups, *downs):
        left[key] = left.get(key, 0) + count
    for step in steps:
        if step.child.stage == Stage.DRAFT:
            continue
        for key, side in ((step.child_id, up), (step.parent_id, down)):
            if key in left and key in side:
                left[key] -= 1
    return {key: count for key, count in left.items() if count > 0}


def last_words(keys: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """The last reason that was given about each, and its code: what a village has to answer when it asks again. One query."""
    said = _reasons(Recommendation.objects.filter(proposal__in=list(keys)))
    rows = said.order_by("proposal_id", "-version").distinct("proposal_id")
    return {key: (reason, code) for key, reason, code in rows.values_list("proposal_id", "reason", "reason_code")}


def _reasons(steps: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    return steps.exclude(reason="").exclude(move__in=["split_off"])


def ancestors_of(proposal_id: UUID) -> list[UUID]:
    """The proposals that go on in this one, nearest first, as far as a page looks; one query."""
    return list(dict.fromkeys(parent for _step, way, _depth, parent in _walk(proposal_id) if way == "up"))


def came_from(proposal: Proposal) -> list[Lineage]:
    """The steps that led straight to a proposal, with their parents: what its form says at the top. One query."""
    return list(_steps(Q(child=proposal))[:WIDTH])


def around(proposal: Proposal, reader: Person) -> list[Lineage]:
    """The steps that led straight to a proposal and those that lead on from it, as the reader may see them. One query.

    Each step knows the `last_words` about its parent.
    """
    said = _reasons(Recommendation.objects.filter(proposal=OuterRef("parent"))).order_by("-version", "-pk")
    light = _steps(Q(child=proposal) | Q(parent=proposal)).annotate(last_words=Subquery(said.values("reason")[:1]))[: WIDTH * 2]
    return [step for step in light if step.child_id == proposal.pk or _is_seen(step.child, reader)]


def _steps(asked: Q) -> QuerySet[Lineage]:
    rows = Lineage.objects.filter(asked).select_related("parent__village", "child__village", "by").order_by("at", "pk")
    return rows.defer(*(f"{side}__village__{field}" for side in ("parent", "child") for field in ("boundary", "outline")))
