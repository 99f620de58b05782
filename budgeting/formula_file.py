"""A published formula calculated again at home: `python -m budgeting.formula rumus.json`. Pure: no database, no platform."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from budgeting.formula import Fault, FormulaError, divide, inputs_of, told

USAGE = "usage: python -m budgeting.formula FILE.json"
#: Each fault with the name of the variable and the code of the region that it is about.
SENTENCES: dict[str, str] = {
    "shape": "“{variable}” {region} is missing or has another shape than a published file",
    "total": "the sum to divide must be above zero, and is {figure}",
    "no_regions": "there is no region to divide it among",
    "region_twice": "region {region} stands there twice",
    "variable_twice": "variable {variable} stands there twice",
    "no_number": "{variable} {region}: “{figure}” is no number; decimals have a point, money is whole rupiah",
    "negative_part": "{variable} cannot be negative: {figure} %",
    "negative_weight": "the weight of {variable} cannot be negative: {figure} %",
    "parts_above_all": "the equal share and the rewards together are {figure} %: more than the whole",
    "weights": "the weights add up to {figure} %, not to 100 %",
    "missing": "{variable} of {region} is missing",
    "negative": "{variable} of {region} cannot be negative: {figure}",
    "all_zero": "{variable} is zero in every region, so nothing can be shared by it",
}


class UnreadableError(ValueError):
    """A file that is no published formula; the sentence says why."""


def main(arguments: list[str]) -> int:
    """Print each region and its rupiah. 1: it divides nothing, or the file names other amounts than its figures give. 2: no such file."""
    try:
        published = read(arguments)
    except UnreadableError as error:
        return _refuse([str(error)], 2)
    try:
        shares = told(divide(inputs_of(published.get("inputs"))))
    except FormulaError as error:
        return _refuse([sentence(fault) for fault in error.faults], 1)
    for one in shares:
        print(one["region"], one["amount"])  # noqa: T201 - a program for the terminal
    differing = differences(published.get("outcome"), shares)
    return _refuse(differing, 1) if differing else 0


def read(arguments: list[str]) -> dict[str, Any]:
    """The object in the file that was named. Raises UnreadableError with the line where it breaks."""
    if len(arguments) != 1:
        raise UnreadableError(USAGE)
    try:
        found = json.loads(Path(arguments[0]).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableError(f"{arguments[0]}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UnreadableError(f"{arguments[0]}: this is no text") from None
    except RecursionError:
        raise UnreadableError(f"{arguments[0]}: nested too deeply to be a published formula") from None
    except ValueError as error:
        raise UnreadableError(f"{arguments[0]}: no JSON, {error}") from None
    if not isinstance(found, dict):
        raise UnreadableError(f"{arguments[0]}: a published formula is an object with “inputs” and “outcome”")
    return found


def sentence(fault: Fault) -> str:
    """One fault in words, with the variable and the region that it is about."""
    words = SENTENCES[fault.code].format(variable=fault.variable, region=fault.region, figure=fault.figure)
    return " ".join(words.replace(" :", ":").split())


def differences(published: Any, shares: list[dict[str, Any]]) -> list[str]:
    """Where a published result is another than its own figures give, a sentence each; none where it names no result."""
    if published is None or published == shares:
        return []
    rows = {str(row.get("region")): row for row in published if isinstance(row, Mapping)} if isinstance(published, list) else {}
    wrong = [one for one in shares if rows.get(one["region"]) != one]
    told_apart = [f"{one['region']}: the file says {rows.get(one['region'], {}).get('amount')}, its figures give {one['amount']}" for one in wrong]
    return told_apart or ["the file names regions that its figures do not divide"]


def _refuse(sentences: list[str], status: int) -> int:
    for one in sentences:
        print(one, file=sys.stderr)  # noqa: T201 - a program for the terminal
    return status
