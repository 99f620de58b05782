"""A ballot under its row lock, as every verb begins, and its line in the journal."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import audit
from accounts.refusals import Conflict, Missing
from accounts.scope import Person
from deliberation.ballots.reading import known
from deliberation.models import Ballot

#: `FOR SHARE`: voters do not wait for each other; whoever closes waits for them, and they for whoever closes.
_FOR_VOTING = "SELECT * FROM deliberation_ballot WHERE id = %s FOR SHARE"


def locked_ballot(ballot_id: UUID) -> Ballot:
    """The ballot, locked against every other change of it and against votes. Raises Missing."""
    ballot = known().select_for_update(of=("self",), no_key=True).filter(pk=ballot_id).first()
    if ballot is None:
        raise Missing
    return ballot


def ballot_for_voting(ballot_id: UUID) -> Ballot:
    """The ballot, held as it stands until the vote is written: nobody closes it in between. Raises Missing."""
    ballot = next(iter(Ballot.objects.raw(_FOR_VOTING, [ballot_id])), None)
    if ballot is None:
        raise Missing
    return ballot


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
