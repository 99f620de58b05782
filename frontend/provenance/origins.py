"""What the pages about the origin of the budget's lines show, each in a constant number of queries."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from accounts.roles import Role
from accounts.scope import Office, Person, offices_of
from budgeting.models import FundedWork, OriginClaim, OriginStatement
from budgeting.models.ceiling import FundingSource
from budgeting.provenance import figures, lists, pairs, policy
from budgeting.provenance.figures import OriginSum
from budgeting.words import Origin
from frontend.figures import percent
from frontend.forms.provenance import ClaimForm, StatementForm
from frontend.paging import Page, page_of
from frontend.provenance.place import place_of
from geo import codes
from geo.lookup import lineage_of
from proposals.models import Proposal
from proposals.stages import WRITERS, Outcome, Stage

_POINTING = (Role.FACILITATOR.value, Role.VILLAGE_HEAD.value, Role.PLANNER.value, Role.COUNCIL_SECRETARY.value)
#: Proposals offered to whoever points at one; any other is found by its number.
_OFFERED = 30
_LISTED = ("origin", "agency", "funding_source", "state", "q", "ordering")


@dataclass(frozen=True)
class Bar:
    """One row of the table: an origin, its money, its share in per cent with one decimal, and where its lines are listed."""

    row: OriginSum
    percent: str
    address: str

    @property
    def word(self) -> str:
        """The origin."""
        return str(self.row.origin.label)


def overview(request: HttpRequest) -> dict[str, Any]:
    """The money of a region and year by origin, the ghost share, and how many pairs of pokir and village proposals there are."""
    place = place_of(request)
    money = figures.by_origin(lists.lines(QueryDict(urlencode(place.query))))
    bars = [Bar(row, percent(row.share), "?" + urlencode({**place.query, "origin": row.origin.value})) for row in money.rows]
    return {
        "place": place,
        "money": money,
        "bars": bars,
        "drawn": [(bar.word, bar.row.amount, bar.row.share / 10) for bar in bars if bar.row.amount],
        "ghost": percent(money.ghost.per_mille),
        "bare": percent(money.never_proposed.per_mille),
        "query": urlencode(place.query),
        "pairs": pairs.council_beside_village().within(place.region.pk).count() if place.region.level != "province" else None,
    }


def listed(request: HttpRequest, *, never_proposed: bool) -> dict[str, Any]:
    """A page of lines by the filters of the address; `never_proposed`: those without a proposal.

    Filters that are none, or ask too widely, find nothing: `refused` says why, and the form keeps what was typed.
    """
    place = place_of(request)
    asked = {name: request.GET[name] for name in _LISTED if request.GET.get(name)} | place.query
    filters = {**asked, **({"never_proposed": "1"} if never_proposed else {})}
    found, refused = _found(filters)
    page = page_of(request, lists.with_what_is_said(found), total=found.order_by().count())
    return {
        "place": place,
        "page": _told(page),
        "asked": asked,
        "refused": refused,
        "never_proposed": never_proposed,
        "sum": figures.by_origin(found),
        "places": figures.by_subdistrict(found, place.district) if place.region.pk == place.district else [],
        "query": urlencode(filters),
        "origin": Origin(asked["origin"]) if asked.get("origin") in Origin.values else None,
        "sources": FundingSource.choices,
        "states": lists.STATES,
        "orders": lists.ORDERS,
        "is_filtered": bool(set(asked) - {"region", "plan_year", "origin"}),
    }


def _found(filters: dict[str, str]) -> tuple[QuerySet[FundedWork], str]:
    try:
        return lists.lines(QueryDict(urlencode(filters))), ""
    except Invalid as wrong:
        return FundedWork.objects.none(), wrong.in_words()


@dataclass(frozen=True)
class Line:
    """One line with what was said about where it comes from."""

    work: FundedWork
    statements: list[OriginStatement]
    claims: list[OriginClaim]

    @property
    def newest(self) -> OriginStatement | None:
        """The statement that rules."""
        return self.statements[-1] if self.statements else None

    @property
    def entered_as(self) -> str:
        """The origin that was told when the line was entered."""
        first = self.statements[0].origin_before if self.statements else self._before_claim() or self.work.origin
        return str(Origin(first).label)

    @property
    def waiting(self) -> list[OriginClaim]:
        """Claims that wait for a second person."""
        return [claim for claim in self.claims if claim.state == OriginClaim.State.OPEN]

    @property
    def is_unexplained(self) -> bool:
        """Whether nobody has said where it comes from."""
        return self.work.origin == Origin.UNKNOWN

    def _before_claim(self) -> str:
        return next((claim.origin_before for claim in self.claims if claim.state == OriginClaim.State.CONFIRMED), "")


def line_of(work: Any) -> Line:
    """A line that came with what is said (`lists.with_what_is_said`)."""
    return Line(work, list(work.origin_statements.all()), list(work.origin_claims.all()))


def _told(page: Page) -> Page:
    page.rows[:] = [line_of(work) for work in page.rows]
    return page


def load(work_id: UUID) -> Line:
    """One line; 404 where there is none."""
    work = lists.with_what_is_said(FundedWork.objects.filter(pk=work_id)).first()
    if work is None:
        raise Http404(_("There is no such line of the budget."))
    return line_of(work)


def line_page(
    user: Person, line: Line, *, statement: StatementForm | None = None, claim: ClaimForm | None = None, refused: str = ""
) -> dict[str, Any]:
    """The page of a line: its history, and the forms of those who may say something. What was refused comes back as typed."""
    state = policy.may_state(user, line.work)
    offered = _proposals_near(user, line) if line.work.proposal is None else []
    return {
        "line": line,
        "work": line.work,
        "lineage": lineage_of(line.work.region),
        "may_state": state,
        "statement": statement or (StatementForm(initial=_initial(line)) if state else None),
        "claim": claim or (ClaimForm() if line.work.proposal is None and may_point(user, line) else None),
        "offered": offered,
        "settling": [(one, policy.may_decide(user, _whole(one, line)), policy.may_withdraw(user, one)) for one in line.waiting],
        "refused": refused,
    }


def _whole(claim: OriginClaim, line: Line) -> OriginClaim:
    claim.work = line.work
    return claim


def _initial(line: Line) -> dict[str, Any]:
    return {"seen": line.newest.turn if line.newest else 0}


def may_point(user: Person, line: Line) -> bool:
    """Whether the person writes for some village at the line's place, or plans there: which proposal, the service asks."""
    return bool(_pointing(user, line))


def _pointing(user: Person, line: Line) -> list[Office]:
    place = line.work.region_id
    held = [office for office in offices_of(user) if office.role in _POINTING]
    return [office for office in held if codes.covers(office.region_code, place) or codes.covers(place, office.region_code)]


def _proposals_near(user: Person, line: Line) -> list[Proposal]:
    """Proposals of the line's place that the person may point at, newest first; none for those who may point at none."""
    offices = _pointing(user, line)
    if not offices:
        return []
    own = reduce(or_, (_own(office) for office in offices))
    gone = Q(outcome__in=[Outcome.WITHDRAWN, Outcome.MERGED, Outcome.SPLIT, Outcome.FUNDED]) | Q(stage=Stage.DRAFT)
    found = Proposal.objects.public().within(line.work.region_id).filter(own, plan_year__lte=line.work.plan_year).exclude(gone)
    return list(found.only("id", "number", "title", "plan_year").order_by("-plan_year", "-changed_at", "id")[:_OFFERED])


def _own(office: Office) -> Q:
    """What an office writes for; a planner for all of the place."""
    there = Q(village__code__startswith=office.region_code)
    return there if office.role == Role.PLANNER else there & Q(channel__in=[channel for channel, roles in WRITERS.items() if office.role in roles])
