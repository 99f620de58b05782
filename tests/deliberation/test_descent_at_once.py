"""Two at the same moment, on real connections: carrying over, dividing, joining and supporting pass each other nowhere."""

import random
import threading

import pytest
from django.db import connection
from django.db.models import Count

from accounts.refusals import Conflict, Refusal
from deliberation import services as talk
from deliberation.models import Support
from proposals import services
from proposals.models import Lineage, Proposal, ProposalVersion
from proposals.stages import Outcome
from tests import cast, make
from tests.proposals import told
from tests.proposals.test_splitting import split

pytestmark = pytest.mark.django_db(transaction=True)


def exact() -> None:
    """Every counter is the number of different people behind it, and nobody stands there twice."""
    counted = dict(Support.objects.order_by().values_list("proposal").annotate(Count("user", distinct=True)))
    rows = dict(Support.objects.order_by().values_list("proposal").annotate(Count("pk")))
    assert counted == rows
    assert {key: count for key, count in Proposal.objects.values_list("pk", "supports") if count} == counted


def test_dividing_while_a_decision_comes_has_one_winner(people):
    make.cycle()
    for _ in range(4):
        whole = make.proposal()
        answers = told.at_once(
            lambda one=whole: split(one, people.village_head),
            lambda one=whole: services.move(
                proposal_id=one.pk, name="reject", actor=people.village_head, version=1, reason=told.REASON, reason_code="LOW_URGENCY"
            ),
        )
        assert sum(isinstance(answer, Conflict) for answer in answers) == 1, answers
        whole.refresh_from_db()
        assert (whole.outcome == "split") == (Lineage.objects.filter(parent=whole).count() == 2)
        assert whole.version == 2


def test_of_two_who_carry_over_at_once_one_wins(people):
    old, _new = make.cycle(plan_year=2026), make.cycle()
    for _ in range(4):
        proposal = make.proposal(of=old, outcome=Outcome.REJECTED)
        jobs = [
            lambda who=who, one=proposal: services.carry_over(proposal_id=one.pk, actor=who, plan_year=2028)
            for who in (people.facilitator, people.village_head, people.facilitator)
        ]
        answers = told.at_once(*jobs)
        assert sum(isinstance(answer, Conflict) for answer in answers) == 2, answers
        assert Lineage.objects.filter(parent=proposal).count() == 1


def test_joining_while_everybody_supports_either_counts_each_person_once(people):
    make.cycle()
    residents = [cast.resident_of(username=f"warga{number}") for number in range(6)]
    for _ in range(3):
        one, target = make.proposals(2)
        for resident in residents[:4]:
            talk.support(proposal_id=one.pk, actor=resident)
        jobs = [lambda who=who, at=at: talk.support(proposal_id=at.pk, actor=who) for who in residents for at in (one, target)]
        jobs += [lambda who=residents[0], at=target: talk.withdraw_support(proposal_id=at.pk, actor=who)]
        jobs.insert(5, lambda from_=one, to=target: told.move(from_, "merge", people.village_head, reason=told.REASON, target_id=to.pk))
        answers = told.at_once(*jobs)
        assert all(isinstance(answer, Conflict) for answer in answers if isinstance(answer, Exception)), answers
        one.refresh_from_db()
        assert one.outcome == "merged"
        exact()


def test_any_order_of_supporting_joining_dividing_and_carrying_over_by_many_hands_counts_every_person_once(people):
    for year in (2026, 2027):
        make.cycle(plan_year=year).windows.update(closes_at=make.clock.now() + make.MONTH)
    residents = [cast.resident_of(username=f"warga{number}") for number in range(5)]
    for seed in range(3):
        make.proposals(6, of=make.open_cycle(plan_year=2026))
        failures = _hands(people, residents, seed)
        assert failures == [], failures
        exact()
    assert Lineage.objects.values_list("kind", flat=True).distinct().count() == 3, "every kind of descent was played"
    latest = ProposalVersion.objects.order_by().values_list("proposal").annotate(Count("pk"))
    assert all(count >= 1 for _proposal, count in latest)


def _hands(people, residents, seed: int) -> list[Exception]:
    """Four people act at random at the same time; what was refused is law, everything else is a failure."""
    failures: list[Exception] = []

    def act(chance: random.Random) -> None:
        try:
            for _ in range(25):
                try:
                    _one(people, residents, chance)
                except Refusal:
                    continue
        except Exception as error:  # noqa: BLE001 - told to the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(random.Random(f"{seed}-{hand}"),)) for hand in range(4)]  # noqa: S311 - a game
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return failures


def _one(people, residents, chance: random.Random) -> None:
    proposal, other = (Proposal.objects.get(pk=key) for key in chance.sample(list(Proposal.objects.values_list("pk", flat=True)), 2))
    resident = chance.choice(residents)
    deed = chance.choice(["support"] * 5 + ["withdraw", "merge", "split", "reject", "carry", "send"])
    if deed == "support":
        talk.support(proposal_id=proposal.pk, actor=resident)
    elif deed == "withdraw":
        talk.withdraw_support(proposal_id=proposal.pk, actor=resident)
    elif deed == "merge":
        told.move(proposal, "merge", people.village_head, reason=told.REASON, target_id=other.pk)
    elif deed == "split":
        half = (proposal.volume or 2) / 2
        split(proposal, people.village_head, [{"title": f"Bagian {word} dari jalan", "volume": half} for word in ("utara", "selatan")])
    elif deed == "reject":
        told.move(proposal, "reject", people.village_head, reason=told.REASON, reason_code="LOW_URGENCY")
    elif deed == "carry":
        services.carry_over(proposal_id=proposal.pk, actor=people.facilitator, plan_year=2027)
    else:
        services.submit(proposal_id=proposal.pk, actor=people.facilitator)
