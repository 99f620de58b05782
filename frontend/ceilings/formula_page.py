"""What the pages of formulas read: the desk where one is written, and one formula with its result."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.refusals import Missing
from budgeting import ledger, selectors
from budgeting.ceilings import policy
from budgeting.ceilings.formulas import missing_from, units_below
from budgeting.models import Ceiling, Formula
from frontend.ceilings.formula import figures_typed, first_inputs, lines_of
from frontend.ceilings.node import lineage_of
from geo.models import Region
from proposals.sheets.exports import line


@dataclass(frozen=True)
class Writing:
    """The formula in preparation, or what the next one begins with."""

    ceiling: Any
    above: list[Ceiling]
    regions: list[Region]
    inputs: dict[str, Any]
    basis: str
    version: int | None


def writing(user: Any, pk: int) -> Writing:
    """The draft, else a copy of the last one, else the usual variables. Raises Refusal: 401, 403, 404."""
    ceiling = selectors.ceiling(user, pk)
    policy.may_set_formula(user, ceiling).or_refuse()
    regions = units_below(ceiling)
    last = Formula.objects.filter(ceiling=ceiling).order_by("-number").first()
    if last is None:
        standing = ledger.standing(ceiling)
        inputs = first_inputs(regions, max(standing.free + standing.handed, 1))
        return Writing(ceiling, lineage_of(ceiling), regions, inputs, "", None)
    return Writing(ceiling, lineage_of(ceiling), regions, last.inputs, last.legal_basis, None if last.published_at else last.version)


def found(user: Any, formula_id: UUID) -> Formula:
    """A published formula, or one in preparation that this person may write. Raises Refusal 404."""
    ends = Formula.objects.select_related("ceiling__region", "ceiling__agency", "set_by", "published_by")
    kept = ends.defer("ceiling__region__boundary", "ceiling__region__outline").filter(pk=formula_id).first()
    if kept is None or not (kept.published_at or policy.may_set_formula(user, kept.ceiling)):
        raise Missing
    return kept


def context_of(user: Any, formula_id: UUID) -> dict[str, Any]:
    """Everything on a formula's page, in a constant number of queries."""
    kept = found(user, formula_id)
    names = names_of(kept)
    return {
        "formula": kept,
        "ceiling": kept.ceiling,
        "above": lineage_of(kept.ceiling),
        "inputs": {**kept.inputs, **{name: kept.inputs[name].replace(".", ",") for name in ("base", "reward")}},
        "weighed": _weighed(kept.inputs),
        "lines": lines_of(kept, names),
        "figures": [] if kept.outcome else figures_typed(kept, names),
        "missing": [] if kept.outcome else missing_from(kept, names),
        "others": list(Formula.objects.filter(ceiling=kept.ceiling, published_at__isnull=False).exclude(pk=kept.pk).defer("inputs", "outcome")),
        "may_set": policy.may_set_formula(user, kept.ceiling),
        "may_publish": policy.may_publish_formula(user, kept),
        "may_apply": policy.may_apply(user, kept),
    }


def names_of(formula: Formula) -> dict[str, str]:
    """Titles of the formula's regions by code."""
    return {region.pk: region.title for region in Region.objects.light().filter(pk__in=formula.inputs["regions"])}


def table_of(formula: Formula) -> str:
    """The whole calculation as CSV with a BOM: figures as decimals with a point, one row a region."""
    names = names_of(formula)
    variables = formula.inputs["variables"]
    figures = [*(one["name"] for one in variables), "imbalan_dasar"]
    rupiah = ["rp_bagian_rata", *(f"rp_{one['key']}" for one in variables), "rp_imbalan", "jumlah_tepat", "sisa_pecahan", "tambahan_rupiah", "pagu"]
    rows = [line(["kode", "wilayah", *figures, *rupiah])]
    for row in formula.outcome or []:
        values = formula.inputs["values"].get(row["region"], {})
        held = [*(values.get(one["key"], "") for one in variables), formula.inputs["rewards"].get(row["region"], "")]
        terms = [
            row["base"],
            *(row["terms"][one["key"]] for one in variables),
            row["reward"],
            row["quota"],
            row["remainder"],
            row["extra"],
            row["amount"],
        ]
        rows.append(line([row["region"], names.get(row["region"], ""), *held, *terms]))
    return "\ufeff" + "".join(rows)


def told(formula: Formula) -> dict[str, Any]:
    """The formula as programs read it."""
    return {
        "formula": "P x [ b/K + (1 - b - r) x sum_v w_v x s_v,k ] + R_k",
        "id": str(formula.pk),
        "ceiling": formula.ceiling_id,
        "plan_year": formula.ceiling.plan_year,
        "number": formula.number,
        "legal_basis": formula.legal_basis,
        "published_at": formula.published_at,
        "inputs": formula.inputs,
        "outcome": formula.outcome,
    }


def _weighed(inputs: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**one, "weight": one["weight"].replace(".", ",")} for one in inputs["variables"]]
