"""A page's worth of proposals quickly, whatever is asked for, and how many there are.

Who can count does: the tallies exactly; else the search index, no further than `COUNTED_AT_MOST`; else the proposals, as far.
Few results are fetched by the index and sorted; many are met soon on the way along the index of their order (docs/search.md).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from proposals import facets, on_the_way, tallies
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
LOOKED_AT_MOST = 4_000
#: Where the rows themselves say whether they fit, so many times as far.
_FARTHER = 5
#: States that cluster in one corner of an order (works stand in older years), each with an index by change; the rarer first.
_STATES = ("realisation", "outcome", "stage")
_BY_CHANGE = ("-changed", "changed")


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
        for state in self._walked_states:
            rows = rows.filter(**{f"{state}__in": data[state]})
        return rows.order_by(*ORDERINGS[self.ordering].columns)

    def fetch(self, ordered: ProposalQuerySet, limit: int) -> list[Proposal]:
        """The first rows of a walk that has come to a page's place. Seldom are they far; then the index fetches all and sorts them."""
        if not self._is_walked:
            return list(ordered[:limit])
        bare = ordered.select_related(None)
        near = on_the_way.first_met(self._side_by_side(bare), self._fits, limit=limit, within=self._looked_at)
        found = list(_fetched(ordered, near))
        if len(found) == limit or not bare[self._looked_at :].exists():
            return found
        # what a card shows beside the proposal is fetched for the page's rows alone
        by_columns = self._own is not None and facets.need_columns(self.filters.form.cleaned_data)
        far = bare.filter(self._own) if by_columns else _fetched(bare, _keys(self.filters))
        return list(_fetched(ordered, on_the_way.first_of_all(far, limit=limit)))

    def _side_by_side(self, ordered: ProposalQuerySet) -> list[ProposalQuerySet]:
        """The walk, or where it goes through several values of a state, one along the index of each."""
        state = next(iter(self._walked_states), "")
        values = self.filters.form.cleaned_data[state] if state else ()
        return [ordered.filter(**{state: value}) for value in values] or [ordered]

    @cached_property
    def _fits(self) -> Any:
        """Whether a row that is walked past is one of those asked for."""
        data = self.filters.form.cleaned_data
        if self._own is not None:
            return self._own
        this = models.OuterRef("pk")
        if facets.need_columns(data):
            rows = _without_words(self.filters).filter(pk=this).order_by()
            rows = rows.worded(self.filters.meaning.terms) if data["q"] else rows
            # the database would answer EXISTS for all rows at once, before the first is walked past
            return models.Subquery(rows.values_list(models.Value(value=True))[:1])
        document = SearchEntry.objects.filter(pk=this).values("document")[:1]
        return answers(models.Subquery(document), self.filters.terms)

    @cached_property
    def _own(self) -> Q | None:
        """The filters as a condition on the row's own columns; None where some ask for more than they say."""
        columns = facets.columns(self.filters.form.cleaned_data)
        return None if columns is None else Q(**columns)

    @property
    def _looked_at(self) -> int:
        return LOOKED_AT_MOST * (1 if self._own is None else _FARTHER)

    @cached_property
    def _walked_states(self) -> list[str]:
        """The states asked for that have an index of their own in this order."""
        data = self.filters.form.cleaned_data
        return [state for state in _STATES if data[state]] if self.ordering in _BY_CHANGE else []

    @cached_property
    def _is_walked(self) -> bool:
        return bool(facets.asked(self.filters.form.cleaned_data) - {"region", "plan_year"}) and not self._is_few

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
    array = models.Func(keys, function="ARRAY") if isinstance(keys, RawSQL) else ArraySubquery(keys)
    condition = models.Func(F("pk"), array, template="(%(expressions)s))", arg_joiner=" = ANY (", output_field=models.BooleanField())
    return rows.filter(condition)


def _asked_on_the_way(rows: ProposalQuerySet, terms: str) -> ProposalQuerySet:
    """The rows whose entry answers the words, asked one by one along the order they are walked in: a match is never far there."""
    document = SearchEntry.objects.filter(pk=models.OuterRef("pk")).values("document")[:1]
    return rows.filter(answers(models.Subquery(document), terms))
