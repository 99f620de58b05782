"""What a planner's conditions may not ask of each other, said before anything is queued, by the field where it was typed."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from budgeting.rules.bonds import all_needed
from budgeting.rules.constraints import Constraints
from proposals.money import rupiah

_NAMED_AT_MOST = 5


def refuse(constraints: Constraints, costs: Mapping[str, int], budget: int) -> None:
    """Raise Invalid where no list could keep these conditions: the same that every rule would find (`budgeting.rules.bonds`)."""
    needs = all_needed(constraints.requiring)
    circle = next((key for key, needed in needs.items() if key in needed), "")
    if circle:
        raise Invalid({"requiring": [_("%(number)s would in the end need itself. Take one of these lines out.") % {"number": circle}]})
    for key, needed in needs.items():
        _no_quarrel({key, *needed}, constraints, _("%(one)s and %(other)s exclude each other, and a proposal needs both of them."))
    mandatory = {other for key in constraints.mandatory for other in (key, *needs.get(key, ()))}
    _no_quarrel(mandatory, constraints, _("%(one)s and %(other)s exclude each other, and regulation demands both of them."))
    _affordable(sorted(mandatory), costs, budget)


def refuse_alone(pairs: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Raise Invalid where one of the pairs, by field, names the same proposal twice."""
    for name, named in pairs.items():
        alone = next((one for one, other in named if one == other), "")
        if alone:
            raise Invalid({name: [_("%(number)s stands beside itself. Name two proposals.") % {"number": alone}]})


def _no_quarrel(together: set[str], constraints: Constraints, sentence: str) -> None:
    quarrel = next((pair for pair in constraints.excluding if together >= set(pair)), None)
    if quarrel:
        raise Invalid({"excluding": [sentence % {"one": quarrel[0], "other": quarrel[1]}]})


def _affordable(mandatory: Sequence[str], costs: Mapping[str, int], budget: int) -> None:
    total = sum(costs[key] for key in mandatory)
    if total <= budget:
        return
    names = ", ".join(mandatory[:_NAMED_AT_MOST]) + (" …" if len(mandatory) > _NAMED_AT_MOST else "")
    facts = {"total": rupiah(total), "budget": rupiah(budget), "numbers": names}
    sentence = _(
        "What regulation demands costs %(total)s, more than the %(budget)s that can be given: %(numbers)s. Raise the ceiling, or untick this."
    )
    raise Invalid({"mandatory_first": [sentence % facts]})
