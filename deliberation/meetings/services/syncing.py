"""Decisions captured without signal, sent at once: each is taken whole or not at all, and answered with its own line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.refusals import Invalid, Refusal
from accounts.scope import Person
from deliberation.meetings import policy, rows
from deliberation.meetings.services.deciding import Word, decide
from proposals.models import Proposal

#: More than a meeting decides in a day.
LINES_AT_MOST = 500
#: A decision takes about a tenth of a second; a phone on a weak line and the proxy give up long before hundreds of them.
SECONDS = 8.0
STATUSES = ("recorded", "already", "conflict", "refused", "later")
RECORDED, ALREADY, CONFLICT, REFUSED, LATER = STATUSES


@dataclass(frozen=True)
class Line:
    """What became of one decision; where it was not taken, why, and how the proposal stands now."""

    id: UUID
    proposal: UUID
    #: `recorded`, `already` (it was there), `conflict` (the state moved), `refused` (it cannot be taken as it is),
    #: `later` (not looked at yet: send it again).
    status: str
    number: int | None = None
    code: str = ""
    message: str = ""
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    stands: Mapping[str, Any] = field(default_factory=dict)


def sync(*, meeting_id: UUID, actor: Person, words: Sequence[Word], seconds: float = SECONDS) -> list[Line]:
    """Take what was captured, in the order in which it was decided; one line of answer for each, in that order.

    Every line is a transaction of its own: a refused one leaves nothing, the others stand. Sent again, what was taken is
    `already`. After so many `seconds` the rest is answered `later`, at least one being taken each time: whoever sends those
    again until nothing is `later` sees the list shrink and loses nothing on the way. Who may not write decisions down is
    refused as a whole, before anything is read.
    """
    policy.may_decide(actor, rows.loaded_meeting(meeting_id)).or_refuse()
    if len(words) > LINES_AT_MOST:
        raise Invalid({"decisions": [_("Send at most %(count)d decisions at once.") % {"count": LINES_AT_MOST}]})
    ends, lines = monotonic() + seconds, list[Line]()
    for word in words:
        left = not lines or monotonic() < ends
        lines.append(_one(meeting_id, actor, word) if left else Line(word.decision_id, word.proposal_id, LATER))
    return lines


def _one(meeting_id: UUID, actor: Person, word: Word) -> Line:
    try:
        made, is_new = decide(meeting_id=meeting_id, actor=actor, word=word)
    except Refusal as refusal:
        if refusal.status == 401:
            raise
        status = CONFLICT if refusal.status == 409 else REFUSED
        told = {"code": refusal.code, "message": str(refusal.message), "fields": refusal.fields or {}}
        return Line(word.decision_id, word.proposal_id, status, stands=_stands(word.proposal_id), **told)  # type: ignore[arg-type]
    return Line(word.decision_id, word.proposal_id, RECORDED if is_new else ALREADY, number=made.number)


def _stands(proposal_id: UUID) -> dict[str, Any]:
    names = ("number", "title", "stage", "outcome", "version")
    return Proposal.objects.public().filter(pk=proposal_id).values(*names).first() or {}
