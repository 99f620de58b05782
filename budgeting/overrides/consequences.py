"""The conditions of a run that its overrides break, in words: told beside them, not hidden and not forbidden."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from budgeting.models import AllocationRun, Override
from budgeting.overrides.broken import Asked, Broken, broken
from budgeting.overrides.reading import decided
from budgeting.rules.constraints import from_json
from geo.models import Region


def broken_by(run: AllocationRun, signed: Mapping[UUID, Override] | None = None) -> list[str]:
    """A sentence for each condition that the rule kept and the overrides in force break. A constant number of queries.

    `signed`: the overrides in force by proposal, where they were asked for already.
    """
    # the ballots stay where they are: of a large run they are most of its inputs
    frozen = AllocationRun.objects.values_list("inputs__constraints", "inputs__proposals", "inputs__budget")
    limits, proposals, budget = frozen.get(pk=run.pk)
    constraints = from_json(limits or {})
    rows = {row["id"]: row for row in proposals}
    known = [(rows[str(one.line.proposal_id)], one) for one in decided(run, signed) if str(one.line.proposal_id) in rows]
    ruled = {row["number"]: Asked(one.line.cost, row["village"], one.line.amount) for row, one in known}
    standing = {row["number"]: Asked(one.line.cost, row["village"], one.amount) for row, one in known}
    return _sentences(broken(constraints, ruled, standing, budget))


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
