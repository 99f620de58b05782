"""Which rows of a sheet are in the register already, and what the sheet says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from geo.models import Region
from proposals.models import Proposal
from proposals.services.import_history import standing
from proposals.services.import_report import Fate
from proposals.sheets.form import OWN_SOURCE
from proposals.sheets.rows import Wish

#: What a row of any sheet is compared by with what is here, and what only our own form tells.
COMPARED = ("title", "problem", "objective", "locus", "volume", "unit", "amount")
COMPARED_OF_OURS = (
    "channel", "sponsor", "sponsor_reference", "amount_reason", "land_owner", "raised_by_women", "raised_by_youth", "raised_by_disabled",
    "raised_by_poor", "pre_meeting", "beneficiaries_female", "beneficiaries_male", "beneficiary_households", "poor_households", "first_asked_year",
)  # fmt: skip
_AT_ONCE = 5000


@dataclass(frozen=True)
class RowOf:
    """One row with the village it is for."""

    wish: Wish
    village: Region

    @property
    def key(self) -> tuple[str, str, str]:
        """What a row is known by."""
        return self.wish.source_system, self.wish.source_id, self.village.pk


class Known:
    """The proposals of a year that these rows may be: by source and id, or by their own UUID."""

    def __init__(self, rows: Sequence[RowOf], plan_year: int) -> None:
        self.plan_year = plan_year
        self._by_source, self._own = dict[tuple[str, str, str], Proposal](), dict[str, Proposal]()
        ids = sorted({row.wish.source_id for row in rows})
        systems = sorted({row.wish.source_system for row in rows})
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            found = Proposal.objects.filter(source_system__in=systems, source_id__in=some, plan_year=plan_year)
            self._by_source |= {(row.source_system, row.source_id, row.village_id): row for row in _light(found)}
            own = [UUID(key) for key in some if OWN_SOURCE in systems and is_uuid(key)]
            self._own |= {str(row.pk): row for row in _light(Proposal.objects.filter(pk__in=own))}

    def fate_of(self, row: RowOf) -> Fate | None:
        """`unchanged`, an error, or None for a row that is new."""
        own = self._own.get(row.wish.source_id) if row.wish.source_system == OWN_SOURCE else None
        if own is not None and (own.village_id != row.village.pk or own.plan_year != self.plan_year or own.number is None):
            sentence = _("This id belongs to another proposal here. Leave the column empty for a new one.")
            return Fate(row.wish.row, "error", row.wish.source_id, field="id", message=sentence)
        here = own or self._by_source.get(row.key)
        return None if here is None else Fate(row.wish.row, "unchanged", row.wish.source_id, here.number or "", differs=differing(row.wish, here))


def differing(wish: Wish, here: Proposal) -> tuple[str, ...]:
    """The names of what the sheet says otherwise than the register."""
    told = standing(wish)
    plain = tuple(name for name in COMPARED if getattr(told, name) != getattr(here, name))
    return plain + tuple(name for name in COMPARED_OF_OURS if wish.is_ours and wish.more.get(name) != getattr(here, name))


def _light(found: QuerySet[Proposal]) -> list[Proposal]:
    return list(found.only("source_system", "source_id", "number", "village_id", "plan_year", *COMPARED, *COMPARED_OF_OURS))


def is_uuid(written: str) -> bool:
    """Whether an id is one of ours."""
    try:
        UUID(written)
    except ValueError:
        return False
    return True
