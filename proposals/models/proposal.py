"""The proposal itself."""

import uuid
from typing import ClassVar

from django.contrib.gis.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from geo.models import Region
from proposals.models.cycle import Cycle, DictionaryEntry
from proposals.querysets import ProposalQuerySet
from proposals.stages import Outcome, Realisation, Stage
from proposals.words import OUTCOME_WORDS, REALISATION_WORDS, STAGE_WORDS, Channel, LandOwner, LocationSource, Sector

#: The largest amount accepted: a thousand trillion rupiah, far above any kabupaten's budget and within bigint.
AMOUNT_MAX = 10**15
VOLUME_MAX = 10**9


class Proposal(models.Model):
    """One thing that a village asks for, in one plan year. Written only by `proposals.services`.

    `amount` and `volume` are what stands now; what was asked first is in the first recommendation. Counters (`supports`,
    `comments`) change in the transaction of the row they count.
    """

    #: The writer's own UUID, so that a phone may send the same draft as often as it likes.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: Given at submission: `6112-2028-0417` (kabupaten, plan year, running number). Drafts have none.
    number = models.CharField(max_length=24, null=True, blank=True, unique=True)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="proposals")
    plan_year = models.PositiveSmallIntegerField()
    village = models.ForeignKey(Region, models.PROTECT, related_name="proposals")

    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.VILLAGE)
    #: Whose programme it is, for other channels than the village's: council member and faction, or the body.
    sponsor = models.CharField(max_length=160, blank=True)
    #: What it rests on there: the recess, the line of the agency's plan, the regulation that obliges.
    sponsor_reference = models.CharField(max_length=160, blank=True)

    title = models.CharField(_("title"), max_length=160)
    problem = models.TextField(_("problem"), blank=True, max_length=4000)
    objective = models.TextField(_("objective"), blank=True, max_length=2000)
    sector = models.CharField(_("sector"), max_length=16, choices=Sector.choices, blank=True)
    dictionary_entry = models.ForeignKey(DictionaryEntry, models.PROTECT, null=True, blank=True, related_name="proposals")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="proposals")
    volume = models.DecimalField(_("volume"), max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    unit_price = models.BigIntegerField(_("unit price"), null=True, blank=True)
    amount = models.BigIntegerField(_("amount"), null=True, blank=True)
    #: Why the amount asked for is another than volume x unit price; shown to all.
    amount_reason = models.CharField(max_length=300, blank=True)

    locus = models.CharField(_("place in words"), max_length=200, blank=True)
    location = models.PointField(null=True, blank=True)
    location_source = models.CharField(max_length=8, choices=LocationSource.choices, default=LocationSource.NONE)
    location_accuracy_m = models.PositiveIntegerField(null=True, blank=True)
    #: The village the point lies in, where it is another than the one that asks; then the reason is shown to all.
    located_village = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    mismatch_reason = models.CharField(max_length=300, blank=True)
    #: What was drawn or walked: a line or an area, WGS 84; `location` then lies on it. Null for a single place.
    shape = models.GeometryField(null=True, blank=True)
    #: Measured on the ellipsoid: metres of a line, square metres of an area.
    shape_measure = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    land_owner = models.CharField(max_length=12, choices=LandOwner.choices, blank=True)

    #: Who raised it, marked at the pre-meeting, so that it can be followed to its result.
    raised_by_women = models.BooleanField(default=False)
    raised_by_youth = models.BooleanField(default=False)
    raised_by_disabled = models.BooleanField(default=False)
    raised_by_poor = models.BooleanField(default=False)
    pre_meeting = models.CharField(max_length=160, blank=True)
    beneficiaries_female = models.PositiveIntegerField(null=True, blank=True)
    beneficiaries_male = models.PositiveIntegerField(null=True, blank=True)
    beneficiary_households = models.PositiveIntegerField(null=True, blank=True)
    poor_households = models.PositiveIntegerField(null=True, blank=True)

    stage = models.CharField(max_length=12, choices=[(stage.value, word) for stage, word in STAGE_WORDS.items()], default=Stage.DRAFT)
    outcome = models.CharField(max_length=12, choices=[(outcome.value, word) for outcome, word in OUTCOME_WORDS.items()], default=Outcome.OPEN)
    realisation = models.CharField(
        max_length=16, choices=[(state.value, word) for state, word in REALISATION_WORDS.items()], blank=True, default=Realisation.NONE
    )
    rank = models.PositiveIntegerField(null=True, blank=True)
    #: The plan year in which it was first asked for, where it was carried over; years waiting are counted from it.
    first_asked_year = models.PositiveSmallIntegerField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    #: What a published run gave; null until funded.
    funded_amount = models.BigIntegerField(null=True, blank=True)
    funding_source = models.CharField(max_length=24, blank=True)

    supports = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    author = models.ForeignKey(User, models.PROTECT, related_name="proposals")
    #: Who asks, where somebody else enters it: "Kelompok ibu Dusun Karya".
    on_behalf_of = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    #: When its writer's device captured it without signal, put right by the server's clock.
    captured_at = models.DateTimeField(null=True, blank=True)
    stage_entered_at = models.DateTimeField()
    #: Of what the author last sent as the whole draft: the same again is a repeat, even after somebody corrected it.
    sent_sha256 = models.CharField(max_length=64, blank=True, default="")
    #: Where an imported row came from, so that the same sheet twice adds nothing.
    source_system = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=80, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-changed_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0, amount__lte=AMOUNT_MAX), name="an_amount_is_positive_whole_rupiah"
            ),
            models.CheckConstraint(condition=Q(volume__isnull=True) | Q(volume__gt=0, volume__lte=VOLUME_MAX), name="a_volume_is_positive"),
            models.CheckConstraint(condition=Q(stage="draft") | Q(number__isnull=False), name="only_a_draft_has_no_number"),
            models.CheckConstraint(condition=Q(stage="draft") | Q(amount__isnull=False, volume__isnull=False), name="only_a_draft_has_no_amount"),
            models.CheckConstraint(
                condition=Q(outcome="funded", funded_amount__isnull=False) | (~Q(outcome="funded") & Q(funded_amount__isnull=True)),
                name="funded_and_only_funded_has_a_funded_amount",
            ),
            models.CheckConstraint(condition=Q(outcome="merged") | Q(merged_into__isnull=True), name="only_a_merged_proposal_names_its_target"),
            models.UniqueConstraint(
                fields=["source_system", "source_id", "village", "plan_year"], condition=~Q(source_id=""), name="one_proposal_per_imported_row"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cycle", "stage", "outcome"], name="proposals_waiting_at_a_stage"),
            models.Index(fields=["village", "-changed_at", "id"], name="proposals_of_a_village"),
            models.Index(fields=["plan_year", "changed_at", "id"], name="proposals_of_a_year"),
            models.Index(fields=["author", "-changed_at", "id"], name="proposals_of_an_author"),
            models.Index(fields=["-changed_at", "id"], condition=Q(first_asked_year__isnull=False), name="proposals_asked_for_years"),
        ]

    @property
    def years_waiting(self) -> int:
        """How many plan years ago it was first asked for; 0 for what is new this year."""
        return max(0, self.plan_year - self.first_asked_year) if self.first_asked_year else 0

    def __str__(self) -> str:
        return f"{self.number or self.pk} {self.title}"

    @property
    def address(self) -> str:
        """What stands in the page's address: the number, or the UUID of a draft."""
        return self.number or str(self.pk)
