"""Folding while others write, and while others fold: nothing counted twice, nothing lost."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from proposals import tallies, tasks
from proposals.models import Proposal, TallyChange
from tests import cast, make
from tests.proposals.map import plain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def register() -> list[Proposal]:
    cast.country()
    return make.proposals(30)


def _in_threads(*jobs: object) -> None:
    def run(job: object) -> object:
        try:
            return job()  # type: ignore[operator]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for answer in [pool.submit(run, job) for job in jobs]:
            answer.result()


def test_writers_folders_and_readers_at_once_end_exact(register: list[Proposal]) -> None:
    def write(seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311 - a repeatable dice
        for _ in range(40):
            key = dice.choice(register).pk
            Proposal.objects.filter(pk=key).update(village_id=dice.choice(sorted(cast.CORNERS)), amount=dice.randint(1, 10**9))

    def fold() -> None:
        for _ in range(25):
            tallies.fold()

    def read() -> None:
        for _ in range(60):
            assert tallies.counts([""])[""].proposals == 30

    _in_threads(lambda: write(1), lambda: write(2), fold, fold, read)
    assert tallies.counts(["", *cast.NAMES]) == plain.totals()
    assert tallies.fold()
    assert plain.stored() == plain.cells()


def test_a_recount_beside_writers_changes_nothing_that_is_right(register: list[Proposal]) -> None:
    def write() -> None:
        for proposal in register:
            Proposal.objects.filter(pk=proposal.pk).update(amount=7)

    def recount() -> None:
        for _ in range(10):
            assert tallies.rebuild() == 0

    _in_threads(write, recount)
    tallies.fold()
    assert plain.stored() == plain.cells()


@transaction.atomic
def _fold_and_die() -> None:
    tallies.fold()
    raise RuntimeError


def test_a_folder_that_dies_leaves_everything_to_the_next(register: list[Proposal]) -> None:
    waiting = TallyChange.objects.count()
    with pytest.raises(RuntimeError):
        _fold_and_die()
    assert TallyChange.objects.count() == waiting == 30
    assert tallies.fold()
    assert plain.stored() == plain.cells()


def test_a_second_folder_does_not_wait_for_the_first(register: list[Proposal]) -> None:
    answers = []
    with transaction.atomic():
        tallies.fold()
        _in_threads(lambda: answers.append(tallies.fold()))
    assert answers == [False]


def test_a_worker_is_asked_once_when_many_changes_wait(register: list[Proposal], monkeypatch: pytest.MonkeyPatch) -> None:
    tallies.fold()
    monkeypatch.setattr(tallies, "FOLD_FROM", 3)
    for changed, asked in ((1, 0), (2, 1), (3, 1)):
        with transaction.atomic():
            Proposal.objects.filter(pk=register[changed].pk).update(amount=changed)
            tasks.fold_when_many()
            tasks.fold_when_many()
        assert DBTaskResult.objects.count() == asked
