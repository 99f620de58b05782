"""Ballots of the demonstration: one that all residents of a village can vote on now, one that is closed, counted and published."""

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts import clock
from accounts.models import Residency, User
from deliberation.ballots.reading import rules_of, standees_of
from deliberation.ballots.rules import Mark, faults_of
from deliberation.ballots.services.casting import cast_vote
from deliberation.ballots.services.closing import close_ballot
from deliberation.ballots.services.making import Draft, save_draft
from deliberation.ballots.services.opening import open_ballot
from deliberation.ballots.services.paper_batches import count_batch, open_batch, type_batch
from deliberation.ballots.services.paper_roll import PaperVoter, mark_paper_voters
from deliberation.ballots.services.publishing import publish_ballot
from deliberation.models import Ballot
from musrenbang.demo import people
from proposals.models import Cycle, Proposal
from proposals.stages import DECIDING, Outcome

_ON_PAPER = ("Hamidah", "Sulaiman", "Rohani", "Bujang", "Saniah", "Tan A Hok", "Mariana")
#: What the seven sheets say.
_SHEETS = ("1 2", "1", "2 3", "-", "1 3", "x", "2")


def tell(cycle: Cycle, parts: dict[str, User], now: datetime) -> None:
    """Both, as their officials would make them."""
    _published(cycle, parts, now - timedelta(days=30))
    _running(cycle, parts, now)


def _published(cycle: Cycle, parts: dict[str, User], at: datetime) -> None:
    chosen = _proposals(cycle, people.SUBDISTRICT, 6)
    if len(chosen) < 3:
        return
    draft = Draft(
        scope="residents",
        kind="approval",
        title="Tiga usulan yang paling ditunggu warga kecamatan",
        purpose="Bahan bagi utusan desa sebelum musrenbang kecamatan. Hasilnya nasihat; keputusan tetap di musyawarah.",
        opens_at=at,
        closes_at=at + timedelta(days=7),
        region_code=people.SUBDISTRICT,
        plan_year=cycle.plan_year,
        limits={"most": 3},
        proposals=tuple(one.pk for one in chosen),
    )
    with clock.telling(at):
        ballot = _opened(draft, parts["camat"])
    with clock.telling(at + timedelta(days=2)):
        _vote(ballot, 34)
        voters = [PaperVoter(name=name, village=people.VILLAGE, hint="loket kantor desa") for name in _ON_PAPER]
        mark_paper_voters(ballot_id=ballot.pk, actor=parts["camat"], voters=voters)
    with clock.telling(ballot.closes_at + timedelta(hours=1)):
        close_ballot(ballot_id=ballot.pk, actor=parts["camat"])
        batch = open_batch(batch_id=uuid.uuid4(), ballot_id=ballot.pk, actor=parts["camat"], label="Kotak kantor desa", sheets=len(_SHEETS))
        for typist in ("camat", "bappeda"):
            type_batch(batch_id=batch.pk, actor=parts[typist], lines=_SHEETS)
        count_batch(batch_id=batch.pk, actor=parts["camat"])
        publish_ballot(ballot_id=ballot.pk, actor=parts["camat"])


def _running(cycle: Cycle, parts: dict[str, User], now: datetime) -> None:
    chosen = _proposals(cycle, people.VILLAGE, 7)
    if len(chosen) < 2:
        return
    draft = Draft(
        scope="residents",
        kind="knapsack",
        title="Apa yang dikerjakan lebih dulu dengan pagu desa?",
        purpose="Pilih usulan yang menurut Anda didahulukan, selama jumlahnya tidak melebihi pagu.",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=9),
        region_code=people.VILLAGE,
        plan_year=cycle.plan_year,
        limits={"budget": sum(one.amount or 0 for one in chosen) * 6 // 10 // 1_000_000 * 1_000_000},
        proposals=tuple(one.pk for one in chosen),
    )
    with clock.telling(now - timedelta(days=1)):
        ballot = _opened(draft, parts["kades"])
    with clock.telling(now - timedelta(hours=20)):
        _vote(ballot, 9)


def _opened(draft: Draft, by: User) -> Ballot:
    ballot, _new = save_draft(ballot_id=uuid.uuid4(), actor=by, draft=draft)
    return open_ballot(ballot_id=ballot.pk, actor=by)


def _proposals(cycle: Cycle, region: str, count: int) -> Sequence[Proposal]:
    found = Proposal.objects.within(region).filter(cycle=cycle, stage__in=DECIDING, outcome=Outcome.OPEN, amount__gt=0)
    return list(found.order_by("-supports", "number", "pk")[:count])


def _vote(ballot: Ballot, most: int) -> None:
    """Neighbours vote; the account that a visitor plays does not, so that the visitor can."""
    chance, rules, standees = random.Random(9), rules_of(ballot), standees_of(ballot)  # noqa: S311 - a story, told the same each time
    homes = Residency.objects.filter(village__pk__startswith=ballot.region_id, status=Residency.Status.CONFIRMED).exclude(user__username="warga")
    for claim in homes.select_related("user").order_by("pk")[:most]:
        marks: list[Mark] = []
        for number in chance.sample(sorted(standees), len(standees)):
            if not faults_of(rules, standees, [*marks, (number, 1)]) and chance.random() < 0.7:
                marks.append((number, 1))
        cast_vote(ballot_id=ballot.pk, actor=claim.user, marks=marks, nonce=uuid.UUID(int=chance.getrandbits(128)), abstains=not marks)
