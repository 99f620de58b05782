"""A ballot under its row lock, as every verb begins, and its line in the journal."""

import json
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.refusals import Conflict, Missing
from accounts.rows import columns_of, first_row, made
from accounts.scope import Person
from deliberation.ballots.reading import known
from deliberation.models import Ballot, Vote, VoterMark

#: The voter's claim of residence comes along (there is at most one), so that a vote asks the database one question.
_FOR_VOTING = f"""
    SELECT {columns_of(Ballot, "ballot")}, claim.village_id, claim.status FROM deliberation_ballot AS ballot
    LEFT JOIN accounts_residency AS claim ON claim.user_id = %s AND claim.status IN ('pending', 'confirmed')
    WHERE ballot.id = %s
"""  # noqa: S608 - names of columns
#: The same for whom a session names, with the person: who that is is known only after it was read.
_SIGNED = f"""
    SELECT {columns_of(User, "person")}, {columns_of(Ballot, "ballot")}, claim.village_id, claim.status
    FROM accounts_user AS person JOIN deliberation_ballot AS ballot ON ballot.id = %s
    LEFT JOIN accounts_residency AS claim ON claim.user_id = person.id AND claim.status IN ('pending', 'confirmed')
    WHERE person.id = %s
"""  # noqa: S608
#: Voters do not wait for each other; whoever closes waits for them, and they for whoever closes.
_HELD = f"{_FOR_VOTING} FOR SHARE OF ballot"
_MARK = "id, ballot_id, user_id, attendance_id, mandate_id, village_id, channel, day, name, name_key, marked_by_id"
_VOTE = "id, ballot_id, is_secret, voter_id, channel, marks, receipt_sha256"
#: The mark and the vote in one journey to the database; either both are there or none.
_VOTED = f"""
    WITH mark AS (INSERT INTO deliberation_votermark ({_MARK}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '', '', NULL))
    INSERT INTO deliberation_vote ({_VOTE}) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""  # noqa: S608
#: The same where nothing moved since the ballot was read: it is held first, then the clock is read, then both rows are written.
_AT_ONCE = f"""
    WITH held AS (
        SELECT opens_at, closes_at FROM deliberation_ballot WHERE id = %s AND version = %s AND state = 'open' FOR SHARE
    ), mark AS (
        INSERT INTO deliberation_votermark ({_MARK}) SELECT %s, %s, %s, %s, %s, %s, %s, %s, '', '', NULL FROM held
        WHERE held.opens_at <= clock_timestamp() AND clock_timestamp() < held.closes_at
            AND NOT EXISTS (SELECT FROM deliberation_vote WHERE ballot_id = %s AND receipt_sha256 = %s)
        ON CONFLICT DO NOTHING RETURNING 1
    )
    INSERT INTO deliberation_vote ({_VOTE}) SELECT %s, %s, %s, %s, %s, %s, %s FROM mark
"""  # noqa: S608


def locked_ballot(ballot_id: UUID) -> Ballot:
    """The ballot, locked against every other change of it and against votes. Raises Missing."""
    ballot = known().select_for_update(of=("self",), no_key=True).filter(pk=ballot_id).first()
    if ballot is None:
        raise Missing
    return ballot


def ballot_for_voting(ballot_id: UUID, voter: User, *, held: bool = True) -> Ballot:
    """The ballot; held as it stands until the vote is written, so that nobody closes it in between. Raises Missing."""
    row = first_row(_HELD if held else _FOR_VOTING, [voter.pk, ballot_id])
    if row is None:
        raise Missing
    return _with_claim(row)


def person_and_ballot(user_id: int, ballot_id: UUID) -> tuple[User, Ballot] | None:
    """Whom a session names and the ballot, not held, by one statement; None where either is missing."""
    row = first_row(_SIGNED, [ballot_id, user_id])
    return None if row is None else (made(User, row), _with_claim(row))


def _with_claim(row: list[Any]) -> Ballot:
    ballot = made(Ballot, row)
    ballot.claimed_village, ballot.claim_status = row  # type: ignore[attr-defined]
    return ballot


def write_vote(mark: VoterMark, vote: Vote) -> None:
    """Both rows, or IntegrityError where the person, the line, the mandate or the form has voted already."""
    with connection.cursor() as cursor:
        cursor.execute(_VOTED, [*_marked(mark), *_voted(vote)])


def write_at_once(mark: VoterMark, vote: Vote, version: int) -> bool:
    """Both rows by one statement, which is a transaction of its own, or neither: False.

    Neither where the ballot is no longer as it was read, where its time is not now, or where the person, the line, the mandate or
    the form has voted.
    """
    values: list[Any] = [mark.ballot_id, version, *_marked(mark), vote.ballot_id, vote.receipt_sha256, *_voted(vote)]
    with connection.cursor() as cursor:
        cursor.execute(_AT_ONCE, values)
        return bool(cursor.rowcount)


def _marked(mark: VoterMark) -> list[Any]:
    return [mark.pk, mark.ballot_id, mark.user_id, mark.attendance_id, mark.mandate_id, mark.village_id, mark.channel, mark.day]


def _voted(vote: Vote) -> list[Any]:
    return [vote.pk, vote.ballot_id, vote.is_secret, vote.voter_id, vote.channel, json.dumps(vote.marks), vote.receipt_sha256]


def same_version(ballot: Ballot, version: int | None) -> None:
    """Raises Conflict where somebody changed it since `version` was read."""
    if version is not None and ballot.version != version:
        raise Conflict(_("Someone changed this ballot meanwhile. See what changed before you save."), code="version")


def journal(ballot: Ballot, *, actor: Person, role: str, verb: str, changes: dict[str, Any] | None = None, reason: str = "") -> None:
    """One line: who did what to the ballot. Never what was voted."""
    audit.record(
        actor=actor,
        role=role,
        action=f"deliberation.ballot.{verb}",
        subject=f"ballot:{ballot.pk}",
        region_code=ballot.region_id,
        changes=changes,
        reason=reason,
    )
