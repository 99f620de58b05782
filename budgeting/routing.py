"""From whose budget a proposal may be paid, and by which list it gets there: the routing test of DOMAIN 7.1 as a table.

    (1) within village authority and affordable: the village's own plan and budget (RKPDes, APBDes)
    (2) village authority but too large for the village's ceiling: the list to the kabupaten (DU-RKPDes)
    (3) authority of the kabupaten, the province or the nation: the same list, with that level as its target
    (4) a grant to a group: the recipient must be a legal entity, whoever pays

A ward has no budget of its own: what fits goes to the ward fund (Dana Kelurahan), the rest to the sub-district's meeting.
What no government may pay for (companies, neighbours) is written down and stays outside every budget. The first row of `LAW`
that fits a case rules; the last one fits every case. Authority is configuration of a kabupaten's year, never a constant here.
Pure: no Django. Sources: DOMAIN 7.1 (routing test), UU 23/2014 Art. 298(5) for (4), Permendagri 130/2018 for wards.
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Whose authority a work is."""

    VILLAGE = "village"
    DISTRICT = "district"
    PROVINCE = "province"
    NATION = "nation"
    #: No government's: companies, neighbours, charities.
    OUTSIDE = "outside"


class Asker(StrEnum):
    """Who asks: a village with a budget of its own, a ward without one, or somebody else (council, agency, regulation)."""

    VILLAGE = "village"
    WARD = "ward"
    OTHER = "other"


class Scale(StrEnum):
    """How the amount lies to the village money that was announced for the place and year."""

    WITHIN = "within"
    ABOVE = "above"
    #: Nobody has said what it costs.
    NO_COST = "no_cost"
    #: No ceiling of village money is published for the place.
    NO_CEILING = "no_ceiling"


class Way(StrEnum):
    """By which list it goes."""

    #: The village's plan and budget (RKPDes, APBDes).
    VILLAGE_PLAN = "village"
    #: The ward's list, paid by the ward fund.
    WARD_PLAN = "ward"
    #: What climbs: a village's DU-RKPDes, a ward's list to the sub-district's meeting.
    CLIMBS = "climbs"
    #: An agency's own plan: what others than a village ask for.
    AGENCY_PLAN = "agency"
    #: Written down, outside of every budget.
    OUTSIDE = "outside"
    #: Nobody has said whose authority it is.
    UNDECIDED = "undecided"


#: Money by its name in `FundingSource`, kept as text so that this file needs no Django.
VILLAGE_FUND, VILLAGE_BUDGET, WARD_FUND, DISTRICT_BUDGET = "village_fund", "village_budget", "ward_fund", "district_budget"
SPECIAL_ALLOCATION, PROVINCE_BUDGET, MINISTRY_BUDGET, COMMUNITY = "special_allocation", "province_budget", "ministry_budget", "community"

#: Whose money each list can lead to: what an official may choose beside the table's answer.
SOURCES_OF: dict[Way, tuple[str, ...]] = {
    Way.VILLAGE_PLAN: (VILLAGE_BUDGET, VILLAGE_FUND),
    Way.WARD_PLAN: (WARD_FUND,),
    Way.CLIMBS: (DISTRICT_BUDGET, SPECIAL_ALLOCATION, PROVINCE_BUDGET, MINISTRY_BUDGET),
    Way.AGENCY_PLAN: (DISTRICT_BUDGET, SPECIAL_ALLOCATION, PROVINCE_BUDGET, MINISTRY_BUDGET),
    Way.OUTSIDE: (COMMUNITY,),
}


@dataclass(frozen=True)
class Case:
    """What is known about a proposal; rupiah are whole. `ceiling`: village money announced for the place, None where none is."""

    authority: Level | None
    asker: Asker = Asker.VILLAGE
    amount: int | None = None
    ceiling: int | None = None
    on_menu: bool = False
    is_grant: bool = False

    @property
    def scale(self) -> Scale:
        """How the amount lies to the ceiling; what costs exactly as much as is there fits."""
        if self.amount is None:
            return Scale.NO_COST
        if self.ceiling is None:
            return Scale.NO_CEILING
        return Scale.WITHIN if self.amount <= self.ceiling else Scale.ABOVE


@dataclass(frozen=True)
class Row:
    """One row of the law: what it asks for (None: anything), and where it sends to."""

    code: str
    way: Way
    source: str
    authority: Level | None = None
    asker: Asker | None = None
    scale: Scale | None = None
    on_menu: bool | None = None

    def fits(self, case: Case) -> bool:
        """Whether the row speaks about this case."""
        asked = ((self.authority, case.authority), (self.asker, case.asker), (self.scale, case.scale), (self.on_menu, case.on_menu))
        return all(wanted is None or wanted == found for wanted, found in asked)


LAW: tuple[Row, ...] = (
    Row("OUTSIDE_BUDGET", Way.OUTSIDE, COMMUNITY, Level.OUTSIDE),
    Row("NATION_AUTHORITY", Way.CLIMBS, MINISTRY_BUDGET, Level.NATION),
    Row("PROVINCE_AUTHORITY", Way.CLIMBS, PROVINCE_BUDGET, Level.PROVINCE),
    Row("DISTRICT_ON_MENU", Way.CLIMBS, SPECIAL_ALLOCATION, Level.DISTRICT, on_menu=True),
    Row("OTHERS_PROGRAMME", Way.AGENCY_PLAN, DISTRICT_BUDGET, Level.DISTRICT, Asker.OTHER),
    Row("DISTRICT_AUTHORITY", Way.CLIMBS, DISTRICT_BUDGET, Level.DISTRICT),
    Row("OTHERS_FOR_A_VILLAGE", Way.AGENCY_PLAN, DISTRICT_BUDGET, Level.VILLAGE, Asker.OTHER),
    Row("WARD_AFFORDS", Way.WARD_PLAN, WARD_FUND, Level.VILLAGE, Asker.WARD, Scale.WITHIN),
    Row("WARD_TOO_LARGE", Way.CLIMBS, DISTRICT_BUDGET, Level.VILLAGE, Asker.WARD, Scale.ABOVE),
    Row("WARD_NO_COST", Way.WARD_PLAN, WARD_FUND, Level.VILLAGE, Asker.WARD, Scale.NO_COST),
    Row("WARD_NO_CEILING", Way.WARD_PLAN, WARD_FUND, Level.VILLAGE, Asker.WARD, Scale.NO_CEILING),
    Row("VILLAGE_AFFORDS", Way.VILLAGE_PLAN, VILLAGE_BUDGET, Level.VILLAGE, Asker.VILLAGE, Scale.WITHIN),
    Row("VILLAGE_TOO_LARGE", Way.CLIMBS, DISTRICT_BUDGET, Level.VILLAGE, Asker.VILLAGE, Scale.ABOVE),
    Row("VILLAGE_NO_COST", Way.VILLAGE_PLAN, VILLAGE_BUDGET, Level.VILLAGE, Asker.VILLAGE, Scale.NO_COST),
    Row("VILLAGE_NO_CEILING", Way.VILLAGE_PLAN, VILLAGE_BUDGET, Level.VILLAGE, Asker.VILLAGE, Scale.NO_CEILING),
    Row("AUTHORITY_UNKNOWN", Way.UNDECIDED, ""),
)
BY_CODE: dict[str, Row] = {row.code: row for row in LAW}


@dataclass(frozen=True)
class Route:
    """What the table answers: by which list, from whose money (empty where nobody can say), by which row."""

    code: str
    way: Way
    source: str
    #: The recipient of a grant must be a legal entity (test 4); it changes nothing about the way.
    needs_legal_entity: bool = False


def route(case: Case) -> Route:
    """The answer of the first row that fits."""
    row = next(row for row in LAW if row.fits(case))
    return Route(row.code, row.way, row.source, case.is_grant)
