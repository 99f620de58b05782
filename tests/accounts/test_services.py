"""Residence and roles: who may, who may not, and what the journal says about it."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts import clock, scope, services
from accounts.models import Assignment, AuditEntry, Residency, User
from accounts.refusals import Conflict, Invalid, Missing, Refusal
from accounts.roles import Role
from tests import cast

pytestmark = pytest.mark.django_db
REASON = "Pindah ke kota lain tahun lalu."


def claim_of(user: User) -> Residency:
    return Residency.objects.filter(user=user).first()


def tried(act, person) -> int:
    """The status of the refusal, 0 for none; nothing of it stays."""
    try:
        with transaction.atomic():
            act(person)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal.status
    return 0


def allowed(people, act) -> set[str]:
    """Everybody for whom `act(person)` goes through; each tries on a clean slate."""
    through = set()
    for name, person in people.people().items():
        status = tried(act, person)
        assert status in {0, 401 if name == "stranger" else 403}, (name, status)
        if status == 0:
            through.add(name)
    return through


def test_only_who_knows_the_village_confirms_who_lives_there(people):
    claim = claim_of(people.newcomer)
    assert allowed(people, lambda actor: services.decide_residency(residency_id=claim.pk, actor=actor, confirm=True)) == {
        "facilitator",
        "village_head",
    }


def test_only_the_person_or_the_village_ends_a_residence(people):
    claim = claim_of(people.resident)
    may = allowed(people, lambda actor: services.end_residency(residency_id=claim.pk, actor=actor, reason=REASON))
    assert may == {"facilitator", "village_head", "resident"}


def test_only_the_operator_of_the_region_gives_and_ends_roles(people):
    def give(actor):
        services.assign(
            actor=actor, user=people.resident, role=Role.MODERATOR, region_code=cast.SUBDISTRICT, starts_on=clock.today(), basis="SK Bupati 1/2027"
        )

    assert allowed(people, give) == {"operator"}
    held = Assignment.objects.get(user=people.planner)
    assert allowed(people, lambda actor: services.end_assignment(actor=actor, assignment_id=held.pk, reason=REASON)) == {"operator"}


def test_nobody_confirms_or_appoints_themselves(people):
    own = services.request_residency(actor=people.facilitator, village_code=cast.VILLAGE)
    with pytest.raises(Refusal, match="diri"):
        services.decide_residency(residency_id=own.pk, actor=people.facilitator, confirm=True)
    with pytest.raises(Refusal):
        services.assign(
            actor=people.operator, user=people.operator, role=Role.PLANNER, region_code=cast.HOME, starts_on=clock.today(), basis="SK Bupati 1/2027"
        )


def test_a_confirmed_claim_makes_a_resident_and_the_journal_says_who_did_it(people):
    claim = claim_of(people.newcomer)
    services.decide_residency(residency_id=claim.pk, actor=people.facilitator, confirm=True)
    assert scope.residence_of(people.newcomer) == cast.VILLAGE
    entry = AuditEntry.objects.get(subject=f"residency:{claim.pk}")
    assert (entry.action, entry.role, entry.actor, entry.region_code) == (
        "accounts.residency.confirm",
        Role.FACILITATOR,
        people.facilitator,
        cast.VILLAGE,
    )


def test_a_refusal_needs_a_reason_and_then_the_citizen_may_ask_again(people):
    claim = claim_of(people.newcomer)
    with pytest.raises(Invalid):
        services.decide_residency(residency_id=claim.pk, actor=people.facilitator, confirm=False, reason="\u200b" * 20)
    services.decide_residency(residency_id=claim.pk, actor=people.facilitator, confirm=False, reason=REASON)
    with pytest.raises(Conflict):
        services.decide_residency(residency_id=claim.pk, actor=people.village_head, confirm=True)
    assert services.request_residency(actor=people.newcomer, village_code=cast.VILLAGE).pk != claim.pk


def test_the_same_claim_twice_is_one_and_another_village_must_wait_for_the_end_of_the_first(people):
    first = services.request_residency(actor=people.planner, village_code=cast.VILLAGE, hint="Dusun Karya RT 03")
    assert services.request_residency(actor=people.planner, village_code=cast.VILLAGE).pk == first.pk
    with pytest.raises(Conflict, match="Desa Kapur"):
        services.request_residency(actor=people.planner, village_code=cast.NEXT_VILLAGE)
    services.end_residency(residency_id=first.pk, actor=people.planner)
    assert services.request_residency(actor=people.planner, village_code=cast.NEXT_VILLAGE).village_id == cast.NEXT_VILLAGE


@pytest.mark.parametrize("code", ["", "61", cast.SUBDISTRICT, "99.99.99.9999", "61.12.01.2001\x00", "'; --"])
def test_one_lives_in_a_village_that_exists(people, code):
    with pytest.raises(Invalid):
        services.request_residency(actor=people.planner, village_code=code)


def test_a_visitor_is_asked_to_sign_in_and_a_claim_that_is_none_is_missing(people):
    with pytest.raises(Refusal) as refusal:
        services.request_residency(actor=AnonymousUser(), village_code=cast.VILLAGE)
    assert refusal.value.status == 401
    with pytest.raises(Missing):
        services.decide_residency(residency_id=0, actor=people.facilitator, confirm=True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "king"}, "role"),
        ({"region_code": "61.12.99"}, "region"),
        ({"ends_on": clock.today() - timedelta(days=2)}, "ends_on"),
        ({"role": Role.AGENCY_OFFICER}, "agency"),
        ({"basis": ""}, "basis"),
    ],
)
def test_a_role_with_something_wrong_is_refused_by_field(people, change, field):
    right = {"role": Role.MODERATOR, "region_code": cast.HOME, "starts_on": clock.today(), "basis": "SK Bupati 1/2027"}
    with pytest.raises(Invalid) as refusal:
        services.assign(actor=people.operator, user=people.resident, **{**right, **change})
    assert list(refusal.value.fields) == [field]


def test_a_role_counts_at_once_and_no_longer_once_it_was_ended(people):
    given = services.assign(
        actor=people.operator, user=people.neighbour, role=Role.AUDITOR, region_code=cast.HOME, starts_on=clock.today(), basis="SK Bupati 1/2027"
    )
    assert scope.has_role(people.neighbour, Role.AUDITOR, cast.VILLAGE)
    with pytest.raises(Conflict):
        services.assign(actor=people.operator, user=people.neighbour, role=Role.AUDITOR, region_code=cast.HOME, starts_on=clock.today(), basis="SK 2")
    services.end_assignment(actor=people.operator, assignment_id=given.pk, reason=REASON)
    assert not scope.has_role(User.objects.get(pk=people.neighbour.pk), Role.AUDITOR, cast.VILLAGE)
    old = Assignment.objects.get(user=people.planner)
    services.end_assignment(actor=people.operator, assignment_id=old.pk, reason=REASON)
    assert not scope.has_role(User.objects.get(pk=people.planner.pk), Role.PLANNER, cast.HOME)
    with pytest.raises(Conflict):
        services.end_assignment(actor=people.operator, assignment_id=old.pk, reason=REASON)
    assert AuditEntry.objects.filter(action="accounts.assignment.end").count() == 2


def test_each_verb_writes_one_entry_into_the_journal_of_its_region(people):
    claim = services.request_residency(actor=people.planner, village_code=cast.VILLAGE)
    services.request_residency(actor=people.planner, village_code=cast.VILLAGE)
    services.decide_residency(residency_id=claim.pk, actor=people.village_head, confirm=True)
    services.end_residency(residency_id=claim.pk, actor=people.facilitator, reason=REASON)
    given = services.assign(
        actor=people.operator, user=people.planner, role=Role.AUDITOR, region_code=cast.HOME, starts_on=clock.today(), basis="SK Bupati 1/2027"
    )
    services.end_assignment(actor=people.operator, assignment_id=given.pk, reason=REASON)
    assert sorted(AuditEntry.objects.values_list("action", "role", "region_code")) == [
        ("accounts.assignment.end", "operator", cast.HOME),
        ("accounts.assignment.give", "operator", cast.HOME),
        ("accounts.residency.confirm", "village_head", cast.VILLAGE),
        ("accounts.residency.end", "facilitator", cast.VILLAGE),
        ("accounts.residency.request", "citizen", cast.VILLAGE),
    ]


def test_the_first_operator_is_appointed_by_a_command_and_the_platform_stands_in_the_journal(people, capsys):
    call_command("appoint", "resident", "operator", cast.HOME, basis="SK Bupati 1/2027")
    assert scope.has_role(people.resident, Role.OPERATOR, cast.HOME)
    assert AuditEntry.objects.get(subject=f"user:{people.resident.pk}").role == "system"
    with pytest.raises(CommandError, match="wilayah"):
        call_command("appoint", "resident", "operator", "00.00", basis="SK Bupati 1/2027")


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_are_one_winner_and_one_clear_conflict():
    people = cast.build()
    claim = claim_of(people.newcomer)
    heard: list[str] = []
    start = threading.Barrier(2)

    def decide(actor: User, *, confirm: bool) -> None:
        try:
            start.wait(10)
            services.decide_residency(residency_id=claim.pk, actor=actor, confirm=confirm, reason=REASON)
            heard.append("done")
        except Conflict as conflict:
            heard.append(conflict.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=(actor,), kwargs={"confirm": confirm})
        for actor, confirm in ((people.facilitator, True), (people.village_head, False))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(heard) == ["conflict", "done"]
    assert AuditEntry.objects.filter(subject=f"residency:{claim.pk}").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_claim_sent_many_times_at_once_is_one_claim():
    people = cast.build()
    found: set[int] = set()

    def request() -> None:
        try:
            found.add(services.request_residency(actor=people.planner, village_code=cast.VILLAGE).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=request) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 1
