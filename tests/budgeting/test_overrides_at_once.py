"""Real connections at the same time: one override a line, nothing published beside a change that it does not know."""

import uuid

import pytest

from accounts.refusals import Conflict, Refusal
from budgeting import ledger, services
from budgeting.models import AllocationRun, Override
from budgeting.overrides import reading
from budgeting.overrides.services import sign_override, withdraw_override
from proposals.stages import Stage
from tests import make
from tests.at_once import together
from tests.budgeting.conftest import calculated, published_ceiling

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Jembatan itu satu-satunya jalan ke sekolah dan puskesmas."


@pytest.fixture
def draft(people):
    ceiling = published_ceiling(people, amount=250_000_000, reserve=0)
    make.proposals(4, stage=Stage.BUDGET, amount=100_000_000)
    return calculated(people, ceiling)


def _line(draft, verdict):
    return draft.lines.filter(verdict=verdict).order_by("rank").first().proposal_id


def _sign(draft, person, proposal_id, verdict, **more):
    return lambda: sign_override(
        override_id=uuid.uuid4(), run_id=draft.pk, proposal_id=proposal_id, verdict=verdict, reason=REASON, actor=person, **more
    )


def test_of_two_people_who_change_one_line_at_once_one_wins_and_the_other_hears_who(people, draft):
    key = _line(draft, "funded")
    answers = together(_sign(draft, people.planner, key, "not_funded"), _sign(draft, people.second_planner, key, "not_funded"))
    assert [answer.code for answer in answers if isinstance(answer, Conflict)] == ["override_stands"]
    assert Override.objects.count() == 1


def test_two_changes_that_fit_alone_but_not_together_are_one(people, draft):
    first, second = draft.lines.filter(verdict="not_funded").values_list("proposal_id", flat=True)
    acts = [_sign(draft, person, key, "funded", amount=40_000_000) for person, key in ((people.planner, first), (people.second_planner, second))]
    answers = together(*acts)
    assert [answer.code for answer in answers if isinstance(answer, Conflict)] == ["ceiling_overdrawn"]
    assert reading.change_of(draft).spent == 240_000_000


@pytest.mark.parametrize("attempt", range(2))
def test_a_change_signed_while_the_run_is_published_is_in_what_is_published_or_refused(people, draft, attempt):
    key = _line(draft, "funded")
    answers = together(
        _sign(draft, people.second_planner, key, "not_funded"), lambda: services.publish_run(run_id=draft.pk, actor=people.budget_team)
    )
    run = AllocationRun.objects.select_related("ceiling").get(pk=draft.pk)
    assert run.status == "published"
    assert isinstance(answers[0], Conflict) is not Override.objects.exists()
    assert ledger.committed(run.ceiling) == reading.change_of(run).spent
    assert sum(run.answers.values_list("amount", flat=True)) == ledger.committed(run.ceiling)


def test_a_change_withdrawn_while_the_run_is_published_counts_or_does_not_and_every_sum_says_the_same(people, draft):
    kept = _sign(draft, people.second_planner, _line(draft, "funded"), "not_funded")()
    answers = together(
        lambda: withdraw_override(override_id=kept.pk, actor=people.second_planner),
        lambda: services.publish_run(run_id=draft.pk, actor=people.budget_team),
    )
    kept.refresh_from_db()
    assert isinstance(answers[0], Conflict) is (kept.withdrawn_at is None)
    run = AllocationRun.objects.select_related("ceiling").get(pk=draft.pk)
    assert ledger.committed(run.ceiling) == (100_000_000 if kept.withdrawn_at is None else 200_000_000)
    assert sum(run.answers.values_list("amount", flat=True)) == ledger.committed(run.ceiling)


def test_what_is_released_is_neither_changed_nor_taken_back_by_hand(people, draft):
    kept = _sign(draft, people.second_planner, _line(draft, "funded"), "not_funded")()
    services.publish_run(run_id=draft.pk, actor=people.budget_team)
    again = _sign(draft, people.second_planner, _line(draft, "not_funded"), "funded")
    for verb in (again, lambda: withdraw_override(override_id=kept.pk, actor=people.second_planner)):
        with pytest.raises(Conflict) as caught:
            verb()
        assert caught.value.code == "not_a_draft"
    assert Override.objects.get().withdrawn_at is None


def test_who_signs_and_publishes_at_once_does_one_of_the_two(people, draft):
    def publish():
        try:
            return services.publish_run(run_id=draft.pk, actor=people.budget_team)
        except Refusal as refusal:
            return Conflict(refusal.message, code=refusal.code)

    answers = together(_sign(draft, people.budget_team, _line(draft, "funded"), "not_funded"), publish)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
    assert not Override.objects.filter(run__status="published", signed_by=people.budget_team).exists()
