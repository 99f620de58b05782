"""Which conditions a change by hand breaks is told from the lines that matter for it, not from the whole list."""

import uuid

import pytest

from budgeting.overrides.consequences import broken_by
from budgeting.overrides.services import sign_override
from tests.budgeting.conftest import calculated

pytestmark = pytest.mark.django_db
WHY = "Jembatan itu satu-satunya jalan ke sekolah dan puskesmas."


def taken_out(people, run, proposal):
    sign_override(override_id=uuid.uuid4(), run_id=run.pk, proposal_id=proposal.pk, verdict="not_funded", reason=WHY, actor=people.second_planner)


def test_a_list_without_conditions_is_not_read_at_all(people, ceiling, waiting, django_assert_num_queries):
    run = calculated(people, ceiling)
    taken_out(people, run, waiting[0])
    with django_assert_num_queries(2):  # the conditions, and what was changed
        assert broken_by(run) == []


def test_only_what_was_changed_and_what_a_condition_names_is_read(people, ceiling, waiting, django_assert_num_queries):
    one, other = waiting[0].number, waiting[2].number
    run = calculated(people, ceiling, options={"requiring": [[one, other]]})
    assert run.lines.get(proposal=waiting[0]).verdict == "funded"
    taken_out(people, run, waiting[2])
    with django_assert_num_queries(3) as asked:
        assert broken_by(run) == [f"{one} memerlukan {other}, yang tidak didanai penuh."]
    assert waiting[1].number not in asked.captured_queries[-1]["sql"]
    assert one in asked.captured_queries[-1]["sql"]


def test_where_shares_are_counted_the_whole_list_is_read_without_its_reasons(people, ceiling, waiting, django_assert_num_queries):
    waiting[2].raised_by_women = True
    waiting[2].save(update_fields=["raised_by_women"])
    run = calculated(people, ceiling, options={"women_percent": 10})
    taken_out(people, run, waiting[2])
    with django_assert_num_queries(3) as asked:
        assert len(broken_by(run)) == 1
    assert '"facts"' not in asked.captured_queries[-1]["sql"]
