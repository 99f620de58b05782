"""Council members' items and villages' proposals that serve the same place: the prepared pairs, read for money.

Nothing is looked for here: `proposals.similar` keeps the pairs, and people judge them on its pages. A pair counts until somebody
judges that the two are different works, or related ones that are both needed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Left

from proposals.models import SimilarPair
from proposals.models.resemblance import Verdict
from proposals.models.similar_pair import SimilarPairQuerySet
from proposals.words import Channel

_KABUPATEN = 5


@dataclass(frozen=True, order=True)
class SamePlace:
    """Two proposals that serve one place; the smaller key first. `is_judged`: a person said that they are the same work."""

    first: UUID
    second: UUID
    points: int
    distance_m: int | None
    is_judged: bool


def council_beside_village() -> SimilarPairQuerySet:
    """Standing pairs of a council member's item and a village's proposal: same kabupaten, same year, the same or a near place."""
    pairs = SimilarPair.objects.standing().same_year().across_channels(Channel.COUNCIL)
    near = pairs.annotate(one=Left("first_village", _KABUPATEN), other=Left("second_village", _KABUPATEN))
    placed = Q(distance_m__isnull=False) | Q(first_village=F("second_village"))
    return near.filter(placed, one=F("other"))  # type: ignore[return-value] # its own manager's queryset


def same_place(ids: Iterable[UUID]) -> list[SamePlace]:
    """Of these proposals, the pairs council x village that serve one place, unless judged otherwise; one query.

    What an allocation warns about, and what a planner may turn into pairs that exclude each other.
    """
    keys = list(ids)
    found = council_beside_village().filter(first__in=keys, second__in=keys).with_verdict()
    kept = found.filter(Q(verdict__isnull=True) | Q(verdict=Verdict.SAME)).order_by("first_id", "second_id")
    rows = kept.values_list("first_id", "second_id", "points", "distance_m", "verdict")
    return [SamePlace(first, second, points, distance, verdict == Verdict.SAME) for first, second, points, distance, verdict in rows]
