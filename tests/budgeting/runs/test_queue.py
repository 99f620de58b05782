"""The queue with real processes: progress that others see, a worker that is killed, and another that takes its run up."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts import clock
from accounts.at_work import is_held
from budgeting import calculation, services
from budgeting.models import AllocationRun
from budgeting.runs.queue import requeue, wait_of
from budgeting.tasks import look_after
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.conftest import published_ceiling

pytestmark = pytest.mark.django_db(transaction=True)
Status = AllocationRun.Status
ROOT = Path(__file__).parents[3]
#: A worker that decides one line and then takes its time over the next.
SLOW_WORKER = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "musrenbang.settings"
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from uuid import UUID
from budgeting import calculation
def slowly(inputs, tell):
    time.sleep(0.6)
    tell(1)
    print("told", flush=True)
    time.sleep(120)
calculation.results.result_of = slowly
calculation.perform_run(UUID(sys.argv[2]))
"""


@pytest.fixture
def run():
    people = cast.build()
    make.proposals(3, stage=Stage.BUDGET, amount=100_000_000)
    return services.request_run(ceiling_id=published_ceiling(people).pk, rule="greedy", actor=people.planner)


@pytest.fixture
def killed(run):
    """A worker that was at the run and got no time to say anything."""
    name = connection.settings_dict["NAME"]
    worker = subprocess.Popen([sys.executable, "-c", SLOW_WORKER, name, str(run.pk)], cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ})
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"told\n"
        run.refresh_from_db()
        assert (run.status, run.step, run.done, is_held(run.pk)) == (Status.RUNNING, 2, 1, True), (
            "others see how far it is, and that somebody is at it"
        )
        assert services.perform_run(run.pk).status == Status.RUNNING, "nobody else calculates it meanwhile"
        assert look_after.func(str(run.pk)) == Status.RUNNING
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait(timeout=60)
    for _ in range(100):
        if not is_held(run.pk):
            break
        time.sleep(0.1)
    return run


def test_a_run_whose_worker_is_really_killed_is_finished_by_another_one(killed):
    killed.refresh_from_db()
    assert (killed.status, killed.lines.count()) == (Status.RUNNING, 0), "nothing is half-written"
    assert wait_of(killed).is_idle, "the page says that the process ended"
    DBTaskResult.objects.filter(task_path="budgeting.tasks.calculate").delete()
    DBTaskResult.objects.update(run_after=clock.now() - timedelta(seconds=1))
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0")
    killed.refresh_from_db()
    assert (killed.status, killed.lines.count(), killed.done) == (Status.DRAFT, 3, 3)
    assert services.replay(killed) == []


def test_a_run_over_which_workers_keep_dying_is_given_up_so_that_it_takes_no_more_with_it(run):
    AllocationRun.objects.filter(pk=run.pk).update(status=Status.RUNNING)
    assert look_after.func(str(run.pk), 2) == Status.FAILED
    run.refresh_from_db()
    assert run.failure.startswith(calculation.DIED)
    assert look_after.func(str(run.pk), 2) == Status.FAILED, "and stays so"


def test_runs_that_nobody_is_at_are_asked_for_once_more(run):
    DBTaskResult.objects.all().delete()
    assert (requeue(), requeue()) == (1, 0)


def test_a_waiting_run_knows_its_place_and_that_nobody_works(run):
    other = services.request_run(ceiling_id=run.ceiling_id, rule="greedy", actor=run.requested_by)
    assert [(wait_of(one).place, wait_of(one).is_idle) for one in (run, other)] == [(1, False), (2, False)]
    with clock.telling(clock.now() + timedelta(minutes=2)):
        assert wait_of(other).is_idle
    assert wait_of(services.perform_run(run.pk)) is None
    assert wait_of(other).place == 1


def test_each_step_is_told_as_it_begins(run, monkeypatch):
    """A rule may take its minutes before the first line is explained, and writing its seconds after the last."""
    seen = []

    def looked_at(inputs, tell):
        for done in (0, 2):
            seen.append(AllocationRun.objects.values_list("step", "done").get(pk=run.pk))
            tell(done)
        seen.append(AllocationRun.objects.values_list("step", "done").get(pk=run.pk))
        return found(inputs)

    found = calculation.results.result_of
    monkeypatch.setattr(calculation.results, "result_of", looked_at)
    done = services.perform_run(run.pk)
    assert seen == [(1, 0), (2, 0), (2, 0)], "lines are told at most twice a second"
    assert (done.step, done.done) == (3, 3)


def test_a_run_that_is_put_away_while_it_is_calculated_gets_no_result(run, monkeypatch):
    found = calculation.results.result_of

    def meanwhile(inputs, tell):
        services.discard_run(run_id=run.pk, actor=run.requested_by)
        return found(inputs, tell)

    monkeypatch.setattr(calculation.results, "result_of", meanwhile)
    done = services.perform_run(run.pk)
    assert (done.status, done.lines.count()) == (Status.DISCARDED, 0)


@pytest.mark.parametrize(
    ("error", "code"),
    [(calculation.NotProvedError("too many"), "not_proved"), (KeyError("budget"), "unsound"), (MemoryError(), "unexpected")],
)
def test_what_cannot_be_calculated_fails_with_its_reason_and_no_line(run, monkeypatch, error, code):
    def broken(*_args):
        raise error

    monkeypatch.setattr(calculation.results, "result_of", broken)
    failed = services.perform_run(run.pk)
    assert (failed.status, failed.failure.split(":")[0], failed.lines.count()) == (Status.FAILED, code, 0)
    assert services.perform_run(run.pk).status == Status.FAILED
