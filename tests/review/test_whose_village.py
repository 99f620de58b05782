"""A draft is carried into no village whose writer one is not."""

import pytest

from accounts.refusals import Refusal
from proposals import services
from proposals.models import Cycle
from tests import cast, make
from tests.proposals import told


@pytest.fixture(autouse=True)
def _cycle(people):
    make.cycle()


@pytest.mark.parametrize("village", [cast.NEXT_VILLAGE, cast.FAR_VILLAGE])
@pytest.mark.parametrize("writer", ["facilitator", "resident"])
def test_correcting_a_draft_cannot_move_it_into_a_strangers_village(people, writer, village):
    """Its facilitator would find it among the drafts to send, from somebody who may not write there."""
    draft = told.draft(getattr(people, writer))
    with pytest.raises(Refusal) as refusal:
        services.edit(proposal_id=draft.pk, actor=getattr(people, writer), version=draft.version, fields={"village": village, "location": None})
    assert refusal.value.status == 403
    draft.refresh_from_db()
    assert (draft.village_id, draft.version) == (cast.VILLAGE, 1)


def test_correcting_a_draft_cannot_carry_it_into_a_year_that_is_closed_to_citizens(people):
    make.cycle(plan_year=2029, citizens_may_propose=False)
    draft = told.draft(people.resident)
    with pytest.raises(Refusal) as refusal:
        services.edit(proposal_id=draft.pk, actor=people.resident, version=draft.version, fields={"plan_year": 2029})
    assert refusal.value.code == "not_citizens"
    draft.refresh_from_db()
    assert draft.plan_year == 2028


def test_who_writes_for_both_villages_may_still_choose_the_other_one(people):
    cast.office(user=people.facilitator, role="facilitator", region=cast.NEXT_VILLAGE)
    draft = told.draft(people.facilitator)
    services.edit(proposal_id=draft.pk, actor=people.facilitator, version=draft.version, fields={"village": cast.NEXT_VILLAGE, "location": None})
    draft.refresh_from_db()
    assert draft.village_id == cast.NEXT_VILLAGE
    assert Cycle.objects.count() == 1
