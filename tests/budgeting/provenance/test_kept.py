"""What was said stays: the database refuses to change or delete it."""

import pytest
from django.db import IntegrityError, connection, transaction

from budgeting.models import OriginClaim
from budgeting.provenance import claims, stating
from budgeting.routes.choosing import choose_route
from tests import make
from tests.budgeting.provenance.conftest import REASON

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["originstatement", "routedecision", "originclaim"])
def test_statements_routes_and_settled_claims_only_grow(people, plan, ghost, table):
    proposal = make.proposal(of=plan)
    stating.state_origin(actor=people.planner, work_id=ghost.pk, origin="agency", reference="Renja 1", words=REASON)
    choose_route(proposal_id=proposal.pk, actor=people.planner, target="climbs", funding_source="district_budget", reason=REASON)
    asked, _new = claims.claim_line(actor=people.facilitator, work_id=ghost.pk, proposal_id=proposal.pk, words=REASON)
    claims.confirm_claim(actor=people.planner, claim_id=asked.pk)
    reason = "reason" if table != "originstatement" else "words"
    for statement in (f"UPDATE budgeting_{table} SET {reason} = 'lain'", f"DELETE FROM budgeting_{table}"):  # noqa: S608 - our own tables
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_open_claim_keeps_what_it_said_while_it_is_settled(people, plan, ghost):
    asked, _new = claims.claim_line(actor=people.facilitator, work_id=ghost.pk, proposal_id=make.proposal(of=plan).pk, words=REASON)
    with pytest.raises(IntegrityError), transaction.atomic():
        OriginClaim.objects.filter(pk=asked.pk).update(words="lain")
