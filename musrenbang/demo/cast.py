"""Everybody who acts in the demonstration's story."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import Agency, User
from accounts.roles import Role
from geo.models import Region
from musrenbang.demo import people
from proposals.models import Proposal
from proposals.stages import Stage


@dataclass
class Cast:
    """Everybody who acts in the story."""

    parts: dict[str, User]
    facilitators: dict[str, User] = field(default_factory=dict)
    heads: dict[str, User] = field(default_factory=dict)
    officers: dict[str, User] = field(default_factory=dict)
    agency_officers: dict[int, User] = field(default_factory=dict)
    neighbours: dict[str, list[User]] = field(default_factory=dict)

    def decider(self, stage: Stage, proposal: Proposal) -> User:
        """Who decides about a proposal at a stage."""
        return {
            Stage.VILLAGE: self.heads.get(proposal.village_id),
            Stage.SUBDISTRICT: self.officers.get(proposal.village_id[:8]),
            Stage.AGENCY: self.agency_officers.get(proposal.agency_id or 0),
            Stage.DISTRICT: self.parts["bappeda"],
            Stage.BUDGET: self.parts["tapd"],
        }[stage] or self.parts["bappeda"]


def gather(parts: dict[str, User], villages: list[Region], agencies: dict[str, Agency], since: datetime) -> Cast:
    """Give every village, sub-district and agency of the story its people."""
    cast, names = Cast(parts), iter(_names())
    day = since.date()
    for village in villages:
        home = village.pk == people.VILLAGE
        facilitator = parts["fasilitator"] if home else people.person(f"fasilitator-{village.pk}", next(names), usable=False)
        head = parts["kades"] if home else people.person(f"kades-{village.pk}", next(names), usable=False)
        if not home:
            people.give(facilitator, Role.FACILITATOR, village.pk, day)
            people.give(head, Role.VILLAGE_HEAD, village.pk, day)
        cast.facilitators[village.pk], cast.heads[village.pk] = facilitator, head
        cast.neighbours[village.pk] = [people.person(f"warga-{village.pk}-{place}", next(names), usable=False) for place in range(14 if home else 8)]
        for neighbour in cast.neighbours[village.pk]:
            people.settle(neighbour, village, facilitator, since)
        office = village.pk[:8]
        if office not in cast.officers:
            cast.officers[office] = parts["camat"] if office == people.SUBDISTRICT else people.person(f"camat-{office}", next(names), usable=False)
            if office != people.SUBDISTRICT:
                people.give(cast.officers[office], Role.SUBDISTRICT_OFFICER, office, day)
    for code, agency in agencies.items():
        officer = parts["dinas"] if code == "PUPR" else people.person(f"dinas-{code.lower()}", next(names), usable=False)
        if code != "PUPR":
            people.give(officer, Role.AGENCY_OFFICER, people.DISTRICT, day, agency)
        cast.agency_officers[agency.pk] = officer
    return cast


def _names() -> Iterator[str]:
    turn = 0
    while True:
        turn += 1
        for name in people.NEIGHBOURS:
            yield name if turn == 1 else f"{name} {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[(turn - 2) % 26]}."
