"""What a meeting's page shows of the meeting itself, in a constant number of queries.

The fragments of other subjects (roll, live, ballots, scores, documents) load what they need by a tag of their own, so that
nobody has to know them here: they find `meeting`, `user`, `may_run`, `may_record` and `may_decide` in the context.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from deliberation.meetings import policy, rows, states
from deliberation.models import Meeting
from geo.lookup import lineage_of


def load(meeting_id: UUID) -> Meeting:
    """The meeting of an address; Missing where there is none."""
    return rows.loaded_meeting(meeting_id)


def context_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """The frame: who may do what, the steps that it may take, its agenda."""
    may_run = policy.may_run(request.user, meeting)
    return {
        "meeting": meeting,
        "lineage": lineage_of(meeting.region),
        "may_run": may_run,
        "may_record": policy.may_record(request.user, meeting),
        "may_decide": policy.may_decide(request.user, meeting),
        "steps": states.steps_from(meeting.state) if may_run else [],
        "decides": meeting.decides_at,
    }
