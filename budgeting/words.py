"""The words of money and works for the screen: where a line comes from, whose a photo is, what a villager says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where a line of the budget comes from, so that nobody finds money in it that no village asked for (FIELD 1)."""

    VILLAGE = "village", _("village proposal")
    CARRIED_OVER = "carried_over", _("village proposal carried over")
    COUNCIL = "council", _("council's main thoughts (pokir)")
    AGENCY = "agency", _("agency plan")
    MANDATORY = "mandatory", _("required by regulation")
    #: Nobody can say: no proposal, no recess, no plan and no regulation is named.
    UNKNOWN = "unknown", _("never proposed")


class PhotoMoment(models.TextChoices):
    """When in the course of a work a photo was taken."""

    BEFORE = "before", _("before the work")
    DURING = "during", _("during the work")
    AFTER = "after", _("after the work")


class Witness(models.TextChoices):
    """What somebody of the village says about a work that was reported as done."""

    CONFIRM = "confirm", _("It is right")
    DISPUTE = "dispute", _("There is a problem")
