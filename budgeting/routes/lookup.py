"""The routing table over the register: one annotation that filters and sorts in the database, and the same row explained.

The table itself is `budgeting.routing.LAW`; here its rows become a `CASE`, so that a list of a million proposals is narrowed to a
route by the database. A test walks the table both ways.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, JSONObject, Substr

from budgeting import routing
from budgeting.models import AuthorityRule, Ceiling, RouteDecision
from budgeting.models.ceiling import FundingSource
from budgeting.routes import words
from budgeting.routing import Asker, Level, Route, Scale, Way
from proposals.models import Proposal
from proposals.words import Channel, WorkKind

#: The tenth sign of `61.71.01.1001`: a ward's last part begins with 1, a village's with 2 (geo/codes.py); wider regions have none.
_TENTH = Substr("village_id", 10, 1)
_WARD = "1"
_OF_VILLAGES = (FundingSource.VILLAGE_FUND.value, FundingSource.VILLAGE_BUDGET.value)
_TEXT = CharField()


def with_route(rows: QuerySet[Proposal]) -> Any:
    """Proposals with `route_code`, what it rests on (`route_rule`, `route_ceiling`), and what an official chose (`chosen_*`).

    Index probes beside each row: the authority of its work, the announced money of its place, the newest decision.
    """
    known = rows.annotate(
        route_tenth=_TENTH,
        route_rule=Subquery(_rule().values(told=JSONObject(**{name: name for name in _TOLD}))[:1]),
        route_authority=Coalesce(Subquery(_rule().values("authority")[:1]), Value(""), output_field=_TEXT),
        route_on_menu=Coalesce(Subquery(_rule().values("on_menu")[:1]), Value(value=False), output_field=BooleanField()),
        route_asker=Case(
            When(~Q(channel=Channel.VILLAGE), then=Value(Asker.OTHER.value)),
            When(route_tenth=_WARD, then=Value(Asker.WARD.value)),
            default=Value(Asker.VILLAGE.value),
            output_field=_TEXT,
        ),
        route_ceiling=Case(When(route_tenth=_WARD, then=_announced([FundingSource.WARD_FUND.value])), default=_announced(_OF_VILLAGES)),
        chosen_way=Subquery(_newest("target"), output_field=_TEXT),
        chosen_source=Subquery(_newest("funding_source"), output_field=_TEXT),
    )
    scaled = known.annotate(route_scale=_scale())
    coded = scaled.annotate(route_code=Case(*(_when(row) for row in routing.LAW[:-1]), default=Value(routing.LAW[-1].code), output_field=_TEXT))
    return coded.annotate(route_source=Coalesce("chosen_source", _source_of_code()))


_TOLD = ("authority", "on_menu", "legal_basis", "work_code", "verified_at")


def _rule() -> QuerySet[AuthorityRule]:
    """The authority of the work itself before that of its sector."""
    of_work, of_sector = Q(work_code=OuterRef("dictionary_entry__code")) & ~Q(work_code=""), Q(work_code="", sector=OuterRef("sector"))
    return AuthorityRule.objects.filter(of_work | of_sector, cycle=OuterRef("cycle")).order_by("-work_code")


def _announced(sources: Any) -> Subquery:
    """Published village money of the place and year, reserves taken off; null where nothing is published."""
    published = Ceiling.objects.filter(
        region=OuterRef("village"), plan_year=OuterRef("plan_year"), funding_source__in=sources, published_at__isnull=False, agency__isnull=True
    )
    total = published.order_by().values("region").annotate(total=Sum(F("amount") - F("reserve"), output_field=BigIntegerField()))
    return Subquery(total.values("total"), output_field=BigIntegerField())


def _newest(name: str) -> QuerySet[Any]:
    return RouteDecision.objects.filter(proposal=OuterRef("pk")).order_by("-turn").values(name)[:1]


def _scale() -> Case:
    return Case(
        When(amount__isnull=True, then=Value(Scale.NO_COST.value)),
        When(route_ceiling__isnull=True, then=Value(Scale.NO_CEILING.value)),
        When(amount__lte=F("route_ceiling"), then=Value(Scale.WITHIN.value)),
        default=Value(Scale.ABOVE.value),
        output_field=_TEXT,
    )


def _when(row: routing.Row) -> When:
    asked = {"route_authority": row.authority, "route_asker": row.asker, "route_scale": row.scale, "route_on_menu": row.on_menu}
    wanted = {name: getattr(value, "value", value) for name, value in asked.items() if value is not None}
    return When(Q(**wanted), then=Value(row.code))


def _source_of_code() -> Case:
    return Case(*(When(route_code=row.code, then=Value(row.source)) for row in routing.LAW[:-1]), default=Value(""), output_field=_TEXT)


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
        Asker(row.route_asker),
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
