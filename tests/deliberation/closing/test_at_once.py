"""Two at the same moment: one closing, one reopening, one change of a stage, and a clear answer for the other."""

import time
from threading import Event

import pytest
from django.db import transaction

from accounts.models import AuditEntry
from accounts.refusals import Conflict
from deliberation.closing import services
from proposals import services as register
from proposals.models import Cycle, StageClosure, StageWindow
from proposals.stages import Stage
from proposals.year import copying, stages
from tests import cast, make
from tests.proposals import told

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Perbaikan disepakati musyawarah lanjutan."


def _lost(answers):
    return [answer for answer in answers if isinstance(answer, Exception)]


def test_two_heads_close_at_once_and_one_closing_stands(people):
    cycle = make.cycle()
    second = cast.person(username="acting_head")
    cast.office(user=second, role="village_head", region=cast.VILLAGE)

    def close(person):
        return services.close_stage(actor=person, cycle_id=cycle.pk, stage="village", region_code=cast.VILLAGE, reason=WHY)

    answers = told.at_once(lambda: close(people.village_head), lambda: close(second))
    assert [type(one) for one in _lost(answers)] == [Conflict]
    assert StageClosure.objects.count() == AuditEntry.objects.filter(action="deliberation.stage.close").count() == 1


def test_neighbours_close_at_once_and_both_stand_beside_the_window(people):
    cycle = make.cycle()
    neighbour = cast.person(username="next_head")
    cast.office(user=neighbour, role="village_head", region=cast.NEXT_VILLAGE)
    pairs = ((people.village_head, cast.VILLAGE), (neighbour, cast.NEXT_VILLAGE))
    answers = told.at_once(
        *[
            lambda person=person, code=code: services.close_stage(actor=person, cycle_id=cycle.pk, stage="village", region_code=code, reason=WHY)
            for person, code in pairs
        ]
    )
    assert _lost(answers) == []
    assert set(StageWindow.objects.get(cycle=cycle, stage="village").closed_in) == {cast.VILLAGE, cast.NEXT_VILLAGE}


def test_two_confirm_the_reopening_at_once_and_it_is_reopened_once(people):
    cycle = make.cycle()
    closure = services.close_stage(actor=people.village_head, cycle_id=cycle.pk, stage="village", region_code=cast.VILLAGE, reason=WHY)
    services.ask_to_reopen(actor=people.village_head, closure_id=closure.pk, reason=WHY)
    answers = told.at_once(
        *[lambda person=person: services.confirm_reopening(actor=person, closure_id=closure.pk) for person in (people.planner, people.second_planner)]
    )
    assert [type(one) for one in _lost(answers)] == [Conflict]
    assert AuditEntry.objects.filter(action="deliberation.stage.reopen").count() == 1


def test_two_planners_change_and_begin_at_once_and_each_thing_happens_once(people):
    cycle = make.cycle()
    planners = (people.planner, people.second_planner)
    changes = told.at_once(
        *[
            lambda person=person, share=share: stages.change_stage(
                actor=person, cycle_id=cycle.pk, stage="village", version=1, fields={"women_percent": share}
            )
            for person, share in zip(planners, (30, 40), strict=True)
        ]
    )
    assert [type(one) for one in _lost(changes)] == [Conflict]
    years = told.at_once(*[lambda person=person: copying.begin_year(actor=person, region_code=cast.HOME, plan_year=2029) for person in planners])
    assert [type(one) for one in _lost(years)] == [Conflict]
    assert Cycle.objects.get(plan_year=2029).windows.count() == 7


def test_a_closing_waits_for_the_decision_that_is_being_written_and_sees_it(people):
    cycle = make.open_cycle()
    proposal = make.proposal(of=cycle)
    moved = Event()

    def decide():
        with transaction.atomic():
            register.move(proposal_id=proposal.pk, name="forward", actor=people.village_head, version=proposal.version)
            moved.set()
            time.sleep(1)

    def close():
        assert moved.wait(20)
        return services.close_stage(actor=people.village_head, cycle_id=cycle.pk, stage="village", region_code=cast.VILLAGE, reason=WHY)

    _decided, closure = told.at_once(decide, close)
    assert "undecided" not in {one["kind"] for one in closure.shortfalls}


def test_a_closing_waits_for_the_draft_that_is_on_its_way_in_and_counts_it(people):
    cycle, sent = make.open_cycle(), Event()
    draft = make.proposal(of=cycle, stage=Stage.DRAFT)

    def submit():
        with transaction.atomic():
            register.submit(proposal_id=draft.pk, actor=people.facilitator)
            sent.set()
            time.sleep(1)

    def close():
        assert sent.wait(20)
        return services.close_stage(actor=people.village_head, cycle_id=cycle.pk, stage="village", region_code=cast.VILLAGE, reason=WHY)

    _sent, closure = told.at_once(submit, close)
    assert {one["kind"]: one["count"] for one in closure.shortfalls}["undecided"] == 1


def test_a_draft_that_is_sent_in_while_the_stage_is_being_closed_hears_of_the_closing(people):
    cycle, closing = make.open_cycle(), Event()
    draft = make.proposal(of=cycle, stage=Stage.DRAFT)

    def close():
        with transaction.atomic():
            services.close_stage(actor=people.village_head, cycle_id=cycle.pk, stage="village", region_code=cast.VILLAGE, reason=WHY)
            closing.set()
            time.sleep(1)

    def submit():
        assert closing.wait(20)
        return register.submit(proposal_id=draft.pk, actor=people.facilitator)

    _closed, refused = told.at_once(close, submit)
    assert (refused.code, refused.status) == ("stage_closed", 409)
    draft.refresh_from_db()
    assert (draft.stage, draft.number) == (Stage.DRAFT, None)
