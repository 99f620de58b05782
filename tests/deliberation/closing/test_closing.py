"""A stage ends by a person, where it is, when its papers exist; it is reopened by two."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts import clock
from accounts.models import Assignment, AuditEntry
from accounts.refusals import Conflict, Invalid, Missing, Refusal
from deliberation.closing import policy as closing_policy
from deliberation.closing import services
from deliberation.closing.obstacles import obstacles
from deliberation.follows import services as follows
from deliberation.models import Document, Meeting, Notice
from deliberation.notices import kinds as kinds_of_news
from deliberation.notices import spreading
from deliberation.words import DocumentKind, DocumentState, MeetingKind, MeetingState
from proposals import policy
from proposals.models import StageClosure, StageWindow
from proposals.stages import Outcome, Stage
from proposals.year.rules import PAPERS
from tests import cast, make

WHY = "Perbaikan disepakati musyawarah lanjutan."


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def cycle(people):
    made = make.cycle()
    now = clock.now()
    StageWindow.objects.filter(cycle=made, stage="village").update(
        opens_at=now - timedelta(days=60), closes_at=now - timedelta(days=5), required_documents=["record"]
    )
    return made


def held(cycle, people, *, region=cast.VILLAGE, state=MeetingState.CLOSED, signed=True, **fields):
    now = clock.now()
    meeting = Meeting.objects.create(
        cycle=cycle, kind=MeetingKind.VILLAGE_PLAN, region_id=region, stage="village", title="Musrenbang Desa", state=state, starts_at=now, place="Balai",
        convened_by=people.village_head, convened_role="village_head", opened_at=now, closed_at=now if state == MeetingState.CLOSED else None,
        closed_by=people.village_head if state == MeetingState.CLOSED else None, created_at=now, changed_at=now, **fields,
    )  # fmt: skip
    if signed:
        Document.objects.create(
            meeting=meeting, kind=DocumentKind.RECORD, state=DocumentState.SIGNED, template="record/village_plan/1", snapshot={}, sha256="0" * 64,
            code=uuid.uuid4().hex[:12], issued_by=people.village_head, issued_at=now, signed_by=people.village_head, signed_at=now,
            created_by=people.village_head, created_at=now,
        )  # fmt: skip
    return meeting


def close(cycle, person, *, stage="village", region=cast.VILLAGE, reason=""):
    return services.close_stage(actor=person, cycle_id=cycle.pk, stage=stage, region_code=region, reason=reason)


def kinds(cycle, region=cast.VILLAGE, stage="village"):
    return {one.kind: one.blocks for one in obstacles(cycle.windows.get(stage=stage), region)}


def test_a_village_with_its_record_signed_closes_and_its_neighbour_goes_on(people, cycle):
    held(cycle, people)
    returned = make.proposal(of=cycle, outcome=Outcome.RESERVED)
    elsewhere = make.proposal(of=cycle, village=cast.NEXT_VILLAGE)
    closure = close(cycle, people.village_head)
    assert (closure.role, closure.reason, closure.shortfalls) == ("village_head", "", [])
    StageWindow.objects.filter(cycle=cycle, stage="village").update(closes_at=None)
    for proposal in (returned, elsewhere):
        proposal.refresh_from_db()
    refused = policy.may_move(people.village_head, returned, "forward")
    assert (refused.code, refused.status) == ("stage_closed", 409)
    cast.office(user=people.village_head, role="village_head", region=cast.NEXT_VILLAGE)
    assert policy.may_move(people.village_head, elsewhere, "forward")
    assert AuditEntry.objects.get(action="deliberation.stage.close").region_code == cast.VILLAGE


def test_nothing_is_closed_without_its_papers_and_the_sentence_names_them(people, cycle):
    assert kinds(cycle) == {"no_meeting": True}
    held(cycle, people, signed=False)
    with pytest.raises(Conflict) as refused:
        close(cycle, people.village_head, reason=WHY)
    assert refused.value.code == "stage_not_ready"
    assert "Record" in str(refused.value.message)
    assert not StageClosure.objects.exists()


@pytest.mark.parametrize("state", [MeetingState.OPEN, MeetingState.ADJOURNED, MeetingState.PLANNED])
def test_a_meeting_that_goes_on_holds_the_stage_open_and_a_cancelled_one_does_not(people, cycle, state):
    held(cycle, people)
    other = held(cycle, people, state=state, signed=False)
    assert kinds(cycle) == {"meetings": True}
    Meeting.objects.filter(pk=other.pk).update(state=MeetingState.CANCELLED)
    assert kinds(cycle) == {}


def test_what_nobody_decided_passes_with_a_reason_that_everybody_reads(people, cycle):
    held(cycle, people)
    make.proposal(of=cycle)
    make.proposal(of=cycle, outcome=Outcome.RETURNED)
    make.proposal(of=cycle, outcome=Outcome.REJECTED)
    for short in ("", "Sudah."):
        with pytest.raises(Invalid) as refused:
            close(cycle, people.village_head, reason=short)
        assert "2 proposals have no decision" in refused.value.fields["reason"][0]
    closure = close(cycle, people.village_head, reason="Dua usulan dibahas lagi tahun depan, hubungi 0812-3456-7890.")
    assert closure.shortfalls == [{"kind": "undecided", "count": 2}]
    assert "0812" not in closure.reason


def test_a_shortfall_blocks_only_where_the_kabupaten_says_so(people, cycle):
    held(cycle, people, shortfall_reason="Banjir, hanya 12 orang hadir.")
    assert kinds(cycle) == {"shortfall": False}
    StageWindow.objects.filter(cycle=cycle, stage="village").update(quota_blocks=True)
    assert kinds(cycle) == {"shortfall": True}


def test_closing_before_the_end_or_within_the_grace_says_so(people, cycle):
    held(cycle, people)
    StageWindow.objects.filter(cycle=cycle, stage="village").update(closes_at=clock.now() + timedelta(days=1))
    assert kinds(cycle) == {"early": False}
    StageWindow.objects.filter(cycle=cycle, stage="village").update(closes_at=clock.now() - timedelta(hours=1), late_grace_hours=48)
    assert kinds(cycle) == {"grace": False}


def test_the_planner_closes_for_the_whole_kabupaten_with_a_reason_for_those_who_did_not(people, cycle):
    held(cycle, people, signed=False)
    found = kinds(cycle, cast.HOME)
    assert found == {"papers": False, "regions": False}
    closure = close(cycle, people.planner, region=cast.HOME, reason="Enam desa tidak bermusyawarah karena banjir besar.")
    window = cycle.windows.get(stage="village")
    assert window.closed_at == closure.closed_at
    with pytest.raises(Conflict):
        close(cycle, people.village_head)


@pytest.mark.parametrize(
    ("who", "stage", "region", "status"),
    [
        ("stranger", "village", cast.VILLAGE, 401),
        ("resident", "village", cast.VILLAGE, 403),
        ("facilitator", "village", cast.VILLAGE, 403),
        ("village_head", "village", cast.NEXT_VILLAGE, 403),
        ("subdistrict_officer", "village", cast.VILLAGE, 403),
        ("other_subdistrict_officer", "subdistrict", cast.SUBDISTRICT, 403),
        ("village_head", "village", cast.HOME, 403),
        ("foreign_planner", "district", cast.HOME, 403),
        ("planner", "works", cast.HOME, 400),
        ("planner", "draft", cast.HOME, 400),
        ("planner", "village", cast.SUBDISTRICT, 400),
        ("planner", "village", "bukan kode", 400),
        ("planner", None, cast.HOME, 400),
    ],
)
def test_who_closes_what(people, cycle, who, stage, region, status):  # noqa: PLR0917 - a table
    with pytest.raises(Refusal) as refused:
        close(cycle, getattr(people, who), stage=stage, region=region, reason=WHY)
    assert refused.value.status == status


def test_a_region_of_another_kabupaten_is_not_in_this_year(people, cycle):
    cast.office(user=people.village_head, role="village_head", region=cast.FOREIGN_VILLAGE)
    with pytest.raises(Missing):
        close(cycle, people.village_head, region=cast.FOREIGN_VILLAGE)


def test_closed_twice_is_closed_once_and_a_second_person_hears_it(people, cycle):
    held(cycle, people)
    first = close(cycle, people.village_head)
    assert close(cycle, people.village_head).pk == first.pk
    second = cast.person(username="acting_head")
    cast.office(user=second, role="village_head", region=cast.VILLAGE)
    with pytest.raises(Conflict) as refused:
        close(cycle, second)
    assert refused.value.code == "stage_closed"
    assert AuditEntry.objects.filter(action="deliberation.stage.close").count() == 1


def test_a_stage_that_has_not_opened_is_not_closed(people, cycle):
    StageWindow.objects.filter(cycle=cycle, stage="village").update(opens_at=clock.now() + timedelta(days=2), closes_at=None)
    with pytest.raises(Conflict) as refused:
        close(cycle, people.village_head, reason=WHY)
    assert refused.value.code == "not_yet_open"


def test_reopening_takes_two_people_and_a_reason(people, cycle):
    held(cycle, people)
    closure = close(cycle, people.village_head)
    with pytest.raises(Conflict) as unasked:
        services.confirm_reopening(actor=people.planner, closure_id=closure.pk)
    assert unasked.value.code == "not_asked"
    with pytest.raises(Invalid):
        services.ask_to_reopen(actor=people.village_head, closure_id=closure.pk, reason="Salah.")
    services.ask_to_reopen(actor=people.village_head, closure_id=closure.pk, reason=WHY)
    with pytest.raises(Refusal) as alone:
        services.confirm_reopening(actor=people.village_head, closure_id=closure.pk)
    assert (alone.value.status, alone.value.code) == (403, "second_person")
    for who in ("resident", "facilitator", "foreign_planner", "stranger"):
        with pytest.raises(Refusal):
            services.confirm_reopening(actor=getattr(people, who), closure_id=closure.pk)
    services.confirm_reopening(actor=people.planner, closure_id=closure.pk)
    services.confirm_reopening(actor=people.planner, closure_id=closure.pk)
    assert cycle.windows.get(stage="village").closed_in == {}
    assert list(AuditEntry.objects.filter(subject=f"closure:{closure.pk}").order_by("at").values_list("action", flat=True)) == [
        "deliberation.stage.close", "deliberation.stage.ask_reopen", "deliberation.stage.reopen",
    ]  # fmt: skip
    assert close(cycle, people.village_head).pk != closure.pk, "it may be closed again, as a new row"


def test_who_works_at_the_stage_and_who_follows_the_region_hear_of_a_closing_and_of_a_reopening_once(people, cycle):
    held(cycle, people)
    make.proposal(of=cycle)
    follows.follow(actor=people.resident, region_code=cast.VILLAGE)
    closure = close(cycle, people.village_head, reason=WHY)
    close(cycle, people.village_head, reason=WHY)
    spreading.spread_all()
    told = {notice.user_id: notice for notice in Notice.objects.filter(news__kind="stage_closed").select_related("news")}
    assert {people.facilitator.pk, people.subdistrict_officer.pk, people.resident.pk} <= set(told)
    assert people.village_head.pk not in told, "nobody is told what they did themselves"
    assert kinds_of_news.reason_of(told[people.facilitator.pk].news.facts) == WHY
    services.ask_to_reopen(actor=people.village_head, closure_id=closure.pk, reason=WHY)
    services.confirm_reopening(actor=people.planner, closure_id=closure.pk)
    assert Notice.objects.filter(news__kind="stage_reopened", user=people.facilitator).count() == 1


def test_the_kabupatens_own_closing_is_undone_by_reopening(people, cycle):
    closure = close(cycle, people.planner, region=cast.HOME, reason=WHY)
    services.ask_to_reopen(actor=people.planner, closure_id=closure.pk, reason=WHY)
    services.confirm_reopening(actor=people.second_planner, closure_id=closure.pk)
    window = cycle.windows.get(stage="village")
    assert (window.closed_at, window.closed_by, window.closed_in) == (None, None, {})


def test_where_one_planner_serves_the_budget_team_is_the_second_and_is_told(people, cycle):
    """Few kabupaten have two planners: what only they close would stay closed for good."""
    Assignment.objects.filter(user=people.second_planner).delete()
    closure = close(cycle, people.planner, region=cast.HOME, reason=WHY)
    services.ask_to_reopen(actor=people.planner, closure_id=closure.pk, reason=WHY)
    notice = Notice.objects.select_related("news").get(user=people.budget_team, news__kind="reopening_asked")
    assert kinds_of_news.reason_of(notice.news.facts) == WHY
    assert people.budget_team in closing_policy.confirmers(closure, people.planner)
    services.confirm_reopening(actor=people.budget_team, closure_id=closure.pk)
    assert cycle.windows.get(stage="village").closed_in == {}


def test_over_a_villages_own_closing_the_budget_team_has_no_say(people, cycle):
    held(cycle, people)
    closure = close(cycle, people.village_head)
    services.ask_to_reopen(actor=people.village_head, closure_id=closure.pk, reason=WHY)
    with pytest.raises(Refusal) as refused:
        services.confirm_reopening(actor=people.budget_team, closure_id=closure.pk)
    assert refused.value.code == "not_yours"
    assert set(Notice.objects.filter(news__kind="reopening_asked").values_list("user", flat=True)) == {people.planner.pk, people.second_planner.pk}


def test_the_database_itself_knows_one_closing_and_two_people(people, cycle):
    held(cycle, people)
    closure = close(cycle, people.village_head)
    twin = {"cycle": cycle, "stage": "village", "region_id": cast.VILLAGE, "closed_by": people.planner, "role": "planner", "closed_at": clock.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        StageClosure.objects.create(**twin)
    one_person = {"reopen_asked_by": people.planner, "reopen_asked_at": clock.now(), "reopen_reason": WHY, "reopened_by": people.planner}
    with pytest.raises(IntegrityError), transaction.atomic():
        StageClosure.objects.filter(pk=closure.pk).update(**one_person, reopened_at=clock.now())


def test_what_stands_in_the_way_is_asked_in_a_constant_number_of_queries(people, cycle, django_assert_num_queries):
    held(cycle, people)
    window = cycle.windows.select_related("cycle").get(stage="village")
    with django_assert_num_queries(4):
        obstacles(window, cast.VILLAGE)
    for _more in range(5):
        held(cycle, people, signed=False)
        make.proposal(of=cycle)
    with django_assert_num_queries(4):
        obstacles(window, cast.VILLAGE)


def test_the_papers_that_a_year_may_ask_for_are_those_that_meetings_have():
    assert set(PAPERS) == set(DocumentKind.values)


def test_a_late_capture_is_shut_out_by_a_person_who_closed(people, cycle):
    held(cycle, people)
    now = clock.now()
    StageWindow.objects.filter(cycle=cycle, stage="village").update(closes_at=now - timedelta(hours=1), late_grace_hours=48)
    draft = make.proposal(of=cycle, stage=Stage.DRAFT)
    assert policy.may_move(people.village_head, draft, "submit", is_late=True)
    close(cycle, people.village_head, reason="Semua usulan sudah masuk daftar desa.")
    draft.refresh_from_db()
    assert policy.may_move(people.village_head, draft, "submit", is_late=True).code == "stage_closed"
