"""Publishing costs the same number of statements however many proposals a run decides about."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgeting import services
from proposals.stages import Stage
from tests import make
from tests.budgeting.conftest import calculated, published_ceiling


def _statements(people, count: int, plan_year: int) -> int:
    make.proposals(count, stage=Stage.BUDGET, of=make.open_cycle(plan_year=plan_year), plan_year=plan_year)
    run = calculated(people, published_ceiling(people, plan_year=plan_year))
    with CaptureQueriesContext(connection) as asked:
        services.publish_run(run_id=run.pk, actor=people.budget_team)
    assert run.lines.count() == count
    return len(asked)


@pytest.mark.django_db
def test_a_run_of_sixty_is_published_with_the_statements_of_one_of_six(people):
    assert _statements(people, 60, 2029) <= _statements(people, 6, 2028) + 2
