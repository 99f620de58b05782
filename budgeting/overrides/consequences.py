"""The conditions of a run that its overrides break, in words: told beside them, not hidden and not forbidden."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from budgeting.models import AllocationLine, AllocationRun, Override
from budgeting.overrides.broken import Asked, Broken, broken
from budgeting.overrides.reading import in_force
from budgeting.rules.constraints import Constraints, from_json
from geo.models import Region


def broken_by(run: AllocationRun, signed: Mapping[UUID, Override] | None = None) -> list[str]:
    """A sentence for each condition that the rule kept and the overrides in force break. A constant number of queries.

    `signed`: the overrides in force by proposal, where they were asked for already.
    """
    # ballots and proposals stay where they are: of a large run they are most of its inputs
    limits, budget = AllocationRun.objects.values_list("inputs__constraints", "inputs__budget").get(pk=run.pk)
    constraints = from_json(limits or {})
    signed = in_force(run) if signed is None else signed
    if not signed or constraints == Constraints():
        return []
    rows = _asked(run, constraints, signed).values_list("proposal_id", "proposal__number", "proposal__village_id", "cost", "amount")
    ruled: dict[str, Asked] = {}
    standing: dict[str, Asked] = {}
    for key, given, village, cost, amount in rows:
        number = given or ""  # what waits for money has one
        ruled[number] = Asked(cost, village, amount)
        standing[number] = Asked(cost, village, signed[key].amount if key in signed else amount)
    return _sentences(broken(constraints, ruled, standing, budget))


def _asked(run: AllocationRun, constraints: Constraints, signed: Mapping[UUID, Override]) -> QuerySet[AllocationLine]:
    """The lines on which an answer depends: what is changed and what a condition names; all where villages or shares are counted."""
    lines = run.lines.order_by("rank")
    if constraints.per_group or constraints.minimum_shares:
        return lines
    pairs = {number for pair in (*constraints.excluding, *constraints.requiring) for number in pair}
    named = {*constraints.mandatory, *constraints.minimum_phases, *pairs}
    return lines.filter(Q(proposal__in=list(signed)) | Q(proposal__number__in=named))


def _sentences(found: list[Broken]) -> list[str]:
    groups = {about[0] for code, about in found if code == "group"}
    names = {region.pk: region.title for region in Region.objects.light().filter(pk__in=groups)} if groups else {}
    return [str(_WORDS[code](tuple(names.get(one, one) for one in about))) for code, about in found]


def _share_name(name: str) -> str:
    return {"women": _("works raised by women"), "non_physical": _("works that are not physical")}.get(name, name)


_WORDS: Mapping[str, Callable[[tuple[str, ...]], str]] = MappingProxyType(
    {
        "mandatory": lambda about: _("%(number)s is required by regulation, and is no longer paid whole.") % {"number": about[0]},
        "excluding": lambda about: _("%(one)s and %(other)s exclude each other, and both are paid.") % {"one": about[0], "other": about[1]},
        "requiring": lambda about: _("%(one)s needs %(other)s, which is not paid whole.") % {"one": about[0], "other": about[1]},
        "phase": lambda about: _("%(number)s is given less than the smallest part that makes sense on its own.") % {"number": about[0]},
        "group": lambda about: _("%(name)s has more works than the list allows while another village has none.") % {"name": about[0]},
        "share": lambda about: _("Less than the share that was set goes to: %(name)s.") % {"name": _share_name(about[0])},
    }
)
