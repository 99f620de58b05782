"""A stage's days in words: the last one counts whole, so it is the day before the midnight at which input ends."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proposals.models import StageWindow
from proposals.year.days import first_day, last_day


def period(window: StageWindow) -> str:
    """`1 Jul 2026 – 30 Sep 2026`, `from 1 Jul 2026`, `until 30 Sep 2026`, or nothing."""
    first, last = first_day(window.opens_at), last_day(window.closes_at)
    if first and last:
        return f"{date_format(first, 'j M Y')} – {date_format(last, 'j M Y')}"
    if first:
        return _("from %(day)s") % {"day": date_format(first, "j M Y")}
    return _("until %(day)s") % {"day": date_format(last, "j M Y")} if last else ""
