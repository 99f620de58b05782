"""The inputs of a formula as somebody typed them or a program sent them, read into what is stored: decimals as text."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from budgeting.ceilings.entries import Errors, line_read, rupiah_read
from geo.models import Region
from proposals.sheets.files import Figure

VARIABLES_MOST = 12
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_FIGURE = re.compile(r"\d{1,30}(\.\d{0,9})?|\.\d{1,9}", re.ASCII)
_KEY = re.compile(r"[a-z0-9_]{1,24}")
_DECIMALS, _DIGITS = 6, 15
_SOURCE_LONGEST = 200


def read(sent: Mapping[str, Any], regions: Iterable[Region], errors: Errors) -> dict[str, Any]:
    """The stored inputs. What is missing stays missing; what is no figure goes into the errors by field.

    `sent`: total, base, reward, reward_source, variables (key, name, weight, inverse, source), values by region and key, rewards
    by region. Fields of errors: `total`, `variables.0.weight`, `values.61.12.01.area`, `rewards.61.12.01`.
    """
    names = {region.pk: region.title for region in regions}
    variables = _variables(sent.get("variables"), errors)
    values, rewards = _mapping(sent, "values", errors), _mapping(sent, "rewards", errors)
    told = {}
    for code, title in names.items():
        row = values.get(code)
        row = row if isinstance(row, Mapping) else {}
        cells = {one["key"]: _cell(row.get(one["key"]), f"values.{code}.{one['key']}", one["name"], title, errors) for one in variables}
        told[code] = {key: cell for key, cell in cells.items() if cell}
    paid = {code: _cell(rewards.get(code), f"rewards.{code}", _("The reward"), title, errors) for code, title in names.items()}
    return {
        "total": rupiah_read(sent.get("total"), "total", errors),
        "base": _percent(sent.get("base"), "base", errors),
        "reward": _percent(sent.get("reward"), "reward", errors),
        "reward_source": _optional(sent.get("reward_source"), "reward_source", errors),
        "variables": variables,
        "regions": list(names),
        "values": told,
        "rewards": {code: cell for code, cell in paid.items() if cell},
    }


def decimal_text(value: Any) -> str:
    """A figure as a plain decimal: `1.234,5` and `1234.5` are 1234.5; empty for nothing. Raises ValueError for anything else.

    A cell that a workbook holds as a number keeps its decimal point.
    """
    if value is None or isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return _nothing(value)
    text = str(value).strip().replace("\u00a0", "").replace(" ", "")
    if isinstance(value, str) and not isinstance(value, Figure):
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        elif _GROUPED.fullmatch(text):
            text = text.replace(".", "")
    if not text:
        return ""
    if not _FIGURE.fullmatch(text):
        raise ValueError(text)
    return _plain(text)


def key_of(name: str) -> str:
    """The key that a variable gets from its name where nobody gave it one."""
    return re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")[:24] or "v"


def _nothing(value: Any) -> str:
    if value is None:
        return ""
    raise ValueError(value)


def _plain(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or number < 0 or number >= 10**_DIGITS:
        raise ValueError(text)
    if number != number.quantize(Decimal(1).scaleb(-_DECIMALS)):
        raise ValueError(text)
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _cell(value: Any, field: str, name: str, region: str, errors: Errors) -> str:
    try:
        return decimal_text(value)
    except ValueError:
        sentence = _("%(variable)s of %(region)s must be a number from zero with at most six decimals.")
        errors[field] = [sentence % {"variable": name, "region": region}]
        return ""


def _percent(value: Any, field: str, errors: Errors) -> str:
    try:
        text = decimal_text(value) or "0"
    except ValueError:
        text = "101"
    if Decimal(text) > 100:
        errors[field] = [_("Write a share from 0 to 100 per cent.")]
    return text


def _optional(value: Any, field: str, errors: Errors) -> str:
    sentence = _("Name the source in at most 200 characters.")
    return line_read(value or "", field, sentence, errors, longest=_SOURCE_LONGEST, shortest=0)


def _mapping(sent: Mapping[str, Any], field: str, errors: Errors) -> Mapping[str, Any]:
    value = sent.get(field)
    if value is not None and not isinstance(value, Mapping):
        errors[field] = [_("Send the figures by code of region.")]
    return value if isinstance(value, Mapping) else {}


def _variables(sent: Any, errors: Errors) -> list[dict[str, Any]]:
    if not isinstance(sent, list | tuple) or len(sent) > VARIABLES_MOST:
        errors["variables"] = [_("Send at most %(most)d variables.") % {"most": VARIABLES_MOST}]
        return []
    read: list[dict[str, Any]] = []
    for place, one in enumerate(sent):
        row = one if isinstance(one, Mapping) else {}
        variable = _variable(row, f"variables.{place}", errors)
        if variable["key"] in {known["key"] for known in read} or variable["name"].casefold() in {known["name"].casefold() for known in read}:
            errors[f"variables.{place}.name"] = [_("Each variable has a name of its own.")]
        read.append(variable)
    return read


def _variable(row: Mapping[str, Any], field: str, errors: Errors) -> dict[str, Any]:
    name = line_read(row.get("name"), f"{field}.name", _("Name the variable in at most 60 characters."), errors, longest=60)
    key = row.get("key")
    key = key if isinstance(key, str) and _KEY.fullmatch(key) else key_of(name)
    source = _optional(row.get("source"), f"{field}.source", errors)
    weight = _percent(row.get("weight"), f"{field}.weight", errors)
    return {"key": key, "name": name, "weight": weight, "inverse": row.get("inverse") is True, "source": source}
