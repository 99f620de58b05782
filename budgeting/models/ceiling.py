"""Ceilings and what is committed against them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from geo.models import Region
from proposals.models import Proposal
from proposals.models.proposal import AMOUNT_MAX


class FundingSource(models.TextChoices):
    """Where the money comes from (DOMAIN 7.1)."""

    VILLAGE_FUND = "village_fund", _("Village Fund (Dana Desa)")
    VILLAGE_BUDGET = "village_budget", _("village budget (APBDes)")
    DISTRICT_BUDGET = "district_budget", _("district budget (APBD)")
    SPECIAL_ALLOCATION = "special_allocation", _("Special Allocation Fund (DAK)")
    PROVINCE_BUDGET = "province_budget", _("province budget (APBD Provinsi)")
    WARD_FUND = "ward_fund", _("ward fund (Dana Kelurahan)")
    MINISTRY_BUDGET = "ministry_budget", _("ministry budget (APBN)")
    #: Written down beside the budget; nobody sets a ceiling for it.
    COMMUNITY = "community", _("companies and self-help (CSR)")


class Ceiling(models.Model):
    """How much a region, or one agency in it, may plan from one source in one year: a node of the source's tree.

    Its balance is computed from the ledger and the ceilings below it, never edited.
    """

    plan_year = models.PositiveSmallIntegerField()
    region = models.ForeignKey(Region, models.PROTECT, related_name="ceilings")
    funding_source = models.CharField(max_length=24, choices=FundingSource.choices)
    #: Whose part it is; null where it is not divided among agencies.
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="ceilings")
    #: The ceiling that this one is a part of: same year and source, a region that covers this one.
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    amount = models.BigIntegerField()
    reserve = models.BigIntegerField(default=0)
    legal_basis = models.CharField(max_length=300)
    #: The formula that gave the amount; null where somebody set it by hand.
    formula = models.ForeignKey("budgeting.Formula", models.PROTECT, null=True, blank=True, related_name="given")
    version = models.PositiveIntegerField(default=1)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-plan_year", "region_id", "funding_source"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan_year", "region", "funding_source", "agency"],
                nulls_distinct=False,
                name="one_ceiling_per_year_region_source_and_agency",
            ),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="a_ceiling_is_no_part_of_itself"),
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=AMOUNT_MAX), name="a_ceiling_is_positive_whole_rupiah"),
            models.CheckConstraint(condition=Q(reserve__gte=0, reserve__lt=F("amount")), name="a_reserve_is_part_of_its_ceiling"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True) | (Q(published_by__isnull=False) & ~Q(published_by=F("set_by"))),
                name="a_ceiling_is_published_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_year} {self.region_id} {self.funding_source}"


class LedgerEntry(models.Model):
    """What happened to the money of a ceiling; written under the ceiling's row lock, never changed.

    Commitments name their proposal, everything else the transfer that two people signed.
    """

    class Kind(models.TextChoices):
        """What the entry does: `ledger.py` adds them up."""

        COMMIT = "commit", _("committed")
        RELEASE = "release", _("released")
        TRANSFER_IN = "transfer_in", _("transferred in")
        TRANSFER_OUT = "transfer_out", _("transferred out")
        #: At the ceiling above, where money went to a part or came back from it: told there, counted in the part's own size.
        HANDED_DOWN = "handed_down", _("handed to a part")
        HANDED_BACK = "handed_back", _("handed back by a part")
        RESERVE_RELEASE = "reserve_release", _("released from the reserve")

    ceiling = models.ForeignKey(Ceiling, models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    amount = models.BigIntegerField()
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="ledger")
    run = models.ForeignKey("budgeting.AllocationRun", models.PROTECT, null=True, blank=True, related_name="ledger")
    transfer = models.ForeignKey("budgeting.Transfer", models.PROTECT, null=True, blank=True, related_name="entries")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["ceiling_id", "pk"]
        verbose_name_plural = "ledger entries"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_ledger_entry_is_positive"),
            models.CheckConstraint(
                condition=Q(kind__in=["commit", "release"], proposal__isnull=False, transfer__isnull=True)
                | Q(~Q(kind__in=["commit", "release"]), proposal__isnull=True, transfer__isnull=False),
                name="a_ledger_entry_names_its_proposal_or_its_transfer",
            ),
            models.UniqueConstraint(fields=["proposal", "run", "kind"], name="one_ledger_entry_per_proposal_run_and_kind"),
            models.UniqueConstraint(fields=["transfer", "ceiling", "kind"], name="one_ledger_entry_per_transfer_ceiling_and_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.ceiling_id} {self.kind} {self.amount}"
