"""The prepared counts say what a plain walk over the proposals says, at every moment."""

import random
from collections.abc import Callable

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from geo.models import Region
from proposals import tallies
from proposals.models import Proposal, Tally, TallyChange
from proposals.stages import Outcome, Stage
from proposals.words import Channel, Sector
from tests import cast, make
from tests.proposals.map import plain

pytestmark = pytest.mark.django_db
VILLAGES = sorted(cast.CORNERS)
EVERYWHERE = ["", *cast.NAMES]


def _add(dice: random.Random) -> None:
    make.proposals(
        dice.randint(1, 3), village=dice.choice(VILLAGES), stage=dice.choice([*Stage]), amount=dice.randint(1, 10**9), sector=dice.choice([*Sector])
    )


def _change(dice: random.Random, **fields: object) -> None:
    keys = list(Proposal.objects.order_by("pk").values_list("pk", flat=True))
    if keys:
        Proposal.objects.filter(pk__in=dice.sample(keys, k=min(len(keys), 2))).exclude(stage=Stage.DRAFT).update(**fields)


CHANGES: list[Callable[[random.Random], None]] = [
    _add,
    lambda dice: _change(dice, village_id=dice.choice(VILLAGES)),
    lambda dice: _change(dice, amount=dice.randint(1, 10**12)),
    lambda dice: _change(dice, stage=dice.choice([Stage.SUBDISTRICT, Stage.WORKS])),
    lambda dice: _change(dice, sector=dice.choice([*Sector])),
    lambda dice: _change(dice, channel=dice.choice([*Channel])),
    lambda dice: _change(dice, title=f"Judul yang ke-{dice.randint(1, 99)}", shape="LINESTRING(109.40 -0.09, 109.42 -0.08)"),
    lambda _: Proposal.objects.filter(stage=Stage.DRAFT).delete() and None,
    lambda dice: _change(dice, plan_year=dice.choice([2027, 2028])),
    lambda dice: _change(dice, outcome=Outcome.FUNDED, funded_amount=dice.randint(1, 10**9)),
    lambda dice: _change(dice, outcome=Outcome.REJECTED, funded_amount=None),
    lambda dice: _change(dice, outcome=Outcome.MERGED, funded_amount=None),
    lambda dice: _change(dice, supports=dice.randint(0, 9), title="Judul lain yang cukup"),
    lambda dice: Proposal.objects.filter(stage=Stage.DRAFT).update(stage=Stage.DRAFT, sector=dice.choice([*Sector])) and None,
    lambda dice: Proposal.objects.filter(village_id=dice.choice(VILLAGES), supports__lt=dice.randint(0, 5)).delete() and None,
    lambda _: tallies.fold() and None,
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, len(CHANGES) - 1), min_size=5, max_size=25), st.integers(0, 2**16))
def test_any_sequence_of_changes_counts_like_a_plain_walk_folded_or_not(author: User, steps: list[int], seed: int) -> None:
    Proposal.objects.all().delete()
    dice = random.Random(seed)  # noqa: S311 - a repeatable dice
    _add(dice)
    for step in steps:
        CHANGES[step](dice)
        assert tallies.counts(EVERYWHERE) == plain.totals()
    tallies.fold()
    assert plain.stored() == plain.cells()
    assert not TallyChange.objects.exists()
    assert tallies.rebuild() == 0


def test_a_draft_is_never_counted_and_counts_once_submitted(author: User) -> None:
    draft = make.proposal(stage=Stage.DRAFT, number="6112-2028-9999")
    assert tallies.counts([""]) == {}
    Proposal.objects.filter(pk=draft.pk).update(stage=Stage.VILLAGE)
    assert tallies.counts([cast.VILLAGE])[cast.VILLAGE].proposals == 1


def test_a_support_writes_no_change_so_that_voting_stays_cheap(author: User) -> None:
    made = make.proposal()
    tallies.fold()
    Proposal.objects.filter(pk=made.pk).update(supports=7, comments=3)
    assert not TallyChange.objects.exists()


def test_cells_that_fall_to_zero_are_deleted(author: User) -> None:
    made = make.proposal()
    tallies.fold()
    made.delete()
    tallies.fold()
    assert not Tally.objects.exists()


def test_filters_choose_cells(author: User) -> None:
    make.proposals(2, sector=Sector.WATER, stage=Stage.VILLAGE)
    make.proposals(3, sector=Sector.ROAD, stage=Stage.SUBDISTRICT)
    tallies.fold()
    make.proposal(sector=Sector.WATER, stage=Stage.WORKS, outcome=Outcome.FUNDED, amount=5)
    water = tallies.Wanted(plan_year=2028, sectors=(Sector.WATER,))
    assert tallies.counts([cast.HOME], water)[cast.HOME].proposals == 3
    assert tallies.counts([cast.HOME], tallies.Wanted(outcomes=(Outcome.FUNDED,)))[cast.HOME] == tallies.Count(1, 5, 1, 5)
    assert tallies.counts([cast.HOME], tallies.Wanted(plan_year=2031)) == {}
    assert {key: count.proposals for key, count in tallies.breakdown(cast.HOME, "sector").items()} == {"road": 3, "water": 3}


def test_a_village_that_the_newest_decree_dropped_keeps_counting(author: User) -> None:
    make.proposal()
    Region.objects.filter(pk=cast.VILLAGE).update(valid_until="2027-01-01")
    tallies.fold()
    assert tallies.counts([cast.HOME])[cast.HOME].proposals == 1


def test_rebuild_corrects_what_somebody_spoiled_by_hand(author: User) -> None:
    make.proposals(4)
    tallies.fold()
    make.proposal(village=cast.FAR_VILLAGE)
    Tally.objects.filter(region_code=cast.VILLAGE).update(proposals=99)
    Tally.objects.filter(region_code="61").delete()
    assert tallies.rebuild() == 2
    assert plain.stored() == plain.cells()


def test_one_statement_answers_a_whole_tile(author: User, django_assert_num_queries: Callable[..., object]) -> None:
    make.proposals(3)
    with django_assert_num_queries(1):
        tallies.counts(EVERYWHERE)


def test_the_commands_fold_and_recount(author: User, capsys: pytest.CaptureFixture[str]) -> None:
    make.proposals(2)
    call_command("fold_tallies")
    call_command("rebuild_tallies")
    assert capsys.readouterr().out == "Folded.\nRecounted; 0 cells were corrected.\n"
