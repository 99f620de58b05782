"""Who hears of a claim and of a chosen route; called inside the transaction of what happened."""

from django.db.models import Q

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from accounts.scope import held_on
from budgeting.models import FundedWork, OriginClaim, RouteDecision
from deliberation.notices.telling import notify, path_of, tell_followers
from geo import codes
from proposals.models import Proposal


def pointed_out(claim: OriginClaim, actor: User) -> None:
    """The offices that may agree: the line's agency, the planners, the budget team."""
    _tell(claim, "line_claimed", actor, who_settle(claim.work))


def settled(claim: OriginClaim, actor: User) -> None:
    """Whoever pointed it out."""
    _tell(claim, f"claim_{claim.state}", actor, [claim.asked_by_id])


def who_settle(work: FundedWork) -> list[int]:
    """The people whose office may settle a claim on this line, by their keys; one query."""
    own = Q(role=Role.AGENCY_OFFICER, agency=work.agency_id) if work.agency_id else Q(pk__in=[])
    offices = own | Q(role__in=[Role.PLANNER, Role.BUDGET_TEAM])
    held = held_on(clock.today()).filter(offices, region__in=codes.lineage(work.region_id))
    return list(held.order_by("user_id").values_list("user_id", flat=True).distinct())


def route_chosen(decision: RouteDecision, proposal: Proposal, actor: User) -> None:
    """Whoever follows the proposal, and who wrote it."""
    tell_followers(
        kind="route_chosen",
        key=f"route:{decision.pk}",
        path=f"{path_of(proposal)}jalur/",
        also=[proposal.author_id],
        facts={"title": proposal.title},
        actor=actor,
        proposal=proposal,
    )


def _tell(claim: OriginClaim, kind: str, actor: User, to: list[int]) -> None:
    facts = {"title": claim.work.title, "number": claim.proposal.number}
    path = f"/anggaran/asal/{claim.work_id}/"
    notify(kind=kind, key=f"{kind}:{claim.pk}", to=to, path=path, facts=facts, actor=actor, region_code=claim.work.region_id)
