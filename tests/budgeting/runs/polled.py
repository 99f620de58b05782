"""Published ballots as a run finds them: the row and its file, past the services that took the votes."""

import hashlib
from datetime import timedelta

from accounts import clock
from deliberation.ballots import files
from deliberation.ballots.rules import Kind, Rules, Standee
from deliberation.ballots.tally import tally
from deliberation.models import Ballot, BallotFile
from tests import cast

LIMITS = {
    "approval": {"most": 9},
    "knapsack": {"budget": 10**9},
    "ranking": {"most": 3},
    "points": {"points_total": 9, "points_each": 9},
}


def published(people, proposals, votes, *, kind="approval", state="published", region=cast.HOME, **file):
    """A ballot over these proposals in their order, numbered from 1; each vote is a tuple of numbers, or of (number, value)."""
    now = clock.now()
    ballot = Ballot.objects.create(
        cycle=proposals[0].cycle, region_id=region, scope="residents", title="Mana yang didahulukan?", kind=kind, state=state, convened_by=people.planner,
        convened_role="planner", opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1), closed_at=now, closed_by=people.planner,
        published_at=now, published_by=people.planner, created_at=now, changed_at=now, **LIMITS[kind],
    )  # fmt: skip
    rules = Rules(Kind(kind), **LIMITS[kind])
    standees = {at: Standee(at, one.title, one.amount, one.village_id, one.village_id, one.number) for at, one in enumerate(proposals, start=1)}
    marks = [tuple(mark if isinstance(mark, tuple) else (mark, 1) for mark in vote) for vote in votes]
    body = files.pabulib(rules, standees, files.ordered(rules, standees, marks), tally(rules, standees, marks), {"description": ballot.title})
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    BallotFile.objects.create(**{"ballot": ballot, "kind": "ballots.pb", "body": body, "sha256": sha256, **file})
    return ballot
