"""Questions about proposals, in the words of the town hall."""

from django.contrib.gis.db import models
from django.contrib.gis.geos import Polygon

from proposals.stages import Outcome, Stage


class ProposalQuerySet(models.QuerySet):
    """`Proposal.objects.public().within("61.12").waiting_at(Stage.SUBDISTRICT)`."""

    def public(self) -> "ProposalQuerySet":
        """What everybody may see: all but drafts."""
        return self.exclude(stage=Stage.DRAFT)

    def within(self, code: str) -> "ProposalQuerySet":
        """Proposals of the region and everything below it; the empty code is the nation."""
        return self.filter(models.Q(village_id=code) | models.Q(village__code__startswith=code + ".")) if code else self.all()

    def waiting_at(self, stage: Stage) -> "ProposalQuerySet":
        """Open or reserved at a stage: somebody there still has to decide."""
        return self.filter(stage=stage, outcome__in=[Outcome.OPEN, Outcome.RESERVED])

    def waiting_years(self, years: int) -> "ProposalQuerySet":
        """Carried over, and first asked for at least so many plan years before its own."""
        return self.filter(first_asked_year__isnull=False, first_asked_year__lte=models.F("plan_year") - years)

    def in_box(self, box: Polygon) -> "ProposalQuerySet":
        """Proposals whose point lies in a box."""
        return self.filter(location__coveredby=box)

    def for_cards(self) -> "ProposalQuerySet":
        """With what a card or a row of a list shows, in a constant number of queries."""
        return self.select_related("village", "village__parent", "village__parent__parent", "agency", "author").defer(
            *(f"{path}__{field}" for path in ("village", "village__parent", "village__parent__parent") for field in ("boundary", "outline"))
        )
