"""Late and silent works surface by themselves: once for each planned end and each silence, whatever was missed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts import clock
from budgeting.models import FundedWork
from budgeting.works import reading, reporting, tasks, watching
from deliberation.models import News, Notice
from tests.budgeting.works.conftest import a_work, said

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_late_work_is_told_to_its_agency_and_the_planner_once(people, django_assert_max_num_queries):
    work = a_work(people, planned_end=clock.today() - 3 * DAY)
    a_work(people, planned_end=clock.today())
    with django_assert_max_num_queries(20):
        assert watching.watch() == 1
    told = set(Notice.objects.filter(news__kind="work_late").values_list("user__username", flat=True))
    assert told == {"agency_officer", "planner", "second_planner"}
    assert watching.watch() == 0
    with clock.telling(clock.now() + 10 * DAY):
        assert watching.watch() == 1, "the other one is late now; this one is not told again"
    FundedWork.objects.filter(pk=work.pk).update(planned_end=clock.today() - DAY)
    assert watching.watch() == 1, "another planned end that passed is another thing to tell"


def test_a_silent_work_is_told_after_the_limit_and_anew_after_a_report(people, settings):
    work = a_work(people, heard_on=clock.today() - (settings.WORK_SILENT_DAYS + 1) * DAY)
    assert reading.days_silent(work) == settings.WORK_SILENT_DAYS + 1
    assert watching.watch() == 1
    reporting.report(work_id=work.pk, actor=people.agency_officer, **said())
    work.refresh_from_db()
    assert reading.days_silent(work) == 0
    with clock.telling(clock.now() + (settings.WORK_SILENT_DAYS + 5) * DAY):
        assert watching.watch() == 1
        assert watching.watch() == 0
    assert News.objects.filter(kind="work_silent").count() == 2


def test_a_work_that_is_reported_as_done_is_neither(people):
    a_work(people, planned_end=clock.today() - 9 * DAY, heard_on=clock.today() - 200 * DAY, realisation="reported_done")
    assert watching.watch() == 0
    assert not FundedWork.objects.late().exists()
    assert not FundedWork.objects.silent().exists()


def test_a_look_that_fails_is_not_the_last_one(monkeypatch):
    """Else one bad morning ends the watch, and nobody notices, since nothing is what it tells."""

    def broken():
        raise ConnectionError

    monkeypatch.setattr(watching, "watch", broken)
    with pytest.raises(ConnectionError):
        tasks.look.func()
    waiting = DBTaskResult.objects.filter(task_path=tasks.look.module_path, status=TaskResultStatus.READY)
    assert waiting.get().run_after == watching.next_morning()


def test_a_worker_that_starts_catches_up_and_comes_back_every_morning_once(people):
    """`watch_works` runs before each worker (script/server, compose.yaml); every worker after it asks for no second look."""
    a_work(people, planned_end=clock.today() - DAY)
    call_command("watch_works", stdout=StringIO())
    call_command("watch_works", stdout=StringIO())
    assert Notice.objects.filter(news__kind="work_late").count() == 3
    waiting = DBTaskResult.objects.filter(task_path=tasks.look.module_path, status=TaskResultStatus.READY)
    morning = waiting.get().run_after
    waiting.update(status=TaskResultStatus.RUNNING)
    with clock.telling(morning):
        a_work(people, planned_end=clock.today() - DAY)
        assert tasks.look.func() == 1
        assert waiting.get().run_after == morning + DAY


def test_every_way_of_starting_a_worker_looks_first():
    for file in ("script/server", "compose.yaml", "docs/operations.md"):
        started = next(line for line in (settings.BASE_DIR / file).read_text().splitlines() if "db_worker" in line)
        assert "watch_works" in started.split("db_worker")[0], file


def test_the_next_look_is_in_the_morning():
    noon = clock.now().replace(hour=5, minute=0)
    assert watching.next_morning(noon) > noon
    assert watching.next_morning(noon) - noon < timedelta(days=1, minutes=1)
