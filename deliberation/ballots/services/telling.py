"""Who hears that a ballot opened and that its result is out. Counts and contents are in no event."""

from django.urls import reverse

from accounts.scope import Person
from deliberation.ballots import electorate
from deliberation.ballots.words import BallotScope
from deliberation.models import Ballot
from deliberation.notices.telling import notify, tell_followers
from proposals import live


def tell_opened(ballot: Ballot, actor: Person) -> None:
    """Those who may vote by name, and of a ballot of all residents whoever follows the region."""
    _tell(ballot, actor, "ballot_open")


def tell_published(ballot: Ballot, actor: Person) -> None:
    """The same people, once the result is out."""
    _tell(ballot, actor, "ballot_result")


def tell_room(ballot: Ballot) -> None:
    """The meeting's room hears how the ballot stands as such: never how many have voted, never for what."""
    if ballot.meeting_id:
        live.announce(ballot.meeting_id, "ballot", {"ballot": str(ballot.pk), "state": ballot.state})


def _tell(ballot: Ballot, actor: Person, kind: str) -> None:
    path, key, facts = reverse("ballot", args=[ballot.pk]), f"{kind}:{ballot.pk}", {"ballot": ballot.title}
    if ballot.scope == BallotScope.RESIDENTS:
        tell_followers(kind=kind, key=key, path=path, region_code=ballot.region_id, facts=facts, actor=actor)
        return
    people = electorate.roll(ballot) if ballot.scope == BallotScope.ROLL else electorate.delegates(ballot)
    to = people.filter(user__isnull=False).values_list("user_id", flat=True)
    notify(kind=kind, key=key, to=set(to), path=path, region_code=ballot.region_id, facts=facts, actor=actor)
