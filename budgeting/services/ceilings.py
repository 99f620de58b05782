"""Ceilings are set by one person and published by another; nothing falls below what is committed, set aside or handed down."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import AuditEntry, User
from accounts.refusals import Allowed, Conflict, Invalid
from accounts.scope import Person
from budgeting import ledger, policy
from budgeting.ceilings import tree
from budgeting.ceilings.entries import figures_read, place_errors
from budgeting.models import Ceiling, CeilingVersion
from budgeting.sources import is_village_money
from proposals.year.years import ceilings_published

#: The ceiling above stays what it is.
KEEP: Final = -1
_SET = ("amount", "reserve", "legal_basis", "parent_id", "formula_id")


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
    agency_id: int | None = None,
    parent_id: int | None = KEEP,
) -> Ceiling:
    """Make a ceiling (no `version`) or change the one that was read at `version`; amounts in whole rupiah.

    `parent_id` makes it a part of that ceiling; left out, a ceiling stays where it is. A change takes the publication back: a
    second person looks at it again. Raises Invalid by field, Refusal (401, 403) and Conflict: it exists already, somebody
    changed it meanwhile, more is committed, set aside or handed down than would be left, or the ceiling above has no room.
    """
    place: dict[str, Any] = {"plan_year": plan_year, "region_code": region_code, "funding_source": funding_source, "agency_id": agency_id}
    known = _known(**place)
    above = (known.parent_id if known else None) if parent_id == KEEP else parent_id
    over = _read([above, known.parent_id if known else None])
    allowed = policy.may_set_ceiling(actor, region_code, funding_source, over.values()).or_refuse()
    errors = place_errors(**place, parent=over.get(above or 0), is_part=above is not None)
    figures = figures_read(amount, reserve, legal_basis, errors)
    if errors:
        raise Invalid(errors)
    rows = tree.locked([known.pk if known else None, *over])
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    wanted = {**figures, "parent_id": above}
    if known is None:
        return _make(actor, allowed, version, rows, {"region_id": region_code, **{k: v for k, v in place.items() if k != "region_code"}, **wanted})
    ceiling = rows[known.pk]
    _same_version(ceiling, version)
    wanted["formula_id"] = ceiling.formula_id if wanted["amount"] == ceiling.amount and above == ceiling.parent_id else None
    _fits(ceiling, wanted, rows)
    return change(actor, allowed, ceiling, wanted)


@transaction.atomic
def publish_ceiling(*, actor: Person, ceiling_id: int, version: int | None = None) -> Ceiling:
    """Let everybody see the ceiling and let runs use it: a second person, who saw this `version`. Raises as `set_ceiling`.

    What is published is kept as a version, for good.
    """
    ceiling = locked_ceiling(ceiling_id)
    allowed = policy.may_publish_ceiling(actor, ceiling).or_refuse()
    if version is not None:
        _same_version(ceiling, version)
    ceiling.published_by, ceiling.published_at = actor, clock.now()  # type: ignore[assignment]
    ceiling.version += 1
    ceiling.save(update_fields=["published_by", "published_at", "version"])
    _keep_version(ceiling)
    audit.record_all([_entry(actor, allowed, "publish", ceiling, {"version": ceiling.version})])
    if not is_village_money(ceiling.funding_source):
        ceilings_published(region_code=ceiling.region_id, plan_year=ceiling.plan_year)
    return ceiling


@transaction.atomic
def publish_parts(*, actor: Person, versions: Mapping[int, int]) -> list[Ceiling]:
    """Publish several ceilings, each at the version that was seen: all of them or none. Raises as `publish_ceiling`."""
    return [publish_ceiling(actor=actor, ceiling_id=key, version=versions[key]) for key in sorted(versions)]


def locked_ceiling(ceiling_id: int) -> Ceiling:
    """The row under lock, 409 where it was withdrawn meanwhile, or 404."""
    ceiling = Ceiling.objects.select_for_update(no_key=True).filter(pk=ceiling_id).first()
    if ceiling is None:
        raise tree.gone(ceiling_id)
    return ceiling


def change(actor: User, allowed: Allowed, ceiling: Ceiling, figures: dict[str, Any]) -> Ceiling:
    """Write new figures to a locked ceiling that was found to hold them; its publication is taken back."""
    changes = revise(actor, ceiling, figures)
    ceiling.save(update_fields=REVISED)
    audit.record_all([_entry(actor, allowed, "set", ceiling, changes)])
    return ceiling


#: Columns that `revise` changes.
REVISED = [*_SET, "version", "set_by", "set_at", "published_by", "published_at"]


def revise(actor: User, ceiling: Ceiling, figures: dict[str, Any]) -> dict[str, Any]:
    """Put new figures on the row in memory; what changed, for the journal."""
    changes: dict[str, Any] = {key: [getattr(ceiling, key), value] for key, value in figures.items() if getattr(ceiling, key) != value}
    if ceiling.published_at:
        changes["published_at"] = [ceiling.published_at, None]
    for key, value in figures.items():
        setattr(ceiling, key, value)
    ceiling.version += 1
    ceiling.set_by, ceiling.set_at = actor, clock.now()
    ceiling.published_by = ceiling.published_at = None
    return changes


def entry_of(actor: User, allowed: Allowed, ceiling: Ceiling, changes: dict[str, Any]) -> AuditEntry:
    """The journal's entry of a ceiling that was set."""
    return _entry(actor, allowed, "set", ceiling, changes)


def _known(*, plan_year: Any, region_code: Any, funding_source: Any, agency_id: int | None) -> Ceiling | None:
    """The ceiling of this place, unlocked, to know which rows to lock."""
    if isinstance(plan_year, bool) or not isinstance(plan_year, int) or abs(plan_year) > 9999 or "\x00" in f"{region_code}{funding_source}":
        return None
    return Ceiling.objects.filter(plan_year=plan_year, region=region_code, funding_source=funding_source, agency=agency_id).first()


def _read(keys: list[int | None]) -> dict[int, Ceiling]:
    wanted = {key for key in keys if key is not None}
    return Ceiling.objects.in_bulk(wanted) if wanted else {}


def _make(actor: User, allowed: Allowed, version: int | None, rows: dict[int, Ceiling], fields: dict[str, Any]) -> Ceiling:
    if version is not None:
        raise Conflict(_("This ceiling does not exist yet: set it without a version."), code="no_such_ceiling")
    if fields["parent_id"] is not None:
        tree.refuse_unless_room(rows[fields["parent_id"]], fields["amount"])
    try:
        with transaction.atomic():
            ceiling = Ceiling.objects.create(**fields, set_by=actor, set_at=clock.now())
    except IntegrityError:
        raise Conflict(_("This ceiling is already set. Open it and change it there."), code="ceiling_exists") from None
    changes = {key: [None, getattr(ceiling, key)] for key in ("amount", "reserve", "legal_basis", "parent_id", "agency_id")}
    audit.record_all([_entry(actor, allowed, "set", ceiling, {key: value for key, value in changes.items() if value[1] is not None})])
    return ceiling


def _fits(ceiling: Ceiling, wanted: dict[str, Any], rows: dict[int, Ceiling]) -> None:
    """The figures hold what hangs on the ceiling, and the ceiling above holds them."""
    standing = ledger.standing(ceiling)
    tree.refuse_unless_it_holds(ceiling, standing.with_figures(amount=wanted["amount"], reserve=wanted["reserve"]))
    above = wanted["parent_id"]
    if above is not None:
        taken = standing.size if above == ceiling.parent_id else 0
        tree.refuse_unless_room(rows[above], wanted["amount"] + standing.moved - taken)


def _keep_version(ceiling: Ceiling) -> None:
    kept = ("version", "amount", "reserve", "parent_id", "formula_id", "legal_basis", "set_by_id", "set_at", "published_by_id", "published_at")
    last = CeilingVersion.objects.filter(ceiling=ceiling).order_by("-number").values_list("number", flat=True).first() or 0
    CeilingVersion.objects.create(ceiling=ceiling, number=last + 1, **{name: getattr(ceiling, name) for name in kept})


def _entry(actor: Person, allowed: Allowed, verb: str, ceiling: Ceiling, changes: dict[str, Any]) -> AuditEntry:
    place: dict[str, Any] = {"plan_year": ceiling.plan_year, "funding_source": ceiling.funding_source}
    return audit.entry(
        actor=actor,
        role=allowed.role,
        action=f"budgeting.ceiling.{verb}",
        subject=f"ceiling:{ceiling.pk}",
        region_code=ceiling.region_id,
        changes={**place, **changes},
    )


def _same_version(ceiling: Ceiling, version: int | None) -> None:
    if version is None:
        raise Conflict(_("This ceiling is already set. Open it and change it there."), code="ceiling_exists")
    if ceiling.version != version:
        raise Conflict(_("Someone changed this ceiling meanwhile. See what changed before you save."), code="version")
