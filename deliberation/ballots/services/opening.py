"""Opening freezes the rules and who stands; a candidate may be withdrawn afterwards, with a reason."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from accounts.text import clean
from deliberation.ballots import policy
from deliberation.ballots.reading import as_row, candidates_of, fingerprint, standee_of
from deliberation.ballots.services.rows import journal, locked_ballot, same_version
from deliberation.ballots.services.telling import tell_opened, tell_room
from deliberation.ballots.words import BallotKind, BallotState
from deliberation.masking import masked
from deliberation.meetings.policy import not_over
from deliberation.models import Ballot, Candidate
from proposals.stages import Outcome

#: What can still be voted on.
_ALIVE = (Outcome.OPEN, Outcome.RETURNED, Outcome.RESERVED)


@transaction.atomic
def open_ballot(*, ballot_id: UUID, actor: Person, version: int | None = None) -> Ballot:
    """Freeze it and take votes from `opens_at` on. Raises Conflict where it cannot be voted on as it stands."""
    ballot = locked_ballot(ballot_id)
    allowed = policy.may_change(actor, ballot).or_refuse()
    same_version(ballot, version)
    if ballot.meeting is not None:
        not_over(ballot.meeting).or_refuse()
    now = clock.now()
    if ballot.closes_at <= now:
        raise Conflict(_("Its end has passed already. Change the window first."), code="window_passed")
    rows = [as_row(standee_of(candidate)) for candidate in _ready(ballot)]
    rules = {name: getattr(ballot, name) for name in ("kind", "most", "budget", "points_total", "points_each", "secrecy", "scope")}
    frozen = {"candidates": rows, "sha256": fingerprint({"rules": rules, "candidates": rows})}
    ballot.frozen, ballot.state, ballot.opened_at, ballot.changed_at = frozen, BallotState.OPEN, now, now
    ballot.version += 1
    ballot.save(update_fields=["frozen", "state", "opened_at", "changed_at", "version"])
    journal(ballot, actor=actor, role=allowed.role, verb="open", changes={"sha256": frozen["sha256"], "candidates": len(rows)})
    tell_opened(ballot, actor)
    tell_room(ballot)
    return ballot


@transaction.atomic
def withdraw_candidate(*, ballot_id: UUID, number: int, actor: Person, reason: str) -> Ballot:
    """Take a candidate off an open ballot: later votes for it are refused, earlier ones count for the others they name."""
    ballot = locked_ballot(ballot_id)
    allowed = policy.may_close(actor, ballot).or_refuse()
    row = Candidate.objects.select_for_update(of=("self",), no_key=True).filter(ballot=ballot, number=number).first()
    if row is None:
        raise Missing
    if row.withdrawn_at is not None:
        return ballot
    reason = masked(clean(reason, field="reason", max_length=300, min_length=20))
    Candidate.objects.filter(pk=row.pk).update(withdrawn_at=clock.now(), withdrawn_reason=reason)
    ballot.withdrawn = sorted({*ballot.withdrawn, number})
    Ballot.objects.filter(pk=ballot.pk).update(withdrawn=ballot.withdrawn, version=F("version") + 1, changed_at=clock.now())
    journal(ballot, actor=actor, role=allowed.role, verb="withdraw", changes={"candidate": number}, reason=reason)
    tell_room(ballot)
    return ballot


def _ready(ballot: Ballot) -> list[Candidate]:
    """The candidates, each of which can be voted on today: alive, with an amount, and alone within the budget."""
    found = list(candidates_of(ballot))
    dead = [one.proposal.title for one in found if one.proposal.outcome not in _ALIVE]
    if dead:
        raise Conflict(_("No longer under discussion: %(titles)s. Take them off the draft.") % {"titles": ", ".join(dead)}, code="candidate_gone")
    unpriced = [one.proposal.title for one in found if not one.proposal.amount]
    if unpriced:
        raise Conflict(_("These have no amount yet: %(titles)s.") % {"titles": ", ".join(unpriced)}, code="no_amount")
    if ballot.kind == BallotKind.KNAPSACK and not any((one.proposal.amount or 0) <= (ballot.budget or 0) for one in found):
        raise Invalid({"budget": [_("Not one of the candidates fits into this budget.")]})
    return found
