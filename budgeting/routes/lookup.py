"""The routing table over the register: one annotation that filters and sorts in the database, and the same row explained.

The table itself is `budgeting.routing.LAW`; here its rows become a `CASE`, so that a list of a million proposals is narrowed to a
route by the database. A test walks the table both ways.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, JSONObject, Substr

from budgeting import routing
from budgeting.models import AuthorityRule, Ceiling, RouteDecision
from budgeting.models.ceiling import FundingSource
from budgeting.routes import words
from budgeting.routing import Asker, Level, Route, Scale, Way
from budgeting.sources import is_ward
from proposals.models import Proposal
from proposals.words import Channel, WorkKind

#: The tenth sign of `61.71.01.1001`: a ward's last part begins with 1, a village's with 2 (geo/codes.py); wider regions have none.
_TENTH = Substr("village_id", 10, 1)
_WARD = "1"
_OF_VILLAGES = (FundingSource.VILLAGE_FUND.value, FundingSource.VILLAGE_BUDGET.value)
_TEXT = CharField()


def with_route(rows: QuerySet[Proposal]) -> Any:
    """Proposals with what their route is read from: the rule of their work, the announced money of their place, the newest choice.

    Index probes beside each row; `routed` reads the answer without a query.
    """
    return rows.annotate(
        route_rule=Subquery(_rule().values(told=JSONObject(**{name: name for name in _TOLD}))[:1]),
        route_ceiling=_announced(),
        chosen_way=Subquery(_newest("target"), output_field=_TEXT),
        chosen_source=Subquery(_newest("funding_source"), output_field=_TEXT),
    )


def with_code(rows: QuerySet[Proposal]) -> Any:
    """The same rows with `route_code`, the row of the table, decided by the database: for filters."""
    return _known(rows).annotate(route_code=_by_law(lambda row: row.code))


def with_source(rows: QuerySet[Proposal]) -> Any:
    """The same rows with `route_source`, whose money it is now: an official's choice before the table's answer."""
    return _known(rows).annotate(route_source=Coalesce(Subquery(_newest("funding_source"), output_field=_TEXT), _by_law(lambda row: row.source)))


_TOLD = ("authority", "on_menu", "legal_basis", "work_code", "verified_at")


def _rule() -> QuerySet[AuthorityRule]:
    """The authority of the work itself before that of its sector."""
    of_work, of_sector = Q(work_code=OuterRef("dictionary_entry__code")) & ~Q(work_code=""), Q(work_code="", sector=OuterRef("sector"))
    return AuthorityRule.objects.filter(of_work | of_sector, cycle=OuterRef("cycle")).order_by("-work_code")


def _announced() -> Subquery:
    """Published village money of the place and year, reserves taken off; null where nothing is published. Of a ward only its fund."""
    of_ward = Q(tenth=_WARD, funding_source=FundingSource.WARD_FUND)
    of_village = ~Q(tenth=_WARD) & Q(funding_source__in=_OF_VILLAGES)
    promised = Ceiling.objects.annotate(tenth=Substr("region_id", 10, 1)).filter(of_ward | of_village)
    published = promised.filter(region=OuterRef("village"), plan_year=OuterRef("plan_year"), published_at__isnull=False, agency__isnull=True)
    total = published.order_by().values("region").annotate(total=Sum(F("amount") - F("reserve"), output_field=BigIntegerField()))
    return Subquery(total.values("total"), output_field=BigIntegerField())


def _newest(name: str) -> QuerySet[Any]:
    return RouteDecision.objects.filter(proposal=OuterRef("pk")).order_by("-turn").values(name)[:1]


def _known(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """What the conditions of the table speak about; each is asked only where a row of the table asks for it."""
    return rows.alias(
        route_tenth=_TENTH,
        route_authority=Subquery(_rule().values("authority")[:1], output_field=_TEXT),
        route_on_menu=Subquery(_rule().values("on_menu")[:1], output_field=BooleanField()),
        route_money=_announced(),
    )


def _by_law(told: Callable[[routing.Row], str]) -> Case:
    return Case(*(When(_condition(row), then=Value(told(row))) for row in routing.LAW[:-1]), default=Value(told(routing.LAW[-1])), output_field=_TEXT)


_ASKERS = {
    Asker.OTHER: ~Q(channel=Channel.VILLAGE),
    Asker.WARD: Q(channel=Channel.VILLAGE, route_tenth=_WARD),
    Asker.VILLAGE: Q(channel=Channel.VILLAGE) & ~Q(route_tenth=_WARD),
}
_SCALES = {
    Scale.NO_COST: Q(amount__isnull=True),
    Scale.NO_CEILING: Q(amount__isnull=False, route_money__isnull=True),
    Scale.WITHIN: Q(amount__lte=F("route_money")),
    Scale.ABOVE: Q(amount__gt=F("route_money")),
}


def _condition(row: routing.Row) -> Q:
    """What a row of the table asks for, as the database is asked."""
    asked = Q() if row.authority is None else Q(route_authority=row.authority.value)
    for said in (row.asker and _ASKERS[row.asker], row.scale and _SCALES[row.scale], row.on_menu is not None and Q(route_on_menu=row.on_menu)):
        if said:
            asked &= said
    return asked


def asker_of(proposal: Proposal) -> Asker:
    """Who asks for it."""
    if proposal.channel != Channel.VILLAGE:
        return Asker.OTHER
    return Asker.WARD if is_ward(proposal.village_id) else Asker.VILLAGE


@dataclass(frozen=True)
class Routed:
    """A proposal's route for the screen: the table's answer, what it rests on, what an official chose instead."""

    route: Route
    asker: Asker
    #: Village money announced for the place, whole rupiah; None where none is.
    ceiling: int | None
    legal_basis: str
    #: A default that nobody of the kabupaten has confirmed.
    is_unverified: bool
    chosen_way: str = ""
    chosen_source: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether somebody of the kabupaten has said whose authority it is."""
        return self.route.way is not Way.UNDECIDED and not self.is_unverified

    @property
    def is_chosen(self) -> bool:
        """Whether an official decided another route."""
        return bool(self.chosen_way)

    @property
    def sentence(self) -> str:
        """Why the table sends it there."""
        return words.sentence(self.route)

    @property
    def way_word(self) -> str:
        """By which list it goes now."""
        return words.way_word(self.chosen_way or self.route.way, self.asker)

    @property
    def suggested_word(self) -> str:
        """By which list the table would send it."""
        return words.way_word(self.route.way, self.asker)

    @property
    def source(self) -> str:
        """From whose money, by its code; empty where nobody can say."""
        return self.chosen_source or self.route.source

    @property
    def source_word(self) -> str:
        """From whose money, in words."""
        return str(FundingSource(self.source).label) if self.source else ""

    @property
    def suggested_source_word(self) -> str:
        """From whose money by the table."""
        return str(FundingSource(self.route.source).label) if self.route.source else ""

    @property
    def climbs(self) -> bool:
        """Whether it leaves the village: "why does this proposal climb?"."""
        return (self.chosen_way or self.route.way) == Way.CLIMBS


def routed(row: Any) -> Routed:
    """What `with_route` found for one proposal; no query. `is_grant` needs its dictionary entry."""
    rule = row.route_rule or {}
    case = routing.Case(
        Level(rule["authority"]) if rule else None,
        asker_of(row),
        row.amount,
        row.route_ceiling,
        on_menu=bool(rule.get("on_menu")),
        is_grant=row.dictionary_entry is not None and row.dictionary_entry.kind == WorkKind.GRANT,
    )
    return Routed(
        routing.route(case),
        case.asker,
        row.route_ceiling,
        rule.get("legal_basis") or "",
        bool(rule) and rule.get("verified_at") is None,
        row.chosen_way or "",
        row.chosen_source or "",
    )
