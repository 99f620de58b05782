"""Who may divide a proposal, and who may carry one over to a later year. Answers only, in the order of `policy`."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.scope import Person
from proposals import policy
from proposals.models import Cycle, Proposal, StageWindow
from proposals.policy import AUTHOR, RESIDENT, Standing, writers_of
from proposals.stages import DECIDING, MOVES, Move, Outcome, Stage
from proposals.words import Channel

#: Outcomes that end a proposal unfunded, whatever the calendar says.
UNFUNDED = frozenset({Outcome.REJECTED, Outcome.NOT_FUNDED, Outcome.WITHDRAWN})
#: Outcomes with which a proposal may still be funded, while its year runs.
PENDING = frozenset({Outcome.OPEN, Outcome.RESERVED, Outcome.RETURNED})


def split_law(proposal: Proposal) -> Move:
    """The row of the law for dividing it where it stands: what was returned is divided by its village."""
    return MOVES["split_returned" if proposal.outcome == Outcome.RETURNED else "split"]


def may_split(user: Person, proposal: Proposal) -> Answer:
    """The office of the stage; the village, while the proposal is returned to it."""
    return policy.may_move(user, proposal, split_law(proposal))


def may_carry_over(user: Person, proposal: Proposal, standing: Standing | None = None) -> Answer:
    """Those who write for its village, and its author who still lives there; once it ended without money.

    `standing` is what the person is to the proposal, where the caller has asked already. The cycle's windows are prefetched
    or read. What it is carried into is asked by the service.
    """
    standing = standing or policy.standing_of(user, proposal)
    if not standing.signed_in:
        return sign_in_first()
    role = standing.first(writers_of(proposal)) or (AUTHOR if {AUTHOR, RESIDENT} <= standing.roles else "")
    if not role:
        if proposal.stage == Stage.DRAFT:
            return Denied(_("This does not exist."), code="not_found", status=404)
        return Denied(_("A proposal is carried over by its village: the facilitator, the village head, or its author."), code="not_yours")
    # a refusal is falsy, so it is told from "nothing stands in the way" by None
    stands_in_the_way = _ended(proposal, clock.now())
    return Allowed(role) if stands_in_the_way is None else stands_in_the_way


def _ended(proposal: Proposal, at: datetime) -> Denied | None:
    """Why it cannot be carried over as it stands; None where it can."""
    sentence = _unfit(proposal)
    if sentence:
        return Denied(sentence, code="wrong_place", status=409)
    if proposal.outcome in PENDING and not year_ended(proposal.cycle, at):
        return Denied(_still_running(proposal.cycle), code="year_runs", status=409)
    return None


def _unfit(proposal: Proposal) -> str:
    if proposal.channel != Channel.VILLAGE:
        return _("This is a programme of others. A village carries over what it asked for itself.")
    return {
        Outcome.FUNDED: _("This proposal was funded. What is wrong with the work is said on its own page."),
        Outcome.MERGED: _("This proposal goes on in the one it joined. Carry that one over."),
        Outcome.SPLIT: _("This proposal goes on in its parts. Carry those over."),
    }.get(Outcome(proposal.outcome), "") or (
        _("A draft was never sent in, so there is nothing to carry over.") if proposal.stage == Stage.DRAFT else ""
    )


def year_ended(cycle: Cycle, at: datetime) -> bool:
    """Whether the last stage that decides takes nothing any more: by its clock, or because a person closed it.

    A cycle without dates ends when its year of execution begins, for by then its budget is law.
    """
    ends = _end(last_window(cycle))
    return ends <= at if ends is not None else cycle.plan_year <= localtime(at).year


def last_window(cycle: Cycle) -> StageWindow | None:
    """The window of the last stage that decides in the cycle's own order."""
    deciding = [stage for stage in cycle.order() if stage in DECIDING]
    return cycle.window(deciding[-1]) if deciding else None


def _end(window: StageWindow | None) -> datetime | None:
    return (window.closed_at or window.closes_at) if window else None


def _still_running(cycle: Cycle) -> str:
    ends = _end(last_window(cycle))
    if ends is None:
        return _("Its plan year is still running: it may yet be funded. Carry it over when the year has ended.")
    day = date_format(localtime(ends), "j F Y")
    return _("Its plan year runs until %(day)s: it may yet be funded. Carry it over after that.") % {"day": day}
