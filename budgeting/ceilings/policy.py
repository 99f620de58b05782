"""Who may move money between ceilings, and who sets, publishes and applies formulas. Answers only."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.scope import Person
from budgeting.models import Ceiling, CeilingVersion, Formula, Transfer
from budgeting.policy import DISTRICT_TEAM, is_on_team, may_change_ceiling, one_of


def may_withdraw_ceiling(user: Person, ceiling: Ceiling) -> Answer:
    """Who may set it, while nobody has ever published it and nothing hangs on it: no part, no published formula."""
    allowed = may_change_ceiling(user, ceiling)
    if not allowed:
        return allowed
    if ceiling.published_at or CeilingVersion.objects.filter(ceiling=ceiling).exists():
        return Denied(_("This ceiling was published, so it stays: set it to what it should be."), code="was_published", status=409)
    if Ceiling.objects.filter(parent=ceiling).exists():
        return Denied(_("Parts of this ceiling are set: withdraw those first."), code="has_parts", status=409)
    if Formula.objects.filter(ceiling=ceiling, published_at__isnull=False).exists():
        return Denied(_("A published formula divides this ceiling, so it stays: set it to what it should be."), code="has_formula", status=409)
    return allowed


def may_ask(user: Person, source: Ceiling, target: Ceiling) -> Answer:
    """Who may set both ceilings; both are published, so that everybody knows what they were."""
    for ceiling in (source, target):
        allowed = may_change_ceiling(user, ceiling)
        if not allowed:
            return allowed
    if not (source.published_at and target.published_at):
        return _unpublished()
    return allowed


def may_confirm(user: Person, transfer: Transfer) -> Answer:
    """A second person of the team of both ceilings, while it waits."""
    allowed = _on_both_teams(user, transfer)
    if not allowed:
        return allowed
    if transfer.asked_by_id == user.pk:
        return Denied(_("You asked for this transfer, so another person must confirm it."), code="second_person")
    if transfer.status != Transfer.Status.ASKED:
        return _decided(transfer)
    if not (transfer.source.published_at and transfer.target.published_at):
        return _unpublished()
    return allowed


def may_withdraw(user: Person, transfer: Transfer) -> Answer:
    """Anybody of the team of both ceilings, the one who asked included, while it waits."""
    allowed = _on_both_teams(user, transfer)
    if not allowed:
        return allowed
    return allowed if transfer.status == Transfer.Status.ASKED else _decided(transfer)


def may_set_formula(user: Person, ceiling: Ceiling) -> Answer:
    """Planner or budget team who answer for the ceiling that is divided."""
    return one_of(user, ceiling.region_id, DISTRICT_TEAM, _("A formula is set by the planner or the budget team responsible for this region."))


def may_publish_formula(user: Person, formula: Formula) -> Answer:
    """A second person, while it is in preparation and complete."""
    allowed = may_set_formula(user, formula.ceiling)
    if not allowed:
        return allowed
    if formula.published_at:
        return Denied(_("This formula is already published."), code="already_published", status=409)
    if formula.set_by_id == user.pk:
        return Denied(_("You set this formula, so another person must publish it."), code="second_person")
    if formula.outcome is None:
        return Denied(_("This formula is not complete: see what is missing."), code="formula_incomplete", status=409)
    return allowed


def may_apply(user: Person, formula: Formula) -> Answer:
    """Who may set the ceilings that it gives, once it is published."""
    allowed = may_set_formula(user, formula.ceiling)
    if not allowed or formula.published_at:
        return allowed
    return Denied(_("Only a published formula makes ceilings: a second person has to publish it first."), code="formula_not_published", status=409)


def _on_both_teams(user: Person, transfer: Transfer) -> Answer:
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    for ceiling in (transfer.source, transfer.target):
        allowed = may_change_ceiling(user, ceiling)
        if not allowed and (ceiling.parent_id or not is_on_team(user, ceiling)):
            return Denied(_("A transfer is decided by those who answer for both ceilings."), code="not_yours")
    return allowed or Allowed()


def _unpublished() -> Denied:
    return Denied(_("Money moves between published ceilings only: a second person has to publish them first."), code="not_published", status=409)


def _decided(transfer: Transfer) -> Denied:
    return Denied(_("This transfer does not wait any more: %(status)s.") % {"status": transfer.get_status_display()}, code="not_waiting", status=409)
