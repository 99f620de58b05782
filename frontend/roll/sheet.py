"""The roll as a table to take away: for those who may read its names."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _

from deliberation.models import Attendance, Meeting
from deliberation.roll.listing import lines
from geo.zones import zone_of
from proposals.sheets import book

#: With these a spreadsheet begins to calculate.
_CALCULATES = ("=", "+", "-", "@", "\t", "\r")
_MOST = 10_000


def header() -> list[str]:
    """The columns, in the words of the printed list."""
    about = [_("Number"), _("Name"), _("Sex"), _("Element of society"), _("Institution"), _("Address"), _("Came for"), _("Mandate"), _("Young")]
    return [*about, _("Disability"), _("How they took part"), _("Arrived"), _("Left"), _("Source"), _("Note")]


def rows(meeting: Meeting) -> Iterable[list[Any]]:
    """One row a line, struck ones with their reason; times by the clock of the region."""
    for row in lines(meeting, limit=_MOST):
        stays = list(row.stays.all())
        yield [
            row.number,
            row.name,
            row.get_sex_display(),
            row.get_element_display(),
            row.institution,
            row.address,
            row.region.title if row.region else "",
            row.mandate.basis if row.mandate else "",
            _("yes") if row.is_young else "",
            _("yes") if row.is_disabled else "",
            ", ".join(dict.fromkeys(stay.get_mode_display() for stay in stays)),
            _time(stays[0].arrived_at if stays else None, meeting),
            _time(stays[-1].left_at if stays else None, meeting),
            row.get_source_display(),
            _note(row),
        ]


def as_csv(meeting: Meeting) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read the letters right; a text that would be calculated stands as text."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(header())
    writer.writerows([[_safe(cell) for cell in row] for row in rows(meeting)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_workbook(meeting: Meeting) -> bytes:
    """The same as a workbook."""
    out = BytesIO()
    book.write(out, [book.Table(_("Attendance list"), header(), rows(meeting), (8, 32, 12, 24, 24, 24, 20, 24, 8, 12, 16, 10, 10, 20, 30))])
    return out.getvalue()


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_CALCULATES) else cell


def _time(moment: Any, meeting: Meeting) -> str:
    return f"{moment.astimezone(zone_of(meeting.region_id)):%H.%M}" if moment else ""


def _note(row: Attendance) -> str:
    if row.struck_at:
        return f"{_('Struck')}: {row.struck_reason}"
    return _("Received late") if row.is_late else ""
