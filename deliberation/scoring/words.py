"""The words of scoring."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(models.TextChoices):
    """Where the value of a criterion comes from."""

    PANEL = "panel", _("scored by the panel")
    COMPUTED = "computed", _("computed")


class Unknown(models.TextChoices):
    """What counts where nothing is known of a criterion."""

    MIDDLE = "middle", _("counts as 3")
    LOWEST = "lowest", _("counts as 1")
    LEFT_OUT = "left_out", _("is left out for that proposal")


class PanelState(models.TextChoices):
    """How a panel stands. A person opens and closes it."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", pgettext_lazy("state of a panel", "Scoring")
    CLOSED = "closed", _("Closed")


class SheetState(models.TextChoices):
    """How one scorer's sheet stands."""

    DRAFT = "draft", _("not submitted")
    SUBMITTED = "submitted", _("submitted")


class Tie(models.TextChoices):
    """What ties a scorer to a proposal, so that this scorer does not score it."""

    AUTHOR = "author", _("wrote the proposal")
    RESIDENT = "resident", _("lives in the village that asks")
    OFFICER = "officer", _("holds an office in the village that asks")
    DECLARED = "declared", _("declared a link")
