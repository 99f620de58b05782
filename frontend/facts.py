"""What a proposal's page asks about the proposal and its reader in one row: how many said what, and what the reader did."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject

from accounts.models import User
from accounts.scope import Person
from deliberation import reading
from deliberation.models import Comment, Follow, Support
from geo import codes
from geo.models import Region
from proposals.models import Proposal


@dataclass(frozen=True)
class Facts:
    """`stances`: public comments by stance, hidden ones not counted. The rest is the reader's own, empty for a visitor."""

    home: Region
    stances: dict[str, int] = field(default_factory=dict)
    supported: bool = False
    #: Key of the follow.
    follows: int | None = None
    has_spoken: bool = False

    @property
    def takes_part(self) -> bool:
        """Whether the reader supported it or said something: who did is offered to follow."""
        return self.supported or self.has_spoken

    def frame(self) -> dict[str, Region]:
        """The home region for the page's frame, which would ask for it again."""
        return {"home": self.home}


def facts_of(user: Person, proposal: Proposal) -> Facts:
    """One query, for a visitor as for anybody else."""
    asked: dict[str, Any] = {"stances": _stances()}
    if isinstance(user, User):
        asked["supported"] = Exists(Support.objects.filter(user=user, proposal=OuterRef("pk")))
        asked["follows"] = Subquery(Follow.objects.filter(user=user, proposal=OuterRef("pk")).values("pk")[:1])
        asked["has_spoken"] = Exists(Comment.objects.filter(author=user, proposal=OuterRef("pk")))
    home = _home_above(proposal.village)
    if home is None:
        rows = Region.objects.filter(pk=settings.HOME_REGION)
        asked["home"] = Subquery(rows.values(row=JSONObject(code="code", name="name", kind="kind", level="level"))[:1])
    row: Any = Proposal.objects.filter(pk=proposal.pk).values(**asked).get()
    row["stances"] = {one["stance"]: one["count"] for one in row["stances"]}
    row["home"] = home or Region(**(row["home"] or {"code": settings.HOME_REGION, "name": settings.HOME_REGION}))
    return Facts(**row)


def _stances() -> ArraySubquery:
    counted = reading.by_stance(Comment.objects.filter(proposal=OuterRef("pk")))
    return ArraySubquery(counted.values(row=JSONObject(stance="stance", count="count")))


def _home_above(region: Region | None) -> Region | None:
    """The home region among those that were loaded with the proposal, as nearly always."""
    while region is not None and region.pk != settings.HOME_REGION:
        region = region.parent if codes.covers(settings.HOME_REGION, region.pk) else None
    return region
