"""Late and silent works surface by themselves: once for each planned end and each silence, whatever was missed."""

from datetime import timedelta

import pytest

from accounts import clock
from budgeting.models import FundedWork
from budgeting.works import reading, reporting, watching
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


def test_the_next_look_is_in_the_morning():
    noon = clock.now().replace(hour=5, minute=0)
    assert watching.next_morning(noon) > noon
    assert watching.next_morning(noon) - noon < timedelta(days=1, minutes=1)
