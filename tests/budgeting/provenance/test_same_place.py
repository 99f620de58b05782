"""Pokir and village at one place: which pairs count, and what a judgement does to them."""

import pytest

from accounts import clock
from budgeting.provenance import pairs
from proposals import services
from proposals.models import Proposal, SimilarPair
from tests import cast, make

pytestmark = pytest.mark.django_db
DIFFERENT = "Pokir itu untuk saluran di sisi barat, usulan kami di sisi timur."


def a_pair(one, other, **facts):
    first, second = sorted((one, other), key=lambda proposal: proposal.pk)
    return SimilarPair.objects.create(
        first=first,
        second=second,
        first_village=first.village_id,
        second_village=second.village_id,
        **{"points": 90, "work": "same", "words": 900, "distance_m": 12, "found_at": clock.now(), **facts},
    )


def among(*proposals):
    return pairs.among(Proposal.objects.filter(pk__in=[one.pk for one in proposals]))


@pytest.fixture
def both(people):
    plan = make.open_cycle()
    return make.proposal(of=plan), make.proposal(of=plan, channel="council", sponsor="H. Syarif", sponsor_reference="Reses I")


def test_a_pokir_beside_a_villages_proposal_is_told_until_somebody_judges_them_different(people, both):
    village, pokir = both
    a_pair(village, pokir)
    assert [(one.council, one.village, one.distance_m, one.is_judged) for one in among(village, pokir)] == [(pokir, village, 12, False)]
    services.judge_resemblance(proposal_id=pokir.pk, other_id=village.pk, actor=people.council_secretary, verdict="same")
    assert among(village, pokir)[0].is_judged
    seen = pokir_judgement(village, pokir)
    services.judge_resemblance(proposal_id=pokir.pk, other_id=village.pk, actor=people.planner, verdict="different", difference=DIFFERENT, seen=seen)
    assert among(village, pokir) == []


def pokir_judgement(*both):
    from proposals.models import Resemblance

    return Resemblance.objects.filter(first__in=both).order_by("-turn").values_list("pk", flat=True).first()


def test_only_of_the_same_year_kabupaten_and_place_and_only_among_those_asked_about(people, both):
    village, pokir = both
    a_pair(village, make.proposal(of=village.cycle))
    later = make.proposal(of=make.cycle(plan_year=2029), channel="council")
    a_pair(village, later)
    a_pair(village, make.proposal(village=cast.FOREIGN_VILLAGE, channel="council", plan_year=2028))
    a_pair(village, make.proposal(of=village.cycle, village=cast.NEXT_VILLAGE, channel="council"), distance_m=None)
    assert not pairs.council_beside_village().exists()
    a_pair(village, pokir)
    assert among(village) == []
    assert len(among(village, pokir, later)) == 1


def test_a_pair_without_a_marked_place_counts_within_one_village(people, both):
    a_pair(*both, distance_m=None)
    assert len(among(*both)) == 1


def test_pairs_are_asked_for_in_one_question(people, both, django_assert_num_queries):
    a_pair(*both)
    with django_assert_num_queries(1):
        among(*both)


def test_a_pair_names_both_numbers_as_a_runs_form_does(people, both):
    village, pokir = both
    a_pair(village, pokir)
    assert [one.numbers for one in among(village, pokir)] == [f"{pokir.number} {village.number}"]
