"""Pairs of proposals that look alike, found in the background, and the questions about them in the town hall's words."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from proposals.models.lineage import Lineage
from proposals.models.proposal import Proposal
from proposals.models.resemblance import Resemblance, Verdict
from proposals.similar.alike import Work
from proposals.stages import Outcome, Stage
from proposals.words import Channel

#: Of such proposals something may still come, or has: two of them can cost money twice.
STANDING = (Outcome.OPEN, Outcome.RESERVED, Outcome.RETURNED, Outcome.FUNDED)
#: Programmes of others, beside what the villages ask for.
OTHERS = (Channel.COUNCIL, Channel.AGENCY, Channel.MANDATORY)
_VILLAGE = ("village", "village__parent", "village__parent__parent")


class SimilarPairQuerySet(models.QuerySet):
    """`SimilarPair.objects.standing().within("61.12").unjudged()`; the order is worst first."""

    def standing(self) -> "SimilarPairQuerySet":
        """Pairs in which both still stand, and neither descends from the other."""
        one, other = Q(parent=OuterRef("first"), child=OuterRef("second")), Q(parent=OuterRef("second"), child=OuterRef("first"))
        both = self.filter(first__outcome__in=STANDING, second__outcome__in=STANDING)
        sent = both.exclude(first__stage=Stage.DRAFT).exclude(second__stage=Stage.DRAFT)
        return sent.exclude(Exists(Lineage.objects.filter(one | other)))

    def within(self, code: str) -> "SimilarPairQuerySet":
        """Pairs of which at least one lies in the region; the empty code is the nation."""
        return self.filter(_inside("first_village", code) | _inside("second_village", code)) if code else self.all()

    def within_any(self, codes: list[str]) -> "SimilarPairQuerySet":
        """Pairs of one of several regions; of none where none is named."""
        asked = Q(pk__in=[])
        for code in codes:
            if not code:
                return self.all()
            asked |= _inside("first_village", code) | _inside("second_village", code)
        return self.filter(asked)

    def of(self, proposal_id: object) -> "SimilarPairQuerySet":
        """Pairs that hold this proposal."""
        return self.filter(Q(first=proposal_id) | Q(second=proposal_id))

    def with_verdict(self) -> "SimilarPairQuerySet":
        """With the newest judgement of each pair: `verdict`, empty where there is none."""
        newest = _judgements().order_by("-turn")
        return self.annotate(verdict=Subquery(newest.values("verdict")[:1]), difference=Subquery(newest.values("difference")[:1]))

    def unjudged(self) -> "SimilarPairQuerySet":
        """Pairs about which nobody has said anything yet."""
        return self.exclude(Exists(_judgements()))

    def judged(self, verdict: str) -> "SimilarPairQuerySet":
        """Pairs whose newest judgement says this."""
        return self.with_verdict().filter(verdict=verdict)

    def same_year(self) -> "SimilarPairQuerySet":
        """Pairs of one plan year."""
        return self.filter(first__plan_year=F("second__plan_year"))

    def across_channels(self, channel: str = "") -> "SimilarPairQuerySet":
        """A village's proposal against a programme of others: of this channel, or of any."""
        others = [channel] if channel else [*OTHERS]
        one, other = Q(first__channel=Channel.VILLAGE, second__channel__in=others), Q(second__channel=Channel.VILLAGE, first__channel__in=others)
        return self.filter(one | other)

    def funded_and_asked(self) -> "SimilarPairQuerySet":
        """One has its money, the other still asks."""
        return self.filter(Q(first__outcome=Outcome.FUNDED) ^ Q(second__outcome=Outcome.FUNDED))

    def perhaps_paid_twice(self) -> "SimilarPairQuerySet":
        """Possible double funding: both have money, or one has and the other asks through another channel.

        What somebody judged to be different works, or related ones that are both needed, is none.
        """
        both = Q(first__outcome=Outcome.FUNDED, second__outcome=Outcome.FUNDED)
        one = Q(first__outcome=Outcome.FUNDED) | Q(second__outcome=Outcome.FUNDED)
        suspect = self.standing().filter(both | (one & ~Q(first__channel=F("second__channel"))))
        return suspect.with_verdict().filter(Q(verdict__isnull=True) | Q(verdict=Verdict.SAME))

    def with_rows(self) -> "SimilarPairQuerySet":
        """With both proposals as cards show them, in the same query."""
        joined = [f"{side}__{path}" for side in ("first", "second") for path in _VILLAGE]
        texts = [f"{side}__{name}" for side in ("first", "second") for name in ("problem", "objective")]
        heavy = [f"{path}__{field}" for path in joined for field in ("boundary", "outline", "search_text")]
        return self.select_related("first", "second", *joined).defer(*heavy, *texts)


def _inside(field: str, code: str) -> Q:
    return Q(**{field: code}) | Q(**{f"{field}__startswith": f"{code}."})


def _judgements() -> QuerySet[Resemblance]:
    return Resemblance.objects.filter(first=OuterRef("first"), second=OuterRef("second"))


class SimilarPair(models.Model):
    """Two sent proposals that look alike, found in the background; rewritten whenever one of the two changes.

    Only what costs something to find is kept here. Year, channel, stage and outcome are asked of the proposals themselves.
    """

    first = models.ForeignKey(Proposal, models.CASCADE, related_name="+")
    second = models.ForeignKey(Proposal, models.CASCADE, related_name="+")
    #: Codes of the two villages: a pair belongs to the regions of both.
    first_village = models.CharField(max_length=13, db_index=True)
    second_village = models.CharField(max_length=13, db_index=True)
    #: 0 to 100, see `proposals.similar.alike`.
    points = models.PositiveSmallIntegerField()
    #: Metres between the two; null where one has no place.
    distance_m = models.PositiveIntegerField(null=True, blank=True)
    #: Of the shorter line or the smaller area, per mille; null unless both were drawn alike.
    overlap = models.PositiveSmallIntegerField(null=True, blank=True)
    work = models.CharField(max_length=8, choices=[(work.value, work.value) for work in Work])
    #: How much the titles share, per mille.
    words = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()

    objects = SimilarPairQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-points", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="a_similar_pair_is_found_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_similar_pair_stands_in_one_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["-points", "id"], name="similar_pairs_worst_first")]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}: {self.points}"
