"""Ceilings are set by one person and published by another; nothing falls below what is committed."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit, clock, text
from accounts.models import User
from accounts.refusals import Allowed, Conflict, Invalid, Refusal
from accounts.scope import Person
from budgeting import ledger, policy
from budgeting.models import Ceiling
from budgeting.models.ceiling import FundingSource
from budgeting.sources import is_village_money, levels_of
from geo.models import Region
from proposals.money import rupiah
from proposals.services.entries import Unreadable
from proposals.services.entries import rupiah as read_rupiah
from proposals.year.years import ceilings_published

Errors = dict[str, list[str]]
YEARS = range(2000, 2101)
_BASIS_LONGEST = 300


@transaction.atomic
def set_ceiling(
    *,
    actor: Person,
    plan_year: int,
    region_code: str,
    funding_source: str,
    amount: int | str,
    reserve: int | str = 0,
    legal_basis: str,
    version: int | None = None,
) -> Ceiling:
    """Make a ceiling (no `version`) or change the one that was read at `version`; amounts in whole rupiah.

    A change takes the publication back: a second person looks at it again. Raises Invalid by field, Refusal (401, 403) and
    Conflict: it exists already, somebody changed it meanwhile, or more is committed than would be left.
    """
    allowed = policy.may_set_ceiling(actor, region_code, funding_source).or_refuse()
    errors = _place_errors(plan_year, region_code, funding_source)
    figures = _money_read(amount, reserve, legal_basis, errors)
    if errors:
        raise Invalid(errors)
    ceiling = Ceiling.objects.select_for_update().filter(plan_year=plan_year, region=region_code, funding_source=funding_source).first()
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    if ceiling is None:
        if version is not None:
            raise Conflict(_("This ceiling does not exist yet: set it without a version."), code="no_such_ceiling")
        return _make(actor, allowed, plan_year=plan_year, region_id=region_code, funding_source=funding_source, **figures)
    if version is None:
        raise Conflict(_("This ceiling is already set. Open it and change it there."), code="ceiling_exists")
    _same_version(ceiling, version)
    _covers_commitments(ceiling, figures)
    return _change(actor, allowed, ceiling, figures)


@transaction.atomic
def publish_ceiling(*, actor: Person, ceiling_id: int, version: int | None = None) -> Ceiling:
    """Let everybody see the ceiling and let runs use it: a second person, who saw this `version`. Raises as `set_ceiling`."""
    ceiling = locked_ceiling(ceiling_id)
    allowed = policy.may_publish_ceiling(actor, ceiling).or_refuse()
    if version is not None:
        _same_version(ceiling, version)
    ceiling.published_by, ceiling.published_at = actor, clock.now()  # type: ignore[assignment]
    ceiling.version += 1
    ceiling.save(update_fields=["published_by", "published_at", "version"])
    _record(actor, allowed, "publish", ceiling, {"version": ceiling.version})
    if not is_village_money(ceiling.funding_source):
        ceilings_published(region_code=ceiling.region_id, plan_year=ceiling.plan_year)
    return ceiling


def locked_ceiling(ceiling_id: int) -> Ceiling:
    """The row under lock, or 404."""
    ceiling = Ceiling.objects.select_for_update().filter(pk=ceiling_id).first()
    if ceiling is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    return ceiling


def _make(actor: User, allowed: Allowed, **fields: Any) -> Ceiling:
    try:
        with transaction.atomic():
            ceiling = Ceiling.objects.create(**fields, set_by=actor, set_at=clock.now())
    except IntegrityError:
        raise Conflict(_("This ceiling is already set. Open it and change it there."), code="ceiling_exists") from None
    _record(actor, allowed, "set", ceiling, {key: [None, getattr(ceiling, key)] for key in ("amount", "reserve", "legal_basis")})
    return ceiling


def _change(actor: User, allowed: Allowed, ceiling: Ceiling, figures: dict[str, Any]) -> Ceiling:
    changes: dict[str, Any] = {key: [getattr(ceiling, key), value] for key, value in figures.items() if getattr(ceiling, key) != value}
    if ceiling.published_at:
        changes["published_at"] = [ceiling.published_at, None]
    for key, value in figures.items():
        setattr(ceiling, key, value)
    ceiling.version += 1
    ceiling.set_by, ceiling.set_at = actor, clock.now()
    ceiling.published_by = ceiling.published_at = None
    ceiling.save(update_fields=[*figures, "version", "set_by", "set_at", "published_by", "published_at"])
    _record(actor, allowed, "set", ceiling, changes)
    return ceiling


def _record(actor: Person, allowed: Allowed, verb: str, ceiling: Ceiling, changes: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        role=allowed.role,
        action=f"budgeting.ceiling.{verb}",
        subject=f"ceiling:{ceiling.pk}",
        region_code=ceiling.region_id,
        changes={"plan_year": ceiling.plan_year, "funding_source": ceiling.funding_source, **changes},
    )


def _same_version(ceiling: Ceiling, version: int) -> None:
    if ceiling.version != version:
        raise Conflict(_("Someone changed this ceiling meanwhile. See what changed before you save."), code="version")


def _covers_commitments(ceiling: Ceiling, figures: dict[str, Any]) -> None:
    committed = ledger.committed(ceiling)
    if figures["amount"] - figures["reserve"] < committed:
        sentence = _("%(committed)s of this ceiling is already committed, so it cannot be lower than that plus the reserve.")
        raise Conflict(sentence % {"committed": rupiah(committed)}, code="below_committed")


def _place_errors(plan_year: Any, region_code: str, funding_source: str) -> Errors:
    errors: Errors = {}
    if isinstance(plan_year, bool) or not isinstance(plan_year, int) or plan_year not in YEARS:
        errors["plan_year"] = [_("Give the plan year as four digits, for example 2028.")]
    if funding_source not in FundingSource.values:
        errors["funding_source"] = [_("Choose one of the funding sources.")]
    region = Region.objects.light().filter(pk=region_code).first()
    if region is None:
        errors["region"] = [_("There is no such region.")]
    elif "funding_source" not in errors and region.level not in levels_of(funding_source):
        errors["region"] = [_("A ceiling of this source belongs to another level of region.")]
    return errors


def _money_read(amount: Any, reserve: Any, legal_basis: Any, errors: Errors) -> dict[str, Any]:
    """The figures as they will be stored; what is wrong goes into the errors by field."""
    whole = _rupiah(amount, "amount", errors)
    kept = 0 if reserve is None or str(reserve).strip() in {"0", ""} else _rupiah(reserve, "reserve", errors)
    if whole is not None and kept is not None and kept >= whole:
        errors["reserve"] = [_("The reserve must be smaller than the ceiling.")]
    try:
        basis = text.plain(legal_basis) if isinstance(legal_basis, str) else ""
    except ValueError:
        basis = ""
    if not 0 < len(basis) <= _BASIS_LONGEST:
        errors["legal_basis"] = [_("Name the decree or letter this ceiling rests on, in at most 300 characters.")]
    return {"amount": whole, "reserve": kept, "legal_basis": basis}


def _rupiah(value: Any, field: str, errors: Errors) -> int | None:
    try:
        amount = read_rupiah(value)
    except Unreadable as error:
        errors[field] = [error.sentence]
        return None
    if amount is None:
        errors[field] = [_("Amount must be whole rupiah, for example 481000000.")]
    return amount
