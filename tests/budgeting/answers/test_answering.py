"""A published run answers every village: once, in words, exactly, told to who follows and to who reads it aloud; or nobody at all."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from budgeting import ledger, services
from budgeting.answers import reading, writing
from budgeting.models import AllocationRun, FundedWork, LedgerEntry, VillageAnswer
from budgeting.overrides.services import sign_override
from deliberation.models import Follow, News, Notice
from geo.models import Region
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.budgeting.conftest import calculated, published_ceiling

pytestmark = pytest.mark.django_db
REASON = "Jembatan itu satu-satunya jalan ke sekolah dan puskesmas."


@pytest.fixture
def asked(people, plan):
    """The first village asks for three things, the far one for one, and one is for a whole sub-district."""
    rows = (
        ("Jembatan", cast.VILLAGE, 500, 30),
        ("Jalan", cast.VILLAGE, 400, 20),
        ("Sumur", cast.VILLAGE, 100, 10),
        ("Dermaga", cast.FAR_VILLAGE, 30, 9),
    )
    made = [
        make.proposal(stage=Stage.BUDGET, of=plan, title=title, village=village, amount=amount * 10**6, supports=supports)
        for title, village, amount, supports in rows
    ]
    return [*made, make.proposal(stage=Stage.BUDGET, of=plan, title="Pasar", village=cast.SUBDISTRICT, amount=20 * 10**6, supports=8)]


def published(people, ceiling):
    return services.publish_run(run_id=calculated(people, ceiling).pk, actor=people.budget_team)


def test_every_village_of_the_region_and_every_region_that_asked_has_one_answer_and_the_sums_are_exact(people, ceiling, asked):
    run = published(people, ceiling)
    told = {one.region_id: one for one in reading.of_run(run.pk)}
    villages = Region.objects.filter(pk__startswith=f"{cast.HOME}.", level="village", valid_until__isnull=True)
    assert set(told) == {*villages.values_list("pk", flat=True), cast.SUBDISTRICT}
    assert sum(one.amount for one in told.values()) == run.spent == ledger.committed(ceiling)
    assert sum(one.asked for one in told.values()) == 5
    assert (told[cast.VILLAGE].funded, told[cast.VILLAGE].amount) == (2, 600_000_000)


def test_an_answer_says_what_is_funded_what_not_and_why_who_decided_and_what_can_be_done(people, ceiling, asked):
    run = published(people, ceiling)
    words = reading.words_in(reading.one_of(run.pk, cast.VILLAGE), "id")
    assert words["opening"].startswith("3 usulan Desa Kapur")
    assert "Rp600.000.000" in words["opening"]
    assert "Kurang Rp" in words["why"][asked[1].number]
    assert any("Budget Team" in sentence and "Planner" in sentence for sentence in words["decided"])
    assert any("Kecamatan Sungai Raya" in sentence for sentence in words["wider"])
    assert len(words["can_do"]) == 4
    assert reading.words_in(reading.one_of(run.pk, cast.VILLAGE), "en")["opening"].startswith("3 proposals of Desa Kapur")


def test_a_village_that_asked_for_nothing_has_a_short_answer(people, ceiling, asked):
    run = published(people, ceiling)
    answer = reading.one_of(run.pk, cast.NEXT_VILLAGE)
    assert (answer.asked, answer.facts) == (0, {"funded": [], "not_funded": []})
    assert "Desa Arang" in reading.words_in(answer, "id")["opening"]


def test_the_reason_of_a_line_that_was_changed_by_hand_names_who_signed_and_why(people, ceiling, asked):
    run = calculated(people, ceiling)
    sign_override(override_id=uuid.uuid4(), run_id=run.pk, proposal_id=asked[0].pk, verdict="not_funded", reason=REASON, actor=people.second_planner)
    services.publish_run(run_id=run.pk, actor=people.budget_team)
    why = reading.words_in(reading.one_of(run.pk, cast.VILLAGE), "id")["why"][asked[0].number]
    assert "Second Planner" in why
    assert REASON in why
    assert Proposal.objects.get(pk=asked[0].pk).outcome == Outcome.NOT_FUNDED
    assert not FundedWork.objects.filter(proposal=asked[0]).exists()
    assert ledger.committed(ceiling) == 150_000_000
    assert run.lines.get(proposal=asked[0]).verdict == "funded"


def test_followers_and_who_reads_it_aloud_are_told_once(people, ceiling, asked):
    Follow.objects.create(user=people.neighbour, region_id=cast.VILLAGE, at=ceiling.set_at)
    run = published(people, ceiling)
    news = News.objects.get(key=f"answer:{reading.one_of(run.pk, cast.VILLAGE).pk}")
    assert (news.kind, news.to_followers, news.path) == ("village_answer", True, f"/anggaran/{run.pk}/jawaban/{cast.VILLAGE}/")
    assert set(Notice.objects.filter(news=news).values_list("user__username", flat=True)) == {"facilitator", "village_head"}
    unasked = News.objects.get(kind="village_unasked", region_id=cast.NEXT_VILLAGE)
    assert not unasked.to_followers
    assert set(Notice.objects.filter(news=unasked).values_list("user__username", flat=True)) == {"next_facilitator"}


def test_an_answer_is_never_changed_and_only_a_published_run_answers(people, ceiling, asked):
    run = published(people, ceiling)
    draft = (
        calculated(people, published_ceiling(people, funding_source="special_allocation"))
        if Proposal.objects.filter(outcome="open").exists()
        else None
    )
    for statement in ("UPDATE budgeting_villageanswer SET amount = 0", "DELETE FROM budgeting_villageanswer"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert VillageAnswer.objects.filter(run=run).count() == 8
    assert draft is None


def test_a_statement_that_fails_in_the_middle_leaves_nothing_published(people, ceiling, asked, monkeypatch):
    run = calculated(people, ceiling)

    def fails(*_args, **_more):
        raise IntegrityError("the line to the database broke")

    monkeypatch.setattr(writing, "tell", fails)
    with pytest.raises(IntegrityError), transaction.atomic():
        services.publish_run(run_id=run.pk, actor=people.budget_team)
    assert AllocationRun.objects.get(pk=run.pk).status == "draft"
    assert not VillageAnswer.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert not FundedWork.objects.exists()
    assert set(Proposal.objects.values_list("outcome", flat=True)) == {"open"}
    monkeypatch.undo()
    assert services.publish_run(run_id=run.pk, actor=people.budget_team).status == "published"


def test_many_villages_are_answered_with_the_statements_of_few(people, plan):
    def statements(year, count):
        cycle = make.open_cycle(plan_year=year)
        make.proposals(count, stage=Stage.BUDGET, of=cycle, plan_year=year)
        run = calculated(people, published_ceiling(people, plan_year=year))
        with CaptureQueriesContext(connection) as told:
            services.publish_run(run_id=run.pk, actor=people.budget_team)
        return len(told)

    few = statements(2029, 3)
    Region.objects.bulk_create(
        Region(code=f"61.12.02.21{number:02}", name=f"Desa {number}", kind="Desa", level="village", parent_id="61.12.02") for number in range(40)
    )
    assert statements(2030, 30) <= few + 2
