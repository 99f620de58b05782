"""The makers make what the database accepts, at every place of the line."""

import pytest

from proposals.stages import MOVES, Outcome, Stage
from tests import cast, make

pytestmark = pytest.mark.django_db


def test_a_proposal_can_be_made_at_every_place_that_a_move_starts_from(people):
    places = {place for move in MOVES.values() for place in move.places}
    for stage, outcome in sorted(places):
        made = make.proposal(stage=stage, outcome=outcome)
        assert (made.number is None) == (stage is Stage.DRAFT)


def test_a_merged_proposal_names_its_target_and_one_without_a_boundary_has_no_point(people):
    assert make.proposal(outcome=Outcome.MERGED).merged_into is not None
    assert make.proposal(village=cast.UNDRAWN_VILLAGE).location is None


def test_many_are_numbered_without_gaps(people):
    numbers = [made.number for made in make.proposals(3)]
    assert numbers == ["6112-2028-0001", "6112-2028-0002", "6112-2028-0003"]
    assert make.proposal().number == "6112-2028-0004"
