"""Keeping the prepared table of pairs that look alike. Only workers and commands call this, never a request."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import connection, transaction

from accounts import clock
from proposals.models import Proposal, SimilarPair
from proposals.models.similar_pair import STANDING
from proposals.querysets import ProposalQuerySet
from proposals.similar import candidates as similar
from proposals.similar.candidates import Candidate
from proposals.stages import Stage

#: The best of a crowded place are enough: somebody who clears them finds the next ones.
_MOST = 20
_CHUNK = 500
#: Writers of the table come one after another: two that found the same pair at once would wait for each other.
_LOCK = 7_201_115


def find_pairs(ids: Iterable[UUID]) -> int:
    """Look again for what is like each of these; the number of pairs found. Pairs that no longer hold are taken out."""
    rows = Proposal.objects.filter(pk__in=list(ids)).select_related("cycle", "dictionary_entry").order_by("pk")
    return sum(_renew(proposal) for proposal in rows)


def find_all(region_code: str = "") -> Iterator[tuple[int, int]]:
    """Look at every standing proposal of a region: after each chunk `(proposals looked at so far, pairs found so far)`."""
    looked, pairs = 0, 0
    for keys in _chunks(_standing().within(region_code)):
        pairs += find_pairs(keys)
        looked += len(keys)
        yield looked, pairs


def _standing() -> ProposalQuerySet:
    return Proposal.objects.filter(outcome__in=STANDING).exclude(stage=Stage.DRAFT).order_by("pk")


def _chunks(rows: ProposalQuerySet) -> Iterator[list[UUID]]:
    last: UUID | None = None
    while keys := list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:_CHUNK]):
        yield keys
        last = keys[-1]


def _renew(proposal: Proposal) -> int:
    stands = proposal.stage != Stage.DRAFT and proposal.outcome in STANDING
    told = similar.found(similar.asked_of(proposal), standing_only=True)[:_MOST] if stands else []
    pairs = sorted((_pair(proposal, one) for one in told), key=lambda pair: (pair.first_id, pair.second_id))
    with transaction.atomic():
        _one_at_a_time()
        kept = {(pair.first_id, pair.second_id) for pair in pairs}
        before = SimilarPair.objects.of(proposal.pk).values_list("pk", "first_id", "second_id")
        SimilarPair.objects.filter(pk__in=[pk for pk, first, second in before if (first, second) not in kept]).delete()
        SimilarPair.objects.bulk_create(
            pairs,
            update_conflicts=True,
            unique_fields=["first", "second"],
            update_fields=["first_village", "second_village", "points", "distance_m", "overlap", "work", "words", "found_at"],
        )
    return len(pairs)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _pair(proposal: Proposal, found: Candidate) -> SimilarPair:
    sides = sorted([(proposal.pk, proposal.village_id), (found.key, found.village)])
    return SimilarPair(
        first_id=sides[0][0],
        second_id=sides[1][0],
        first_village=sides[0][1],
        second_village=sides[1][1],
        points=found.points,
        distance_m=found.facts.distance_m,
        overlap=found.facts.overlap,
        work=found.facts.work.value,
        words=found.facts.words,
        found_at=clock.now(),
    )
