"""Marking on the one roll who voted on paper; whoever voted online is not marked again, and told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Invalid
from accounts.scope import Person
from accounts.text import clean
from deliberation.ballots import electorate, policy
from deliberation.ballots.services.rows import journal, locked_ballot
from deliberation.ballots.words import BallotScope, VoteChannel
from deliberation.masking import masked
from deliberation.models import Ballot, VoterMark
from deliberation.roll.names import bare, key
from geo import codes

AT_ONCE = 500


@dataclass(frozen=True)
class PaperVoter:
    """Somebody who signed the paper roll: a line of the meeting's roll, a mandate, or a name in a village.

    `hint` (address, RT) tells two people of one name apart; `is_other` says that this is not the account of that name.
    """

    line: UUID | None = None
    mandate: int | None = None
    name: str = ""
    village: str = ""
    hint: str = ""
    is_other: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one.

    `marked`, `again` (on paper before), `online` (voted online: the paper is one too many), `unknown`, `elsewhere`, `namesake` (a
    bare name, where somebody of that name is marked with a word that tells them apart: perhaps the same person).
    """

    voter: PaperVoter
    name: str
    verdict: str


@transaction.atomic
def mark_paper_voters(*, ballot_id: UUID, actor: Person, voters: Sequence[PaperVoter]) -> list[Outcome]:
    """Mark each once, in the order given; the outcomes say who was not marked and why. The same list again marks nobody twice."""
    ballot = locked_ballot(ballot_id)
    allowed = policy.may_mark(actor, ballot).or_refuse()
    if not 0 < len(voters) <= AT_ONCE:
        raise Invalid({"voters": [_("Write at least one name, and at most %(most)d at once.") % {"most": AT_ONCE}]})
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    known = _Known(ballot)
    outcomes = [known.mark(voter, actor) for voter in voters]
    VoterMark.objects.bulk_create(known.new)
    verdicts = {name: sum(one.verdict == name for one in outcomes) for name in ("marked", "again", "online", "unknown", "elsewhere", "namesake")}
    journal(ballot, actor=actor, role=allowed.role, verb="paper_roll", changes=verdicts)
    return outcomes


class _Known:
    """The roll as it stands, read once: who is on it, and how each has voted."""

    def __init__(self, ballot: Ballot) -> None:
        self.ballot, self.new = ballot, list[VoterMark]()
        marks = VoterMark.objects.filter(ballot=ballot)
        self.voted: dict[tuple[str, object], str] = {}
        for fields in marks.values("user_id", "attendance_id", "mandate_id", "village_id", "name_key", "channel"):
            self.voted |= dict.fromkeys(_keys(fields), fields["channel"])
        self.people = _people(ballot)
        #: Names in villages that stand there with a word that tells two people apart.
        self.told_apart: set[tuple[object, str]] = {
            (village, key(name.partition(", ")[0])) for village, name in marks.exclude(name="").values_list("village_id", "name") if ", " in name
        }

    def mark(self, voter: PaperVoter, actor: User) -> Outcome:
        """One person: found, compared with who has voted, marked."""
        found = self._found(voter)
        if isinstance(found, str):
            return Outcome(voter, voter.name, found)
        fields, name = found
        keys = _keys(fields)
        before = next((self.voted[key] for key in keys if key in self.voted), None)
        if before is not None:
            return Outcome(voter, name, "online" if before == VoteChannel.ONLINE else "again")
        made = VoterMark(ballot=self.ballot, channel=VoteChannel.PAPER, day=clock.today(), marked_by=actor, **fields)
        self.new.append(made)
        self.voted |= dict.fromkeys(keys, VoteChannel.PAPER.value)
        return Outcome(voter, name, "marked")

    def _found(self, voter: PaperVoter) -> tuple[dict[str, object], str] | str:
        if self.ballot.scope != BallotScope.RESIDENTS:
            person = self.people.get(("line", voter.line) if voter.line else ("mandate", voter.mandate))
            return (person[0], person[1]) if person else "unknown"
        if not codes.is_code(voter.village) or not codes.covers(self.ballot.region_id, voter.village):
            return "elsewhere"
        name = bare(clean(voter.name, field="voters", max_length=120, min_length=2))
        account = None if voter.is_other else self.people.get((voter.village, key(name)))
        if account is not None:
            return account[0], name
        hint = clean(voter.hint, field="voters", max_length=70)
        if hint:
            self.told_apart.add((voter.village, key(name)))
        elif (voter.village, key(name)) in self.told_apart and ("name", (voter.village, key(name))) not in self.voted:
            return "namesake"
        shown = clean(f"{name}, {hint}" if hint else name, field="voters", max_length=120)
        return {"village_id": voter.village, "name": masked(shown), "name_key": f"{key(name)} {key(hint)[:70]}".strip()}, name


def _keys(fields: Mapping[str, object]) -> list[tuple[str, object]]:
    """By what a mark is known again."""
    keys = [(name, fields[name]) for name in ("user_id", "attendance_id", "mandate_id") if fields.get(name)]
    return [*keys, ("name", (fields["village_id"], fields["name_key"]))] if fields.get("name_key") else keys


def _people(ballot: Ballot) -> dict[tuple[str, object], tuple[dict[str, object], str]]:
    """Everybody on the roll by what a paper names them: the fields of their mark, and their name."""
    if ballot.scope == BallotScope.ROLL:
        lines = electorate.roll(ballot).values_list("pk", "user_id", "region_id", "name")
        return {("line", pk): ({"attendance_id": pk, "user_id": user, "village_id": region}, name) for pk, user, region, name in lines}
    if ballot.scope == BallotScope.DELEGATES:
        rows = electorate.delegates(ballot).values_list("pk", "user_id", "region_id", "name")
        return {("mandate", pk): ({"mandate_id": pk, "user_id": user, "village_id": region}, name) for pk, user, region, name in rows}
    claims = electorate.residents(ballot).select_related("user").only("village_id", "user__display_name", "user__username")
    return {
        (claim.village_id, key(str(claim.user))): ({"user_id": claim.user_id, "village_id": claim.village_id}, str(claim.user))
        for claim in claims.order_by("-pk")
    }
