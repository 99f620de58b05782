"""Questions about money for pages and programs; each in a constant number of queries."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Refusal
from accounts.scope import Person
from budgeting import policy
from budgeting.models import AllocationLine, AllocationRun, Ceiling, CeilingVersion, LedgerEntry
from budgeting.models.ceiling import FundingSource
from budgeting.sources import VILLAGE_SOURCES
from proposals.models import Proposal
from proposals.stages import Outcome

Kind = LedgerEntry.Kind
_SHAPES = ("boundary", "outline")


def _entries(plus: str, minus: str = "", *, of: str = "ceiling") -> Any:
    """The sum of a ceiling's entries of one kind minus those of another, or of its parts' (`of="ceiling__parent"`); a subquery."""
    signed = Sum(Case(When(kind=plus, then=F("amount")), When(kind=minus or "-", then=-F("amount")), default=0))
    rows = LedgerEntry.objects.filter(**{of: OuterRef("pk")}, kind__in=[plus, minus]).order_by().values(of).annotate(total=signed)
    return _whole(Subquery(rows.values("total"), output_field=BigIntegerField()))


def _whole(expression: Any) -> Any:
    return Coalesce(expression, 0, output_field=BigIntegerField())


def _last_published(name: str) -> Any:
    return Subquery(CeilingVersion.objects.filter(ceiling=OuterRef("pk")).order_by("-number").values(name)[:1])


def ceilings(user: Person, *, region_code: str = "", plan_year: int | None = None) -> QuerySet[Ceiling]:
    """Ceilings this person may see, of a region and everything below it, with whole rupiah as attributes.

    `committed`, `moved` (transfers), `handed` (what the parts hold), `reserve_left` and `balance`. What is published is
    everybody's; while a published ceiling is being changed everybody reads its last published version in `shown_amount`,
    `shown_reserve` and `shown_basis`, its team the new figures. What was never published (`was_published`) only its own team
    sees. One query.
    """
    team, published = _team_of(user), Q(published_at__isnull=False)
    versions = CeilingVersion.objects.filter(ceiling=OuterRef("pk"))
    rows = Ceiling.objects.annotate(was_published=Exists(versions)).filter(published | team | Q(was_published=True))
    rows = rows.filter(_within("region__code", region_code))
    if plan_year is not None:
        rows = rows.filter(plan_year=plan_year)
    people = _with_figures(rows, published | team).select_related("region", "agency", "parent", "set_by", "published_by")
    return people.defer(*(f"region__{shape}" for shape in _SHAPES)).order_by("-plan_year", "region_id", "funding_source", "id")


def _with_figures(rows: QuerySet[Ceiling], as_it_stands: Q) -> QuerySet[Any]:
    """The figures as this reader sees them."""
    names = {"shown_amount": "amount", "shown_reserve": "reserve", "shown_basis": "legal_basis"}
    shown = {new: Case(When(as_it_stands, then=F(old)), default=_last_published(old)) for new, old in names.items()}
    # a part that this reader may not see yet is in no sum either, or the sum less the others would tell it
    seen = Case(When(as_it_stands, then=F("amount")), default=_whole(_last_published("amount")), output_field=BigIntegerField())
    below = Ceiling.objects.filter(parent=OuterRef("pk")).annotate(seen=seen)
    parts = below.order_by().values("parent").annotate(total=Sum("seen")).values("total")
    sums = {
        "committed": _entries(Kind.COMMIT, Kind.RELEASE),
        "moved": _entries(Kind.TRANSFER_IN, Kind.TRANSFER_OUT),
        "released": _entries(Kind.RESERVE_RELEASE),
        "handed": _whole(Subquery(parts, output_field=BigIntegerField())) + _entries(Kind.TRANSFER_IN, Kind.TRANSFER_OUT, of="ceiling__parent"),
    }
    figures = rows.annotate(**shown, **sums).annotate(reserve_left=Greatest(F("shown_reserve") - F("released"), 0))
    left = F("shown_amount") + F("moved") - F("reserve_left") - F("handed") - F("committed")
    return figures.annotate(balance=Greatest(left, 0, output_field=BigIntegerField()))


def ceiling(user: Person, ceiling_id: int) -> Ceiling:
    """One of them, or 404."""
    found = ceilings(user).filter(pk=ceiling_id).first()
    if found is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    return found


def runs(user: Person, *, ceiling_id: int | None = None) -> QuerySet[AllocationRun]:
    """Runs this person may see, newest first: published ones, and all of those that the person's team prepares."""
    rows = AllocationRun.objects.filter(Q(status=AllocationRun.Status.PUBLISHED) | _team_of(user, "ceiling__"))
    if ceiling_id is not None:
        rows = rows.filter(ceiling=ceiling_id)
    people = rows.select_related("ceiling__region", "requested_by", "published_by")
    return people.defer("inputs", *(f"ceiling__region__{shape}" for shape in _SHAPES)).order_by("-requested_at", "id")


def run(user: Person, run_id: UUID) -> AllocationRun:
    """One run with its ceiling and people. 404 where there is none; a refusal with the reason for somebody else's draft."""
    people = AllocationRun.objects.select_related("ceiling__region", "requested_by", "published_by")
    found = people.defer("inputs", *(f"ceiling__region__{shape}" for shape in _SHAPES)).filter(pk=run_id).first()
    if found is None:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    policy.may_see_run(user, found).or_refuse()
    return found


def lines_of(run: AllocationRun) -> QuerySet[AllocationLine]:
    """The lines by rank, each with its proposal and village."""
    shapes = [f"proposal__village__{shape}" for shape in _SHAPES]
    return run.lines.select_related("proposal__village").defer(*shapes).order_by("rank", "id")


@dataclass(frozen=True)
class Funded:
    """How much one source pays for: the home page's bars."""

    source: str
    word: str
    count: int
    amount: int


def funded_by_source(plan_year: int, region_code: str = "") -> list[Funded]:
    """Funded proposals of a year by source, the largest sum first; whole rupiah. One query."""
    rows = Proposal.objects.within(region_code).filter(plan_year=plan_year, outcome=Outcome.FUNDED)
    sums = rows.order_by().values("funding_source").annotate(count=Count("pk"), amount=Sum("funded_amount")).order_by("-amount", "funding_source")
    words = dict(FundingSource.choices)
    return [Funded(row["funding_source"], str(words.get(row["funding_source"], _("other"))), row["count"], row["amount"]) for row in sums]


def of_team(user: User, path: str = "") -> Q:
    """Rows whose ceiling at `path` (`""`, `"ceiling__"`) the person prepares: `policy.is_on_team` as a condition."""
    return _team_of(user, path)


def _within(field: str, code: str) -> Q:
    return Q(**{field: code}) | Q(**{f"{field}__startswith": code + "."}) if code else Q()


def _team_of(user: Person, path: str = "") -> Q:
    """Ceilings that the person prepares: the rows of `policy.is_on_team` as a condition."""
    found = Q(pk__in=[])
    if not isinstance(user, User):
        return found
    for role in policy.DISTRICT_TEAM:
        for code in scope.regions_of(user, role):
            found |= _within(f"{path}region__code", code)
    for role in policy.VILLAGE_TEAM:
        for code in scope.regions_of(user, role):
            found |= _within(f"{path}region__code", code) & Q(**{f"{path}funding_source__in": sorted(VILLAGE_SOURCES)})
    return found
