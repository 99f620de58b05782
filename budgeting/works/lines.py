"""The lines themselves: a line of the budget that has no proposal, and the codes, documents and dates of every line."""

from typing import Any
from uuid import UUID

from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Agency, User
from accounts.refusals import Conflict, Invalid
from accounts.scope import Person
from budgeting.models import FundedWork
from budgeting.works import line_codes, policy, rows
from budgeting.works.line_fields import CHANGEABLE, read_line, read_shape
from budgeting.works.opening import heard_first
from geo import codes
from geo.models import Region
from proposals.services.rows import signed_in


@transaction.atomic
def put_line(*, work_id: UUID, actor: Person, sent: dict[str, Any]) -> tuple[FundedWork, bool]:
    """Keep a line of the budget that has no proposal, `(work, whether it is new)`; the same again changes nothing.

    Raises Refusal (401, 403), Invalid by field and Conflict: the UUID, or the line of this source, is another work's.
    """
    keeper = signed_in(actor)
    shape = read_shape(sent)
    allowed = policy.may_keep(keeper, shape["region_id"], shape["agency_id"], shape["funding_source"]).or_refuse()
    _check_places(shape)
    line = read_line(sent)
    _check_codes(line, line)
    values = {**shape, **line}
    known = FundedWork.objects.select_for_update(of=("self",)).filter(pk=work_id).first()
    if known is not None:
        if known.proposal_id is not None or any(getattr(known, name) != value for name, value in values.items()):
            raise Conflict(_("Another work was kept under this UUID before. Change it with its version."), code="other_work")
        return known, False
    now = clock.now()
    work = FundedWork(pk=work_id, created_by=keeper, created_at=now, changed_at=now, **values)
    work.heard_on = max(work.planned_start or heard_first(work.plan_year), heard_first(work.plan_year))
    try:
        with transaction.atomic():
            work.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This line of the same source and year is here already."), code="line_exists") from None
    rows.record(work, keeper, allowed, "put", {"title": work.title, "amount": work.amount, "origin": work.origin, "plan_year": work.plan_year})
    return work, True


@transaction.atomic
def change_line(*, work_id: UUID, actor: Person, version: Any, sent: dict[str, Any]) -> FundedWork:
    """Change codes, documents, provider and planned dates of the line that was read at `version`.

    Raises Refusal (401, 403, 404), Invalid by field and Conflict (409): somebody changed it meanwhile.
    """
    keeper = signed_in(actor)
    work = rows.locked(work_id)
    allowed = policy.may_keep(keeper, work.region_id, work.agency_id, work.funding_source).or_refuse()
    if isinstance(version, bool) or not isinstance(version, int):
        raise Invalid({"version": [_("Send the version that you have read, a whole number.")]})
    if version != work.version:
        raise Conflict(_("Someone changed this work meanwhile. See what changed before you save."), code="version")
    unknown = sorted(set(sent) - CHANGEABLE)
    if unknown:
        raise Invalid({name: [_("This cannot be changed here.")] for name in unknown})
    values = read_line({**{name: getattr(work, name) for name in CHANGEABLE}, **sent})
    changed = {name: value for name, value in values.items() if getattr(work, name) != value}
    _check_codes(values, changed)
    if changed:
        _write(work, changed, keeper, allowed)
    return work


def _write(work: FundedWork, changed: dict[str, Any], keeper: User, allowed: Any) -> None:
    told = {name: [_plain(getattr(work, name)), _plain(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(work, name, value)
    if work.reported_at is None and "planned_start" in changed:
        work.heard_on = work.planned_start or heard_first(work.plan_year)
    work.version += 1
    work.changed_at = clock.now()
    work.save(update_fields=[*changed, "heard_on", "version", "changed_at"])
    rows.record(work, keeper, allowed, "change", told)


def _plain(value: Any) -> Any:
    return value.wkt if isinstance(value, Point) else value


def _check_codes(values: dict[str, Any], asked: dict[str, Any]) -> None:
    """Codes that were there before, in whatever form, hinder no other change."""
    if errors := line_codes.faults(values, asked):
        raise Invalid(errors)


def _check_places(shape: dict[str, Any]) -> None:
    """The region exists, and the agency belongs to its kabupaten."""
    errors: dict[str, list[str]] = {}
    if not Region.objects.filter(pk=shape["region_id"]).exists():
        errors["region"] = [_("There is no such region.")]
    if shape["agency_id"] is not None:
        home = Agency.objects.filter(pk=shape["agency_id"]).values_list("region_id", flat=True).first()
        if home is None or not codes.covers(home, shape["region_id"]):
            errors["agency"] = [_("This agency does not work in this region.")]
    if errors:
        raise Invalid(errors)
