"""A ballot under its row lock, as every verb begins, and its line in the journal."""

import json
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.refusals import Conflict, Missing
from accounts.scope import Person
from deliberation.ballots.reading import known
from deliberation.models import Ballot, Vote, VoterMark

#: `FOR SHARE`: voters do not wait for each other; whoever closes waits for them, and they for whoever closes. The voter's claim
#: of residence comes along (there is at most one), so that a vote asks the database one question.
_FOR_VOTING = """
    SELECT ballot.*, claim.village_id AS claimed_village, claim.status AS claim_status FROM deliberation_ballot AS ballot
    LEFT JOIN accounts_residency AS claim ON claim.user_id = %s AND claim.status IN ('pending', 'confirmed')
    WHERE ballot.id = %s FOR SHARE OF ballot
"""
#: The mark and the vote in one journey to the database; either both are there or none.
_VOTED = """
    WITH mark AS (
        INSERT INTO deliberation_votermark
            (id, ballot_id, user_id, attendance_id, mandate_id, name, name_key, village_id, channel, day, marked_by_id)
        VALUES (%s, %s, %s, %s, %s, '', '', %s, %s, %s, NULL)
    )
    INSERT INTO deliberation_vote (id, ballot_id, is_secret, voter_id, channel, marks, receipt_sha256) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def locked_ballot(ballot_id: UUID) -> Ballot:
    """The ballot, locked against every other change of it and against votes. Raises Missing."""
    ballot = known().select_for_update(of=("self",), no_key=True).filter(pk=ballot_id).first()
    if ballot is None:
        raise Missing
    return ballot


def ballot_for_voting(ballot_id: UUID, voter: User) -> Ballot:
    """The ballot, held as it stands until the vote is written: nobody closes it in between. Raises Missing."""
    ballot = next(iter(Ballot.objects.raw(_FOR_VOTING, [voter.pk, ballot_id])), None)
    if ballot is None:
        raise Missing
    return ballot


def write_vote(mark: VoterMark, vote: Vote) -> None:
    """Both rows, or IntegrityError where the person, the line, the mandate or the form has voted already."""
    marked: list[Any] = [mark.pk, mark.ballot_id, mark.user_id, mark.attendance_id, mark.mandate_id, mark.village_id, mark.channel, mark.day]
    voted: list[Any] = [vote.pk, vote.ballot_id, vote.is_secret, vote.voter_id, vote.channel, json.dumps(vote.marks), vote.receipt_sha256]
    with connection.cursor() as cursor:
        cursor.execute(_VOTED, [*marked, *voted])


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
