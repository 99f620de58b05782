"""Everything that budgets bring to pages, in one small kabupaten: a tree with a transfer, runs, a change by hand, answers, lines, works."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from accounts import clock
from budgeting import services
from budgeting.models import AllocationRun, AuthorityRule, Ceiling, Confirmation, FundedWork, OriginClaim, OriginStatement, Progress, RouteDecision
from budgeting.overrides.services import sign_override
from geo.models import Region
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.budgeting.ceilings.conftest import MILLION, ask, moved, part
from tests.budgeting.conftest import calculated, published_ceiling
from tests.budgeting.provenance.conftest import a_line

REASON = "Jembatan itu satu-satunya jalan ke sekolah dan puskesmas."


@dataclass(frozen=True)
class Money:
    """What addresses name: the whole and its part, a published run and a draft of the same money, a work and a line nobody proposed."""

    whole: Ceiling
    part: Ceiling
    published: AllocationRun
    draft: AllocationRun
    work: FundedWork
    line: FundedWork
    asked: Proposal


def money(people: cast.Cast) -> Money:
    """The tree has three levels and two transfers; the published run pays for two of four and answers; one line was changed by hand."""
    whole = published_ceiling(people, amount=1000 * MILLION, reserve=100 * MILLION)
    below = part(people, whole, cast.SUBDISTRICT, 300 * MILLION)
    part(people, below, cast.VILLAGE, 20 * MILLION)
    moved(people, whole, below, 40 * MILLION)
    ask(people, whole, below, 10 * MILLION)
    asked = make.proposals(4, stage=Stage.BUDGET, amount=200 * MILLION, agency=people.works_agency)
    published, draft = calculated(people, whole), calculated(people, whole)
    for run in (published, draft):
        sign_override(
            override_id=uuid.uuid4(), run_id=run.pk, proposal_id=asked[0].pk, verdict="not_funded", reason=REASON, actor=people.second_planner
        )
    published = services.publish_run(run_id=published.pk, actor=people.budget_team)
    work = FundedWork.objects.filter(run=published).order_by("pk")[0]
    line = a_line(people)
    _said_about(people, work, line, asked[0])
    lines(people, 2)
    return Money(whole, below, published, draft, work, line, asked[0])


def _said_about(people: cast.Cast, work: FundedWork, line: FundedWork, proposal: Proposal) -> None:
    """Two reports and two words about a work; a statement and a claim about a line; a chosen route and its table."""
    now = clock.now()
    for days, percent in ((9, 20), (2, 60)):
        Progress.objects.create(
            work=work, as_of=now.date() - timedelta(days=days), physical_percent=percent, paid=50 * MILLION, reported_by=people.agency_officer,
            reported_role="agency_officer", reported_at=now,
        )  # fmt: skip
    FundedWork.objects.filter(pk=work.pk).update(realisation="disputed", physical_percent=60, reported_at=now, answer_due_on=now.date())
    Proposal.objects.filter(pk=work.proposal_id).update(realisation="disputed")
    for person, verdict in ((people.resident, "dispute"), (people.neighbour, "confirm")):
        Confirmation.objects.create(work=work, person=person, role="resident", verdict=verdict, reason="Retak.", at=now)
    OriginStatement.objects.create(
        work=line, turn=1, origin="agency", origin_before="unknown", reference="Renja PUPR", words="Dari rencana kerja dinas.",
        said_by=people.agency_officer, said_role="agency_officer", said_at=now,
    )  # fmt: skip
    OriginClaim.objects.create(work=line, proposal=proposal, words=REASON, asked_by=people.village_head, asked_role="village_head", asked_at=now)
    AuthorityRule.objects.create(cycle=proposal.cycle, sector="road", authority="district", changed_at=now)
    RouteDecision.objects.create(
        proposal=proposal, turn=1, target="agency", suggested="DISTRICT_AUTHORITY", funding_source="district_budget", reason=REASON,
        signed_by=people.planner, signed_role="planner", signed_at=now,
    )  # fmt: skip


def lines(people: cast.Cast, count: int) -> None:
    """So many more works of proposals, each with its place and a report, and as many lines that nobody proposed."""
    now, region = clock.now(), Region.objects.get(pk=cast.VILLAGE)
    funded = make.proposals(count, stage=Stage.WORKS, outcome=Outcome.FUNDED, funding_source="district_budget")
    fixed = {
        "plan_year": 2028, "region": region, "title": "Saluran", "sector": "road", "funding_source": "district_budget", "agency": people.works_agency,
        "amount": 30 * MILLION, "location": cast.point_in(cast.VILLAGE), "planned_end": now.date() - timedelta(days=3),
        "created_by": people.budget_team, "created_at": now, "changed_at": now,
    }  # fmt: skip
    made = [FundedWork(proposal=one, origin="village", **fixed) for one in funded]
    made += [FundedWork(origin="unknown", **fixed) for _number in range(count)]
    FundedWork.objects.bulk_create(made)
    reported = {"as_of": now.date(), "physical_percent": 10, "paid": 0, "reported_role": "agency_officer", "reported_at": now}
    Progress.objects.bulk_create(Progress(work=one, reported_by=people.agency_officer, **reported) for one in made)
