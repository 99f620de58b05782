"""Who receives a grant: a legal entity with its number, said by the village, checked by an office; every word stays."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEntry
from accounts.refusals import Invalid, Refusal
from budgeting.models import GrantRecipient
from budgeting.routes.recipients import name_recipient, without_entity
from proposals.models import Proposal
from tests import cast, make
from tests.at_once import together
from tests.budgeting.test_api import api

pytestmark = pytest.mark.django_db
SAID = {"name": "Koperasi Nelayan Kapuas", "form": "cooperative", "registration": "AHU-0000123.AH.01.26 Tahun 2025"}


@pytest.fixture
def grant(people, plan):
    return make.proposal(of=plan, dictionary_entry=make.dictionary_entry(of=plan, kind="grant"))


def _named(who, proposal, **changes):
    return name_recipient(actor=who, proposal_id=proposal.pk, **{**SAID, **changes})[0]


def test_the_villages_word_waits_for_an_office_that_saw_the_papers(people, grant):
    first = _named(people.facilitator, grant)
    assert (first.is_checked, first.may_receive) == (False, False)
    assert list(without_entity(Proposal.objects.all())) == [grant]
    assert _named(people.planner, grant, seen=1).may_receive
    assert not without_entity(Proposal.objects.all()).exists()
    assert AuditEntry.objects.filter(action="budgeting.grant.recipient").count() == 2


def test_who_holds_an_office_by_now_checks_what_they_said_for_the_village(people, grant):
    _named(people.facilitator, grant)
    cast.office(user=people.facilitator, role="planner", region=cast.HOME)
    assert _named(people.facilitator, grant, seen=1).may_receive
    assert GrantRecipient.objects.count() == 2


def test_what_is_no_legal_entity_receives_nothing_whoever_says_it(people, grant):
    kept = _named(people.planner, grant, form="none", registration="dikirim juga")
    assert (kept.is_checked, kept.may_receive, kept.registration) == (True, False, "")
    assert list(without_entity(Proposal.objects.all())) == [grant]


def test_only_a_grant_has_a_recipient_and_only_its_people_name_it(people, plan, grant):
    for who, proposal, status in (
        (people.stranger, grant, 401), (people.resident, grant, 403), (people.next_facilitator, grant, 403), (people.foreign_planner, grant, 403),
        (people.planner, make.proposal(of=plan), 409),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            _named(who, proposal)
        assert refusal.value.status == status
    assert not GrantRecipient.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "X"}, "name"),
        ({"name": 7}, "name"),
        ({"form": "pt"}, "form"),
        ({"registration": " "}, "registration"),
        ({"name": "a" * 161}, "name"),
    ],
)
def test_wrong_shapes_are_named_by_field(people, grant, change, field):
    with pytest.raises(Invalid) as refusal:
        _named(people.facilitator, grant, **change)
    assert set(refusal.value.fields) == {field}


def test_the_same_again_is_once_and_a_word_unread_is_a_conflict(people, grant):
    key = uuid.uuid4()
    for _again in range(2):
        _named(people.facilitator, grant, statement_id=key)
    with pytest.raises(Refusal, match="Koperasi Nelayan Kapuas"):
        _named(people.planner, grant, name="Yayasan Lain")
    assert GrantRecipient.objects.count() == 1


def test_what_was_said_stays(people, grant):
    _named(people.facilitator, grant)
    for statement in ("UPDATE budgeting_grantrecipient SET name = 'lain'", "DELETE FROM budgeting_grantrecipient"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_programs_name_and_read_the_recipient(people, grant):
    address = f"/api/v1/proposals/{grant.pk}/"
    assert api(people.facilitator).post(address + "recipient/", {**SAID, "seen": 0}, format="json").status_code == 201
    assert api(people.facilitator).post(address + "recipient/", {**SAID, "seen": 0}, format="json").status_code == 200
    assert api(people.planner).post(address + "recipient/", {**SAID, "seen": 0}, format="json").status_code == 409
    told = api().get(address + "route/").json()
    assert [(one["name"], one["is_checked"]) for one in told["recipients"]] == [("Koperasi Nelayan Kapuas", False)]
    assert api(people.facilitator).post(address + "recipient/", ["x"], format="json").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_two_who_name_a_recipient_at_once_have_one_winner(people, grant):
    answers = together(
        lambda: _named(people.planner, grant, name="Yayasan Satu"),
        lambda: _named(people.second_planner, grant, name="Yayasan Dua"),
    )
    assert sorted(getattr(answer, "status", 200) for answer in answers) == [200, 409]
    assert GrantRecipient.objects.count() == 1
