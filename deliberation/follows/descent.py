"""Followers follow on: whoever followed a proposal hears of what it goes on in (merged, split, carried over)."""

from collections.abc import Iterable, Sequence

from django.db import connection

from proposals.models import Lineage, Proposal
from proposals.stages import Stage

_COME_ALONG = """
    INSERT INTO deliberation_follow (user_id, proposal_id, sector, at)
    SELECT DISTINCT ON (step.child_id, kept.user_id) kept.user_id, step.child_id, '', step.at
    FROM proposals_lineage step JOIN deliberation_follow kept ON kept.proposal_id = step.parent_id
    WHERE step.child_id = ANY(%s::uuid[]) ORDER BY step.child_id, kept.user_id, step.at
    ON CONFLICT (proposal_id, user_id) DO NOTHING
"""


def follow(steps: Sequence[Lineage]) -> None:
    """Called with every step of descent, in its transaction. A draft is nobody's to follow: there it happens when it is sent in."""
    come_along([step.child for step in steps if step.child.stage != Stage.DRAFT])


def come_along(children: Iterable[Proposal]) -> None:
    """Give these proposals the followers of those they come from, in one statement."""
    keys = [str(child.pk) for child in children]
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(_COME_ALONG, [keys])
