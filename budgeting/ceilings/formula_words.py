"""What stands in the way of a formula, as sentences that name the variable and the region."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from budgeting.formula import Fault, FormulaError, faults_of, inputs_of


def sentence(fault: Fault, variables: Mapping[str, str], regions: Mapping[str, str]) -> str:
    """One fault in words; `variables` and `regions` give the names by key and code."""
    words = {
        "total": _("The sum to divide must be above zero."),
        "no_regions": _("There is no region below this ceiling to divide it among."),
        "shape": _("%(variable)s %(region)s has another shape than a formula."),
        "region_twice": _("%(region)s stands there twice."),
        "variable_twice": _("Each variable has a name of its own."),
        "no_number": _("%(variable)s of %(region)s is no number: %(figure)s."),
        "negative_part": _("%(variable)s cannot be negative: %(figure)s %%."),
        "negative_weight": _("The weight of %(variable)s cannot be negative: %(figure)s %%."),
        "parts_above_all": _("The equal share and the rewards together are %(figure)s %%: more than the whole."),
        "weights": _("The weights add up to %(figure)s %%, not to 100 %%."),
        "missing": _("%(variable)s of %(region)s is missing."),
        "negative": _("%(variable)s of %(region)s cannot be negative: %(figure)s."),
        "all_zero": _("%(variable)s is zero in every region, so nothing can be shared by it."),
    }
    own = {"base": _("The equal share"), "reward": _("The reward")}
    variable = variables.get(fault.variable) or own.get(fault.variable, fault.variable)
    region = regions.get(fault.region, fault.region)
    return words[fault.code] % {"variable": variable, "region": region, "figure": fault.figure.replace(".", ",")}


def faults_in(inputs: Mapping[str, Any], regions: Mapping[str, str]) -> list[str]:
    """Everything that is missing from stored inputs, in sentences; empty where they divide the ceiling."""
    variables = {one["key"]: one["name"] for one in inputs["variables"]}
    try:
        found = faults_of(inputs_of(inputs))
    except FormulaError as error:
        found = error.faults
    return [sentence(fault, variables, regions) for fault in found]
