"""What a level said cannot be rewritten, whoever reaches the database through the application."""

import pytest
from django.db import DatabaseError, transaction

from proposals import services
from proposals.models import Recommendation
from proposals.stages import Stage
from tests import make


@pytest.mark.parametrize("attempt", [lambda steps: steps.update(reason="Saya tidak pernah menulis itu."), lambda steps: steps.delete()])
def test_a_step_is_neither_changed_nor_removed(people, attempt):
    proposal = make.proposal(stage=Stage.VILLAGE)
    services.move(proposal_id=proposal.pk, name="forward", actor=people.village_head, version=proposal.version)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        attempt(Recommendation.objects.filter(proposal=proposal))
    assert Recommendation.objects.get(proposal=proposal).reason == ""
