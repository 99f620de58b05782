"""A panel from its draft to its result: what is frozen, who may what, what stays blind, who is tied."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Assignment, AuditEntry
from accounts.refusals import Conflict, Invalid, Missing, Refusal
from deliberation.models import CriteriaSet, News, Panel, PanelEntry, Recusal, Score, Sheet
from deliberation.scoring import places, reading
from deliberation.scoring.services import closing, making, opening
from deliberation.scoring.services.scoring import Mark, declare_tie, save_marks, submit_sheet
from proposals.stages import Stage
from tests import cast, make
from tests.deliberation.scoring import scored

pytestmark = pytest.mark.django_db


def waiting(count=3, **fields):
    """Proposals that wait at the sub-district, written by somebody who scores nothing."""
    return make.proposals(count, stage=Stage.SUBDISTRICT, **{"author": fields.pop("author", None) or cast.person(username="penulis"), **fields})


def scorers(people):
    """Two who live nowhere near."""
    return people.subdistrict_officer, people.planner


def test_opening_freezes_criteria_proposals_values_and_seed_because_they_are_published_before_scoring(people):
    waiting()
    panel = scored.opened(people.subdistrict_officer, *scorers(people))

    kept = CriteriaSet.objects.get(cycle=panel.cycle, stage="subdistrict")
    entry = AuditEntry.objects.get(action="deliberation.scoring.open")
    assert kept.frozen_sha256 == panel.frozen["set_sha256"]
    assert entry.changes["seed"] == panel.seed
    assert entry.changes["sha256"] == panel.frozen["sha256"]
    assert PanelEntry.objects.filter(panel=panel).count() == 3
    assert News.objects.filter(kind="scoring_open").count() == 1


def test_opening_twice_is_opening_once(people):
    waiting()
    panel = scored.opened(people.subdistrict_officer, *scorers(people))

    again = opening.open_panel(panel_id=panel.pk, actor=people.subdistrict_officer)

    assert (again.seed, AuditEntry.objects.filter(action="deliberation.scoring.open").count()) == (panel.seed, 1)


@pytest.mark.parametrize("name", ["stranger", "resident", "facilitator", "village_head", "other_subdistrict_officer", "foreign_planner", "auditor"])
def test_a_panel_of_the_subdistrict_is_made_by_its_own_officials(people, name):
    waiting()
    actor = getattr(people, name)

    with pytest.raises(Refusal) as refused:
        scored.draft(actor, people.planner)

    assert refused.value.status == (401 if name == "stranger" else 403)
    assert not Panel.objects.exists()


@pytest.mark.parametrize("name", ["stranger", "resident", "village_head", "auditor", "other_subdistrict_officer"])
def test_nobody_else_opens_closes_or_reopens(people, name):
    waiting()
    panel = scored.opened(people.subdistrict_officer, *scorers(people))
    actor, sheet = getattr(people, name), Sheet.objects.filter(panel=panel).first()

    for verb in (
        lambda: opening.open_panel(panel_id=panel.pk, actor=actor),
        lambda: closing.close_panel(panel_id=panel.pk, actor=actor),
        lambda: closing.reopen_sheet(panel_id=panel.pk, sheet_id=sheet.pk, actor=actor, reason=scored.REASON),
    ):
        with pytest.raises(Refusal) as refused:
            verb()
        assert refused.value.status in (401, 403)


def test_a_draft_is_unknown_to_those_who_may_not_run_it(people):
    make.open_cycle()
    panel = scored.draft(people.subdistrict_officer, people.planner)

    with pytest.raises(Missing):
        reading.loaded(panel.pk, people.resident)
    assert reading.loaded(panel.pk, people.planner) == panel


def test_scorers_that_do_not_exist_or_stand_twice_are_named_by_their_line(people):
    people_asked = [*scored.asked(people.planner, people.planner), making.Asked("siapa-ini", "LPM")]
    draft = making.Draft(
        title="Penilaian", scorers=people_asked, region_code=cast.SUBDISTRICT, stage="subdistrict", plan_year=make.open_cycle().plan_year
    )

    with pytest.raises(Invalid) as refused:
        making.save_panel(panel_id=uuid.uuid4(), actor=people.subdistrict_officer, draft=draft)

    assert set(refused.value.fields) == {"scorer-2", "scorer-3"}


def test_a_second_panel_waits_until_the_first_is_closed(people):
    make.open_cycle()
    scored.draft(people.subdistrict_officer, people.planner)

    with pytest.raises(Conflict):
        scored.draft(people.subdistrict_officer, people.planner)


def test_a_panel_without_proposals_or_scorers_is_not_opened(people):
    make.open_cycle()
    panel = scored.draft(people.subdistrict_officer, people.planner)

    with pytest.raises(Conflict) as refused:
        opening.open_panel(panel_id=panel.pk, actor=people.subdistrict_officer)

    assert refused.value.code == "nothing_waits"


def test_only_the_named_scorer_writes_and_only_while_it_is_open(people):
    waiting()
    panel = scored.opened(people.subdistrict_officer, *scorers(people))

    for actor in (people.stranger, people.resident, people.auditor, people.second_planner):
        with pytest.raises(Refusal) as refused:
            scored.score(panel, actor, {1: 3})
        assert refused.value.status == (401 if actor is people.stranger else 403)
    assert not Score.objects.exists()


def test_a_sheet_is_kept_row_by_row_and_handed_in_once_it_is_whole(people):
    waiting(2)
    panel = scored.opened(people.subdistrict_officer, *scorers(people))
    assert scored.score(panel, people.planner, {1: 4}) == 4
    assert scored.score(panel, people.planner, {1: 4}) == 0

    with pytest.raises(Conflict) as refused:
        submit_sheet(panel_id=panel.pk, actor=people.planner)
    assert (refused.value.code, "2" in str(refused.value.message)) == ("incomplete", True)

    sheet = scored.submitted(panel, people.planner, {2: 2})
    assert submit_sheet(panel_id=panel.pk, actor=people.planner).submitted_at == sheet.submitted_at
    with pytest.raises(Conflict):
        scored.score(panel, people.planner, {1: 5})


def test_wrong_values_are_named_one_by_one_and_nothing_is_kept(people):
    waiting(2)
    panel = scored.opened(people.subdistrict_officer, *scorers(people))
    marks = [Mark(1, "URG", 6), Mark(1, "POV", 0), Mark(2, "URG", 3), Mark(9, "URG", 3), Mark(1, "BEN", 3), Mark(1, "???", 3)]

    with pytest.raises(Invalid) as refused:
        save_marks(panel_id=panel.pk, actor=people.planner, marks=marks)

    assert set(refused.value.fields) == {"nilai-1-URG", "nilai-1-POV", "nilai-9-URG", "nilai-1-BEN", "nilai-1-???"}
    assert not Score.objects.exists()


def test_a_comment_hides_what_must_not_be_public_and_a_value_can_be_taken_away(people):
    waiting(1)
    panel = scored.opened(people.subdistrict_officer, *scorers(people))
    save_marks(panel_id=panel.pk, actor=people.planner, marks=[Mark(1, "URG", 3, "NIK 6112011203850001 menunggu")])
    kept = Score.objects.get()
    assert "6112011203850001" not in kept.comment

    save_marks(panel_id=panel.pk, actor=people.planner, marks=[Mark(1, "URG", None, "")])
    assert not Score.objects.exists()


def test_the_journal_and_the_room_know_nothing_of_a_draft(people):
    waiting(1)
    panel = scored.opened(people.subdistrict_officer, *scorers(people))
    before = AuditEntry.objects.count()

    scored.score(panel, people.planner, {1: 5})
    assert AuditEntry.objects.count() == before
    submit_sheet(panel_id=panel.pk, actor=people.planner)
    assert AuditEntry.objects.get(action="deliberation.scoring.submit").changes == {"capacity": "Unsur planner"}


def test_who_lives_serves_or_wrote_there_is_recused_and_counted(people):
    theirs, other = waiting(1)[0], waiting(1, village=cast.NEXT_VILLAGE, author=people.planner)[0]
    Assignment.objects.create(user=people.second_planner, role="village_head", region_id=cast.NEXT_VILLAGE, starts_on=date(2020, 1, 1))
    panel = scored.opened(people.subdistrict_officer, people.resident, people.village_head, people.planner, people.second_planner)

    rows = {(one.entry.proposal_id, one.sheet.scorer): one.tie for one in Recusal.objects.select_related("entry", "sheet__scorer")}
    assert rows == {
        (theirs.pk, people.resident): "resident",
        (theirs.pk, people.village_head): "officer",
        (other.pk, people.planner): "author",
        (other.pk, people.second_planner): "officer",
    }
    assert [one.recused for one in reading.entries_of(panel)] == [2, 2]


def test_a_locked_row_takes_no_score(people):
    waiting(1)
    panel = scored.opened(people.subdistrict_officer, people.resident, people.planner)

    with pytest.raises(Invalid):
        scored.score(panel, people.resident, {1: 5})


def test_in_a_villages_own_panel_living_there_ties_nobody_but_writing_does(people):
    make.proposal(author=people.facilitator)
    panel = scored.opened(people.village_head, people.facilitator, people.resident, people.village_head, region=cast.VILLAGE, stage="village")

    assert [(one.sheet.scorer, one.tie) for one in Recusal.objects.filter(sheet__panel=panel)] == [(people.facilitator, "author")]


def test_a_declared_link_locks_the_whole_village_and_its_scores_go(people):
    first, second = waiting(2)
    other = waiting(1, village=cast.NEXT_VILLAGE, author=people.resident)[0]
    panel = scored.opened(people.subdistrict_officer, *scorers(people))
    numbers = {scored.entry(panel, one).number for one in (first, second)}
    scored.score(panel, people.planner, {1: 3, 2: 3, 3: 3})

    locked = declare_tie(panel_id=panel.pk, actor=people.planner, number=min(numbers), reason="Kakak saya ketua kelompok tani di sana.")

    assert locked == 2
    assert set(Score.objects.values_list("entry__proposal", flat=True)) == {other.pk}
    again = declare_tie(panel_id=panel.pk, actor=people.planner, number=min(numbers), reason="Kakak saya ketua kelompok tani di sana.")
    assert again == 0
    with pytest.raises(Invalid):
        declare_tie(panel_id=panel.pk, actor=people.planner, number=1, reason="ya")


def test_a_sheet_is_reopened_with_a_reason_and_told_to_its_scorer(people):
    waiting(1)
    panel = scored.opened(people.subdistrict_officer, *scorers(people))
    sheet = scored.submitted(panel, people.planner, {1: 5})

    with pytest.raises(Invalid):
        closing.reopen_sheet(panel_id=panel.pk, sheet_id=sheet.pk, actor=people.subdistrict_officer, reason="salah")
    closing.reopen_sheet(panel_id=panel.pk, sheet_id=sheet.pk, actor=people.subdistrict_officer, reason=scored.REASON)

    assert scored.score(panel, people.planner, {1: 4}) == 4
    assert News.objects.filter(kind="sheet_reopened").count() == 1


def test_closing_needs_a_sheet_and_a_reason_for_every_one_that_is_missing(people):
    waiting(1)
    panel = scored.opened(people.subdistrict_officer, *scorers(people))
    with pytest.raises(Conflict) as refused:
        scored.closed(panel, people.subdistrict_officer, reason=scored.REASON)
    assert refused.value.code == "no_sheets"

    scored.submitted(panel, people.planner, {1: 5})
    scored.score(panel, people.subdistrict_officer, {1: 1})
    with pytest.raises(Invalid):
        scored.closed(panel, people.subdistrict_officer)
    made = scored.closed(panel, people.subdistrict_officer, reason=scored.REASON)

    row = made.result["rows"][0]
    assert (row["scorers"], row["values"]["URG"]) == (1, "5"), "a sheet that was not handed in does not count"
    assert scored.closed(panel, people.subdistrict_officer).closed_at == made.closed_at


def test_the_result_ranks_tells_the_spread_and_what_a_weight_would_change(people):
    best, worst = waiting(2)
    panel = scored.opened(people.subdistrict_officer, *scorers(people))
    up, down = scored.entry(panel, best).number, scored.entry(panel, worst).number
    scored.submitted(panel, people.planner, {up: 5, down: 1})
    scored.submitted(panel, people.subdistrict_officer, {up: 4, down: 3})

    rows = scored.closed(panel, people.subdistrict_officer).result["rows"]

    assert [row["number"] for row in rows] == [up, down]
    assert rows[1]["spread"]["URG"] == {"scorers": 2, "least": 1, "most": 3, "variance": "1"}
    assert rows[0]["values"]["URG"] == "9/2"
    panel.refresh_from_db()
    assert {one["code"] for one in panel.result["sensitivity"]} == {one["code"] for one in panel.frozen["criteria"]}


def test_a_meeting_reads_the_places_of_its_own_panel_only_once_it_is_closed(people):
    first, second = waiting(2)
    meeting = make.a_meeting(kind="subdistrict")
    panel = scored.opened(people.subdistrict_officer, *scorers(people), meeting=meeting)
    up, down = scored.entry(panel, second).number, scored.entry(panel, first).number
    scored.submitted(panel, people.planner, {up: 5, down: 1})
    assert places.of(meeting) == {}

    scored.closed(panel, people.subdistrict_officer, reason=scored.REASON)

    assert places.of(meeting) == {second.pk: 1, first.pk: 2}
    assert places.among(meeting, [first.pk], [second.pk]) == {first.pk: 1, second.pk: 2}, "each list is ordered for itself"


def test_opening_and_closing_ask_as_much_for_thirty_proposals_as_for_three(people):
    def cost(count):
        waiting(count, author=people.auditor)
        panel = scored.draft(people.subdistrict_officer, people.planner)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            opening.open_panel(panel_id=panel.pk, actor=people.subdistrict_officer)
        scored.submitted(panel, people.planner, dict.fromkeys(range(1, PanelEntry.objects.filter(panel=panel).count() + 1), 3))
        with CaptureQueriesContext(connection) as more:
            closing.close_panel(panel_id=panel.pk, actor=people.subdistrict_officer)
        return len(queries), len(more)

    cost(1)
    assert cost(3) == cost(30)
