"""A work's step along its law: by the move of its proposal, or where it has none, by the same row of the table."""

from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Allowed, Conflict
from budgeting.models import FundedWork
from budgeting.works import rows
from proposals import services as register
from proposals.stages import MOVES, Outcome, Realisation


def take(work: FundedWork, name: str, *, actor: User, allowed: Allowed, reason: str = "") -> None:
    """Make the move `start`, `report_done`, `confirm` or `dispute` of a locked work; its loaded row carries the new state.

    With a proposal its own service moves it, and `following` brings the state back here. Raises as that service does. A proposal
    that was only recognised in the line (`provenance.claims`) was given no money by the register, so it moves nothing here.
    """
    if work.proposal is not None and work.proposal.outcome == Outcome.FUNDED:
        register.move(proposal_id=work.proposal.pk, name=name, actor=actor, version=None, reason=reason)
        work.refresh_from_db(fields=["realisation", "changed_at", "answer_due_on"])
        return
    law = MOVES[name]
    if Realisation(work.realisation) not in law.realisation_from or law.realisation is None:
        raise Conflict(_("This cannot be done now: the work stands elsewhere on its road."), code="wrong_place")
    before, work.realisation, work.changed_at = work.realisation, law.realisation.value, clock.now()
    work.save(update_fields=["realisation", "changed_at"])
    rows.record(work, actor, allowed, name, {"realisation": [before, work.realisation]}, reason=reason)
