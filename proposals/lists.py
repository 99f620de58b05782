"""A page's worth of proposals quickly, whatever is asked for, and how many there are.

Who can count does: the tallies exactly; else the search index, no further than `COUNTED_AT_MOST`; else the proposals, as far.
Few results are fetched by the index and sorted; many are met soon on the way along the index of their order (docs/search.md).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F

from proposals import facets, tallies
from proposals.filters import ProposalFilter
from proposals.models import Proposal, SearchEntry
from proposals.orders import DEFAULT_ORDERING, ORDERINGS, RELEVANCE
from proposals.querysets import ProposalQuerySet, answers
from proposals.tallies import Count

#: Counting ends here; the page says "more than".
COUNTED_AT_MOST = 10_000
#: So many are fetched and sorted, by relevance too; more are walked in their order.
SORTED_AT_MOST = 4_000
#: A page of what is found everywhere looks so far along its order before it asks the index for everything.
LOOKED_AT_MOST = 2_000
#: States that cluster in one corner of an order (works stand in older years), each with an index by change; the rarer first.
_STATES = ("realisation", "outcome", "stage")


@dataclass(frozen=True)
class Total:
    """How many there are; where not exact, at least so many."""

    number: int
    is_exact: bool = True


@dataclass
class Listing:
    """What valid filters find among public proposals: how many, in which order, and the rows, ready for a cursor."""

    filters: ProposalFilter

    @cached_property
    def total(self) -> Total:
        """How many there are. Counted only where somebody asks."""
        return total_of(self.filters)

    @cached_property
    def ordering(self) -> str:
        """The order's key as it came out: by relevance where words are looked for and not too much is found."""
        data = self.filters.form.cleaned_data
        asked = data.get("ordering")
        can_rank = data["q"] and asked in ("", None, RELEVANCE) and self._is_few
        return RELEVANCE if can_rank else self.filters.ordering_or(DEFAULT_ORDERING)

    @cached_property
    def rows(self) -> ProposalQuerySet:
        """The rows; few ones fetched by their keys, many left to a walk along the index of their order."""
        data, rows = self.filters.form.cleaned_data, _without_words(self.filters)
        if facets.asked(data) - {"region"} and self._is_few:
            rows = _fetched(rows, _keys(self.filters)) if self.total.number else rows.none()
        elif data["q"]:
            rows = _asked_on_the_way(rows, self.filters.meaning.terms)
        if self.ordering == RELEVANCE:
            rows = rows.by_relevance(self.filters.meaning.terms)
        return rows.order_by(*ORDERINGS[self.ordering].columns)

    @cached_property
    def walk(self) -> ProposalQuerySet:
        """What a page walks along, for `fetch`: the rows, or where many are found, all of the region, year and state in their order."""
        if not self._is_walked:
            return self.rows
        data = self.filters.form.cleaned_data
        rows = self.filters.queryset.within(self.filters.region_code)
        if data["plan_year"]:
            rows = rows.filter(plan_year=data["plan_year"])
        for state in _STATES:
            if data[state]:
                rows = rows.filter(**{f"{state}__in": data[state]})
        return rows.order_by(*ORDERINGS[self.ordering].columns)

    def fetch(self, ordered: ProposalQuerySet, limit: int) -> list[Proposal]:
        """The first rows of a walk that has come to a page's place. Seldom are they far; then the index fetches all and sorts them."""
        if not self._is_walked:
            return list(ordered[:limit])
        entries = SearchEntry.objects.filter(answers(F("document"), self.filters.terms))
        bare = ordered.select_related(None)
        found = self._cards(ordered, entries.filter(pk__in=self._near(bare)), limit)
        if len(found) == limit or not bare[LOOKED_AT_MOST:].exists():
            return found
        return self._cards(ordered, entries, limit)

    def _near(self, ordered: ProposalQuerySet) -> Any:
        """The keys of the next rows of a walk. Each state has an index of its own order: of several, each brings as many."""
        data = self.filters.form.cleaned_data
        state = next((name for name in _STATES if data[name]), "")
        if not state:
            return ordered.values("pk")[:LOOKED_AT_MOST]
        first, *others = (ordered.filter(**{state: value}).values("pk")[:LOOKED_AT_MOST] for value in data[state])
        return first.union(*others, all=True) if others else first

    @staticmethod
    def _cards(ordered: ProposalQuerySet, entries: Any, limit: int) -> list[Proposal]:
        """The first rows among these entries; what a card shows beside them is fetched for those rows alone."""
        first = _fetched(ordered.select_related(None), entries.values("pk")).values("pk")[:limit]
        return list(_fetched(ordered, first))

    @cached_property
    def _is_walked(self) -> bool:
        data = self.filters.form.cleaned_data
        return bool(facets.asked(data) - {"region", "plan_year"}) and not self._is_few and not facets.need_columns(data)

    @property
    def _is_few(self) -> bool:
        return self.total.is_exact and self.total.number <= SORTED_AT_MOST


def total_of(filters: ProposalFilter) -> Total:
    """How many public proposals valid filters find. At most one query beside those that the words need."""
    data = filters.form.cleaned_data
    if data["q"] and not filters.meaning.terms:
        return Total(0)
    if not filters.needs_proposals:
        return Total(tallies.counts([filters.region_code], filters.wanted()).get(filters.region_code, Count()).proposals)
    number = _keys(filters)[: COUNTED_AT_MOST + 1].count()
    return Total(min(number, COUNTED_AT_MOST), number <= COUNTED_AT_MOST)


def _without_words(filters: ProposalFilter) -> ProposalQuerySet:
    """Everything but the words. `filters.qs`, which remembers what it once was, is left alone."""
    filters.leaves_words = True
    try:
        return filters.filter_queryset(filters.queryset.all())
    finally:
        filters.leaves_words = False


def _keys(filters: ProposalFilter) -> Any:
    """The keys of what is found, in no order: from the index where it can answer everything, else from the proposals as well."""
    data = filters.form.cleaned_data
    if not facets.need_columns(data):
        return SearchEntry.objects.filter(answers(F("document"), filters.terms)).values("pk")
    rows = _without_words(filters).order_by().select_related(None)
    return (rows.worded(filters.meaning.terms) if data["q"] else rows).values("pk")


def _fetched(rows: ProposalQuerySet, keys: Any) -> ProposalQuerySet:
    """The rows of these keys. As an array the keys are found once and first; a join may be turned round."""
    condition = models.Func(F("pk"), ArraySubquery(keys), template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=models.BooleanField())
    return rows.filter(condition)


def _asked_on_the_way(rows: ProposalQuerySet, terms: str) -> ProposalQuerySet:
    """The rows whose entry answers the words, asked one by one along the order they are walked in: a match is never far there."""
    document = SearchEntry.objects.filter(pk=models.OuterRef("pk")).values("document")[:1]
    return rows.filter(answers(models.Subquery(document), terms))
