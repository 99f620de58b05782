"""What a plan year asks for, as its planner edits it."""

from dataclasses import dataclass, field
from typing import Any

from accounts import scope
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Role
from frontend.forms.requirements import RequirementForm
from proposals.models import Cycle, Requirement


@dataclass(frozen=True)
class Sheet:
    """The plan year that is shown, the others to choose from, and its rows."""

    cycle: Cycle | None
    cycles: list[Cycle] = field(default_factory=list)
    rows: list[Requirement] = field(default_factory=list)

    @property
    def unverified(self) -> int:
        """Rows that nobody of the kabupaten has confirmed."""
        return sum(row.verified_at is None for row in self.rows)


def sheet_for(user: User, chosen: str) -> Sheet:
    """The chosen plan year of a kabupaten the person plans for, or the latest; two queries. Without one, an empty sheet."""
    regions = scope.regions_of(user, Role.PLANNER)
    cycles = list(Cycle.objects.filter(region__in=regions).select_related("region").defer("region__boundary", "region__outline"))
    cycle = next((one for one in cycles if str(one.pk) == chosen), cycles[0] if cycles else None)
    if cycle is None:
        return Sheet(None)
    rows = Requirement.objects.filter(cycle=cycle).select_related("verified_by").order_by("pk")
    return Sheet(cycle, cycles, list(rows))


def is_planner(user: Any) -> bool:
    """Whether the page has anything for this person."""
    return bool(scope.regions_of(user, Role.PLANNER))


def form_for(sheet: Sheet, changing: str) -> RequirementForm:
    """An empty form, or the one that changes a row."""
    row = next((row for row in sheet.rows if str(row.pk) == changing), None)
    if row is None:
        return RequirementForm()
    return RequirementForm(initial={**{name: getattr(row, name) for name in RequirementForm.base_fields if name != "pk"}, "pk": row.pk})


def refuse(form: RequirementForm, refusal: Refusal) -> None:
    """Put a service's refusal beside the fields it is about."""
    if not refusal.fields:
        form.add_error(None, str(refusal.message))
    for name, sentences in (refusal.fields or {}).items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
