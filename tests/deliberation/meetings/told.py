"""What the tests of meetings say over and over: a plan, a decision."""

import uuid
from datetime import timedelta
from typing import Any

from accounts import clock
from accounts.models import User
from deliberation.meetings.services.deciding import Word, decide
from deliberation.models import Decision, Meeting
from proposals.models import Proposal
from tests import cast

REASON = "Ruas terakhir sudah dikerjakan dari Dana Desa."


def plan(**fields: Any) -> dict[str, Any]:
    """The plan of a village deliberation a week ahead, as a program sends it; a field given as `...` is left out."""
    whole = {
        "kind": "village_plan",
        "region": cast.VILLAGE,
        "plan_year": 2028,
        "starts_at": clock.now() + timedelta(days=7),
        "place": "Balai desa",
        "purpose": "Menyepakati usulan desa untuk 2028.",
        **fields,
    }
    return {name: value for name, value in whole.items() if value is not ...}


def decided(meeting: Meeting, proposal: Proposal, actor: User, move: str = "forward", **fields: Any) -> Decision:
    """A decision written down, with whatever version stands."""
    version = Proposal.objects.values_list("version", flat=True).get(pk=proposal.pk)
    said = {"reason": REASON} if move != "forward" else {}
    word = Word(**{"decision_id": uuid.uuid4(), "proposal_id": proposal.pk, "move": move, "version": version, "said": said, **fields})
    return decide(meeting_id=meeting.pk, actor=actor, word=word)[0]
