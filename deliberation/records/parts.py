"""The wording of the forms goes along with a plan year that is copied (settings.YEAR_PARTS)."""

from django.utils.translation import gettext_lazy as _

from accounts import clock
from deliberation.models.document import Clause
from proposals.models import Cycle
from proposals.year.parts import YearPart


def _count(cycle: Cycle) -> int:
    return Clause.objects.filter(cycle=cycle).count()


def _copy(source: Cycle, target: Cycle) -> int:
    """Every passage with its basis, unverified in the new year; who worded it stays named."""
    now = clock.now()
    rows = Clause.objects.filter(cycle=source).order_by("pk")
    made = [
        Clause(
            cycle=target,
            meeting_kind=row.meeting_kind,
            place=row.place,
            text=row.text,
            legal_basis=row.legal_basis,
            changed_by_id=row.changed_by_id,
            changed_at=now,
        )
        for row in rows
    ]
    return len(Clause.objects.bulk_create(made))


CLAUSES = YearPart(_("Passages of the forms"), _count, _copy)
