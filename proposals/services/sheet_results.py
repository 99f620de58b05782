"""What a job keeps of a report: the counts, the rows that need a look, and what came of the others."""

from collections.abc import Sequence
from typing import Any

from proposals.services.import_report import Fate, Report

#: So many rows are kept of each kind; the counts are of all.
KEPT_MOST = 5_000
_COUNTED = ("created", "unchanged", "error", "elsewhere", "skipped", "not_written")


def told(report: Report, photos: frozenset[str]) -> dict[str, Any]:
    """JSON: `counts`, `faults` (rows in error), `notes` (rows that came otherwise than they stood), `made` and `photos`."""
    used = {name.casefold() for names in report.photos.values() for name in names}
    numbers = {fate.row: fate.number for fate in report.fates if fate.number}
    return {
        "counts": {status: report.count(status) for status in _COUNTED} | {"blank": report.blank, "differs": report.differing},
        "faults": [_row(fate) for fate in _first(report, "error", "elsewhere")],
        "notes": [_row(fate) for fate in report.fates if fate.note or fate.differs][:KEPT_MOST],
        "skipped": [_row(fate) for fate in _first(report, "skipped")][:100],
        "made": [[row, str(key), numbers.get(row, "")] for row, key in sorted(report.made.items())][:KEPT_MOST],
        "photos": {str(report.made[row]): list(names) for row, names in report.photos.items() if row in report.made},
        "photos_named": len(used),
        "photos_unused": sorted(photos - used)[:100],
        "written": report.written,
    }


def _first(report: Report, *statuses: str) -> Sequence[Fate]:
    return [fate for fate in report.fates if fate.status in statuses][:KEPT_MOST]


def _row(fate: Fate) -> dict[str, Any]:
    values = {"row": fate.row, "column": fate.field, "message": fate.message or fate.note, "id": fate.source_id, "differs": list(fate.differs)}
    return {name: value for name, value in values.items() if value not in ("", [])}
