"""Money between two ceilings: asked by one person, confirmed by another, told by both ledgers; nothing is overdrawn."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from budgeting import ledger, services
from budgeting.models import LedgerEntry, Transfer
from tests import cast
from tests.budgeting.ceilings.conftest import MILLION, ask, commit, moved, part, setting
from tests.budgeting.conftest import published_ceiling


def _told(ceiling):
    return [(entry.kind, entry.amount) for entry in LedgerEntry.objects.filter(ceiling=ceiling).order_by("pk")]


def test_between_two_parts_both_ledgers_tell_it_and_the_whole_stays(people, tree):
    transfer = ask(people, tree.first, tree.second, 50 * MILLION)
    assert (_told(tree.first), ledger.balance(tree.first)) == ([], 300 * MILLION)
    services.confirm_transfer(actor=people.budget_team, transfer_id=transfer.pk)
    assert (_told(tree.first), _told(tree.second)) == ([("transfer_out", 50 * MILLION)], [("transfer_in", 50 * MILLION)])
    assert [ledger.balance(one) for one in (tree.whole, tree.first, tree.second)] == [400 * MILLION, 250 * MILLION, 250 * MILLION]
    assert list(AuditEntry.objects.filter(subject=f"transfer:{transfer.pk}").order_by("at").values_list("action", flat=True)) == [
        "budgeting.transfer.ask",
        "budgeting.transfer.confirm",
    ]


def test_from_the_whole_to_a_part_and_back_the_part_changes_size(people, tree):
    moved(people, tree.whole, tree.first, 60 * MILLION)
    assert (ledger.balance(tree.whole), ledger.standing(tree.first).size) == (340 * MILLION, 360 * MILLION)
    assert _told(tree.whole) == [("handed_down", 60 * MILLION)]
    moved(people, tree.first, tree.whole, 10 * MILLION)
    assert (ledger.balance(tree.whole), ledger.standing(tree.first).size) == (350 * MILLION, 350 * MILLION)


def test_a_reserve_is_released_to_its_own_ceiling_or_to_a_part(people, tree):
    moved(people, tree.whole, tree.whole, 30 * MILLION, from_reserve=True)
    standing = ledger.standing(tree.whole)
    assert (standing.reserve, standing.free) == (70 * MILLION, 430 * MILLION)
    moved(people, tree.whole, tree.second, 70 * MILLION, from_reserve=True)
    standing = ledger.standing(tree.whole)
    assert (standing.reserve, standing.free, ledger.balance(tree.second)) == (0, 430 * MILLION, 270 * MILLION)
    with pytest.raises(Conflict) as caught:
        ask(people, tree.whole, tree.whole, 1, from_reserve=True)
    assert caught.value.code == "not_covered"


def test_a_reserve_is_not_lowered_below_what_was_released_of_it(people, tree):
    moved(people, tree.whole, tree.whole, 30 * MILLION, from_reserve=True)
    with pytest.raises(Conflict) as caught:
        services.set_ceiling(actor=people.planner, **setting(tree.whole, reserve=29 * MILLION))
    assert caught.value.code == "below_released"


def test_who_asked_does_not_confirm_and_strangers_do_neither(people, tree):
    transfer = ask(people, tree.first, tree.second, 1)
    for who, status in (("planner", 403), ("foreign_budget_team", 403), ("village_head", 403), ("resident", 403), ("stranger", 401)):
        with pytest.raises(Refusal) as caught:
            services.confirm_transfer(actor=getattr(people, who), transfer_id=transfer.pk)
        assert caught.value.status == status, who
    for who, status in (("agency_officer", 403), ("foreign_planner", 403), ("stranger", 401)):
        with pytest.raises(Refusal) as caught:
            ask(people, tree.first, tree.second, 1, actor=getattr(people, who))
        assert caught.value.status == status, who


def test_the_same_request_twice_is_one_transfer_and_another_under_its_number_is_refused(people, tree):
    number = uuid.uuid4()
    first = ask(people, tree.first, tree.second, 5, transfer_id=number)
    assert ask(people, tree.first, tree.second, 5, transfer_id=number).pk == first.pk
    assert Transfer.objects.count() == 1
    for changes in ({"actor": people.second_planner}, {"reason": "Alasan yang lain sama sekali."}):
        with pytest.raises(Conflict) as caught:
            ask(people, tree.first, tree.second, 5, transfer_id=number, **changes)
        assert caught.value.code == "transfer_id_taken"


def test_what_was_withdrawn_or_confirmed_is_over(people, tree):
    gone, done = ask(people, tree.first, tree.second, 5), moved(people, tree.first, tree.second, 5)
    services.withdraw_transfer(actor=people.planner, transfer_id=gone.pk)
    for act in (services.confirm_transfer, services.withdraw_transfer):
        for transfer in (gone, done):
            with pytest.raises(Conflict) as caught:
                act(actor=people.budget_team, transfer_id=transfer.pk)
            assert caught.value.code == "not_waiting"
    assert _told(tree.second) == [("transfer_in", 5)]


def test_money_that_was_committed_meanwhile_is_not_moved(people, tree):
    transfer = ask(people, tree.first, tree.second, 200 * MILLION)
    commit(people, tree.first, 101 * MILLION)
    with pytest.raises(Conflict) as caught:
        services.confirm_transfer(actor=people.budget_team, transfer_id=transfer.pk)
    assert caught.value.code == "not_covered"
    assert "Rp199.000.000" in str(caught.value)
    assert Transfer.objects.get().status == "asked"


def test_a_ceiling_is_not_lowered_below_what_it_gave_away(people, tree):
    moved(people, tree.first, tree.second, 250 * MILLION)
    with pytest.raises(Conflict):
        services.set_ceiling(actor=people.planner, **setting(tree.first, amount=249 * MILLION))
    assert services.set_ceiling(actor=people.planner, **setting(tree.first, amount=250 * MILLION)).amount == 250 * MILLION


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", 0),
        ("amount", -1),
        ("amount", 1.5),
        ("amount", "banyak"),
        ("amount", 10**15 + 1),
        ("amount", "9" * 400),
        ("reason", "singkat"),
        ("reason", "x" * 501),
        ("reason", None),
        ("legal_basis", ""),
    ],
)
def test_a_transfer_of_the_wrong_shape_is_refused_by_field(people, tree, field, value):
    with pytest.raises(Invalid) as caught:
        ask(people, tree.first, tree.second, **{"amount": 5, field: value})
    assert list(caught.value.fields) == [field]
    assert not Transfer.objects.exists()


def test_money_moves_only_among_kin_of_one_year_and_source(people, tree):
    village = part(people, tree.first, cast.VILLAGE, 10 * MILLION)
    later = published_ceiling(people, plan_year=2029)
    other = published_ceiling(people, funding_source="special_allocation")
    for source, target in ((tree.first, tree.first), (village, tree.second), (village, tree.whole), (tree.whole, later), (tree.whole, other)):
        with pytest.raises(Invalid) as caught:
            ask(people, source, target, 5)
        assert list(caught.value.fields) == ["target"]


def test_money_moves_between_published_ceilings_only(people, tree):
    services.set_ceiling(actor=people.planner, **setting(tree.second, amount=201 * MILLION))
    with pytest.raises(Conflict) as caught:
        ask(people, tree.first, tree.second, 5)
    assert caught.value.code == "not_published"


@pytest.mark.parametrize(
    "tampering",
    [
        lambda transfer: Transfer.objects.filter(pk=transfer.pk).update(amount=1),
        lambda transfer: Transfer.objects.filter(pk=transfer.pk).update(status="asked", decided_by=None, decided_at=None),
        lambda transfer: transfer.entries.first().delete(),
        lambda transfer: Transfer.objects.filter(pk=transfer.pk)._raw_delete("default"),
    ],
)
def test_a_decided_transfer_stays_even_past_the_services(people, tree, tampering):
    transfer = moved(people, tree.first, tree.second, 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        tampering(transfer)
