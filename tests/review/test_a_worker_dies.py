"""A worker that is killed in the middle of a run: the run is calculated all the same, once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from budgeting import services
from budgeting.models import AllocationRun
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.conftest import published_ceiling

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    return cast.build()


def test_a_run_whose_worker_was_killed_is_taken_up_by_the_next_one(people):
    make.proposal(stage=Stage.BUDGET, amount=100_000_000)
    run = services.request_run(ceiling_id=published_ceiling(people).pk, rule="greedy", actor=people.planner)
    # what a worker leaves behind that was ended without a word: its claim is committed, its work is not
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now() - timedelta(minutes=5))

    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0")
    run.refresh_from_db()
    assert run.status == AllocationRun.Status.QUEUED, "the library never takes such a task up again"

    call_command("requeue_runs")
    call_command("requeue_runs")
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path="budgeting.tasks.calculate")
    assert ready.count() == 1, "asked once, however often"
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0")
    run.refresh_from_db()
    assert (run.status, run.lines.count()) == (AllocationRun.Status.DRAFT, 1)
