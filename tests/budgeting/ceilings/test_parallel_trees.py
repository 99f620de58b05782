"""Many people at a tree at once, each on a connection of their own: the sums hold afterwards, and nobody waits for ever."""

import random
import uuid

import pytest
from django.db import IntegrityError

from accounts.refusals import Refusal
from budgeting import ledger, services
from budgeting.models import Ceiling, LedgerEntry, Transfer
from tests import cast, make
from tests.at_once import together
from tests.budgeting.ceilings.conftest import MILLION, ask, fresh, part, setting

pytestmark = pytest.mark.django_db(transaction=True)
HANDS, ACTS = 6, 12


def assert_it_holds(root):
    """Asked of the database alone: every ceiling covers its parts, reserve and commitments; no rupiah came or went in a transfer."""
    rows = list(Ceiling.objects.all())
    standings = ledger.standings(rows)
    for row in rows:
        found = standings[row.pk]
        sizes = sum(standings[other.pk].size for other in rows if other.parent_id == row.pk)
        assert (found.handed, min(found.free, found.reserve, found.committed) >= 0) == (sizes, True), row
        assert sizes + found.reserve + found.committed <= found.size
    kinds = LedgerEntry.Kind
    sums = {kind: sum(LedgerEntry.objects.filter(kind=kind).values_list("amount", flat=True)) for kind in kinds}
    assert sums[kinds.TRANSFER_IN] + sums[kinds.HANDED_BACK] == sums[kinds.TRANSFER_OUT] + sums[kinds.HANDED_DOWN]
    assert standings[root.pk].moved == 0


def _set(people, ceiling, dice):
    row = fresh(ceiling)
    amount = max(row.amount + dice.randint(-150, 200) * MILLION, MILLION)
    reserve = min(row.reserve, amount - 1)
    kept = services.set_ceiling(actor=people.planner, **setting(row, amount=amount, reserve=reserve))
    return services.publish_ceiling(actor=people.budget_team, ceiling_id=kept.pk)


def _move(people, source, target, dice):
    transfer = ask(people, source, target, dice.randint(1, 120) * MILLION, from_reserve=dice.random() < 0.3)
    return services.confirm_transfer(actor=people.budget_team, transfer_id=transfer.pk)


def _draft_and_withdraw(people, parent, dice):
    """Somebody sets a draft in the same village as everybody else, and whoever comes first takes it away again."""
    fields = {
        **setting(parent, region_code=cast.NEXT_VILLAGE, amount=dice.randint(1, 200) * MILLION, reserve=0, version=None),
        "parent_id": parent.pk,
    }
    known = Ceiling.objects.filter(region=cast.NEXT_VILLAGE).first() or services.set_ceiling(actor=people.planner, **fields)
    return services.withdraw_ceiling(actor=people.second_planner, ceiling_id=known.pk, version=known.version)


def _commit(people, ceiling, proposal, dice):
    return LedgerEntry.objects.create(
        ceiling=ceiling, kind="commit", amount=dice.randint(1, 90) * MILLION, proposal=proposal, actor=people.planner, at=ceiling.set_at
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_any_edits_at_once_leave_every_sum_in_order(people, tree, seed):
    village = part(people, tree.first, cast.VILLAGE, 100 * MILLION)
    nodes = [tree.whole, tree.first, tree.second, village]
    rows = make.proposals(HANDS * ACTS)

    def hand(place):
        dice, done = random.Random(seed * 100 + place), 0  # noqa: S311 - a test that can be played again
        for turn in range(ACTS):
            node, other = dice.choice(nodes), dice.choice(nodes)
            act = dice.choice(
                [
                    lambda node=node: _set(people, node, dice),
                    lambda node=node, other=other: _move(people, node, other, dice),
                    lambda node=node: _draft_and_withdraw(people, node, dice),
                    lambda node=node, turn=turn: _commit(people, node, rows[place * ACTS + turn], dice),
                ]
            )
            try:
                act()
                done += 1
            except (Refusal, IntegrityError):
                continue
        return done

    answers = together(*(lambda place=place: hand(place) for place in range(HANDS)))
    assert all(isinstance(answer, int) for answer in answers), answers
    assert sum(answers) > HANDS  # enough was done to mean something
    assert_it_holds(tree.whole)


def test_two_planners_hand_the_last_money_down_at_once_and_one_of_them_gets_it(people, tree):
    acts = [
        lambda code=code: services.set_ceiling(
            actor=people.planner, **{**setting(tree.first, region_code=code, version=None), "parent_id": tree.whole.pk, "amount": 300 * MILLION}
        )
        for code in (cast.VILLAGE, cast.FAR_VILLAGE)
    ]
    answers = together(*acts)
    assert sorted(getattr(answer, "code", "kept") for answer in answers) == ["above_parent", "kept"]
    assert_it_holds(tree.whole)


def test_a_whole_is_lowered_while_a_part_is_raised_and_only_one_of_them_happens(people, tree):
    answers = together(
        lambda: services.set_ceiling(actor=people.planner, **setting(tree.whole, amount=700 * MILLION)),
        lambda: services.set_ceiling(actor=people.second_planner, **setting(tree.first, amount=600 * MILLION)),
    )
    assert len([answer for answer in answers if isinstance(answer, Ceiling)]) == 1
    assert_it_holds(tree.whole)


def test_a_transfer_confirmed_by_two_at_once_moves_once(people, tree):
    transfer = ask(people, tree.first, tree.second, 200 * MILLION)
    answers = together(
        *(lambda who=who: services.confirm_transfer(actor=who, transfer_id=transfer.pk) for who in (people.budget_team, people.second_budget_team))
    )
    assert sorted(getattr(answer, "code", "moved") for answer in answers) == ["moved", "not_waiting"]
    assert LedgerEntry.objects.count() == 2


def test_two_transfers_that_together_overdraw_a_ceiling_have_one_winner(people, tree):
    asked = [ask(people, tree.first, target, 200 * MILLION) for target in (tree.second, tree.whole)]
    answers = together(*(lambda one=one: services.confirm_transfer(actor=people.budget_team, transfer_id=one.pk) for one in asked))
    assert sorted(getattr(answer, "code", "moved") for answer in answers) == ["moved", "not_covered"]
    assert_it_holds(tree.whole)


def test_the_same_request_sent_four_times_at_once_is_one_transfer(people, tree):
    number = uuid.uuid4()
    answers = together(*[lambda: ask(people, tree.first, tree.second, 5, transfer_id=number)] * 4)
    assert {getattr(answer, "pk", answer) for answer in answers} == {number}
    assert Transfer.objects.count() == 1
