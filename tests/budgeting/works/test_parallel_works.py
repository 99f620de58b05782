"""Real connections at the same time: a work and its proposal tell the same, and nobody waits for ever."""

import uuid

import pytest

from accounts import clock
from accounts.refusals import Refusal
from budgeting import services
from budgeting.models import Confirmation, FundedWork, Progress
from budgeting.provenance import claims
from budgeting.works import handing_over, lines, reporting, saying
from proposals import services as register
from proposals.stages import Outcome, Realisation, Stage
from tests import cast, make
from tests.at_once import together
from tests.budgeting.conftest import calculated, published_ceiling
from tests.budgeting.provenance.conftest import REASON, a_line
from tests.budgeting.works.conftest import a_work, said
from tests.budgeting.works.test_saying import done, standing

pytestmark = pytest.mark.django_db(transaction=True)
PROBLEM = "Papan lantai belum terpasang sepanjang enam meter."


def funded(people):
    proposal = make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED, title="Jembatan Parit Lintang", agency=people.works_agency)
    return a_work(people, proposal=proposal)


@pytest.mark.parametrize("attempt", range(3))
def test_words_on_the_works_page_and_moves_on_the_proposals_at_once_tell_the_same(people, attempt):
    work = done(people, funded(people))
    proposal = work.proposal
    others = [cast.resident_of(username=f"warga-{number}") for number in range(2)]
    together(
        lambda: saying.say(work_id=work.pk, actor=people.resident, id=uuid.uuid4(), verdict="dispute", reason=PROBLEM),
        lambda: register.move(proposal_id=proposal.pk, name="confirm", actor=people.facilitator, version=None),
        lambda: saying.say(work_id=work.pk, actor=others[0], id=uuid.uuid4(), verdict="confirm"),
        lambda: register.move(proposal_id=proposal.pk, name="dispute", actor=others[1], version=None, reason=PROBLEM),
        lambda: saying.answer(work_id=work.pk, actor=people.agency_officer, id=uuid.uuid4(), text_said="Papan dipasang minggu depan oleh penyedia."),
    )
    in_force = set(Confirmation.objects.filter(work=work, superseded_at__isnull=True).values_list("verdict", flat=True))
    assert standing(work) == (Realisation.DISPUTED if "dispute" in in_force else Realisation.CONFIRMED)


@pytest.mark.parametrize("kind", ["with", "without"])
def test_reports_a_handover_and_a_change_of_the_line_at_once_each_happen_once(people, kind):
    work = funded(people) if kind == "with" else a_work(people)
    reporting.report(work_id=work.pk, actor=people.agency_officer, **said(physical_percent=100))
    today, same = clock.today().isoformat(), said(physical_percent=100, as_of=clock.today().isoformat())
    given = {"on": today, "document": "BAST/7/2027", "to": "Pemerintah Desa Kapur"}
    answers = together(
        lambda: reporting.report(work_id=work.pk, actor=people.agency_officer, **same)[1],
        lambda: reporting.report(work_id=work.pk, actor=people.agency_officer, **same)[1],
        lambda: handing_over.hand_over(work_id=work.pk, actor=people.planner, **given).pk,
        lambda: handing_over.hand_over(work_id=work.pk, actor=people.agency_officer, **given).pk,
        lambda: lines.change_line(work_id=work.pk, actor=people.planner, version=1, sent={"provider": "CV Kapuas"}).pk,
        lambda: lines.change_line(work_id=work.pk, actor=people.agency_officer, version=1, sent={"provider": "CV Landak"}).pk,
    )
    assert sorted(answers[:2]) == [False, True]
    assert [isinstance(answer, Refusal) for answer in answers[2:4]] == [False, False]
    assert [isinstance(answer, Refusal) for answer in answers[4:]].count(True) == 1
    assert Progress.objects.filter(work=work).count() == 2
    assert standing(work) == Realisation.REPORTED_DONE


@pytest.mark.parametrize("attempt", range(3))
def test_a_claim_agreed_to_while_its_proposal_is_funded_pays_it_once(people, attempt):
    plan = make.open_cycle()
    proposal = make.proposal(stage=Stage.BUDGET, of=plan, amount=100_000_000)
    run, line = calculated(people, published_ceiling(people)), a_line(people)
    claim, _new = claims.claim_line(actor=people.facilitator, work_id=line.pk, proposal_id=proposal.pk, words=REASON)
    answers = together(
        lambda: services.publish_run(run_id=run.pk, actor=people.budget_team).pk,
        lambda: claims.confirm_claim(actor=people.planner, claim_id=claim.pk).pk,
        lambda: lines.change_line(work_id=line.pk, actor=people.planner, version=1, sent={"provider": "CV Kapuas"}).pk,
    )
    assert sum(isinstance(answer, Refusal) for answer in answers[:2]) == 1
    assert FundedWork.objects.filter(proposal=proposal).count() == 1
