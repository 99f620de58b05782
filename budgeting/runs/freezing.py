"""Freezing what a rule will see: read in a constant number of questions, under the ceiling's row lock."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from budgeting.models import Ceiling
from budgeting.rules.constraints import BadProblemError, Constraints, MinimumShare, to_json
from budgeting.rules.problem import Ties
from budgeting.runs import contradictions
from budgeting.runs.ballots import frozen_ballot
from budgeting.runs.inputs import BALLOT, FORMAT, SCORES, SOFTWARE, weighs
from budgeting.runs.orders import frozen_order, frozen_scores
from budgeting.runs.wishes import Wish
from budgeting.sources import stage_of
from proposals.models import Proposal
from proposals.querysets import ProposalQuerySet
from proposals.words import Channel, WorkKind

_NAMES = ("id", "number", "title", "village", "outcome", "amount", "supports", "version", "rank", "channel", "women", "work")
_COLUMNS = (
    "pk", "number", "title", "village_id", "outcome", "amount", "supports", "version", "rank", "channel", "raised_by_women", "dictionary_entry__kind",
)  # fmt: skip
#: Rules for ballots without places or points.
ALIKE = frozenset({"exact-equal-shares"})
#: The two minimum shares by the names that the frozen constraints carry.
NON_PHYSICAL, WOMEN = "non_physical", "women"


def waiting_under(ceiling: Ceiling) -> ProposalQuerySet:
    """What waits for this money: at its stage, in its region, and for an agency's ceiling those of the agency.

    What was found again in a line of the budget (`provenance.claims`) has its money already.
    """
    rows = Proposal.objects.within(ceiling.region_id).waiting_at(stage_of(ceiling.funding_source))
    rows = rows.filter(plan_year=ceiling.plan_year, funded_work__isnull=True)
    return rows.filter(agency=ceiling.agency_id) if ceiling.agency_id else rows


def freeze(ceiling: Ceiling, wish: Wish, budget: int) -> dict[str, Any]:
    """What waits for this ceiling, and all that the wish names. Raises Invalid by field."""
    rows = [_row(values) for values in waiting_under(ceiling).order_by("pk").values_list(*_COLUMNS)]
    numbers = {row["number"] for row in rows}
    inputs: dict[str, Any] = {
        "format": FORMAT,
        "software": SOFTWARE,
        "ceiling": _ceiling(ceiling),
        "budget": budget,
        "stage": stage_of(ceiling.funding_source).value,
        "rule": wish.rule,
        "options": wish.options,
        "ties": Ties.CHEAPER.value,
        "proposals": rows,
    }
    if not rows:
        return inputs
    if seed := wish.options.get("seed"):
        inputs["seed"] = seed
    if votes := wish.options.get("votes"):
        inputs["votes"] = votes
    if votes == BALLOT:
        inputs["ballot"] = frozen_ballot(ceiling, wish.options["ballot"], numbers)
        if wish.rule in ALIKE and weighs(inputs):
            raise Invalid({"ballot": [_("This rule asks for ballots on which each mark is worth the same.")]})
    if votes == SCORES:
        inputs["scores"] = frozen_scores(ceiling, wish.options["meeting"], rows)
    if wish.rule == "rank":
        inputs["order"] = frozen_order(ceiling, wish.options.get("meeting"), rows)
    if constraints := _constraints(wish.options, {row["number"]: row for row in rows}, budget):
        inputs["constraints"] = constraints
    return inputs


def _row(values: tuple[Any, ...]) -> dict[str, Any]:
    row = dict(zip(_NAMES, (str(values[0]), *values[1:]), strict=True))
    # a work that no dictionary knows is taken for a physical one (docs/decisions/0109)
    row["work"] = row["work"] or WorkKind.PHYSICAL.value
    return row


def _ceiling(ceiling: Ceiling) -> dict[str, Any]:
    return {
        "id": ceiling.pk,
        "version": ceiling.version,
        "plan_year": ceiling.plan_year,
        "region": ceiling.region_id,
        "agency": ceiling.agency.short_name if ceiling.agency else "",
        "funding_source": ceiling.funding_source,
        "amount": ceiling.amount,
        "reserve": ceiling.reserve,
    }


def _constraints(options: Mapping[str, Any], rows: Mapping[str, dict[str, Any]], budget: int) -> dict[str, Any]:
    for name in ("excluding", "requiring"):
        _known(name, [number for pair in options[name] for number in pair], rows)
    _known("phases", options["phases"], rows)
    too_much = [number for number, least in options["phases"].items() if least > rows[number]["amount"]]
    if too_much:
        raise Invalid({"phases": [_("The smallest phase of %(number)s is more than the whole work.") % {"number": too_much[0]}]})
    contradictions.refuse_alone({name: options[name] for name in ("excluding", "requiring")})
    try:
        kept = Constraints(
            mandatory=_those(rows, channel=Channel.MANDATORY.value) if options["mandatory_first"] else (),
            excluding=tuple((one, other) for one, other in options["excluding"]),
            requiring=tuple((one, other) for one, other in options["requiring"]),
            per_group=options["per_village"],
            minimum_shares=tuple(_shares(options, rows)),
            minimum_phases=options["phases"],
        )
    except BadProblemError as error:
        raise Invalid({"options": [str(error)]}) from error
    contradictions.refuse(kept, {number: row["amount"] for number, row in rows.items()}, budget)
    return to_json(kept)


def _shares(options: Mapping[str, Any], rows: Mapping[str, dict[str, Any]]) -> list[MinimumShare]:
    """A share that nothing waiting could use holds nothing back."""
    non_physical = tuple(number for number, row in rows.items() if row["work"] != WorkKind.PHYSICAL)
    wanted = ((NON_PHYSICAL, "non_physical_percent", non_physical), (WOMEN, "women_percent", _those(rows, women=True)))
    return [MinimumShare(name, numbers, Fraction(options[option], 100)) for name, option, numbers in wanted if options[option] and numbers]


def _those(rows: Mapping[str, dict[str, Any]], **facts: Any) -> tuple[str, ...]:
    return tuple(number for number, row in rows.items() if all(row[name] == value for name, value in facts.items()))


def _known(field: str, numbers: Any, rows: Mapping[str, Any]) -> None:
    unknown = sorted({number for number in numbers if number not in rows})
    if unknown:
        raise Invalid({field: [_("%(number)s does not wait for this money.") % {"number": unknown[0]}]})
