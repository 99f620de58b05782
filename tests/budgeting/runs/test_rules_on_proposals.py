"""Every rule on what waits: with supports, with published ballots, with a meeting's order, with scores, under constraints, by lot."""

import json
from fractions import Fraction

import pytest
from django.core.management import call_command

from accounts.refusals import Invalid
from budgeting import services
from budgeting.runs import handing_out
from budgeting.runs.inputs import problem_of, sha256_of
from budgeting.runs.lots import lot
from budgeting.sentences import sentence
from deliberation.models import Panel, Ranking
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.conftest import calculated
from tests.budgeting.runs.polled import published

pytestmark = pytest.mark.django_db
#: Nine voters for the bridge, four for road and well: shares of 50 million each of 650.
VOTES = [(1,)] * 9 + [(2, 3)] * 4


def funded(run):
    return [line.proposal.title for line in run.lines.filter(verdict="funded").select_related("proposal").order_by("rank")]


@pytest.mark.parametrize("rule", ["equal-shares", "exact-equal-shares", "phragmen", "max-welfare", "greedy", "greedy-per-cost"])
def test_a_rule_reads_the_published_ballots_and_keeps_them_with_the_fingerprint_of_their_file(people, ceiling, waiting, rule):
    ballot = published(people, waiting, VOTES)
    run = calculated(people, ceiling, rule=rule, options={"votes": "ballot", "ballot": str(ballot.pk)})
    assert (run.status, run.ballot_id) == ("draft", ballot.pk)
    kept = run.inputs["ballot"]
    assert (kept["sha256"], kept["voters"]) == (ballot.files.get().sha256, 13)
    numbers = [one.number for one in waiting]
    assert kept["groups"] == [[9, [[numbers[0], 1]]], [4, [[numbers[1], 1], [numbers[2], 1]]]]
    assert services.replay(run) == []
    assert run.lines.get(proposal=waiting[0]).facts["votes"] == 9


def test_equal_shares_serve_the_few_where_most_votes_serve_the_many(people, ceiling, waiting):
    ballot = str(published(people, waiting, VOTES).pk)
    most = calculated(people, ceiling, rule="greedy", options={"votes": "ballot", "ballot": ballot})
    equal = calculated(people, ceiling, rule="equal-shares", options={"ballot": ballot, "completion": "none"})
    assert funded(most) == ["Jembatan", "Sumur"]
    assert funded(equal) == ["Sumur"], "nine shares of 50 million do not buy a bridge of 500"
    assert equal.lines.get(proposal=waiting[0]).reason_code == "SUPPORTERS_SHORT"


def test_the_file_with_a_runs_ballots_gives_other_programs_the_same_list(people, ceiling, waiting, tmp_path, capsys):
    ballot = published(people, waiting, [(1, 2)] * 3 + [(3,)] * 3 + [(2, 3)] * 2)
    run = calculated(people, ceiling, rule="equal-shares", options={"ballot": str(ballot.pk), "completion": "none"})
    path = tmp_path / "suara.pb"
    path.write_text(handing_out.problem(run), encoding="utf-8")
    call_command("allocate", str(path), rule="equal-shares", satisfaction="cost", json=True)
    told = json.loads(capsys.readouterr().out)
    rows = {row["project_id"]: row["number"] for row in _projects(path)}
    mine = list(run.lines.filter(verdict="funded").order_by("rank").values_list("proposal__number", flat=True))
    assert [rows[key] for key in told["selected"]] == mine
    assert told["budget"] == run.budget


def _projects(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("PROJECTS") + 1
    names = lines[start].split(";")
    return [dict(zip(names, line.split(";"), strict=True)) for line in lines[start + 1 : lines.index("VOTES")]]


def test_points_and_places_weigh_as_on_the_ballot_itself(people, ceiling, waiting):
    ranked = published(people, waiting, [((1, 1), (2, 2)), ((3, 1),), ((2, 1), (3, 2)), ((1, 1),), ((2, 1),)], kind="ranking")
    run = calculated(people, ceiling, rule="greedy", options={"votes": "ballot", "ballot": str(ranked.pk)})
    assert [run.lines.get(proposal=one).facts["votes"] for one in waiting] == [3 + 3, 2 + 3 + 3, 3 + 2]
    shares = calculated(people, ceiling, rule="equal-shares", options={"ballot": str(ranked.pk)})
    assert {project.id: project.points for project in problem_of(shares.inputs).projects} == dict(
        zip((one.number for one in waiting), (6, 8, 5), strict=True)
    )
    with pytest.raises(Invalid) as caught:
        calculated(people, ceiling, rule="exact-equal-shares", options={"ballot": str(ranked.pk)})
    assert list(caught.value.fields) == ["ballot"]


def test_who_voted_only_for_what_no_longer_waits_stays_a_voter_and_the_proposal_is_named(people, ceiling, waiting):
    gone = make.proposal(stage=Stage.DISTRICT, title="Pasar")
    late = make.proposal(stage=Stage.BUDGET, title="Tambatan", amount=1_000_000)
    ballot = published(people, [*waiting, gone], [(4,)] * 5 + [(1, 4)] * 5)
    run = calculated(people, ceiling, rule="equal-shares", options={"ballot": str(ballot.pk), "completion": "none"})
    kept = run.inputs["ballot"]
    assert (kept["voters"], kept["elsewhere"], [times for times, _ in kept["groups"]]) == (10, [gone.number], [5])
    assert "unlisted" in run.lines.get(proposal=late).facts


def test_a_meetings_order_decides_and_what_it_did_not_place_comes_last(people, ceiling, waiting):
    meeting = make.a_meeting(kind="district", state="closed")
    for place, proposal in enumerate((waiting[2], waiting[1]), start=1):
        Ranking.objects.create(meeting=meeting, proposal=proposal, place=place, set_by=people.planner, set_at=meeting.closed_at)
    run = calculated(people, ceiling, rule="rank", options={"meeting": str(meeting.pk)})
    assert funded(run) == ["Sumur", "Jalan"]
    assert run.meeting_id == meeting.pk
    assert run.inputs["order"]["places"] == {waiting[2].number: 1, waiting[1].number: 2}


def test_without_a_meeting_the_places_in_the_register_count(people, ceiling, plan):
    for rank, title in ((2, "Kedua"), (1, "Pertama"), (None, "Tanpa")):
        make.proposal(stage=Stage.BUDGET, of=plan, title=title, rank=rank, amount=400_000_000)
    assert funded(calculated(people, ceiling, rule="rank")) == ["Pertama"]


def test_scores_of_a_closed_panel_are_added_up_as_they_are_shown(people, ceiling, waiting):
    meeting = make.a_meeting(kind="district", state="closed")
    scores = zip(waiting, ("265/3", "60", "30"), strict=True)
    rows = [{"number": at, "proposal": str(one.pk), "place": at, "score": score} for at, (one, score) in enumerate(scores, start=1)]
    Panel.objects.create(
        cycle=meeting.cycle, stage="district", region_id=cast.HOME, meeting=meeting, title="Panel", state="closed", seed="1", result={"rows": rows},
        as_of=meeting.closed_at, opened_at=meeting.closed_at, closed_at=meeting.closed_at, closed_by=people.planner, made_by=people.planner,
        made_role="planner", created_at=meeting.closed_at, changed_at=meeting.closed_at,
    )  # fmt: skip
    run = calculated(people, ceiling, rule="max-welfare", options={"votes": "scores", "meeting": str(meeting.pk)})
    assert set(funded(run)) == {"Jembatan", "Sumur"}
    assert run.lines.get(proposal=waiting[0]).facts["points"] == round(Fraction(265, 3) * 100)


def test_what_regulation_demands_is_paid_first_unless_the_planner_says_otherwise(people, ceiling, waiting):
    make.proposal(stage=Stage.BUDGET, title="Wajib", amount=300_000_000, supports=0, channel="mandatory", sponsor="Dinas", sponsor_reference="UU")
    assert funded(calculated(people, ceiling))[0] == "Wajib"
    assert "Wajib" not in funded(calculated(people, ceiling, options={"mandatory_first": False}))


def test_pairs_villages_shares_and_phases_bind_the_list_and_each_line_says_so(people, ceiling, waiting, plan):
    first, second, third = (one.number for one in waiting)
    alone = calculated(people, ceiling, options={"excluding": [[first, third]]})
    assert (funded(alone), alone.lines.get(proposal=waiting[2]).reason_code) == (["Jembatan"], "EXCLUDED_BY")
    needed = calculated(people, ceiling, options={"requiring": f"{third} {second}"})
    assert needed.lines.get(proposal=waiting[2]).reason_code == "NEEDS"
    part = calculated(people, ceiling, options={"phases": f"{second} 100.000.000"})
    line = part.lines.get(proposal=waiting[1])
    assert (line.reason_code, line.amount) == ("FUNDED_PARTIAL", 150_000_000)
    make.proposal(stage=Stage.BUDGET, of=plan, village=cast.NEXT_VILLAGE, title="Tetangga", amount=140_000_000, supports=1)
    fair = calculated(people, ceiling, options={"per_village": 1})
    assert funded(fair) == ["Jembatan", "Tetangga"]
    women = make.proposal(stage=Stage.BUDGET, of=plan, title="Posyandu", amount=200_000_000, supports=0, raised_by_women=True)
    shared = calculated(people, ceiling, options={"women_percent": 40})
    assert shared.lines.get(proposal=women).verdict == "funded"
    for run in (alone, needed, part, fair, shared):
        assert services.replay(run) == []


@pytest.mark.parametrize("rule", ["equal-shares", "exact-equal-shares", "phragmen", "max-welfare"])
def test_what_a_rule_leaves_pays_a_first_phase_and_the_line_says_so(people, ceiling, waiting, rule):
    ballot = published(people, waiting, VOTES)
    phases = {waiting[0].number: 200_000_000, waiting[1].number: 40_000_000}
    asked = {"votes": "ballot", "ballot": str(ballot.pk), "phases": phases}
    run = calculated(people, ceiling, rule=rule, options=asked | ({"completion": "none"} if "shares" in rule else {}))
    part = run.lines.get(proposal=waiting[1])
    assert (part.reason_code, part.amount, part.facts["how"], run.spent) == ("FUNDED_PARTIAL", 50_000_000, "rest", 650_000_000)
    told = sentence(part)
    assert "Rp50.000.000" in told
    assert "dari sisa yang ditinggalkan aturan" in told
    assert services.replay(run) == []


def test_equals_are_drawn_by_a_lot_that_anybody_draws_again(people, ceiling, plan):
    numbers = [make.proposal(stage=Stage.BUDGET, of=plan, title=f"Sama {at}", amount=300_000_000, supports=5).number for at in range(5)]
    run = calculated(people, ceiling, options={"ties": "lot", "seed": "Undian 7 Maret: 4-8-1"})
    drawn = sorted(numbers, key=lambda number: lot("Undian 7 Maret: 4-8-1", number))
    assert list(run.lines.order_by("rank").values_list("proposal__number", flat=True)) == drawn
    assert run.lines.get(rank=3).facts["before"] in numbers, "numbers, not lots"
    assert sha256_of(run.inputs) == run.inputs_sha256
    assert services.replay(run) == []
