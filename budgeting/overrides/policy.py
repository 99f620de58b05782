"""Who may turn a line of a draft by hand. Answers only; nothing is written here.

A refusal comes in one order: who are you (401), not yours or bound to it (403), wrong state (409).
"""

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied
from accounts.scope import Person
from budgeting import policy as money
from budgeting.models import AllocationRun, Override
from budgeting.sources import is_village_money
from geo.codes import Level, level
from proposals.models import Proposal


def may_sign_some(user: Person, run: AllocationRun) -> Answer:
    """Planner or budget team of the ceiling's region (of village money: also head and facilitator), while the run is a draft."""
    team = on_team(user, run)
    return team and _in_draft(run) and team


def on_team(user: Person, run: AllocationRun) -> Answer:
    """The same, whatever became of the run."""
    return money.team_of(user, run.ceiling, _("A line is changed by hand by the planner or the budget team responsible for this region."))


def may_sign(user: Person, run: AllocationRun, proposal: Proposal) -> Answer:
    """And nobody who is bound to what asks: who wrote it; among villages also who lives or serves there."""
    team = on_team(user, run)
    if not team:
        return team
    return _free(user, run, proposal) and _in_draft(run) and team


def may_withdraw(user: Person, run: AllocationRun, override: Override) -> Answer:
    """As signing; once."""
    allowed = may_sign(user, run, override.proposal)
    if allowed and override.withdrawn_at is not None:
        return Denied(_("This change by hand was withdrawn already."), code="withdrawn", status=409)
    return allowed


def _free(user: Person, run: AllocationRun, proposal: Proposal) -> Answer:
    """Whether nothing binds this person to what asks (decision 0241)."""
    assert isinstance(user, User)  # noqa: S101 - only asked of who is on the team
    if proposal.author_id == user.pk:
        return Denied(_("You wrote this proposal, so somebody else must decide about it."), code="bound")
    if is_village_money(run.ceiling.funding_source):
        return Allowed()
    if scope.residence_of(user) == proposal.village_id:
        return Denied(_("You live in the village that asks, so somebody else must decide about it."), code="bound")
    serves = {office.region_code for office in scope.offices_of(user) if office.region_code and level(office.region_code) is Level.VILLAGE}
    if proposal.village_id in serves:
        return Denied(_("You hold an office of the village that asks, so somebody else must decide about it."), code="bound")
    return Allowed()


def _in_draft(run: AllocationRun) -> Answer:
    if run.status == AllocationRun.Status.DRAFT:
        return Allowed()
    sentence = _("A line can be changed by hand only while the run is a draft. This one is: %(status)s.")
    return Denied(sentence % {"status": run.get_status_display()}, code="not_a_draft", status=409)
