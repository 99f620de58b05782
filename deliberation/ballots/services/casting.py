"""Casting a vote: the mark on the roll and the vote, in one transaction, joined by nothing that is kept.

No line of the journal and no event: the mark with its day is the record that somebody voted, and a line with the minute would
be one more way to guess what (docs/decisions/0170). The order that decides is the moment at which the
ballot's row was held.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing, Refusal
from accounts.scope import Person
from deliberation.ballots import electorate, policy, secrecy
from deliberation.ballots.electorate import Voter
from deliberation.ballots.reading import rules_of, standees_of
from deliberation.ballots.rules import Mark, canonical, faults_of
from deliberation.ballots.sentences import sentence
from deliberation.ballots.services.rows import ballot_for_voting, write_at_once, write_vote
from deliberation.ballots.words import BallotState, VoteChannel
from deliberation.models import Ballot, Vote, VoterMark
from deliberation.policy import signed_in


@dataclass(frozen=True)
class Receipt:
    """That a vote is recorded: the code to find it by, and whether this sending recorded it."""

    code: str
    is_new: bool
    replaced: bool = False


def cast_vote(*, ballot_id: UUID, actor: Person, marks: Sequence[Mark], nonce: UUID, abstains: bool = False, seen: Ballot | None = None) -> Receipt:
    """Vote once. The same form sent again is the same vote and answers the same receipt, also after the close.

    `seen` is the ballot with the actor's claim of residence as it was read a moment ago (`rows.person_and_ballot`).
    Another form of a secret ballot is Conflict; of an open ballot it replaces the vote until the close. Raises Invalid with what
    is wrong with the ballot, Refusal (401, 403) and Conflict (409) with who may vote and when.
    """
    person = signed_in(actor)
    with suppress(IntegrityError):  # the same form twice at the same moment: the long way tells which was first
        ballot = seen or ballot_for_voting(ballot_id, person, held=False)
        if receipt := _at_once(ballot, person, marks, nonce, abstains=abstains):
            return receipt
    try:
        with transaction.atomic():
            return _recorded(ballot_id, person, marks, nonce, abstains=abstains)
    except (IntegrityError, Refusal) as stopped:
        if isinstance(stopped, Refusal) and stopped.status != 409:
            raise
        with transaction.atomic():
            return _again(ballot_id, person, marks, nonce, stopped, abstains=abstains)


def _at_once(ballot: Ballot, person: User, marks: Sequence[Mark], nonce: UUID, *, abstains: bool) -> Receipt | None:
    """A vote that nothing stands against: asked, and written by one statement if nothing has moved since (docs/decisions/0211).

    None where anything is in the way: then the ballot is held before it is asked, and what is in the way is said.
    """
    if not policy.is_in_time(ballot, clock.now()):
        return None
    voter, allowed = electorate.voter_of(person, ballot)
    if voter is None or not allowed or faults_of(rules_of(ballot), standees_of(ballot), marks, abstains=abstains):
        return None
    mark, vote, code = _rows(ballot, person, voter, marks, nonce)
    return Receipt(code, is_new=True) if write_at_once(mark, vote, ballot.version) else None


def _recorded(ballot_id: UUID, person: User, marks: Sequence[Mark], nonce: UUID, *, abstains: bool) -> Receipt:
    ballot, voter = _admitted(ballot_id, person)
    _valid(ballot, marks, abstains=abstains)
    mark, vote, code = _rows(ballot, person, voter, marks, nonce)
    write_vote(mark, vote)
    return Receipt(code, is_new=True)


def _rows(ballot: Ballot, person: User, voter: Voter, marks: Sequence[Mark], nonce: UUID) -> tuple[VoterMark, Vote, str]:
    """The mark, the vote and the receipt's code; of a secret ballot nothing is in two of them but the ballot."""
    mark = VoterMark(
        ballot_id=ballot.pk,
        user_id=person.pk,
        attendance_id=voter.attendance_id,
        mandate_id=voter.mandate_id,
        village_id=voter.village_id,
        channel=VoteChannel.ONLINE,
        day=clock.today(),
    )
    code = secrecy.receipt_of(ballot.pk, nonce)
    vote = Vote(
        ballot_id=ballot.pk,
        is_secret=ballot.is_secret,
        voter_id=None if ballot.is_secret else mark.pk,
        channel=VoteChannel.ONLINE,
        marks=canonical(marks),
        receipt_sha256=secrecy.receipt_sha256(code),
    )
    return mark, vote, code


def _admitted(ballot_id: UUID, person: User) -> tuple[Ballot, Voter]:
    """The ballot, held open, and the person on its roll; the clock is read after the row is held."""
    ballot = ballot_for_voting(ballot_id, person)
    if ballot.state == BallotState.DRAFT:
        raise Missing
    voter, allowed = electorate.voter_of(person, ballot)
    allowed.or_refuse()
    policy.is_in_time(ballot, clock.now()).or_refuse()
    assert voter is not None  # noqa: S101 - the answer has refused everybody else
    return ballot, voter


def _valid(ballot: Ballot, marks: Sequence[Mark], *, abstains: bool) -> None:
    faults = faults_of(rules_of(ballot), standees_of(ballot), marks, abstains=abstains)
    if faults:
        raise Invalid({"marks": [sentence(fault) for fault in faults]})


def _again(ballot_id: UUID, person: User, marks: Sequence[Mark], nonce: UUID, stopped: Exception, *, abstains: bool) -> Receipt:
    """What a second sending means: the same form, a change of an open vote, or a second vote."""
    ballot = ballot_for_voting(ballot_id, person)
    mark, code = electorate.mark_of(person, ballot), secrecy.receipt_of(ballot.pk, nonce)
    if mark is not None and Vote.objects.filter(ballot=ballot, receipt_sha256=secrecy.receipt_sha256(code)).exists():
        return Receipt(code, is_new=False)
    if isinstance(stopped, Refusal):
        raise stopped
    if mark is None:
        raise Conflict(_("This form was used already. Open the ballot again and vote with the new one."), code="form_used") from None
    if ballot.is_secret or mark.channel != VoteChannel.ONLINE:
        raise Conflict(_already(mark), code="already_voted") from None
    _admitted(ballot_id, person)
    _valid(ballot, marks, abstains=abstains)
    return _replaced(mark, marks, code)


def _replaced(mark: VoterMark, marks: Sequence[Mark], code: str) -> Receipt:
    VoterMark.objects.filter(pk=mark.pk).update(day=clock.today())
    Vote.objects.filter(voter=mark).update(marks=canonical(marks), receipt_sha256=secrecy.receipt_sha256(code))
    return Receipt(code, is_new=True, replaced=True)


def _already(mark: VoterMark) -> str:
    if mark.channel == VoteChannel.PAPER:
        return _("The roll has you as having voted on paper. One person has one vote; ask who keeps the roll if this is wrong.")
    return _("You have already voted on this ballot. A secret vote cannot be changed, because nobody knows which one is yours.")
