"""The filters that stand, each as words with the address that takes it away."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting.models.ceiling import FundingSource
from frontend import figures
from geo.models import Region
from proposals import money
from proposals.filters import ProposalFilter

#: Filters whose values are words of a list; the rest have sentences of their own.
_LISTS = ("channel", "sector", "stage", "outcome", "raised_by", "land_owner", "realisation", "shape", "placed")


@dataclass(frozen=True)
class Chip:
    """One filter in words, and where the list is without it."""

    words: str
    without: str


def chips_of(filters: ProposalFilter, query: QueryDict, region: Region | None) -> list[Chip]:
    """Every filter of a valid form that chooses something, in the order of the form."""
    found = []
    for name, value, words in _told(filters, region):
        kept = query.copy()
        kept.pop("cursor", None)
        kept.setlist(name, [given for given in kept.getlist(name) if value is not None and given != value])
        found.append(Chip(words, kept.urlencode()))
    return found


def _told(filters: ProposalFilter, region: Region | None) -> Iterator[tuple[str, str | None, str]]:
    """Filter, the value that the chip stands for (None: all of it), words."""
    data = filters.form.cleaned_data
    if data["q"]:
        yield "q", None, f"“{data['q']}”"
    if region:
        yield "region", None, region.title
    for name in _LISTS:
        words = dict(filters.form.fields[name].choices)
        chosen = data[name] if isinstance(data[name], list) else [data[name]] if data[name] else []
        yield from ((name, value, _words(name, str(words[value]))) for value in chosen)
    names = dict(FundingSource.choices)
    yield from (("funding_source", value, str(names.get(value, value))) for value in data["funding_source"])
    yield from (("agency", str(agency.pk), str(agency)) for agency in data["agency"])
    yield from ((name, None, words) for name, words in _figures(data, str(filters.data.get("entry", ""))) if words)


def _words(name: str, word: str) -> str:
    """A word of a list that says little by itself is told with what it is about."""
    about = {"raised_by": _("raised by: %(word)s"), "land_owner": _("land: %(word)s")}
    return about[name] % {"word": word} if name in about else word[:1].upper() + word[1:]


def _figures(data: dict[str, Any], code: str) -> Iterator[tuple[str, str]]:
    yield "plan_year", str(data["plan_year"] or "")
    yield "entry", _("work %(code)s of the dictionary") % {"code": code} if data["entry"] else ""
    yield "amount_min", _("from %(amount)s") % {"amount": money.rupiah(data["amount_min"])} if data["amount_min"] is not None else ""
    yield "amount_max", _("up to %(amount)s") % {"amount": money.rupiah(data["amount_max"])} if data["amount_max"] is not None else ""
    years = data["waiting"] or 0
    yield "waiting", ngettext("waiting for %(years)d year or more", "waiting for %(years)d years or more", years) % {"years": years} if years else ""
    yield "submitted_from", _("sent in from %(day)s") % {"day": date_format(data["submitted_from"], "j M Y")} if data["submitted_from"] else ""
    yield "submitted_to", _("sent in until %(day)s") % {"day": date_format(data["submitted_to"], "j M Y")} if data["submitted_to"] else ""
    yield "bbox", _("within a box on the map") if data["bbox"] else ""
    yield "near", _("within %(metres)s m of a point") % {"metres": figures.number(int(data["near"][1]))} if data["near"] else ""
