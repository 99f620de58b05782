"""Council members' items and villages' proposals that serve the same place: the prepared pairs, read for money.

Nothing is looked for here: `proposals.similar` keeps the pairs, and people judge them on its pages. A pair counts until somebody
judges that the two are different works, or related ones that are both needed.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Left

from proposals.models import Proposal, SimilarPair
from proposals.models.resemblance import Verdict
from proposals.models.similar_pair import SimilarPairQuerySet
from proposals.words import Channel

_KABUPATEN = 5


def council_beside_village() -> SimilarPairQuerySet:
    """Standing pairs of a council member's item and a village's proposal: same kabupaten, same year, the same or a near place."""
    pairs = SimilarPair.objects.standing().same_year().across_channels(Channel.COUNCIL)
    near = pairs.annotate(one=Left("first_village", _KABUPATEN), other=Left("second_village", _KABUPATEN))
    placed = Q(distance_m__isnull=False) | Q(first_village=F("second_village"))
    return near.filter(placed, one=F("other"))  # type: ignore[return-value] # its own manager's queryset


@dataclass(frozen=True)
class Beside:
    """A council member's item and the village's proposal at its place."""

    council: Proposal
    village: Proposal
    distance_m: int | None
    is_judged: bool

    @property
    def numbers(self) -> str:
        """Both numbers in one line, as a run's form names two that exclude each other."""
        return f"{self.council.number} {self.village.number}"


def among(rows: QuerySet[Proposal]) -> list[Beside]:
    """The pairs of which both are among these rows, with both proposals, the most alike first; one query.

    What a run's form offers as pairs of which only one is paid, and what the page of a list warns about.
    """
    keys = rows.order_by().values("pk")
    found = _unless_told_apart(council_beside_village().filter(first__in=keys, second__in=keys).with_verdict())
    return [_beside(pair) for pair in found.with_rows().order_by("-points", "id")]


def _beside(pair: Any) -> Beside:
    council, village = (pair.first, pair.second) if pair.first.channel == Channel.COUNCIL else (pair.second, pair.first)
    return Beside(council, village, pair.distance_m, pair.verdict == Verdict.SAME)


def _unless_told_apart(found: SimilarPairQuerySet) -> SimilarPairQuerySet:
    return found.filter(Q(verdict__isnull=True) | Q(verdict=Verdict.SAME))
