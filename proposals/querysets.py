"""Questions about proposals, in the words of the town hall."""

import math
from typing import Any

from django.contrib.gis.db import models
from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import Distance
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from proposals.stages import Outcome, Stage

#: A province's code has two signs, a kabupaten's five.
_INDEXED_BEGINNINGS = frozenset({2, 5})
_DOTS_OF_A_VILLAGE = 3
_METRES_A_DEGREE = 110_500
_NEARLY_THE_POLE = 89.9


class _Question(models.Value):
    """The text of a tsquery as one."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The value with its type."""
        sql, values = super().as_sql(compiler, connection)
        return f"{sql}::tsquery", tuple(values)


def answers(document: Any, terms: str) -> models.Func:
    """The condition that a search document answers a question."""
    return models.Func(document, _Question(terms), template="(%(expressions)s)", arg_joiner=" @@ ", output_field=models.BooleanField())


class ProposalQuerySet(models.QuerySet):
    """`Proposal.objects.public().within("61.12").waiting_at(Stage.SUBDISTRICT)`."""

    def public(self) -> "ProposalQuerySet":
        """What everybody may see: all but drafts."""
        return self.exclude(stage=Stage.DRAFT)

    def within(self, code: str) -> "ProposalQuerySet":
        """Proposals of the region and everything below it; the empty code is the nation.

        Provinces and kabupaten are asked for by the beginning of the code that the indexes of the lists begin with.
        """
        if len(code) in _INDEXED_BEGINNINGS:
            return self.filter(Exact(Left("village_id", len(code)), code))
        return self.filter(**{"village_id" if code.count(".") == _DOTS_OF_A_VILLAGE else "village__code__startswith": code}) if code else self.all()

    def waiting_at(self, stage: Stage) -> "ProposalQuerySet":
        """Open or reserved at a stage: somebody there still has to decide."""
        return self.filter(stage=stage, outcome__in=[Outcome.OPEN, Outcome.RESERVED])

    def in_box(self, box: Polygon) -> "ProposalQuerySet":
        """Proposals whose point lies in a box."""
        return self.filter(location__coveredby=box)

    def near(self, point: Point, metres: float) -> "ProposalQuerySet":
        """Proposals whose point lies within so many metres; the box around the circle is asked of the index first."""
        high = metres / _METRES_A_DEGREE
        wide = high / max(math.cos(math.radians(min(abs(point.y) + high, _NEARLY_THE_POLE))), 1e-6)
        box = Polygon.from_bbox((point.x - wide, point.y - high, point.x + wide, point.y + high))
        box.srid = 4326
        return self.in_box(box).filter(location__distance_lte=(point, Distance(m=metres)))

    def worded(self, terms: str) -> "ProposalQuerySet":
        """Those whose search entry answers a question to the index (`search.Meaning.terms`, `facets.terms`)."""
        return self.filter(answers(models.F("search_entry__document"), terms))

    def by_relevance(self, terms: str) -> "ProposalQuerySet":
        """With `relevance`, a whole number: how well the words are met, the title's most, then number and place, problem, objective."""
        rank = models.Func(
            models.F("search_entry__document"),
            _Question(terms),
            template="(ts_rank('{0.1, 0.2, 0.4, 1.0}', %(expressions)s, 1) * 1000000)::integer",
            output_field=models.IntegerField(),
        )
        return self.annotate(relevance=rank)

    def for_cards(self) -> "ProposalQuerySet":
        """With what a card or a row of a list shows, in a constant number of queries."""
        return self.select_related("village", "village__parent", "village__parent__parent", "agency", "author").defer(
            *(f"{path}__{field}" for path in ("village", "village__parent", "village__parent__parent") for field in ("boundary", "outline"))
        )
