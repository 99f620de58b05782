"""How a ceiling is divided among the regions below it, exact to the rupiah. Pure: no database, no float.

    PIK_k = P x [ b/K + (1 - b - r) x sum over v of w_v x s_v,k ] + R_k          R_k = P x r x q_k

`P` whole rupiah, `K` regions, `b` the part shared equally, `r` the part kept for rewards, `w_v` the weights (they add up to
one), `s_v,k` region k's share of variable v (adds up to one over the regions), `q_k` its share of what is rewarded. Of a variable
of achievement, where a lower figure needs more money, the mirror image counts: highest + lowest - own figure.

Every quota is an exact fraction. Each region gets its whole rupiah; what is left over goes, one rupiah each, to the largest
remainders, among equal ones to the lower code of region (Hamilton's method). So the sum is `P`, whatever the figures.

`python -m budgeting.formula FILE.json` calculates a published file again, without database and without this platform.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, TypeVar

HUNDRED = Fraction(100)
_T = TypeVar("_T")
_RUPIAH = re.compile(r"-?[0-9]{1,30}")
#: Digits of a decimal in the told terms; what decides is the exact fraction.
_PLACES = 6


@dataclass(frozen=True)
class Variable:
    """A figure that every region has. `weight` in per cent; `is_inverse`: a lower figure gets more."""

    key: str
    name: str
    weight: Fraction
    is_inverse: bool = False
    source: str = ""


@dataclass(frozen=True)
class Inputs:
    """Everything the calculation sees. `base` and `reward` in per cent; `values` by region and variable; `rewards` by region."""

    total: int
    base: Fraction
    reward: Fraction
    variables: tuple[Variable, ...]
    regions: tuple[str, ...]
    values: Mapping[str, Mapping[str, Fraction]]
    rewards: Mapping[str, Fraction]


@dataclass(frozen=True)
class Fault:
    """What stands in the way, and where: a variable's key (or `reward`) and a region's code, each empty where it is about none."""

    code: str
    variable: str = ""
    region: str = ""
    figure: str = ""


class FormulaError(ValueError):
    """Inputs that divide nothing; `faults` names each reason."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{one.code} {one.variable} {one.region} {one.figure}".strip() for one in faults))
        self.faults = faults


@dataclass(frozen=True)
class Share:
    """What one region gets: the terms in exact rupiah, their sum, and the whole rupiah with its part of the remainder (0 or 1)."""

    region: str
    base: Fraction
    terms: Mapping[str, Fraction]
    reward: Fraction
    extra: int

    @property
    def quota(self) -> Fraction:
        """The exact sum of the terms."""
        return self.base + self.reward + sum(self.terms.values(), Fraction(0))

    @property
    def remainder(self) -> Fraction:
        """What the quota has beyond its whole rupiah."""
        return self.quota - int(self.quota)

    @property
    def amount(self) -> int:
        """Whole rupiah."""
        return int(self.quota) + self.extra


def divide(inputs: Inputs) -> tuple[Share, ...]:
    """Each region's share in the order of the codes; their amounts add up to `inputs.total`. Raises FormulaError."""
    found = faults_of(inputs)
    if found:
        raise FormulaError(found)
    total, base, reward = Fraction(inputs.total), inputs.base / HUNDRED, inputs.reward / HUNDRED
    regions = sorted(inputs.regions)
    shares = {one.key: _shares(inputs, one, regions) for one in inputs.variables}
    rewarded = _parts({code: inputs.rewards[code] for code in regions}) if reward else dict.fromkeys(regions, Fraction(0))
    plain = [
        Share(
            code,
            total * base / len(regions),
            {one.key: total * (1 - base - reward) * one.weight / HUNDRED * shares[one.key][code] for one in inputs.variables},
            total * reward * rewarded[code],
            0,
        )
        for code in regions
    ]
    left = inputs.total - sum(int(one.quota) for one in plain)
    lucky = {one.region for one in sorted(plain, key=lambda one: (-one.remainder, one.region))[:left]}
    return tuple(Share(one.region, one.base, one.terms, one.reward, int(one.region in lucky)) for one in plain)


def faults_of(inputs: Inputs) -> list[Fault]:
    """Everything that stands in the way of dividing, in the order of the inputs."""
    faults = [Fault("total", figure=str(inputs.total))] if inputs.total <= 0 else []
    faults += [] if inputs.regions else [Fault("no_regions")]
    faults += [Fault("region_twice", region=code) for code in _twice(inputs.regions)]
    faults += [Fault("variable_twice", key) for key in _twice(one.key for one in inputs.variables)]
    faults += _part_faults(inputs)
    for one in inputs.variables:
        faults += _value_faults(one.key, inputs.regions, lambda code, key=one.key: inputs.values.get(code, {}).get(key))  # type: ignore[misc]
    if inputs.reward > 0:
        faults += _value_faults("reward", inputs.regions, inputs.rewards.get)
    return faults


def _twice(keys: Iterable[str]) -> list[str]:
    """What stands there more than once: counted twice, the sum would be more than the total."""
    return sorted(key for key, times in Counter(keys).items() if times > 1)


def _part_faults(inputs: Inputs) -> list[Fault]:
    faults = [Fault("negative_part", name, figure=_text(part)) for name, part in (("base", inputs.base), ("reward", inputs.reward)) if part < 0]
    faults += [Fault("negative_weight", one.key, figure=_text(one.weight)) for one in inputs.variables if one.weight < 0]
    if inputs.base + inputs.reward > HUNDRED:
        faults.append(Fault("parts_above_all", figure=_text(inputs.base + inputs.reward)))
    weights = sum((one.weight for one in inputs.variables), Fraction(0))
    # Where everything is shared equally or rewarded there is nothing left for variables.
    if weights != HUNDRED and not (weights == 0 and not inputs.variables and inputs.base + inputs.reward == HUNDRED):
        faults.append(Fault("weights", figure=_text(weights)))
    return faults


def _value_faults(key: str, regions: tuple[str, ...], figure: Callable[[str], Fraction | None]) -> list[Fault]:
    faults, held = [], []
    for code in sorted(regions):
        value = figure(code)
        if value is None:
            faults.append(Fault("missing", key, code))
        elif value < 0:
            faults.append(Fault("negative", key, code, _text(value)))
        else:
            held.append(value)
    if regions and len(held) == len(regions) and not any(held):
        faults.append(Fault("all_zero", key))
    return faults


def _shares(inputs: Inputs, one: Variable, regions: list[str]) -> dict[str, Fraction]:
    figures = {code: inputs.values[code][one.key] for code in regions}
    if one.is_inverse:
        mirror = max(figures.values()) + min(figures.values())
        figures = {code: mirror - figure for code, figure in figures.items()}
    return _parts(figures)


def _parts(figures: Mapping[str, Fraction]) -> dict[str, Fraction]:
    whole = sum(figures.values(), Fraction(0))
    return {code: figure / whole for code, figure in figures.items()}


def inputs_of(told: Any) -> Inputs:
    """The inputs in a stored or published JSON object. Raises FormulaError where a figure is none, or the object has another shape.

    Empty values count as missing; what stands there for regions that are not divided is left out.
    """
    variables = tuple(_variable(_held(one, dict, "variables")) for one in _held(_of(told, "variables"), list, "variables"))
    regions = tuple(_held(code, str, "regions") for code in _held(_of(told, "regions"), list, "regions"))
    rows = {code: _held(row, dict, "values", code) for code, row in _held(told.get("values", {}), dict, "values").items() if code in regions}
    values = {code: {one.key: _figure(row[one.key], one.key, code) for one in variables if row.get(one.key, "") != ""} for code, row in rows.items()}
    paid = _held(told.get("rewards", {}), dict, "rewards")
    rewards = {code: _figure(text, "reward", code) for code, text in paid.items() if code in regions and text != ""}
    base, reward = _figure(_of(told, "base"), "base"), _figure(_of(told, "reward"), "reward")
    return Inputs(_whole(_of(told, "total")), base, reward, variables, regions, values, rewards)


def _variable(one: Mapping[str, Any]) -> Variable:
    key, name = _held(_of(one, "key", "variables"), str, "variables"), str(one.get("name", ""))
    return Variable(key, name, _figure(_of(one, "weight", "variables"), key), bool(one.get("inverse")), str(one.get("source", "")))


def _of(row: Any, name: str, where: str = "") -> Any:
    if not isinstance(row, Mapping) or name not in row:
        raise FormulaError([Fault("shape", where or name)])
    return row[name]


def _held(value: Any, kind: type[_T], where: str, region: str = "") -> _T:
    if not isinstance(value, kind):
        raise FormulaError([Fault("shape", where, region)])
    return value


def _whole(total: Any) -> int:
    """Whole rupiah: a fraction of one is refused, not cut off."""
    if isinstance(total, bool) or not isinstance(total, int | str) or not _RUPIAH.fullmatch(str(total)):
        raise FormulaError([Fault("no_number", "total", figure=str(total)[:40])])
    return int(total)


def _figure(text: Any, variable: str, region: str = "") -> Fraction:
    try:
        number = Decimal(str(text))
        if not number.is_finite() or abs(number.adjusted()) > 30:
            raise FormulaError([Fault("no_number", variable, region, str(text)[:40])])
    except InvalidOperation:
        raise FormulaError([Fault("no_number", variable, region, str(text)[:40])]) from None
    return Fraction(number)


def told(shares: tuple[Share, ...]) -> list[dict[str, Any]]:
    """The result as JSON: terms in rupiah with six decimals (cut, not rounded), the amount exact."""
    return [
        {
            "region": one.region,
            "base": _text(one.base),
            "terms": {key: _text(term) for key, term in one.terms.items()},
            "reward": _text(one.reward),
            "quota": _text(one.quota),
            "remainder": _text(one.remainder),
            "extra": one.extra,
            "amount": one.amount,
        }
        for one in shares
    ]


def _text(figure: Fraction) -> str:
    """At most six decimals, no trailing zeros: `1234.5`."""
    scaled = abs(figure.numerator) * 10**_PLACES // figure.denominator
    whole, rest = divmod(scaled, 10**_PLACES)
    sign = "-" if figure < 0 else ""
    return f"{sign}{whole}.{rest:0{_PLACES}d}".rstrip("0").rstrip(".")


if __name__ == "__main__":
    from budgeting.formula_file import main

    raise SystemExit(main(sys.argv[1:]))
