"""The one set of filters: list page, API, map and exports ask the same questions in the same words.

A wrong value is an error of its field, on the page a sentence beside it and in the API a 400; it is never ignored.
Which filters the tallies and the search index can answer stands in `facets.py`.
"""

from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.contrib.gis.geos import Point, Polygon
from django.db.models import F, Func, IntegerField, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.refusals import Invalid
from proposals import facets
from proposals.filter_fields import BoxFilter, DayFilter, EntryFilter, NearFilter, RegionFilter, SourceFilter, WholeFilter
from proposals.models import Proposal
from proposals.models.proposal import AMOUNT_MAX
from proposals.orders import DEFAULT_ORDERING, ORDERINGS, RELEVANCE
from proposals.querysets import ProposalQuerySet
from proposals.search import Meaning, meaning_of
from proposals.stages import Stage
from proposals.tallies import Wanted
from proposals.words import OUTCOME_WORDS, REALISATION_WORDS, STAGE_WORDS, Channel, LandOwner, Sector

STAGE_CHOICES = [(stage.value, word) for stage, word in STAGE_WORDS.items() if stage is not Stage.DRAFT]
OUTCOME_CHOICES = [(outcome.value, word) for outcome, word in OUTCOME_WORDS.items()]
REALISATION_CHOICES = [(state.value, word) for state, word in REALISATION_WORDS.items() if state.value]
RAISED_BY_CHOICES = [("women", _("women")), ("youth", _("young people")), ("disabled", _("people with disabilities")), ("poor", _("poor households"))]
SHAPE_CHOICES = [("point", _("a single place")), ("line", _("a line")), ("area", _("an area"))]
PLACED_CHOICES = [("yes", _("has a position")), ("no", _("has no position yet"))]
_DIMENSIONS = {"line": 1, "area": 2}


def _choices(label: Any, choices: Any, **options: Any) -> django_filters.MultipleChoiceFilter:
    # No value of a column finds a row twice; DISTINCT would read them all before the first.
    return django_filters.MultipleChoiceFilter(choices=choices, label=label, distinct=False, **options)


class ProposalFilter(django_filters.FilterSet):
    """`ProposalFilter(request.GET, queryset=Proposal.objects.public())`; `.form` for the page, `asked()` for programs."""

    region = RegionFilter(method="in_region", label=_("Region"), max_length=13)
    channel = _choices(_("Channel"), Channel.choices)
    sector = _choices(_("Sector"), Sector.choices)
    stage = _choices(_("Stage"), STAGE_CHOICES)
    outcome = _choices(_("Outcome"), OUTCOME_CHOICES)
    plan_year = WholeFilter(label=_("Plan year"), min_value=2000, max_value=2100)
    q = django_filters.CharFilter(method="with_words", label=_("Words"), max_length=200)
    bbox = BoxFilter(method="in_box", label=_("Box on the map"), max_length=120)
    near = NearFilter(method="near_point", label=_("Near a point"), max_length=120)
    agency = django_filters.ModelMultipleChoiceFilter(queryset=Agency.objects.all(), label=_("Agency"), distinct=False)
    entry = EntryFilter(method="of_entry", label=_("Work in the dictionary (code)"), max_length=40)
    amount_min = WholeFilter(field_name="amount", lookup_expr="gte", label=_("Amount from"), min_value=0, max_value=AMOUNT_MAX)
    amount_max = WholeFilter(field_name="amount", lookup_expr="lte", label=_("Amount up to"), min_value=0, max_value=AMOUNT_MAX)
    raised_by = _choices(_("Raised by"), RAISED_BY_CHOICES, method="raised_by_all")
    land_owner = _choices(_("Land"), LandOwner.choices)
    waiting = WholeFilter(method="waiting_years", label=_("Years waiting, at least"), min_value=1, max_value=50)
    realisation = _choices(_("State of the work"), REALISATION_CHOICES)
    funding_source = SourceFilter(label=_("Funding source"), distinct=False)
    submitted_from = DayFilter(method="sent_from", label=_("Sent in from"))
    submitted_to = DayFilter(method="sent_until", label=_("Sent in until"))
    placed = django_filters.ChoiceFilter(method="with_position", choices=PLACED_CHOICES, label=_("Position"))
    shape = _choices(_("Shape"), SHAPE_CHOICES, method="of_shape")
    ordering = django_filters.ChoiceFilter(
        method="in_order", choices=[(key, order.words) for key, order in ORDERINGS.items()], label=_("Order"), empty_label=None
    )

    class Meta:
        model = Proposal
        fields: ClassVar[list[str]] = []

    #: Set by a list, which knows how many there are and asks for the words in its own way.
    leaves_words = False

    def in_region(self, queryset: ProposalQuerySet, _name: str, code: str) -> ProposalQuerySet:
        """The region and everything below it."""
        return queryset.within(code)

    def with_words(self, queryset: ProposalQuerySet, _name: str, _text: str) -> ProposalQuerySet:
        """What the words mean (`search.meaning_of`); nothing where there is nothing to look for."""
        if self.leaves_words:
            return queryset
        # no terms answer nothing, and stay a question that the map can put into its own: `none()` has no SQL
        return queryset.worded(self.meaning.terms)

    def in_box(self, queryset: ProposalQuerySet, _name: str, box: Polygon) -> ProposalQuerySet:
        """Those whose point lies in the box."""
        return queryset.in_box(box)

    def near_point(self, queryset: ProposalQuerySet, _name: str, circle: tuple[Point, float]) -> ProposalQuerySet:
        """Those within so many metres of a point."""
        return queryset.near(*circle)

    def of_entry(self, queryset: ProposalQuerySet, _name: str, entries: list[int]) -> ProposalQuerySet:
        """Those proposed under a work of the dictionary, whichever year's."""
        return queryset.filter(dictionary_entry_id__in=entries)

    def raised_by_all(self, queryset: ProposalQuerySet, _name: str, marks: list[str]) -> ProposalQuerySet:
        """Those that carry every mark asked for."""
        return queryset.filter(**{f"raised_by_{mark}": True for mark in marks})

    def waiting_years(self, queryset: ProposalQuerySet, _name: str, years: int) -> ProposalQuerySet:
        """Those first asked for so many plan years ago, or longer."""
        return queryset.filter(first_asked_year__lte=F("plan_year") - years)

    def sent_from(self, queryset: ProposalQuerySet, _name: str, day: date) -> ProposalQuerySet:
        """Sent in on that day or later, by the local calendar."""
        return queryset.filter(submitted_at__gte=facets.morning(day))

    def sent_until(self, queryset: ProposalQuerySet, _name: str, day: date) -> ProposalQuerySet:
        """Sent in on that day or before."""
        return queryset.filter(submitted_at__lt=facets.morning(day + timedelta(days=1)))

    def with_position(self, queryset: ProposalQuerySet, _name: str, answer: str) -> ProposalQuerySet:
        """Those that have a position, or those that still lack one."""
        return queryset.filter(location__isnull=answer == "no")

    def of_shape(self, queryset: ProposalQuerySet, _name: str, kinds: list[str]) -> ProposalQuerySet:
        """A line, an area, or a single place (a position and nothing drawn)."""
        found = Q(location__isnull=False, shape__isnull=True) if "point" in kinds else Q(pk__in=[])
        drawn = [_DIMENSIONS[kind] for kind in kinds if kind in _DIMENSIONS]
        dimension = Func(F("shape"), function="ST_Dimension", output_field=IntegerField())
        return queryset.alias(shape_dimension=dimension).filter(found | Q(shape_dimension__in=drawn))

    def in_order(self, queryset: ProposalQuerySet, _name: str, _key: str) -> ProposalQuerySet:
        """Ordering is applied last, by `filter_queryset`, so that there always is one."""
        return queryset

    def filter_queryset(self, queryset: ProposalQuerySet) -> ProposalQuerySet:
        """All filters, in the order asked for or the default one, always ending with the unique key.

        By relevance only `lists.Listing` can put them, which knows how many there are; here the newest change comes first then.
        """
        return super().filter_queryset(queryset).order_by(*ORDERINGS[self.ordering_or(DEFAULT_ORDERING)].columns)

    def ordering_or(self, default: str) -> str:
        """The key of the order asked for, or the default one; relevance counts as the default."""
        key = self.form.cleaned_data.get("ordering") or default
        return default if key == RELEVANCE else key

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

    @cached_property
    def meaning(self) -> Meaning:
        """What the words mean here; places are looked for within the region asked for."""
        return meaning_of(self.form.cleaned_data["q"], self.region_code)

    @property
    def terms(self) -> str:
        """All that the search index can answer of these filters, as the text of a tsquery."""
        return facets.terms(self.form.cleaned_data, self.meaning.terms if self.form.cleaned_data["q"] else "")

    @property
    def region_code(self) -> str:
        """The region asked for; empty for the nation."""
        return str(self.form.cleaned_data["region"] or "")

    @property
    def needs_proposals(self) -> bool:
        """Whether something is asked for that no tally knows (`facets.TALLIED`)."""
        return facets.need_proposals(self.form.cleaned_data)
