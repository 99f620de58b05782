"""The form of a formula and its page: what is typed, what it gives, term by term."""

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from budgeting.ceilings.formula_entries import VARIABLES_MOST
from budgeting.models import Formula
from frontend.figures import number
from geo.models import Region

#: More figures than this come by sheet only: a form may hold a thousand fields.
_CELLS_MOST = 800
#: Empty rows for one more variable each time the form is opened.
_MORE = 2


@dataclass(frozen=True)
class Cell:
    """One figure to type: its field, what stands in it, whose it is, and whether it was refused."""

    field: str
    value: str
    label: str
    wrong: bool


@dataclass(frozen=True)
class Typed:
    """The form as it is shown."""

    plain: dict[str, str]
    variables: list[dict[str, Any]]
    columns: list[str]
    rows: list[tuple[Region, list[Cell]]]
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_large(self) -> bool:
        """Whether there are too many figures to type."""
        return len(self.rows) * len(self.columns) > _CELLS_MOST

    @property
    def sentences(self) -> list[str]:
        """Everything that is wrong, each sentence once."""
        return list(dict.fromkeys(sentence for sentences in self.errors.values() for sentence in sentences))


def typed(inputs: dict[str, Any], regions: list[Region], *, basis: str, version: int | None, errors: dict[str, list[str]] | None = None) -> Typed:
    """What the form shows of stored or sent inputs."""
    wrong = errors or {}
    variables = [one for one in inputs["variables"] if one.get("name")]
    rewards = inputs.get("rewards", {})
    rows = []
    for region in regions:
        row = inputs["values"].get(region.pk, {})
        cells = [
            _cell(region, f"c-{region.pk}-{one['key']}", row.get(one["key"]), one["name"], f"values.{region.pk}.{one['key']}" in wrong)
            for one in variables
        ]
        cells.append(_cell(region, f"r-{region.pk}", rewards.get(region.pk), _("Rewarded"), f"rewards.{region.pk}" in wrong))
        rows.append((region, cells))
    plain = {name: _shown(inputs.get(name)) for name in ("base", "reward")}
    plain |= {"total": _total(inputs.get("total")), "reward_source": inputs.get("reward_source", ""), "basis": basis, "version": str(version or "")}
    slots = [{**one, "weight": _shown(one.get("weight")), "place": place} for place, one in enumerate(variables)]
    slots += [{"place": place} for place in range(len(slots), min(len(slots) + _MORE, VARIABLES_MOST))]
    return Typed(plain, slots, [*(one["name"] for one in variables), _("Rewarded")], rows, wrong)


def _cell(region: Region, name: str, value: Any, word: str, wrong: bool) -> Cell:  # noqa: FBT001 - of this module alone
    return Cell(name, _shown(value), f"{word}: {region.title}", wrong)


def _shown(value: Any) -> str:
    text = str(value if value is not None else "")
    return text.replace(".", ",") if text.replace(".", "", 1).isdigit() else text


def _total(value: Any) -> str:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value or "")


def sent(data: QueryDict, regions: list[Region], kept: dict[str, Any]) -> dict[str, Any]:
    """What was typed, in the shape that the service reads; the figures `kept` before where the form had none to type."""
    variables = []
    for place in range(VARIABLES_MOST):
        name = data.get(f"v-{place}-name", "").strip()
        if name:
            row = {part: data.get(f"v-{place}-{part}", "") for part in ("key", "weight", "source")}
            variables.append({**row, "key": row["key"] or None, "name": name, "inverse": f"v-{place}-inverse" in data})
    plain = {name: data.get(name, "") for name in ("total", "base", "reward", "reward_source")}
    if "figures" not in data:
        return {**plain, "variables": variables, "values": kept["values"], "rewards": kept.get("rewards", {})}
    return {
        **plain,
        "variables": variables,
        "values": {region.pk: {one["key"]: data.get(f"c-{region.pk}-{one['key']}", "") for one in variables if one["key"]} for region in regions},
        "rewards": {region.pk: data.get(f"r-{region.pk}", "") for region in regions},
    }


def first_inputs(regions: list[Region], total: int) -> dict[str, Any]:
    """What a first formula begins with: the usual variables (DOMAIN 7), people and area filled in from the register of regions."""
    peopled, measured = {}, {}
    source = _("Register of regions")
    for region in Region.objects.filter(pk__in=[one.pk for one in regions]).only(
        "code", "population", "population_source", "population_year", "area_km2"
    ):
        if region.population is not None:
            peopled[region.pk], source = str(region.population), f"{region.population_source} {region.population_year or ''}".strip() or source
        if region.area_km2:
            measured[region.pk] = f"{region.area_km2.normalize():f}"
    names = (
        ("population", _("Population"), "30", False, source[:200]),
        ("area", _("Area (km²)"), "15", False, _("Register of regions")),
        ("poverty", _("Poor households"), "30", False, ""),
        ("roads", _("Roads in good state (%)"), "15", True, ""),
        ("health", _("Health index"), "10", True, ""),
    )
    variables = [dict(zip(("key", "name", "weight", "inverse", "source"), one, strict=True)) for one in names]
    values = {one.pk: {"population": peopled.get(one.pk, ""), "area": measured.get(one.pk, "")} for one in regions}
    return {"total": total, "base": "20", "reward": "0", "reward_source": "", "variables": variables, "values": values, "rewards": {}}


@dataclass(frozen=True)
class Line:
    """What one region gets: inputs beside the terms they give, as they are shown."""

    code: str
    name: str
    figures: list[tuple[str, str]]
    terms: list[tuple[str, str]]
    quota: str
    remainder: str
    extra: int
    amount: int


def lines_of(formula: Formula, names: dict[str, str]) -> list[Line]:
    """The result term by term, in the order of the codes."""
    variables = formula.inputs["variables"]
    rewards, has_rewards = formula.inputs.get("rewards", {}), formula.inputs["reward"] != "0"
    lines = []
    for row in formula.outcome or []:
        code = row["region"]
        values = formula.inputs["values"].get(code, {})
        figures = [(one["name"], number(Decimal(values.get(one["key"], "0")))) for one in variables]
        terms = [(_("Equal share"), _cut(row["base"])), *((one["name"], _cut(row["terms"][one["key"]])) for one in variables)]
        if has_rewards:
            figures.append((_("Rewarded"), number(Decimal(rewards.get(code, "0")))))
            terms.append((_("Reward"), _cut(row["reward"])))
        lines.append(
            Line(code, names.get(code, code), figures, terms, _cut(row["quota"]), number(Decimal(row["remainder"])), row["extra"], row["amount"])
        )
    return lines


def _cut(text: str) -> str:
    """Rupiah with two decimals, cut and not rounded: `1.234,56`."""
    whole, _point, rest = str(Decimal(text).quantize(Decimal("0.01"), rounding=ROUND_DOWN)).partition(".")
    return f"{number(Decimal(whole))},{rest}"


def figures_typed(formula: Formula, names: dict[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The inputs of a formula that gives nothing yet: a row a region, a dash where a figure is missing."""
    variables = formula.inputs["variables"]
    rows = []
    for code in formula.inputs["regions"]:
        held = formula.inputs["values"].get(code, {})
        rows.append((names.get(code, code), [(one["name"], number(Decimal(held[one["key"]])) if held.get(one["key"]) else "–") for one in variables]))
    return rows
