"""Roles: given for a time, on a basis, by an operator of the region; ended the same way."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit, clock, policy, scope
from accounts.models import Agency, Assignment, User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.roles import Role
from accounts.scope import Person
from accounts.text import clean
from geo import codes
from geo.models import Region


@transaction.atomic
def assign(
    *,
    actor: Person | None,
    user: User,
    role: str,
    region_code: str,
    starts_on: date,
    ends_on: date | None = None,
    basis: str,
    agency: Agency | None = None,
) -> Assignment:
    """Give a role in a region from one day to another, both included, on a basis: the letter that names the person.

    `actor` None is the platform itself, for commands only. Raises Invalid by field, Conflict for a role already held.
    """
    allowed = policy.may_assign(actor, user.pk, region_code).or_refuse()
    basis = clean(basis, field="basis", max_length=200, min_length=3)
    wanted = Assignment(user=user, role=role, region_id=region_code, starts_on=starts_on, ends_on=ends_on, basis=basis, agency=agency)
    _check(wanted)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _refuse_second(wanted)
    wanted.save(force_insert=True)
    scope.forget(user)
    _journal(wanted, actor, allowed.role, "give", basis)
    return wanted


@transaction.atomic
def end_assignment(*, assignment_id: int, actor: Person | None, reason: str) -> None:
    """From today on the role no longer counts. One that would never have counted then is removed; the journal tells."""
    assignment = Assignment.objects.select_for_update(no_key=True, of=("self",)).select_related("user").filter(pk=assignment_id).first()
    if assignment is None:
        raise Missing
    allowed = policy.may_assign(actor, assignment.user_id, assignment.region_id).or_refuse()
    reason = clean(reason, field="reason", max_length=300, min_length=10)
    yesterday = clock.today() - timedelta(days=1)
    if assignment.ends_on and assignment.ends_on <= yesterday:
        raise Conflict(_("This has already ended."))
    _journal(assignment, actor, allowed.role, "end", reason)
    if assignment.starts_on > yesterday:
        assignment.delete()
        return
    assignment.ends_on = yesterday
    assignment.save(update_fields=["ends_on"])


def _check(wanted: Assignment) -> None:
    faults: dict[str, list[str]] = {}
    if wanted.role not in Role:
        faults["role"] = [_("There is no such role.")]
    if not codes.is_code(wanted.region_id) or not Region.objects.in_force().filter(pk=wanted.region_id).exists():
        faults["region"] = [_("There is no such region.")]
    if wanted.ends_on is not None and wanted.ends_on < wanted.starts_on:
        faults["ends_on"] = [_("The last day cannot come before the first.")]
    if (wanted.role == Role.AGENCY_OFFICER) != (wanted.agency is not None):
        faults["agency"] = [_("An agency officer, and nobody else, needs an agency.")]
    elif wanted.agency is not None and not codes.covers(wanted.agency.region_id, wanted.region_id):
        faults["agency"] = [_("This agency belongs to another region.")]
    if faults:
        raise Invalid(faults)


def _refuse_second(wanted: Assignment) -> None:
    overlapping = Q(ends_on__isnull=True) | Q(ends_on__gte=wanted.starts_on)
    if wanted.ends_on is not None:
        overlapping &= Q(starts_on__lte=wanted.ends_on)
    same = Assignment.objects.filter(user=wanted.user, role=wanted.role, region_id=wanted.region_id, agency=wanted.agency)
    if same.filter(overlapping).exists():
        raise Conflict(_("This person already holds this role here in that time."))


def _journal(assignment: Assignment, actor: Person | None, role: str, verb: str, reason: str) -> None:
    audit.record(
        actor=actor,
        role=role,
        action=f"accounts.assignment.{verb}",
        subject=f"user:{assignment.user_id}",
        region_code=assignment.region_id,
        changes={"role": assignment.role, "agency": assignment.agency_id, "from": assignment.starts_on, "until": assignment.ends_on},
        reason=reason,
    )
