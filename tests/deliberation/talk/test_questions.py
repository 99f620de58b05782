"""A question goes to who decides, along with the proposal, and is closed by the official reply; the time is measured."""

from datetime import timedelta

import pytest

from accounts import clock
from accounts.roles import Role
from accounts.scope import offices_of
from deliberation import services
from deliberation.models import Addressee, Notice, Question
from deliberation.questions import reading
from deliberation.questions.addressing import Address, address_of
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.deliberation.talk.speaking import answered, moved, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stage", "role", "region", "with_agency"),
    [
        (Stage.VILLAGE, Role.VILLAGE_HEAD, cast.VILLAGE, False),
        (Stage.SUBDISTRICT, Role.SUBDISTRICT_OFFICER, cast.SUBDISTRICT, False),
        (Stage.AGENCY, Role.AGENCY_OFFICER, cast.HOME, True),
        (Stage.DISTRICT, Role.PLANNER, cast.HOME, False),
        (Stage.BUDGET, Role.BUDGET_TEAM, cast.HOME, False),
        (Stage.WORKS, Role.AGENCY_OFFICER, cast.HOME, True),
        (Stage.DONE, Role.AGENCY_OFFICER, cast.HOME, True),
    ],
)
def test_a_question_is_laid_before_the_office_that_decides_where_the_proposal_stands(people, stage, role, region, with_agency):
    outcome = Outcome.FUNDED if stage in (Stage.WORKS, Stage.DONE) else Outcome.OPEN
    proposal = make.proposal(stage=stage, outcome=outcome, agency=people.works_agency)
    question = said(proposal, people.resident).question
    assert Address(question.role, question.region_id, question.agency_id) == Address(role, region, people.works_agency.pk if with_agency else None)
    assert [row.role for row in question.addressees.all()] == [role]


def test_of_works_without_an_agency_the_planner_answers(people):
    assert address_of(make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED)).role == Role.PLANNER


def test_other_stances_ask_nobody_and_an_office_that_asks_is_asking_the_citizens(people):
    proposal = make.proposal()
    said(proposal, people.resident, stance="criticism")
    said(proposal, people.village_head)
    assert Question.objects.count() == 0


def test_the_official_reply_closes_the_questions_of_its_thread_and_nobody_elses_does(people):
    proposal, start = make.proposal(stage=Stage.SUBDISTRICT), clock.now()
    first = said(proposal, people.resident)
    second = said(proposal, people.neighbour, parent=first)
    elsewhere = said(proposal, people.neighbour)
    answered(first, people.village_head)
    answered(first, people.subdistrict_officer, stance="question")
    assert Question.objects.filter(answer__isnull=True).count() == 3
    with clock.telling(start + timedelta(days=4)):
        answer = answered(first, people.subdistrict_officer)
    assert answer.is_official
    closed = Question.objects.filter(answer=answer)
    assert {row.pk for row in closed} == {first.pk, second.pk}
    assert {(row.answered_at - row.asked_at).days for row in closed} <= {3, 4}
    assert Question.objects.get(pk=elsewhere.pk).answer_id is None


def test_a_question_moves_with_the_proposal_and_remembers_whom_it_was_laid_before_first(people):
    proposal = make.proposal()
    question = said(proposal, people.resident)
    moved(proposal, people.village_head)
    row = Question.objects.get(pk=question.pk)
    assert (row.role, row.region_id) == (Role.SUBDISTRICT_OFFICER, cast.SUBDISTRICT)
    assert list(row.addressees.values_list("role", flat=True)) == [Role.VILLAGE_HEAD, Role.SUBDISTRICT_OFFICER]
    told = set(Notice.objects.filter(news__key__startswith=f"question:{question.pk}:").values_list("news__kind", "user"))
    assert told == {("question", people.subdistrict_officer.pk), ("question_moved", people.resident.pk)}
    answered(question, people.village_head)
    assert Question.objects.get(pk=question.pk).answer_id is None


def test_a_move_that_changes_no_office_leaves_the_question_where_it_is(people):
    proposal = make.proposal(stage=Stage.SUBDISTRICT)
    said(proposal, people.resident)
    moved(proposal, people.subdistrict_officer, "reserve", reason="Layak, tetapi di bawah batas pagu tahun ini.")
    assert Addressee.objects.count() == 1


def test_another_agency_gets_the_question_when_the_proposal_is_sent_there(people):
    proposal = make.proposal(stage=Stage.AGENCY, agency=people.works_agency)
    question = said(proposal, people.resident)
    moved(proposal, people.agency_officer, "reroute", reason="Ini urusan dinas pertanian, bukan dinas kami.", agency_id=people.farming_agency.pk)
    assert Question.objects.get(pk=question.pk).agency_id == people.farming_agency.pk
    assert not answered(question, people.agency_officer).is_official
    assert answered(question, people.other_agency_officer).is_official


def test_an_answered_question_does_not_move_any_more(people):
    proposal = make.proposal()
    question = said(proposal, people.resident)
    answered(question, people.village_head)
    moved(proposal, people.village_head)
    assert Question.objects.get(pk=question.pk).role == Role.VILLAGE_HEAD


def test_an_answer_that_is_hidden_is_none_and_the_question_waits_again_where_the_proposal_is_now(people):
    proposal = make.proposal()
    question = said(proposal, people.resident)
    answer = answered(question, people.village_head)
    moved(proposal, people.village_head)
    services.hide_comment(comment_id=answer.pk, actor=people.moderator, reason="Menyebut nama warga.")
    row = Question.objects.get(pk=question.pk)
    assert (row.answer_id, row.role) == (None, Role.SUBDISTRICT_OFFICER)


def test_on_a_desk_lie_the_questions_of_that_office_oldest_first(people):
    older = said(make.proposal(stage=Stage.AGENCY, agency=people.works_agency), people.resident)
    newer = said(make.proposal(stage=Stage.AGENCY), people.neighbour)
    said(make.proposal(stage=Stage.AGENCY, agency=people.farming_agency), people.resident)
    hidden = said(make.proposal(stage=Stage.AGENCY), people.resident)
    services.hide_comment(comment_id=hidden.pk, actor=people.moderator, reason="Menyebut nama warga.")
    assert [row.pk for row in reading.waiting_for(offices_of(people.agency_officer))] == [older.pk, newer.pk]
    assert list(reading.waiting_for(offices_of(people.foreign_planner))) == []


def test_the_figures_name_median_open_and_share_with_their_denominators(people):
    start, proposal = clock.now() - timedelta(days=40), make.proposal()
    for days in (2, 4, 10):
        with clock.telling(start + timedelta(seconds=days)):
            question = said(proposal, people.resident)
        with clock.telling(start + timedelta(days=days, hours=1)):
            answered(question, people.village_head)
    with clock.telling(start + timedelta(days=10)):
        said(make.proposal(stage=Stage.SUBDISTRICT), people.neighbour)
    told = reading.figures(cast.SUBDISTRICT)
    assert (told.asked, told.answered, told.open, told.share) == (4, 3, 1, 75)
    assert (told.median_days, told.longest_open_days) == (4, 30)
    assert [(row.role, row.asked, row.answered) for row in reading.figures_by_office(cast.SUBDISTRICT)] == [
        (Role.VILLAGE_HEAD, 3, 3),
        (Role.SUBDISTRICT_OFFICER, 1, 0),
    ]
    assert reading.figures(cast.OTHER_SUBDISTRICT).asked == 0
    assert reading.figures(cast.OTHER_SUBDISTRICT).share is None


def test_questions_older_than_a_year_are_no_longer_counted(people):
    with clock.telling(clock.now() - timedelta(days=366)):
        said(make.proposal(), people.resident)
    assert reading.figures(cast.HOME).asked == 0
