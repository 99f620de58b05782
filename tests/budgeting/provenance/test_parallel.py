"""Real connections at the same time: a line belongs to one proposal, a statement and a route are chosen once."""

import pytest

from accounts.refusals import Conflict
from budgeting.models import FundedWork, OriginClaim, OriginStatement, RouteDecision
from budgeting.provenance import claims, stating
from budgeting.routes.choosing import choose_route
from tests import cast, make
from tests.at_once import together
from tests.budgeting.provenance.conftest import REASON, a_line

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Pekerjaan lanjutan kontrak tahun jamak dari rencana kerja dinas."


def conflicts(answers):
    assert all(not isinstance(answer, Exception) or isinstance(answer, Conflict) for answer in answers), answers
    return sum(isinstance(answer, Conflict) for answer in answers)


def test_of_two_claims_confirmed_at_once_the_line_goes_to_one_proposal(people):
    plan = make.open_cycle()
    line = a_line(people)
    mine, theirs = make.proposal(of=plan), make.proposal(of=plan, village=cast.NEXT_VILLAGE)
    first, _new = claims.claim_line(actor=people.facilitator, work_id=line.pk, proposal_id=mine.pk, words=REASON)
    second, _new = claims.claim_line(actor=people.next_facilitator, work_id=line.pk, proposal_id=theirs.pk, words=REASON)
    answers = together(
        lambda: claims.confirm_claim(actor=people.planner, claim_id=first.pk),
        lambda: claims.confirm_claim(actor=people.budget_team, claim_id=second.pk),
    )
    assert conflicts(answers) == 1
    confirmed = OriginClaim.objects.get(state="confirmed")
    line.refresh_from_db()
    assert line.proposal_id == confirmed.proposal_id


def test_of_two_lines_claimed_for_one_proposal_at_once_it_gets_one(people):
    proposal, lines = make.proposal(of=make.open_cycle()), [a_line(people), a_line(people)]
    asked = [claims.claim_line(actor=people.facilitator, work_id=line.pk, proposal_id=proposal.pk, words=REASON)[0] for line in lines]
    answers = together(*(lambda one=one: claims.confirm_claim(actor=people.planner, claim_id=one.pk) for one in asked))
    assert conflicts(answers) == 1
    assert FundedWork.objects.filter(proposal=proposal).count() == 1


def test_of_two_who_state_an_origin_or_choose_a_route_at_once_one_is_told_of_the_other(people):
    line, proposal = a_line(people), make.proposal(of=make.open_cycle())
    state = {"work_id": line.pk, "reference": "Renja 1", "words": WORDS}
    wish = {"proposal_id": proposal.pk, "target": "climbs", "reason": "Ruas ini sudah menjadi jalan kabupaten."}
    stated = together(
        lambda: stating.state_origin(actor=people.planner, origin="agency", **state),
        lambda: stating.state_origin(actor=people.budget_team, origin="mandatory", **state),
    )
    chosen = together(
        lambda: choose_route(actor=people.planner, funding_source="district_budget", **wish),
        lambda: choose_route(actor=people.second_planner, funding_source="province_budget", **wish),
    )
    assert (conflicts(stated), conflicts(chosen)) == (1, 1)
    assert (OriginStatement.objects.count(), RouteDecision.objects.count()) == (1, 1)
