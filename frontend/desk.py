"""What lies on an official's desk: proposals to decide, drafts to send in, residents to recognise, money to approve."""

from typing import Any

from django.db.models import QuerySet

from accounts import clock
from accounts.roles import Role
from accounts.scope import assignments_of, offices_of
from budgeting import policy, selectors
from budgeting.ceilings import policy as money
from budgeting.models import AllocationRun, Ceiling, Formula, Transfer
from budgeting.provenance.waiting import waiting_for
from deliberation.moderation import queue
from deliberation.questions import reading as questions
from frontend import waiting
from frontend.comparison.naming import names_of
from frontend.programmes import writes_programmes
from frontend.year.desk import closing_links
from proposals import policy as register
from proposals.models import Proposal
from proposals.papers.checklist import with_papers
from proposals.services.import_rights import regions_for

#: Rows of a table; the list behind it has the rest.
SHOWN = 50


def desk_view(user: Any) -> dict[str, Any]:
    """The desk, in a constant number of queries. Without an office it is empty and says what it is for."""
    offices = offices_of(user)
    decide, drafts, claims = waiting.to_decide(offices), waiting.to_send(offices), waiting.to_recognise(offices)
    runs = _runs(user)
    return {
        "offices": list(assignments_of(user)) if offices else [],
        "may_carry": any(office.role in register.VILLAGE_WRITERS for office in offices),
        "may_import": bool(regions_for(user)) if offices else False,
        "decide": with_papers(_rows(decide)),
        "decide_total": decide.count() if offices else 0,
        "drafts": _rows(drafts),
        "questions": list(questions.with_place(questions.waiting_for(offices))[:SHOWN]) if offices else [],
        "now": clock.now(),
        "moderates": any(office.role == Role.MODERATOR for office in offices),
        "to_moderate": queue.count_for(offices),
        "claims": list(claims.select_related("user", "village").defer("village__boundary", "village__outline")[:SHOWN]) if offices else [],
        "runs": list(zip(runs, names_of(runs), strict=True)),
        "ceilings": _ceilings(user),
        "line_claims": list(waiting_for(offices, user.pk)[:SHOWN]) if offices else [],
        "transfers": _transfers(user),
        "formulas": _formulas(user),
        "asks_for_papers": any(office.role == Role.PLANNER for office in offices),
        "writes_programmes": writes_programmes(offices),
        "keeps_dictionary": any(office.role == Role.PLANNER for office in offices),
        "closes_stages": closing_links(offices),
    }


def _rows(found: QuerySet[Proposal]) -> list[Proposal]:
    return list(found.for_cards()[:SHOWN])  # type: ignore[attr-defined]


def _runs(user: Any) -> list[AllocationRun]:
    """Draft runs that this person, as the second one, may publish now."""
    if not user.is_authenticated:
        return []
    # one's own are left to others: the few that are looked at must not be full of what this person cannot publish
    waiting = selectors.runs(user).filter(status=AllocationRun.Status.DRAFT).exclude(requested_by=user)
    drafts = waiting.select_related("ceiling__agency").prefetch_related("overrides").order_by("requested_at", "id")
    return [run for run in drafts[:SHOWN] if policy.may_publish_run(user, run)]


def _transfers(user: Any) -> list[Transfer]:
    """Transfers of money that wait for this person's confirmation."""
    if not user.is_authenticated:
        return []
    ends = [f"{end}__{part}" for end in ("source", "target") for part in ("region", "agency", "parent")]
    shapes = [f"{end}__region__{shape}" for end in ("source", "target") for shape in ("boundary", "outline")]
    mine = Transfer.objects.filter(selectors.of_team(user, "source__"), selectors.of_team(user, "target__"), status=Transfer.Status.ASKED)
    asked = mine.exclude(asked_by=user).select_related(*ends, "asked_by").defer(*shapes).order_by("asked_at", "id")
    return [one for one in asked[:SHOWN] if money.may_confirm(user, one)]


def _formulas(user: Any) -> list[Formula]:
    """Complete formulas that wait for this person's publication."""
    if not user.is_authenticated:
        return []
    mine = Formula.objects.filter(selectors.of_team(user, "ceiling__"), published_at__isnull=True, outcome__isnull=False).exclude(set_by=user)
    ready = mine.select_related("ceiling__region", "ceiling__agency", "set_by")
    light = ready.defer("inputs", "ceiling__region__boundary", "ceiling__region__outline").order_by("set_at", "id")
    return [one for one in light[:SHOWN] if money.may_publish_formula(user, one)]


def _ceilings(user: Any) -> list[Ceiling]:
    """Ceilings that wait for this person's publication."""
    if not user.is_authenticated:
        return []
    mine = selectors.ceilings(user).filter(selectors.of_team(user), published_at__isnull=True)
    unpublished = mine.exclude(set_by=user).order_by("set_at", "pk")
    return [ceiling for ceiling in unpublished[:SHOWN] if policy.may_publish_ceiling(user, ceiling)]
