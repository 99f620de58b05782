"""The sums that the database adds up, against the same sums by hand; and what the page asks of it."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import Residency
from accounts.refusals import Invalid, Missing, Refusal
from budgeting.comparison import changed
from budgeting.comparison.facts import Reached, Sum
from budgeting.comparison.reading import comparison
from budgeting.comparison.sums import columns
from budgeting.overrides.services import sign_override
from deliberation.models import Ballot, Candidate, Support, Vote
from geo.models import Region
from proposals.models import DictionaryEntry
from proposals.stages import Stage
from tests import cast, make
from tests.budgeting.conftest import calculated, published_ceiling

pytestmark = pytest.mark.django_db
REASON = "Jembatan itu satu-satunya jalan ke sekolah dan puskesmas."


@pytest.fixture
def asked(people, plan):
    """Four things asked for by three places; 650 million pay for the first and the last by supports."""
    soft = DictionaryEntry.objects.create(
        cycle=plan, code="P01", name="Pelatihan kader posyandu", sector="health", unit="kali", unit_price=1, kind="capacity"
    )
    rows = (
        ("Jembatan", cast.VILLAGE, 500_000_000, 30, {"raised_by_women": True, "poor_households": 40}),
        ("Jalan", cast.NEXT_VILLAGE, 400_000_000, 20, {"first_asked_year": 2027, "raised_by_youth": True}),
        ("Pelatihan", cast.FAR_VILLAGE, 100_000_000, 10, {"sector": "health", "dictionary_entry": soft, "raised_by_women": True}),
        ("Pasar", cast.SUBDISTRICT, 200_000_000, 5, {"channel": "council", "sponsor": "Fraksi"}),
    )
    return [make.proposal(stage=Stage.BUDGET, of=plan, title=title, village=village, amount=amount, supports=supports, **more)
            for title, village, amount, supports, more in rows]  # fmt: skip


@pytest.fixture
def two(people, ceiling, asked):
    """By supports: bridge and training. By supports for each rupiah: training, bridge. One of them with the market put in by hand."""
    first, second = calculated(people, ceiling), calculated(people, ceiling, rule="greedy-per-cost")
    sign_override(
        override_id=uuid.uuid4(), run_id=second.pk, proposal_id=asked[0].pk, verdict="not_funded", reason=REASON, actor=people.second_planner
    )
    sign_override(override_id=uuid.uuid4(), run_id=second.pk, proposal_id=asked[3].pk, verdict="funded", reason=REASON, actor=people.second_planner)
    return first, second


def test_every_sum_is_the_sum_by_hand_with_overrides_in_place_of_what_the_rule_gave(people, two):
    first, second = comparison(people.planner, [run.pk for run in two]).columns
    assert (first.total, first.by_hand) == (Sum(4, 2, 600_000_000), 0)
    assert (second.total, second.by_hand) == (Sum(4, 2, 300_000_000), 2)
    assert second.villages == {
        cast.VILLAGE: Sum(1, 0, 0), cast.NEXT_VILLAGE: Sum(1, 0, 0), cast.FAR_VILLAGE: Sum(1, 1, 100_000_000), cast.SUBDISTRICT: Sum(1, 1, 200_000_000),
    }  # fmt: skip
    assert first.sectors == {"road": Sum(3, 1, 500_000_000), "health": Sum(1, 1, 100_000_000)}
    assert second.origins == {"village": Sum(2, 1, 100_000_000), "carried_over": Sum(1, 0, 0), "council": Sum(1, 1, 200_000_000)}
    assert first.marks["women"] == Sum(2, 2, 600_000_000)
    assert first.marks["soft"] == Sum(1, 1, 100_000_000)
    assert (first.villages_reached, second.villages_reached) == (2, 2)


def test_people_are_counted_once_however_many_works_they_support(people, two, asked):
    for number in range(6):
        friend = cast.person(username=f"pendukung{number}")
        home = Residency.objects.create(user=friend, village_id=cast.VILLAGE, status="confirmed", requested_at=clock.now(), decided_at=clock.now())
        for proposal in (asked[0], asked[2]) if number < 2 else (asked[0],) if number < 4 else (asked[1],):
            Support.objects.create(proposal=proposal, user=friend, residency=home, at=clock.now())
    first, second = comparison(people.planner, [run.pk for run in two]).columns
    assert (first.supporters, second.supporters) == (Reached(6, 4), Reached(6, 2))


def test_voters_are_counted_once_the_result_of_their_ballot_is_out(people, plan, ceiling, asked):
    now = clock.now()
    ballot = Ballot.objects.create(
        cycle=plan, region_id=cast.HOME, scope="residents", title="Pilihan warga", kind="approval", most=2, opens_at=now - make.MONTH, closes_at=now,
        state="draft", convened_by=people.planner, convened_role="planner", created_at=now, changed_at=now,
    )  # fmt: skip
    Candidate.objects.bulk_create([Candidate(ballot=ballot, proposal=proposal, number=at) for at, proposal in enumerate(asked[:3], start=1)])
    Ballot.objects.filter(pk=ballot.pk).update(state="open", opened_at=now - make.MONTH)
    marks = [[[1, 1], [2, 1]], [[1, 1]], [[2, 1]], [[2, 1]], [[3, 1]], []]
    Vote.objects.bulk_create([Vote(ballot=ballot, channel="paper", marks=one) for one in marks])
    runs = [calculated(people, ceiling), calculated(people, ceiling, rule="greedy-per-cost")]
    keys = [run.pk for run in runs]
    assert columns(keys, [ballot.pk])[keys[0]].voters == {}
    Ballot.objects.filter(pk=ballot.pk).update(state="closed", closed_at=now, closed_by=people.planner)
    Ballot.objects.filter(pk=ballot.pk).update(state="published", published_at=now, published_by=people.planner)
    # bridge and training are in: of five who marked something, three marked one of those
    assert columns(keys, [ballot.pk])[keys[0]].voters == {str(ballot.pk): Reached(5, 3)}


def test_places_are_the_villages_in_force_with_the_poor_households_that_proposals_name(people, two):
    Region.objects.filter(pk=cast.VILLAGE).update(population=800, households=200)
    places = comparison(people.planner, [run.pk for run in two]).places
    assert len(places) == 7
    assert (places[cast.VILLAGE].population, places[cast.VILLAGE].poor, places[cast.NEXT_VILLAGE].poor) == (800, 40, None)


def test_proposals_that_are_not_decided_alike_stand_by_the_rupiah_at_stake(people, two, asked):
    keys = [run.pk for run in two]
    rows = list(changed.changed(keys))
    assert [(row.title, row.given_0, row.given_1) for row in rows] == [("Jembatan", 500_000_000, 0), ("Pasar", 0, 200_000_000)]
    assert changed.decided_in(keys, [asked[3].pk])[(keys[1], asked[3].pk)].is_funded


def test_a_proposal_that_one_run_never_saw_is_told_as_absent(people, ceiling, asked, plan):
    first = calculated(people, ceiling)
    make.proposal(stage=Stage.BUDGET, of=plan, title="Sumur", amount=10_000_000, supports=1)
    second = calculated(people, ceiling)
    assert [(row.title, row.given_0, row.given_1) for row in changed.changed([first.pk, second.pk])] == [("Sumur", -1, 10_000_000)]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_two_to_four_runs_stand_beside_each_other(people, ceiling, asked, count):
    runs = [calculated(people, ceiling).pk for _ in range(count)]
    with pytest.raises(Invalid):
        comparison(people.planner, runs)


def test_runs_of_two_plan_years_and_runs_that_are_not_calculated_are_refused(people, two, ceiling, asked):
    make.proposal(stage=Stage.BUDGET, of=make.cycle(plan_year=2029))
    other = calculated(people, published_ceiling(people, plan_year=2029))
    with pytest.raises(Invalid) as years:
        comparison(people.planner, [two[0].pk, other.pk])
    assert "run" in years.value.fields
    with pytest.raises(Missing):
        comparison(people.planner, [two[0].pk, uuid.uuid4()])


def test_somebody_elses_draft_is_told_as_such_before_anything_of_it_is_read(people, two):
    for name, status in (("stranger", 401), ("resident", 403), ("foreign_planner", 403)):
        with pytest.raises(Refusal) as refused:
            comparison(getattr(people, name), [run.pk for run in two])
        assert refused.value.status == status, name


def test_a_comparison_costs_the_same_questions_however_many_lines_it_has(people, two, ceiling, plan):
    def asked_for(runs):
        with CaptureQueriesContext(connection) as asked:
            comparison(people.planner, [run.pk for run in runs])
        return len(asked)

    few = asked_for(two)
    make.proposals(40, stage=Stage.BUDGET, of=plan, village=cast.NEXT_VILLAGE)
    assert asked_for([calculated(people, ceiling), calculated(people, ceiling, rule="greedy-per-cost")]) <= few <= 8
