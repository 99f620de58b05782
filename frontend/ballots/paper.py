"""The desk of paper ballots: whom to mark, which batches there are, what differs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from deliberation.ballots import electorate, policy
from deliberation.ballots.reading import rules_of, standees_of
from deliberation.ballots.services.paper_roll import Outcome, PaperVoter
from deliberation.ballots.sheets import differing
from deliberation.ballots.words import BallotScope, VoteChannel
from deliberation.models import Ballot, PaperBatch, VoterMark
from geo import codes
from geo.codes import Level
from geo.models import Region


@dataclass(frozen=True)
class RollLine:
    """Somebody on the roll of the meeting, with how they voted, if they did."""

    field: str
    name: str
    channel: str


def context_of(person: Any, ballot: Ballot, outcomes: list[Outcome] | None = None) -> dict[str, Any]:
    """Everything on the desk, in a constant number of queries."""
    marked = electorate.marked_by_channel(ballot)
    batches = list(PaperBatch.objects.filter(ballot=ballot).order_by("label").prefetch_related("typings__typist"))
    return {
        "ballot": ballot,
        "lines": _lines(ballot),
        "villages": _villages(ballot),
        "marked": marked[VoteChannel.PAPER],
        "sheets": sum(batch.sheets for batch in batches),
        "batches": batches,
        "may_mark": policy.may_mark(person, ballot),
        "may_count": policy.may_count(person, ballot),
        "outcomes": [one for one in outcomes or [] if one.verdict != "marked"],
        "newly": sum(one.verdict == "marked" for one in outcomes or []),
        "names": list(_names(ballot)),
    }


def voters_sent(ballot: Ballot, data: Any) -> list[PaperVoter]:
    """Who was ticked, or written down: a name a line, with what tells two of one name apart after a semicolon."""
    if ballot.scope == BallotScope.ROLL:
        return [PaperVoter(line=key) for text in data.getlist("line") if (key := _uuid(text))]
    if ballot.scope == BallotScope.DELEGATES:
        return [PaperVoter(mandate=int(key)) for key in data.getlist("mandate") if key.isascii() and key.isdigit() and len(key) < 10]
    village, others = data.get("village", ""), set(data.getlist("other"))
    voters = []
    for line in data.get("names", "").splitlines():
        name, _semicolon, hint = (part.strip() for part in line.partition(";"))
        if name:
            voters.append(PaperVoter(name=name, village=village, hint=hint, is_other=name in others))
    return voters


def batch_context(person: Any, batch: PaperBatch, text: str | None = None) -> dict[str, Any]:
    """A batch for one typist: the own lines, never another's, until a third person decides what differs."""
    typings = list(batch.typings.select_related("typist").order_by("pk"))
    firsts = [one for one in typings if not one.is_third]
    own = next((one for one in typings if isinstance(person, User) and one.typist_id == person.pk), None)
    apart = differing(firsts[0].rows, firsts[1].rows) if len(firsts) == 2 else []
    is_third = len(firsts) == 2 and own not in firsts
    return {
        "batch": batch,
        "ballot": batch.ballot,
        "rules": rules_of(batch.ballot),
        "standees": list(standees_of(batch.ballot).values()),
        "typists": [one.typist for one in firsts],
        "own": own,
        "apart": apart,
        "is_third": is_third,
        "pairs": [(number, firsts[0].rows[number - 1], firsts[1].rows[number - 1]) for number in apart] if is_third else [],
        "expected": len(apart) if is_third else batch.sheets,
        "text": text if text is not None else "\n".join(own.rows) if own and not own.is_third else "",
        "may_count": policy.may_count(person, batch.ballot),
    }


def _lines(ballot: Ballot) -> list[RollLine]:
    if ballot.scope == BallotScope.RESIDENTS:
        return []
    by_line = ballot.scope == BallotScope.ROLL
    column = "attendance_id" if by_line else "mandate_id"
    voted = dict(VoterMark.objects.filter(ballot=ballot).values_list(column, "channel"))
    people = electorate.roll(ballot).order_by("number") if by_line else electorate.delegates(ballot).order_by("name", "pk")
    return [RollLine(str(key), name, voted.get(key, "")) for key, name in people.values_list("pk", "name")]


def _villages(ballot: Ballot) -> list[Region]:
    if ballot.scope != BallotScope.RESIDENTS:
        return []
    if codes.level(ballot.region_id) is Level.VILLAGE:
        return [ballot.region]
    below = Region.objects.light().in_force().filter(pk__startswith=f"{ballot.region_id}.", level=Level.VILLAGE)
    return list(below.order_by("pk"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _names(ballot: Ballot) -> list[str]:
    """The names without an account, as they were marked: so that both typists of the roll see what is there."""
    rows = VoterMark.objects.filter(ballot=ballot, channel=VoteChannel.PAPER).exclude(name="").order_by("name_key", "id")
    return list(rows.values_list("name", flat=True)[:500])
