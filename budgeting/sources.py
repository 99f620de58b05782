"""Which money is decided where: funding sources by the stage that allocates them (DOMAIN 7.1)."""

from budgeting.models.ceiling import FundingSource
from geo.codes import Level
from proposals.stages import Stage

#: Decided by the village's own meeting; everything else climbs to the kabupaten.
VILLAGE_SOURCES = frozenset({FundingSource.VILLAGE_FUND, FundingSource.VILLAGE_BUDGET, FundingSource.WARD_FUND})


def is_village_money(funding_source: str) -> bool:
    """Whether the village itself decides about this source."""
    return funding_source in VILLAGE_SOURCES


def stage_of(funding_source: str) -> Stage:
    """The stage at which proposals wait for this source."""
    return Stage.VILLAGE if is_village_money(funding_source) else Stage.BUDGET


def levels_of(funding_source: str) -> tuple[Level, ...]:
    """The levels of region that may have a ceiling of this source."""
    return (Level.VILLAGE,) if is_village_money(funding_source) else (Level.DISTRICT, Level.SUBDISTRICT)
