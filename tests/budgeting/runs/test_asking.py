"""Asking for a run: what is refused, by which field, and that the same request twice is one."""

import uuid

import pytest

from accounts.refusals import Conflict, Invalid, Refusal
from budgeting import services
from budgeting.models import AllocationRun
from deliberation.models import BallotFile
from proposals.models import Proposal
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.conftest import calculated, published_ceiling
from tests.budgeting.runs.polled import published

pytestmark = pytest.mark.django_db


def ask(people, ceiling, rule="greedy", run_id=None, **options):
    return services.request_run(ceiling_id=ceiling.pk, rule=rule, actor=people.planner, options=options, run_id=run_id)


def test_the_same_request_twice_is_one_run_and_another_with_its_id_is_refused(people, ceiling, waiting):
    key = uuid.uuid4()
    first = ask(people, ceiling, run_id=key)
    assert ask(people, ceiling, run_id=key).pk == first.pk == key
    assert AllocationRun.objects.count() == 1
    for other in ({"rule": "greedy-per-cost"}, {"per_village": 2}):
        with pytest.raises(Conflict) as caught:
            ask(people, ceiling, run_id=key, **other)
        assert caught.value.code == "run_exists"


@pytest.mark.parametrize(
    ("rule", "options", "field"),
    [
        ("greedy", {"votes": "scores"}, "votes"),
        ("greedy", {"votes": "ballot"}, "ballot"),
        ("greedy", {"votes": "ballot", "ballot": "x"}, "ballot"),
        ("greedy", {"votes": "ballot", "ballot": str(uuid.uuid4())}, "ballot"),
        ("greedy", {"completion": "add1"}, "options"),
        ("greedy", {"ties": "lot"}, "seed"),
        ("greedy", {"ties": "lot", "seed": "<b>"}, "seed"),
        ("greedy", {"ties": "lot", "seed": ["1234"]}, "seed"),
        ("greedy", {"ties": "coin"}, "ties"),
        ("greedy", {"mandatory_first": "yes"}, "mandatory_first"),
        ("greedy", {"per_village": -1}, "per_village"),
        ("greedy", {"per_village": "1.5"}, "per_village"),
        ("greedy", {"per_village": True}, "per_village"),
        ("greedy", {"women_percent": 101}, "women_percent"),
        ("greedy", {"women_percent": 60, "non_physical_percent": 50}, "women_percent"),
        ("greedy", {"excluding": [["a"]]}, "excluding"),
        ("greedy", {"excluding": {"a": "b"}}, "excluding"),
        ("greedy", {"excluding": [["6112-2028-0001", "6112-2028-0001"]]}, "excluding"),
        ("greedy", {"requiring": "6112-2028-0001 6112-2028-9999"}, "requiring"),
        ("greedy", {"phases": {"6112-2028-0001": -5}}, "phases"),
        ("greedy", {"phases": {"6112-2028-0001": 10**14}}, "phases"),
        ("greedy", {"phases": "6112-2028-0001"}, "phases"),
        ("rank", {}, "meeting"),
        ("rank", {"meeting": str(uuid.uuid4())}, "meeting"),
        ("max-welfare", {"votes": "scores"}, "meeting"),
        ("equal-shares", {"votes": "supports"}, "votes"),
        ("equal-shares", {"ballot": str(uuid.uuid4()), "increment": 0}, "increment"),
        ("equal-shares", {"ballot": str(uuid.uuid4()), "completion": []}, "ballot"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_by_its_field_and_nothing_is_kept(people, ceiling, waiting, rule, options, field):  # noqa: PLR0917
    with pytest.raises(Invalid) as caught:
        ask(people, ceiling, rule, **options)
    assert list(caught.value.fields) == [field]
    assert not AllocationRun.objects.exists()


@pytest.mark.parametrize(
    ("field", "options", "named"),
    [
        ("excluding", {"excluding": [[0, 0]]}, "dirinya sendiri"),
        ("requiring", {"requiring": [[0, 1], [1, 2], [2, 0]]}, "memerlukan dirinya sendiri"),
        ("excluding", {"requiring": [[0, 1]], "excluding": [[1, 0]]}, "memerlukan keduanya"),
    ],
)
def test_conditions_that_no_list_can_keep_are_refused_where_they_were_typed(people, ceiling, waiting, field, options, named):  # noqa: PLR0917
    """Calculated, they would only fail, in a program's words."""
    typed = {name: [[waiting[at].number for at in pair] for pair in pairs] for name, pairs in options.items()}
    with pytest.raises(Invalid) as caught:
        ask(people, ceiling, **typed)
    assert list(caught.value.fields) == [field]
    assert named in caught.value.fields[field][0]
    assert not AllocationRun.objects.exists()


def test_more_is_demanded_by_regulation_than_can_be_given(people, ceiling, waiting):
    Proposal.objects.filter(pk__in=[waiting[0].pk, waiting[1].pk]).update(channel="mandatory")
    with pytest.raises(Invalid) as caught:
        ask(people, ceiling)
    assert "Rp900.000.000" in caught.value.fields["mandatory_first"][0]
    assert ask(people, ceiling, mandatory_first=False).total == 3
    pair = [waiting[0].number, waiting[1].number]
    with pytest.raises(Invalid) as caught:
        ask(people, ceiling, excluding=[pair])
    assert list(caught.value.fields) == ["excluding"]


def _ballots(people, waiting):
    elsewhere = make.proposal(stage=Stage.DISTRICT)
    votes = [(1,)] * 5
    return {
        "not published yet": published(people, waiting, votes, state="closed"),
        "annulled": published(people, waiting, votes, state="open"),
        "of another kabupaten": published(people, waiting, votes, region=cast.ELSEWHERE),
        "without a file": published(people, waiting, votes),
        "with a forged file": published(people, waiting, votes, sha256="0" * 64),
        "about other proposals": published(people, [elsewhere], votes),
        "with no vote": published(people, waiting, [()] * 5),
    }


@pytest.mark.parametrize(
    "which",
    ["not published yet", "annulled", "of another kabupaten", "without a file", "with a forged file", "about other proposals", "with no vote"],
)
def test_a_ballot_that_not_everybody_can_recount_decides_nothing(people, ceiling, waiting, which):
    ballots = _ballots(people, waiting)
    BallotFile.objects.filter(ballot=ballots["without a file"]).delete()
    with pytest.raises(Invalid) as caught:
        ask(people, ceiling, "equal-shares", ballot=str(ballots[which].pk))
    assert list(caught.value.fields) == ["ballot"]


def test_an_open_meeting_decides_nothing(people, ceiling, waiting):
    with pytest.raises(Invalid) as caught:
        ask(people, ceiling, "rank", meeting=str(make.a_meeting(kind="district", state="open").pk))
    assert list(caught.value.fields) == ["meeting"]


def test_every_option_is_kept_with_its_default_so_that_nobody_has_to_know_the_defaults_of_the_day(people, ceiling, waiting):
    assert ask(people, ceiling).options == {
        "votes": "supports", "ties": "cheaper", "mandatory_first": True, "per_village": 0, "non_physical_percent": 0, "women_percent": 0,
        "excluding": [], "requiring": [], "phases": {},
    }  # fmt: skip


def test_an_agencys_ceiling_pays_for_the_agencys_own(people, plan):
    money = published_ceiling(people, agency_id=people.works_agency.pk)
    own = make.proposal(stage=Stage.BUDGET, of=plan, agency=people.works_agency)
    make.proposal(stage=Stage.BUDGET, of=plan, agency=people.farming_agency)
    dear = make.proposal(stage=Stage.BUDGET, of=plan, agency=people.works_agency, amount=600_000_000)
    run = calculated(people, money)
    assert set(run.lines.values_list("proposal_id", flat=True)) == {own.pk, dear.pk}
    assert run.lines.get(proposal=dear).facts["bound"] == "CEILING_AGENCY"


def test_nobody_asks_with_the_ballots_of_others_money(people, ceiling, waiting):
    ballot = published(people, waiting, [(1,)] * 5)
    with pytest.raises(Refusal) as caught:
        services.request_run(ceiling_id=ceiling.pk, rule="phragmen", actor=people.foreign_planner, options={"ballot": str(ballot.pk)})
    assert caught.value.status == 403
