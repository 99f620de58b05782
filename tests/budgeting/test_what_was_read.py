"""What a second person approves is what was read, and no proposal is paid by two lines of the budget."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.refusals import Conflict
from budgeting import services
from budgeting.models import FundedWork, LedgerEntry
from budgeting.overrides.services import sign_override
from budgeting.provenance import claims
from tests import cast
from tests.budgeting.conftest import calculated
from tests.budgeting.provenance.conftest import REASON, a_line

pytestmark = pytest.mark.django_db
WHY = "Jembatan itu satu-satunya jalan ke sekolah dan puskesmas."


@pytest.fixture
def turned(people, ceiling, waiting):
    """A run that the budget team has read, and of which the planner then takes the first line out by hand."""
    run = calculated(people, ceiling)
    line = run.lines.filter(verdict="funded").first()
    sign_override(override_id=uuid.uuid4(), run_id=run.pk, proposal_id=line.proposal_id, verdict="not_funded", reason=WHY, actor=people.planner)
    return run


def test_a_page_that_was_opened_before_a_line_was_turned_does_not_publish(people, turned):
    client = Client()
    client.force_login(people.budget_team)
    assert client.post(reverse("publish_run", args=[turned.pk]), {"seen": ""}).status_code == 409
    assert not LedgerEntry.objects.exists()
    page = client.get(reverse("run", args=[turned.pk])).content.decode()
    seen = str(turned.overrides.get().pk)
    assert f'name="seen" value="{seen}"' in page
    assert client.post(reverse("publish_run", args=[turned.pk]), {"seen": seen}).status_code == 302


def test_a_program_names_the_changes_by_hand_that_it_has_read(people, turned):
    client = Client()
    client.force_login(people.budget_team)
    address = reverse("api:run-publish", args=[turned.pk])
    read = [str(turned.overrides.get().pk)]
    answers = [
        client.post(address, sent, content_type="application/json") for sent in ({}, *({"overrides": keys} for keys in ([], None, "all", read)))
    ]
    assert [answer.status_code for answer in answers] == [409, 409, 400, 400, 200], "who names none has read none"


def test_a_program_names_the_version_of_the_ceiling_that_it_has_read(people, plan):
    made = services.set_ceiling(
        actor=people.planner, plan_year=2028, region_code=cast.HOME, funding_source="district_budget", amount=10**9, legal_basis="Perbup 1/2027"
    )
    client = Client()
    client.force_login(people.budget_team)
    address = reverse("api:ceiling-publish", args=[made.pk])
    answers = [client.post(address, sent, content_type="application/json") for sent in ({}, {"version": made.version + 1}, {"version": made.version})]
    assert [answer.status_code for answer in answers] == [400, 409, 200]
    assert list(answers[0].json()["fields"]) == ["version"]


def test_a_proposal_that_was_found_in_the_budget_is_not_paid_a_second_time(people, ceiling, waiting):
    """Its line is there already: the run that was calculated before is calculated anew, and the next one leaves it out."""
    before, line = calculated(people, ceiling), a_line(people)
    claim, _new = claims.claim_line(actor=people.facilitator, work_id=line.pk, proposal_id=waiting[0].pk, words=REASON)
    claims.confirm_claim(actor=people.planner, claim_id=claim.pk)
    with pytest.raises(Conflict) as caught:
        services.publish_run(run_id=before.pk, actor=people.budget_team)
    assert caught.value.code == "proposals_moved"
    after = calculated(people, ceiling)
    assert waiting[0].pk not in set(after.lines.values_list("proposal_id", flat=True))
    services.publish_run(run_id=after.pk, actor=people.budget_team)
    assert FundedWork.objects.filter(proposal=waiting[0]).count() == 1
