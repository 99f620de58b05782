"""Which money is decided where: funding sources by the stage that allocates them (DOMAIN 7.1)."""

from budgeting.models.ceiling import FundingSource
from geo.codes import Level
from geo.codes import level as level_of
from proposals.stages import Stage

#: Decided by the village's own meeting; everything else climbs to the kabupaten.
VILLAGE_SOURCES = frozenset({FundingSource.VILLAGE_FUND, FundingSource.VILLAGE_BUDGET, FundingSource.WARD_FUND})


def is_village_money(funding_source: str) -> bool:
    """Whether the village itself decides about this source."""
    return funding_source in VILLAGE_SOURCES


#: The tenth sign of `61.71.01.1001`: a ward's last part begins with 1, a village's with 2.
_KIND_SIGN, _WARD = 9, "1"


def is_ward(region_code: str) -> bool:
    """Whether it is the code of a ward (kelurahan), which has no budget of its own."""
    return region_code[_KIND_SIGN : _KIND_SIGN + 1] == _WARD


def reaches(funding_source: str, region_code: str) -> bool:
    """Whether this money can arrive there: a ward gets the ward fund alone, and only wards get it (Permendagri 130/2018)."""
    if not is_village_money(funding_source) or level_of(region_code) is not Level.VILLAGE:
        return True
    return is_ward(region_code) == (funding_source == FundingSource.WARD_FUND)


def stage_of(funding_source: str) -> Stage:
    """The stage at which proposals wait for this source."""
    return Stage.VILLAGE if is_village_money(funding_source) else Stage.BUDGET


#: A ceiling for what only stands beside the budget is set by nobody.
WITHOUT_CEILINGS = frozenset({FundingSource.COMMUNITY})
CEILING_SOURCES = tuple(choice for choice in FundingSource.choices if choice[0] not in WITHOUT_CEILINGS)


def levels_of(funding_source: str) -> tuple[Level, ...]:
    """The levels of region that may have a ceiling of this source on its own; as a part of another, any of the three may."""
    return (Level.VILLAGE, Level.DISTRICT) if is_village_money(funding_source) else (Level.DISTRICT, Level.SUBDISTRICT)


def is_spent_at(funding_source: str, level: Level) -> bool:
    """Whether a ceiling of this level pays for proposals itself; a village's money only in the village, above it is handed down."""
    return level is Level.VILLAGE or not is_village_money(funding_source)
