"""The ballots of a meeting: question, manner, turnout by channel, and the result as it was published."""

from typing import Any

from deliberation.ballots.words import BallotKind, BallotState
from deliberation.models import Ballot, Meeting

#: Kinds whose score says more than how many ballots name a candidate.
_SCORED = (BallotKind.RANKING, BallotKind.POINTS)
_LINE = ("place", "title", "proposal", "village", "votes", "score", "tied")
_STATES = {
    BallotState.OPEN: "Belum ditutup ketika dokumen ini diterbitkan.",
    BallotState.CLOSED: "Hasil belum diumumkan ketika dokumen ini diterbitkan.",
}


def ballots(meeting: Meeting) -> list[dict[str, Any]]:
    """Those that were opened, in the order of their opening; one query."""
    rows = Ballot.objects.filter(meeting=meeting).exclude(state=BallotState.DRAFT).order_by("opened_at", "id")
    return [_ballot(one) for one in rows]


def _ballot(one: Ballot) -> dict[str, Any]:
    result = one.result if one.state == BallotState.PUBLISHED else {}
    turnout = result.get("turnout") or {}
    return {
        "id": str(one.pk),
        "title": one.title,
        "kind": one.get_kind_display(),
        "secret": one.is_secret,
        "state": _state(one),
        "ballots": result.get("ballots"),
        "abstentions": result.get("abstentions"),
        "withheld": bool(result.get("withheld")),
        "turnout": {name: turnout.get(name) for name in ("marked", "online", "paper", "entitled")},
        "scored": one.kind in _SCORED,
        "lines": [{name: line[name] for name in _LINE} for line in result.get("lines", [])],
    }


def _state(one: Ballot) -> str:
    """Why there is no result; empty where it is published."""
    if one.state == BallotState.ANNULLED:
        return f"Dibatalkan oleh dua orang: {one.annul_reason}"
    return _STATES.get(BallotState(one.state), "")
