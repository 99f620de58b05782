"""Computed criteria: from rows to facts to values, with every input beside them; and criteria that go along with a year."""

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.models import CriteriaSet, Criterion
from deliberation.scoring import criteria
from deliberation.scoring.facts import facts_of
from deliberation.scoring.measuring import Facts, Standing, computed
from deliberation.scoring.parts import CRITERIA
from deliberation.scoring.services.criteria import confirm_criteria, set_weights
from geo.models import Region
from proposals.models import Attachment, Proposal, Requirement
from proposals.stages import Outcome, Stage
from tests import cast, make

LIMITS = {one.code: one.bands for one in criteria.defaults()}


def value(code, **known):
    return computed(code, Facts(**known), LIMITS[code])


def test_who_benefits_is_a_share_of_the_villages_households():
    assert value("BEN", households=60, village_households=200).value == 4
    assert value("BEN", households=900, village_households=200).value == 5, "more than all is all"
    assert value("BEN", households=60, village_households=200).inputs[-1] == ("percent", "30.0")


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("BEN", {"households": 10}),
        ("BEN", {"households": 10, "village_households": 0}),
        ("RDY", {}),
        ("COST", {"amount": 10, "volume": Fraction(1)}),
        ("COST", {"reference_price": 10}),
        ("SUP", {}),
    ],
)
def test_what_is_not_known_has_no_value_and_says_which_input_is_missing(code, known):
    found = value(code, **known)

    assert found.value is None
    assert found.inputs


def test_a_price_is_compared_by_the_unit():
    assert value("COST", amount=800, volume=Fraction(4), reference_price=200).value == 5
    assert value("COST", amount=1000, volume=Fraction(4), reference_price=200).value == 3
    assert value("COST", amount=1201, volume=Fraction(4), reference_price=200).value == 1


def test_waiting_counts_alone_until_the_money_per_head_is_known():
    assert value("EQU", years_waiting=3).value == 4
    assert value("EQU", years_waiting=3, per_head=Standing(0, 1, 5)).value == Fraction(9, 2), "the village that was given least"
    assert value("EQU", years_waiting=0, per_head=Standing(4, 1, 5)).value == 1


@pytest.mark.django_db
def test_facts_are_read_from_the_register(people):
    Region.objects.filter(pk=cast.VILLAGE).update(population=2000, households=500)
    Region.objects.filter(pk=cast.NEXT_VILLAGE).update(population=1000)
    cycle = make.open_cycle()
    earlier = make.open_cycle(plan_year=2027)
    make.proposal(of=earlier, plan_year=2027, stage=Stage.BUDGET, outcome=Outcome.FUNDED, amount=50_000_000)
    Requirement.objects.create(cycle=cycle, document=Attachment.Kind.PHOTO)
    entry = make.dictionary_entry(of=cycle)
    quiet = make.proposal(stage=Stage.SUBDISTRICT, supports=1)
    loud = make.proposal(stage=Stage.SUBDISTRICT, supports=9, dictionary_entry=entry, beneficiary_households=100, first_asked_year=2026)
    rows = Proposal.objects.filter(pk__in=[loud.pk, quiet.pk]).select_related("village", "cycle", "dictionary_entry").order_by("-supports")

    found, other = facts_of(cycle, list(rows))

    assert (found.households, found.village_households, found.reference_price, found.years_waiting) == (100, 500, 800_000, 2)
    assert (found.papers_there, found.papers_asked) == (0, 1)
    assert (found.funded, found.inhabitants, found.per_head) == (50_000_000, 2000, Standing(1, 1, 2))
    assert (found.support, other.support) == (Standing(1, 1, 2), Standing(0, 1, 2))
    assert other.reference_price is None


@pytest.mark.django_db
def test_facts_of_three_hundred_cost_as_many_queries_as_of_three(people):
    cycle = make.open_cycle()
    Requirement.objects.create(cycle=cycle, document=Attachment.Kind.PHOTO)

    def cost(count):
        make.proposals(count, stage=Stage.SUBDISTRICT)
        rows = list(Proposal.objects.filter(stage=Stage.SUBDISTRICT).select_related("village", "cycle", "dictionary_entry"))
        with CaptureQueriesContext(connection) as queries:
            facts_of(cycle, rows)
        return len(queries)

    assert cost(3) == cost(297)


@pytest.mark.django_db
def test_criteria_go_along_with_a_year_unverified_and_unfrozen(people):
    cycle = make.open_cycle()
    weights = {one.code: one.weight for one in criteria.defaults()} | {"URG": 40}
    set_weights(cycle_id=cycle.pk, stage="village", actor=people.planner, weights=weights, median_from=3, version=None)
    confirm_criteria(cycle_id=cycle.pk, stage="village", actor=people.planner, legal_basis="Perbup 12/2027", version=None)
    after = make.cycle(plan_year=2029)

    assert CRITERIA.count(cycle) == 9
    assert CRITERIA.copy(cycle, after) == 9

    copied = CriteriaSet.objects.get(cycle=after)
    assert (copied.verified_at, copied.frozen_at, copied.median_from, copied.version) == (None, None, 3, 1)
    assert Criterion.objects.get(set=copied, code="URG").weight == 40
    assert not CRITERIA.uses(after, Stage.VILLAGE)
