"""What a sector begins with where a kabupaten has said nothing: our own reading [I], unverified, for the planner to correct.

The lists of village authority are each kabupaten's own regulation (Permendesa on village authority leaves them to it), so none
of this is law: every row is marked as a default until somebody confirms it.
"""

from budgeting.routes.words import Authority
from proposals.words import Sector

BY_SECTOR: dict[Sector, Authority] = {
    Sector.ROAD: Authority.VILLAGE,
    Sector.WATER: Authority.VILLAGE,
    Sector.DRAINAGE: Authority.VILLAGE,
    Sector.EDUCATION: Authority.DISTRICT,
    Sector.HEALTH: Authority.DISTRICT,
    Sector.FARMING: Authority.VILLAGE,
    Sector.FISHERY: Authority.DISTRICT,
    Sector.BUSINESS: Authority.VILLAGE,
    Sector.ENERGY: Authority.VILLAGE,
    Sector.GOVERNMENT: Authority.VILLAGE,
    Sector.EMPOWERMENT: Authority.VILLAGE,
    Sector.TRANSPORT: Authority.DISTRICT,
    Sector.SANITATION: Authority.VILLAGE,
    Sector.HOUSING: Authority.VILLAGE,
    Sector.DISASTER: Authority.DISTRICT,
}
