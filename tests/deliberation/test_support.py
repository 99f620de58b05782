"""Support: one a verified resident of the proposal's own village, counted exactly."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from accounts import clock, journal
from accounts import services as accounts
from accounts.models import AuditEntry, Residency, User
from accounts.refusals import Conflict, Missing, Refusal
from deliberation import services
from deliberation.models import Support
from proposals.events import events_after
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make

pytestmark = pytest.mark.django_db


def refused(act) -> Refusal | None:
    """What stood in the way; None where it went through. Nothing of it stays."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal
    return None


def test_only_a_confirmed_resident_of_the_village_supports(people):
    proposal = make.proposal()
    through = set()
    for name, person in people.people().items():
        refusal = refused(lambda person=person: services.support(proposal_id=proposal.pk, actor=person))
        if refusal is None:
            through.add(name)
        else:
            assert refusal.status == (401 if name == "stranger" else 403), name
    assert through == {"resident"}


def test_each_refusal_says_what_to_do(people):
    proposal = make.proposal()
    for person, code, words in (
        (people.newcomer, "not_verified", "belum memverifikasi"),
        (people.neighbour, "not_a_resident", "Hanya warga desa ini"),
        (people.planner, "not_a_resident", "kantor desa"),
    ):
        refusal = refused(lambda person=person: services.support(proposal_id=proposal.pk, actor=person))
        assert refusal.code == code
        assert words in str(refusal.message)


def test_pressing_again_changes_nothing_and_answers_the_same(people):
    proposal = make.proposal()
    assert [services.support(proposal_id=proposal.pk, actor=people.resident) for _ in range(3)] == [1, 1, 1]
    assert [services.withdraw_support(proposal_id=proposal.pk, actor=people.resident) for _ in range(2)] == [0, 0]
    assert services.support(proposal_id=proposal.pk, actor=people.resident) == 1
    assert Proposal.objects.get(pk=proposal.pk).supports == Support.objects.filter(proposal=proposal).count() == 1
    assert [entry.action for entry in AuditEntry.objects.filter(subject=f"proposal:{proposal.pk}").order_by("at")] == [
        "deliberation.support.give",
        "deliberation.support.withdraw",
        "deliberation.support.give",
    ]


def test_every_page_hears_the_number_and_a_second_press_is_no_news(people):
    proposal = make.proposal()
    services.support(proposal_id=proposal.pk, actor=people.resident)
    services.support(proposal_id=proposal.pk, actor=people.resident)
    assert events_after(proposal.pk, 0) == [{"seq": 1, "kind": "support", "supports": 1}]


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("outcome", list(Outcome))
def test_support_is_taken_where_the_matter_is_open_and_nowhere_else(people, stage, outcome):
    on_the_way = stage in {Stage.VILLAGE, Stage.SUBDISTRICT, Stage.AGENCY, Stage.DISTRICT, Stage.BUDGET}
    alive = outcome in {Outcome.OPEN, Outcome.RETURNED, Outcome.RESERVED}
    proposal = make.proposal(stage=stage, outcome=outcome)
    for act in (services.support, services.withdraw_support):
        refusal = refused(lambda act=act: act(proposal_id=proposal.pk, actor=people.resident))
        if on_the_way and alive:
            assert refusal is None
        else:
            assert refusal.status == (404 if stage is Stage.DRAFT else 409)


def test_support_has_its_time_and_says_which(people):
    opens = datetime(2027, 2, 3, 1, 0, tzinfo=UTC)
    cycle = make.cycle(plan_year=2029, support_opens_at=opens, support_closes_at=opens + timedelta(days=10))
    proposal = make.proposal(of=cycle)
    heard = {}
    for day in (-1, 0, 9, 10):
        with clock.telling(opens + timedelta(days=day)):
            heard[day] = refused(lambda: services.support(proposal_id=proposal.pk, actor=people.resident))
    assert heard[0] is None
    assert heard[9] is None
    assert str(heard[-1].message) == "Dukungan dibuka 3 Februari 2027."
    assert str(heard[10].message) == "Dukungan ditutup 13 Februari 2027."
    assert {heard[-1].status, heard[10].status} == {409}


def test_who_moved_away_takes_back_but_does_not_give(people):
    proposal, other = make.proposals(2)
    services.support(proposal_id=proposal.pk, actor=people.resident)
    claim = Residency.objects.get(user=people.resident)
    accounts.end_residency(residency_id=claim.pk, actor=people.resident)
    assert services.withdraw_support(proposal_id=proposal.pk, actor=people.resident) == 0
    with pytest.raises(Refusal):
        services.support(proposal_id=other.pk, actor=people.resident)


def test_who_may_no_longer_sign_in_supports_nothing(people):
    User.objects.filter(pk=people.resident.pk).update(is_active=False)
    refusal = refused(lambda: services.support(proposal_id=make.proposal().pk, actor=User.objects.get(pk=people.resident.pk)))
    assert refusal.status == 401


def test_a_proposal_that_is_none_is_missing(people):
    with pytest.raises(Missing):
        services.support(proposal_id=make._row().pk, actor=people.resident)


def test_support_of_a_merged_proposal_stays_as_it_was(people):
    proposal = make.proposal()
    services.support(proposal_id=proposal.pk, actor=people.resident)
    Proposal.objects.filter(pk=proposal.pk).update(outcome=Outcome.MERGED, merged_into=make.proposal())
    with pytest.raises(Conflict):
        services.withdraw_support(proposal_id=proposal.pk, actor=people.resident)
    assert Support.objects.filter(proposal=proposal).count() == 1


def in_parallel(jobs, hands: int = 8) -> list[Exception]:
    """Run the jobs in real threads with connections of their own; what went wrong."""
    waiting, failures, lock = list(jobs), [], threading.Lock()

    def work() -> None:
        try:
            while True:
                with lock:
                    if not waiting:
                        return
                    job = waiting.pop()
                try:
                    job()
                except Exception as error:  # noqa: BLE001 - told to the test
                    failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return failures


@pytest.mark.django_db(transaction=True)
def test_a_hundred_double_presses_at_once_count_once():
    people = cast.build()
    proposal = make.proposal()
    failures = in_parallel([lambda: services.support(proposal_id=proposal.pk, actor=people.resident)] * 100)
    assert failures == []
    assert Support.objects.filter(proposal=proposal).count() == 1
    assert Proposal.objects.get(pk=proposal.pk).supports == 1
    assert len(events_after(proposal.pk, 0)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_residents_pressing_and_taking_back_at_once_leave_an_exact_count_and_a_whole_journal():
    cast.build()
    proposal = make.proposal()
    residents = [cast.resident_of(username=f"warga{number}") for number in range(10)]
    jobs = []
    for resident in residents:
        jobs += [lambda who=resident: services.support(proposal_id=proposal.pk, actor=who)] * 3
        jobs += [lambda who=resident: services.withdraw_support(proposal_id=proposal.pk, actor=who)] * 2
    assert in_parallel(jobs) == []
    standing = Proposal.objects.get(pk=proposal.pk).supports
    assert standing == Support.objects.filter(proposal=proposal).count()
    events = events_after(proposal.pk, 0, limit=1000)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert events[-1]["supports"] == standing
    assert journal.first_break("61.12") == (len(events), None)
