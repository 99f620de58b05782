"""Closing: the input ends, the votes are shuffled and sealed."""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from accounts import clock
from accounts.scope import Person
from accounts.text import clean
from deliberation.ballots import electorate, policy
from deliberation.ballots.reading import fingerprint
from deliberation.ballots.services.rows import journal, locked_ballot
from deliberation.ballots.services.telling import tell_room
from deliberation.ballots.words import BallotState
from deliberation.masking import masked
from deliberation.models import Ballot, Vote, VoterMark

#: Written anew in a random order under random keys: what is left of the order in which votes came lies in no row any more.
_SHUFFLE = """
    WITH taken AS (
        DELETE FROM deliberation_vote WHERE ballot_id = %s AND is_secret
        RETURNING ballot_id, is_secret, channel, marks, receipt_sha256
    )
    INSERT INTO deliberation_vote (id, ballot_id, is_secret, channel, marks, receipt_sha256)
    SELECT gen_random_uuid(), ballot_id, is_secret, channel, marks, receipt_sha256 FROM taken ORDER BY random()
"""


@transaction.atomic
def close_ballot(*, ballot_id: UUID, actor: Person, reason: str = "") -> Ballot:
    """End the input for good. Before the window's end it needs a reason; closing again changes nothing.

    Waits for votes that are being written; whoever comes after hears that it is closed.
    """
    ballot = locked_ballot(ballot_id)
    policy.may_run(actor, ballot).or_refuse()
    if ballot.state == BallotState.CLOSED:
        return ballot
    allowed = policy.may_close(actor, ballot).or_refuse()
    now = clock.now()
    early = now < ballot.closes_at
    ballot.closed_reason = masked(clean(reason, field="reason", max_length=300, min_length=20 if early else 0))
    ballot.state, ballot.closed_at, ballot.closed_by_id, ballot.changed_at = BallotState.CLOSED, now, actor.pk, now
    ballot.entitled = sum(electorate.entitled_by_place(ballot).values())
    ballot.version += 1
    _shuffle(ballot)
    ballot.frozen = {**ballot.frozen, "sealed": seal_of(ballot), "places": electorate.entitled_by_place(ballot)}
    names = ["state", "closed_at", "closed_by", "closed_reason", "entitled", "frozen", "changed_at", "version"]
    ballot.save(update_fields=names)
    changes = {"sealed": ballot.frozen["sealed"], "marked": electorate.marked_by_channel(ballot), "entitled": ballot.entitled, "early": early}
    journal(ballot, actor=actor, role=allowed.role, verb="close", changes=changes, reason=ballot.closed_reason)
    tell_room(ballot)
    return ballot


def seal_of(ballot: Ballot) -> str:
    """SHA-256 over every online vote with its receipt: whoever changes one afterwards is seen at the publication."""
    rows = Vote.objects.filter(ballot=ballot, channel="online").values_list("receipt_sha256", "marks")
    return fingerprint(sorted([receipt, marks] for receipt, marks in rows))


def _shuffle(ballot: Ballot) -> None:
    VoterMark.objects.filter(ballot=ballot).update(channel=F("channel"))  # all rows of one transaction, as the votes are now
    with connection.cursor() as cursor:
        cursor.execute(_SHUFFLE, [ballot.pk])
