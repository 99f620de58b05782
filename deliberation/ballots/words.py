"""The words of ballots."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BallotKind(models.TextChoices):
    """What a voter writes on the ballot."""

    APPROVAL = "approval", _("Approval")
    KNAPSACK = "knapsack", _("Within a budget")
    RANKING = "ranking", _("Ranking")
    POINTS = "points", _("Points")


class BallotScope(models.TextChoices):
    """Who may vote."""

    ROLL = "roll", _("Those on the roll of the meeting")
    DELEGATES = "delegates", _("Delegates with a mandate for the stage of the meeting")
    RESIDENTS = "residents", _("All verified residents")


class BallotState(models.TextChoices):
    """How a ballot stands. Persons open, close and publish it; the clock alone only ends its input."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open for votes")
    CLOSED = "closed", _("Closed")
    PUBLISHED = "published", _("Published")
    ANNULLED = "annulled", _("Annulled")


class Secrecy(models.TextChoices):
    """Whether it is kept who voted for what."""

    SECRET = "secret", _("Secret")
    OPEN = "open", _("Open, by name")


class VoteChannel(models.TextChoices):
    """How somebody voted."""

    ONLINE = "online", _("Online")
    PAPER = "paper", _("On paper")


class BatchState(models.TextChoices):
    """How a batch of paper ballots stands."""

    TYPING = "typing", _("Being typed")
    DIFFERS = "differs", _("The two typings differ")
    AGREED = "agreed", _("Both typings agree")
    COUNTED = "counted", _("Counted")


class FileKind(models.TextChoices):
    """What anybody recounts with."""

    PABULIB = "ballots.pb", _("Ballots (Pabulib)")
    TABLE = "ballots.csv", _("Ballots (CSV)")
    RECEIPTS = "receipts.csv", _("Receipts (CSV)")
