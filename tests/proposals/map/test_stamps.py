"""A tile's stamp: it changes with everything that the tile shows, from the moment others can see it, and with nothing else far away."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from geo.models import Region
from proposals import map as proposals_map
from proposals import tallies
from proposals.filters import ProposalFilter
from proposals.models import Proposal, Tally
from proposals.stages import Outcome, Stage
from proposals.stamps import squares, stamp
from tests import cast, make
from tests.proposals.map.test_map import filters, tile_of

ZOOMS = [4, 6, 8, 11, 16]
LINE = "LINESTRING(109.401 -0.099, 109.419 -0.081)"


def _asked() -> ProposalFilter:
    return filters().or_refuse()


def _tile(village: str, zoom: int) -> proposals_map.Tile:
    return proposals_map.tile_of(*tile_of(cast.point_in(village), zoom), _asked())


def _elsewhere(action: Callable[[], object]) -> object:
    """Run in a connection of its own, committed."""

    def run() -> object:
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


CHANGES: dict[str, Callable[[Proposal], object]] = {
    "decided": lambda made: _set(made, stage=Stage.SUBDISTRICT),
    "funded": lambda made: _set(made, outcome=Outcome.FUNDED, funded_amount=5),
    "retitled": lambda made: _set(made, title="Judul lain yang baru"),
    "moved": lambda made: _set(made, location="POINT(109.4101 -0.0901)"),
    "drawn": lambda made: _set(made, shape=LINE),
    "put into another channel": lambda made: _set(made, channel="council"),
    "deleted": lambda made: Proposal.objects.filter(pk=made.pk).delete(),
    "a draft sent in": lambda _made: _set(Proposal.objects.get(stage=Stage.DRAFT), stage=Stage.VILLAGE, number="6112-2028-9001"),
}


def _set(made: Proposal, **fields: object) -> None:
    Proposal.objects.filter(pk=made.pk).update(**fields)


@pytest.mark.django_db
@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_seen_changes_the_stamp_folded_or_not(author: object, zoom: int, change: str) -> None:
    made = make.proposal()
    make.proposal(stage=Stage.DRAFT)
    tile = _tile(cast.VILLAGE, zoom)
    seen = {stamp(tile)}
    tallies.fold()
    assert {stamp(tile)} == seen, "folding changes nothing"
    CHANGES[change](made)
    after = stamp(tile)
    assert after not in seen
    tallies.fold()
    assert stamp(tile) == after


@pytest.mark.django_db
def test_counters_and_drafts_and_far_kabupaten_leave_a_tile_alone(author: object) -> None:
    made, far = make.proposal(), make.proposal(village=cast.FOREIGN_VILLAGE, location=None)
    draft = make.proposal(stage=Stage.DRAFT)
    for zoom in (7, 11, 16):
        tile = proposals_map.tile_of(*tile_of(cast.point_in(cast.VILLAGE), zoom), filters(region=cast.HOME))
        before = stamp(tile)
        _set(made, supports=9, comments=4)
        _set(draft, title="Masih ditulis saja", sector="water")
        _set(far, amount=random.randint(1, 10**6))  # noqa: S311 - any other amount
        assert stamp(tile) == before, zoom


@pytest.mark.django_db
def test_a_line_that_crosses_into_the_next_square_is_seen_there_too(author: object) -> None:
    made = make.proposal()
    beside = proposals_map.tile_of(*tile_of(cast.point_in(cast.VILLAGE).__class__(109.61, -0.09), 16), _asked())
    assert set(squares(*beside.box)).isdisjoint(squares(109.41, -0.09, 109.41, -0.09)) is False  # "*" is everybody's
    before = stamp(beside)
    _set(made, shape="LINESTRING(109.41 -0.09, 109.62 -0.09)")
    assert stamp(beside) != before
    [drawn] = proposals_map.features_in(beside, _asked()).features
    assert (drawn["kind"], drawn["shape"]["type"]) == ("shape", "LineString")


@pytest.mark.django_db
def test_after_a_correction_by_recount_no_copy_is_believed(author: object) -> None:
    make.proposal()
    tallies.fold()
    tile = _tile(cast.FOREIGN_VILLAGE, 16)
    before = stamp(tile)
    assert tallies.rebuild() == 0
    assert stamp(tile) == before
    Tally.objects.update(proposals=7)
    assert tallies.rebuild()
    assert stamp(tile) != before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("zoom", ZOOMS)
def test_a_stamp_shows_a_change_when_its_transaction_commits_whatever_began_first(zoom: int) -> None:
    """Two writers, the later one commits first: a stamp made of numbers from a sequence would miss the earlier one."""
    cast.country()
    first, second = make.proposals(2)
    tile = _tile(cast.VILLAGE, zoom)
    before = stamp(tile)
    with transaction.atomic():
        _set(first, amount=11)
        assert _elsewhere(lambda: stamp(tile)) == before, "nobody sees it yet"
        _elsewhere(lambda: _set(second, amount=22))  # waits for nobody
        between = _elsewhere(lambda: stamp(tile))
        assert between != before
    assert stamp(tile) not in (before, between)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("zoom", ZOOMS)
def test_another_ground_is_another_stamp(zoom: int) -> None:
    cast.country()
    tile = _tile(cast.VILLAGE, zoom)
    before = stamp(tile)
    Region.objects.filter(pk=cast.HOME).update(name="Kubu Raja")
    assert stamp(tile) != before


@pytest.mark.django_db(transaction=True)
def test_no_reader_ever_holds_a_stamp_newer_than_what_it_shows() -> None:
    """Readers that follow the tile's rule (stamp, then contents) while two write and one folds: the last copy under the last stamp is right."""
    cast.country()
    register = make.proposals(6)
    tile = _tile(cast.VILLAGE, 11)
    held: dict[str, list[int]] = {}

    def write(seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311 - a repeatable dice
        for _turn in range(40):
            _set(dice.choice(register), amount=dice.randint(1, 10**9))

    def read() -> None:
        for _turn in range(80):
            name = stamp(tile)
            held.setdefault(name, []).append(proposals_map.features_in(tile, _asked()).features[0]["amount"])

    def closing(action: Callable[[], object]) -> None:
        try:
            action()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        jobs = [lambda: write(1), lambda: write(2), read, lambda: [tallies.fold() for _turn in range(20)]]
        for done in [pool.submit(closing, job) for job in jobs]:
            done.result()
    last, amount = stamp(tile), sum(Proposal.objects.values_list("amount", flat=True))
    assert set(held.get(last, [])) <= {amount}
    assert len(held) > 1
