"""Works of the dictionary: what a sheet would do, in words, and how a price lies to the dictionary's."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from proposals import money
from proposals.dictionary.reference import compared
from proposals.dictionary.rows import Derived
from proposals.models import Proposal
from proposals.services.dictionary_import import Fate, Report
from proposals.words import Sector, WorkKind

register = template.Library()

_STATUS = {
    "created": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "revised": gettext_lazy("gets a successor"),
    "unchanged": gettext_lazy("as before"),
    "error": gettext_lazy("in error"),
    "not_written": gettext_lazy("not kept"),
}
_FIELDS = {
    "name": gettext_lazy("name"),
    "unit": gettext_lazy("unit"),
    "unit_price": gettext_lazy("unit price"),
    "sector": gettext_lazy("sector"),
    "kind": gettext_lazy("kind"),
    "agency": gettext_lazy("agency"),
    "programme": gettext_lazy("programme"),
    "activity": gettext_lazy("activity"),
    "output": gettext_lazy("output"),
    "group": gettext_lazy("group"),
    "everyday_words": gettext_lazy("everyday words"),
    "is_locked": gettext_lazy("locked"),
}


@register.filter
def sheet_counts(report: Report) -> list[tuple[str, str, int]]:
    """Status, its word and how many rows have it; what no row has is left out."""
    counts = [(status, str(word), report.count(status)) for status, word in _STATUS.items()]
    return [one for one in counts if one[2]]


@register.filter
def has_errors(report: Report) -> bool:
    """Whether a single row is in error."""
    return report.count("error") > 0


@register.filter
def fate_word(status: str) -> str:
    """What becomes of a row, in a word."""
    return str(_STATUS.get(status, status))


@register.filter
def in_detail(fate: Fate) -> list[str]:
    """What was derived and from which word, what changes, and which proposals keep the old price."""
    lines = [_derived(one) for one in fate.derived]
    lines += [f"{_FIELDS[name]}: {_value(name, before)} → {_value(name, after)}" for name, before, after in fate.changes if fate.status != "created"]
    lines += [f"{_FIELDS[name]}: {_value(name, after)}" for name, _before, after in fate.changes if fate.status == "created"]
    if fate.rests:
        told = ngettext("%(count)d proposal keeps the old entry.", "%(count)d proposals keep the old entry.", fate.rests)
        lines.append(told % {"count": fate.rests})
    return lines


def _derived(one: Derived) -> str:
    told = _("%(field)s: %(value)s (not in the sheet; %(because)s)")
    return told % {"field": _FIELDS[one.field], "value": _value(one.field, one.value), "because": one.because}


def _value(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if name == "unit_price":
        return money.rupiah(int(value))
    if name == "is_locked":
        return _("yes") if value else _("no")
    known = {"sector": Sector, "kind": WorkKind}.get(name)
    return str(known(value).label) if known and value in known.values else str(value)


@register.inclusion_tag("fragments/budget_line.html")
def budget_line(proposal: Proposal) -> dict[str, Any]:
    """The dictionary's work of a proposal, and how far the price asked for lies from the reference; the entry is joined already."""
    return {"proposal": proposal, "entry": proposal.dictionary_entry, "comparison": compared(proposal)}
