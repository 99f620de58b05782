"""The one set of filters: list page, API, map and exports ask the same questions in the same words.

A wrong value is an error of its field, on the page a sentence beside it and in the API a 400; it is never ignored.
"""

import math
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.gis.geos import Polygon
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from accounts.refusals import Invalid
from geo import codes
from geo.models import Region
from proposals.models import Proposal
from proposals.querysets import ProposalQuerySet
from proposals.stages import Stage
from proposals.tallies import Wanted
from proposals.words import OUTCOME_WORDS, STAGE_WORDS, Channel, Sector

#: Each order ends with the unique key, so that no two pages show the same row. `supports` is the people's order.
ORDERINGS = {
    "-changed": (_("newest change first"), "-changed_at"),
    "changed": (_("oldest change first"), "changed_at"),
    "-supports": (_("most supported first"), "-supports"),
    "supports": (_("least supported first"), "supports"),
    "-amount": (_("largest amount first"), "-amount"),
    "amount": (_("smallest amount first"), "amount"),
    "number": (_("by number"), "number"),
    "-number": (_("by number, last first"), "-number"),
}
DEFAULT_ORDERING = "-changed"
STAGE_CHOICES = [(stage.value, word) for stage, word in STAGE_WORDS.items() if stage is not Stage.DRAFT]
OUTCOME_CHOICES = [(outcome.value, word) for outcome, word in OUTCOME_WORDS.items()]
WORDS_AT_MOST = 8
#: From this length on a word may be misspelt; shorter ones would match nearly everything.
_FORGIVING_FROM = 5
#: Up to so many villages are named to the index one by one; a word that more share ("sari") is looked up beside it.
_VILLAGES_AT_MOST = 500


class RegionCodeField(forms.CharField):
    """An official region code that exists. Cleans to the code."""

    def clean(self, value: Any) -> str:
        """The code; ValidationError for a wrong shape or an unknown region. One query."""
        code = str(super().clean(value))
        if code and not (codes.is_code(code) and Region.objects.filter(pk=code).exists()):
            raise forms.ValidationError(_("There is no region with the code %(code)s."), code="unknown", params={"code": code})
        return code


class BoxField(forms.CharField):
    """`west,south,east,north` in degrees. Cleans to a polygon, or None."""

    def clean(self, value: Any) -> Polygon | None:  # type: ignore[override]
        """The box; ValidationError unless it is four numbers on the earth, west before east and south before north."""
        text = super().clean(value)
        if not text:
            return None
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            raise self._error() from None
        if not (all(map(math.isfinite, (west, south, east, north))) and -180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise self._error()
        box = Polygon.from_bbox((west, south, east, north))
        box.srid = 4326
        return box

    def _error(self) -> forms.ValidationError:
        return forms.ValidationError(_("Write the box as west,south,east,north in degrees, for example 109.1,-0.7,109.9,0.1."), code="invalid")


@extend_schema_field(OpenApiTypes.STR)
class RegionFilter(django_filters.Filter):
    field_class = RegionCodeField


@extend_schema_field(OpenApiTypes.STR)
class BoxFilter(django_filters.Filter):
    field_class = BoxField


class YearFilter(django_filters.Filter):
    field_class = forms.IntegerField


class ProposalFilter(django_filters.FilterSet):
    """`ProposalFilter(request.GET, queryset=Proposal.objects.public())`; `.form` for the page, `asked()` for programs."""

    region = RegionFilter(method="in_region", label=_("Region"), max_length=13)
    channel = django_filters.MultipleChoiceFilter(choices=Channel.choices, label=_("Channel"))
    sector = django_filters.MultipleChoiceFilter(choices=Sector.choices, label=_("Sector"))
    stage = django_filters.MultipleChoiceFilter(choices=STAGE_CHOICES, label=_("Stage"))
    outcome = django_filters.MultipleChoiceFilter(choices=OUTCOME_CHOICES, label=_("Outcome"))
    plan_year = YearFilter(label=_("Plan year"), min_value=2000, max_value=2100)
    waiting_at_least = YearFilter(method="waiting_years", label=_("Years waiting, at least"), min_value=1, max_value=99)
    q = django_filters.CharFilter(method="with_words", label=_("Words"), max_length=200)
    bbox = BoxFilter(method="in_box", label=_("Box on the map"), max_length=120)
    ordering = django_filters.ChoiceFilter(
        method="in_order", choices=[(key, words) for key, (words, _column) in ORDERINGS.items()], label=_("Order"), empty_label=None
    )

    class Meta:
        model = Proposal
        fields: ClassVar[list[str]] = []

    def in_region(self, queryset: ProposalQuerySet, _name: str, code: str) -> ProposalQuerySet:
        """The region and everything below it."""
        return queryset.within(code)

    def with_words(self, queryset: ProposalQuerySet, _name: str, text: str) -> ProposalQuerySet:
        """Every word somewhere in the number, title, problem or the village's name."""
        for word in text.split()[:WORDS_AT_MOST]:
            queryset = queryset.filter(has_word(word))
        return queryset

    def waiting_years(self, queryset: ProposalQuerySet, _name: str, years: int) -> ProposalQuerySet:
        """Carried over, and first asked for at least so many plan years ago."""
        return queryset.waiting_years(years)

    def in_box(self, queryset: ProposalQuerySet, _name: str, box: Polygon) -> ProposalQuerySet:
        """Those whose point lies in the box."""
        return queryset.in_box(box)

    def in_order(self, queryset: ProposalQuerySet, _name: str, _key: str) -> ProposalQuerySet:
        """Ordering is applied last, by `filter_queryset`, so that there always is one."""
        return queryset

    def filter_queryset(self, queryset: ProposalQuerySet) -> ProposalQuerySet:
        """All filters, in the order asked for or the default one, always ending with the unique key."""
        key = self.form.cleaned_data.get("ordering") or DEFAULT_ORDERING
        return super().filter_queryset(queryset).order_by(ORDERINGS[key][1], "id")

    def asked(self) -> ProposalQuerySet:
        """The proposals asked for; raises `Invalid` (400) with the wrong fields named."""
        self.or_refuse()
        return self.qs

    def or_refuse(self) -> "ProposalFilter":
        """Itself where every value is right; raises `Invalid` (400) otherwise."""
        if not self.is_valid():
            raise Invalid({name: [str(sentence) for sentence in sentences] for name, sentences in self.form.errors.items()})
        return self

    def wanted(self) -> Wanted:
        """The part of the filters that the tallies can answer."""
        data = self.form.cleaned_data
        return Wanted(data["plan_year"], tuple(data["channel"]), tuple(data["sector"]), tuple(data["stage"]), tuple(data["outcome"]))

    @property
    def region_code(self) -> str:
        """The region asked for; empty for the nation."""
        return str(self.form.cleaned_data["region"] or "")

    @property
    def needs_proposals(self) -> bool:
        """Whether words, a box or years of waiting are asked for, which no tally knows."""
        return any(self.form.cleaned_data[name] for name in ("q", "bbox", "waiting_at_least"))


def has_word(word: str) -> Q:
    """One word in the number, title, problem or village name; a longer one may be misspelt in the title."""
    found = Q(number__icontains=word) | Q(title__icontains=word) | Q(problem__icontains=word)
    if len(word) >= _FORGIVING_FROM:
        found |= Q(title__trigram_word_similar=word)
    villages = list(Region.objects.at(codes.Level.VILLAGE).filter(name__icontains=word).values_list("pk", flat=True)[: _VILLAGES_AT_MOST + 1])
    by_name = Q(village_id__in=villages) if len(villages) <= _VILLAGES_AT_MOST else Q(village__name__icontains=word)
    return found | by_name
