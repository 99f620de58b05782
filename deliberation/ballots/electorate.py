"""Who may vote on a ballot, and as whom the roll knows them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Residency, User
from accounts.refusals import Allowed, Answer, Denied
from deliberation.ballots.words import BallotScope, VoteChannel
from deliberation.models import Attendance, Ballot, Mandate, VoterMark
from deliberation.roll.votes import is_vouched
from geo import codes

VOTER = "voter"


@dataclass(frozen=True)
class Voter:
    """A person as the roll of one ballot knows them: the line or the mandate, and for whom they are counted."""

    village_id: str | None = None
    attendance_id: UUID | None = None
    mandate_id: int | None = None


def voter_of(user: User, ballot: Ballot) -> tuple[Voter | None, Answer]:
    """The person on the roll, or why they are not; one query for whoever may vote."""
    if ballot.scope == BallotScope.RESIDENTS:
        return _resident(user, ballot)
    return _delegate(user, ballot) if ballot.scope == BallotScope.DELEGATES else _present(user, ballot)


def _resident(user: User, ballot: Ballot) -> tuple[Voter | None, Answer]:
    claim = _claim(user, ballot)
    if claim is None or not codes.covers(ballot.region_id, claim[0]):
        return None, Denied(_("Only verified residents of this region vote here. Verify at the village office."), code="not_a_resident")
    if claim[1] != Residency.Status.CONFIRMED:
        return None, Denied(_("Your village has not confirmed yet that you live here. You can vote as soon as it has."), code="not_verified")
    return Voter(village_id=claim[0]), Allowed(VOTER)


def _claim(user: User, ballot: Ballot) -> tuple[str, str] | None:
    """The person's one claim that waits or was confirmed; a ballot held for voting brings it along."""
    if hasattr(ballot, "claim_status"):
        return (ballot.claimed_village, ballot.claim_status) if ballot.claim_status else None  # type: ignore[attr-defined]
    claims = Residency.objects.filter(user=user, status__in=[Residency.Status.CONFIRMED, Residency.Status.PENDING])
    return claims.values_list("village_id", "status").first()


def _present(user: User, ballot: Ballot) -> tuple[Voter | None, Answer]:
    line = roll(ballot).filter(user=user).first()
    if line is None:
        return None, Denied(_("Only those on the roll of this meeting vote here. Ask the note-taker to write you down."), code="not_on_the_roll")
    if ballot.meeting is not None and not is_vouched(line, ballot.meeting, user):
        words = _("You put yourself on the roll. Ask the note-taker to confirm you, or verify your residence at the village office; then vote.")
        return None, Denied(words, code="not_vouched")
    return Voter(line.region_id, attendance_id=line.pk), Allowed(VOTER)


def _delegate(user: User, ballot: Ballot) -> tuple[Voter | None, Answer]:
    mandate = delegates(ballot).filter(user=user).values_list("pk", "region_id").first()
    if mandate is not None:
        return Voter(mandate[1], mandate_id=mandate[0]), Allowed(VOTER)
    elsewhere = Mandate.objects.filter(user=user, cycle=ballot.cycle_id, ended_at__isnull=True).order_by("pk").first()
    if elsewhere is not None:
        words = _("Your mandate is for another stage (%(stage)s) or another region, so it gives no vote here.")
        return None, Denied(words % {"stage": elsewhere.get_stage_display()}, code="other_mandate")
    return None, Denied(_("Only delegates with a mandate for this stage vote here."), code="no_mandate")


def roll(ballot: Ballot) -> QuerySet[Attendance]:
    """The lines of the meeting's roll that stand."""
    return Attendance.objects.filter(meeting=ballot.meeting_id, struck_at__isnull=True)


def delegates(ballot: Ballot) -> QuerySet[Mandate]:
    """The mandates in force for the stage of the meeting, from its region."""
    meeting = ballot.meeting
    if meeting is None:
        return Mandate.objects.none()
    within = Q(region_id=meeting.region_id) | Q(region__pk__startswith=f"{meeting.region_id}.")
    return Mandate.objects.filter(within, cycle=ballot.cycle_id, stage=meeting.stage, ended_at__isnull=True)


def residents(ballot: Ballot) -> QuerySet[Residency]:
    """The confirmed residents of the region."""
    within = Q(village_id=ballot.region_id) | Q(village__pk__startswith=f"{ballot.region_id}.")
    return Residency.objects.filter(within, status=Residency.Status.CONFIRMED, user__is_active=True)


def entitled_by_place(ballot: Ballot) -> dict[str, int]:
    """How many may vote now, by the village (or region) they are counted for; "" where the roll names none."""
    if ballot.scope == BallotScope.RESIDENTS:
        return _by_place(residents(ballot), "village_id")
    return _by_place(delegates(ballot) if ballot.scope == BallotScope.DELEGATES else roll(ballot), "region_id")


def marked_by_place(ballot: Ballot) -> dict[str, int]:
    """How many have voted, by place."""
    return _by_place(VoterMark.objects.filter(ballot=ballot), "village_id")


def marked_by_channel(ballot: Ballot) -> dict[str, int]:
    """How many have voted, by channel."""
    rows = dict(VoterMark.objects.filter(ballot=ballot).order_by().values_list("channel").annotate(Count("pk")))
    return {channel.value: rows.get(channel.value, 0) for channel in VoteChannel}


def mark_of(user: User, ballot: Ballot) -> VoterMark | None:
    """Whether and how this person has voted."""
    return VoterMark.objects.filter(ballot=ballot, user=user).first()


def _by_place(people: QuerySet[Any], column: str) -> dict[str, int]:
    return {code or "": count for code, count in people.order_by().values_list(column).annotate(Count("pk"))}
