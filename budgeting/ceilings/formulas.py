"""Formulas: prepared by one person, published by another, applied as drafts of ceilings in one go."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import AuditEntry, User
from accounts.refusals import Allowed, Conflict, Invalid, Missing, Refusal
from accounts.scope import Person
from budgeting import formula as mathematics
from budgeting import ledger, selectors
from budgeting.ceilings import policy, tree
from budgeting.ceilings.entries import Errors, basis_read
from budgeting.ceilings.formula_entries import read
from budgeting.ceilings.formula_words import faults_in
from budgeting.models import Ceiling, Formula
from budgeting.services.ceilings import REVISED, entry_of, revise
from budgeting.sources import is_village_money, reaches
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.money import rupiah


@transaction.atomic
def set_formula(*, actor: Person, ceiling_id: int, inputs: Mapping[str, Any], legal_basis: str, version: int | None = None) -> Formula:
    """Prepare the next formula of a ceiling (no `version`), or change the one in preparation that was read at `version`.

    `inputs` as `formula_entries.read` describes them; they may be incomplete until it is published. Raises Invalid by field,
    Refusal (401, 403, 404) and Conflict: somebody prepares one already, or changed it meanwhile.
    """
    ceiling = selectors.ceiling(actor, ceiling_id)
    allowed = policy.may_set_formula(actor, ceiling).or_refuse()
    errors: Errors = {}
    told, basis = read(inputs, units_below(ceiling), errors), basis_read(legal_basis, errors)
    if errors:
        raise Invalid(errors)
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    tree.locked([ceiling.pk])
    draft = Formula.objects.select_for_update().filter(ceiling=ceiling, published_at__isnull=True).first()
    fields = {"inputs": told, "outcome": _outcome(told), "legal_basis": basis, "set_by": actor, "set_at": clock.now()}
    if draft is None:
        draft = _begin(ceiling, version, fields)
    else:
        _same_version(draft, version)
        Formula.objects.filter(pk=draft.pk).update(**fields, version=draft.version + 1)
        draft.refresh_from_db()
    _record(actor, allowed, "set", draft)
    return draft


@transaction.atomic
def publish_formula(*, actor: Person, formula_id: UUID, version: int | None = None) -> Formula:
    """Let everybody see the formula: a second person, who saw this `version`. From then on it never changes. Raises as `set_formula`."""
    formula = _locked(formula_id)
    allowed = policy.may_publish_formula(actor, formula).or_refuse()
    if version is not None:
        _same_version(formula, version)
    formula.published_by, formula.published_at = actor, clock.now()  # type: ignore[assignment]
    formula.save(update_fields=["published_by", "published_at"])
    _record(actor, allowed, "publish", formula)
    return formula


@transaction.atomic
def apply_formula(*, actor: Person, formula_id: UUID) -> list[Ceiling]:
    """Make or change the ceilings of the regions below, as parts of the formula's ceiling and as drafts: all of them, or none.

    A ceiling that has the formula's amount already stays as it is. Raises Refusal (401, 403, 404) and Conflict: not the newest
    published formula, no room for all, or a region has more committed, set aside or handed down than it would get.
    """
    formula = _locked(formula_id)
    allowed = policy.may_apply(actor, formula).or_refuse()
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    if Formula.objects.filter(ceiling=formula.ceiling_id, published_at__isnull=False, number__gt=formula.number).exists():
        raise Conflict(_("A newer formula is published: apply that one."), code="not_the_newest")
    amounts = {row["region"]: row["amount"] for row in formula.outcome or [] if row["amount"]}
    node, parts = _locked_parts(formula, list(amounts))
    changed = [part for part in parts.values() if (part.amount, part.parent_id, part.formula_id) != (amounts[part.region_id], node.pk, formula.pk)]
    _refuse_unless_all_fit(node, changed, amounts, {code: amount for code, amount in amounts.items() if code not in parts})
    told = [_revised(actor, allowed, part, formula, amounts[part.region_id]) for part in changed]
    if changed:
        Ceiling.objects.bulk_update(changed, REVISED)
    made = _all_made([_part(node, formula, code, amount, actor) for code, amount in sorted(amounts.items()) if code not in parts])
    told += [entry_of(actor, allowed, part, {"amount": [None, part.amount], "parent_id": [None, node.pk]}) for part in made]
    audit.record_all(told)
    _record(actor, allowed, "apply", formula, {"made": len(made), "changed": len(changed)})
    return sorted([*made, *parts.values()], key=lambda part: part.region_id)


def units_below(ceiling: Ceiling) -> list[Region]:
    """The regions among which a ceiling is divided: kecamatan of a kabupaten, villages of a kecamatan; village money goes to villages or wards."""
    level = codes.level(ceiling.region_id)
    if level is Level.VILLAGE:
        return []
    unit = Level.SUBDISTRICT if level is Level.DISTRICT and not is_village_money(ceiling.funding_source) else Level.VILLAGE
    below = Region.objects.light().in_force().within(ceiling.region_id).at(unit).order_by("code")
    return [region for region in below if reaches(ceiling.funding_source, region.pk)]


def missing_from(formula: Formula, names: Mapping[str, str]) -> list[str]:
    """What a formula in preparation still lacks, in sentences."""
    return faults_in(formula.inputs, names)


def _outcome(told: dict[str, Any]) -> list[dict[str, Any]] | None:
    try:
        return mathematics.told(mathematics.divide(mathematics.inputs_of(told)))
    except mathematics.FormulaError:
        return None


def _begin(ceiling: Ceiling, version: int | None, fields: dict[str, Any]) -> Formula:
    if version is not None:
        raise Conflict(_("This formula was published meanwhile. A change is a new version: open the page again."), code="version")
    last = Formula.objects.filter(ceiling=ceiling).order_by("-number").values_list("number", flat=True).first() or 0
    try:
        with transaction.atomic():
            return Formula.objects.create(ceiling=ceiling, number=last + 1, **fields)
    except IntegrityError:
        raise Conflict(_("Somebody prepares a formula for this ceiling already. Open it and change it there."), code="formula_exists") from None


def _same_version(formula: Formula, version: int | None) -> None:
    if version is None:
        raise Conflict(_("Somebody prepares a formula for this ceiling already. Open it and change it there."), code="formula_exists")
    if formula.version != version:
        raise Conflict(_("Someone changed this formula meanwhile. See what changed before you go on."), code="version")


def _locked(formula_id: UUID) -> Formula:
    found = Formula.objects.select_for_update(of=("self",)).select_related("ceiling").filter(pk=formula_id).first()
    if found is None:
        raise _gone(formula_id)
    return found


def _gone(formula_id: UUID) -> Refusal:
    """Why a formula is not there: it went with the draft that it would have divided, or it never was."""
    ceiling_id = AuditEntry.objects.filter(subject=f"formula:{formula_id}").values_list("changes__ceiling", flat=True).first()
    return tree.gone(ceiling_id) if ceiling_id else Missing()


def _locked_parts(formula: Formula, regions: list[str]) -> tuple[Ceiling, dict[str, Ceiling]]:
    """The divided ceiling and the ones that exist for its regions, all locked along with those above them."""
    node = formula.ceiling
    same = {"plan_year": node.plan_year, "funding_source": node.funding_source, "agency": node.agency_id}
    known = Ceiling.objects.filter(region__in=regions, **same).values_list("pk", "parent_id")
    rows = tree.locked([node.pk, *(key for pair in known for key in pair)])
    parts = {row.region_id: row for row in rows.values() if row.pk != node.pk and row.region_id in regions}
    if stray := next((part for part in parts.values() if part.parent_id not in (None, node.pk)), None):
        raise Conflict(_("%(name)s is already a part of another ceiling.") % {"name": tree.name_of(stray)}, code="part_of_another")
    return rows[node.pk], parts


def _refuse_unless_all_fit(node: Ceiling, changed: list[Ceiling], amounts: dict[str, int], new: dict[str, int]) -> None:
    standings = ledger.standings([node, *changed])
    more = sum(new.values())
    for part in changed:
        standing, amount = standings[part.pk], amounts[part.region_id]
        if part.reserve >= amount:
            sentence = _("%(name)s would get %(amount)s, and its reserve is %(reserve)s.")
            facts = {"name": tree.name_of(part), "amount": rupiah(amount), "reserve": rupiah(part.reserve)}
            raise Conflict(sentence % facts, code="below_reserve")
        tree.refuse_unless_it_holds(part, standing.with_figures(amount=amount, reserve=part.reserve))
        more += amount + standing.moved - (standing.size if part.parent_id == node.pk else 0)
    tree.refuse_unless_room(node, more)


def _all_made(parts: list[Ceiling]) -> list[Ceiling]:
    try:
        with transaction.atomic():
            return Ceiling.objects.bulk_create(parts)
    except IntegrityError:
        sentence = _("Somebody set one of these ceilings just now. Open the page again and apply the formula once more.")
        raise Conflict(sentence, code="meanwhile") from None


def _revised(actor: User, allowed: Allowed, part: Ceiling, formula: Formula, amount: int) -> Any:
    figures = {"amount": amount, "legal_basis": formula.legal_basis, "parent_id": formula.ceiling_id, "formula_id": formula.pk}
    return entry_of(actor, allowed, part, revise(actor, part, figures))


def _part(node: Ceiling, formula: Formula, code: str, amount: int, actor: User) -> Ceiling:
    return Ceiling(
        plan_year=node.plan_year,
        region_id=code,
        funding_source=node.funding_source,
        agency_id=node.agency_id,
        parent=node,
        amount=amount,
        legal_basis=formula.legal_basis,
        formula=formula,
        set_by=actor,
        set_at=clock.now(),
    )


def _record(actor: User | Person, allowed: Allowed, verb: str, formula: Formula, changes: dict[str, Any] | None = None) -> None:
    audit.record(
        actor=actor,
        role=allowed.role,
        action=f"budgeting.formula.{verb}",
        subject=f"formula:{formula.pk}",
        region_code=formula.ceiling.region_id,
        changes={"ceiling": formula.ceiling_id, "number": formula.number, "version": formula.version, **(changes or {})},
    )
