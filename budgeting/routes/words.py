"""Authority, lists and reasons of the routing table for the screen: a code and its sentence, to the village and to the official."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgeting.routing import Asker, Level, Route, Way


class Authority(models.TextChoices):
    """Whose authority a work is; the levels of the routing table."""

    VILLAGE = Level.VILLAGE.value, gettext_lazy("village (desa)")
    DISTRICT = Level.DISTRICT.value, gettext_lazy("district (kabupaten)")
    PROVINCE = Level.PROVINCE.value, gettext_lazy("province (provinsi)")
    NATION = Level.NATION.value, gettext_lazy("central government")
    OUTSIDE = Level.OUTSIDE.value, gettext_lazy("no government: companies, self-help")


class Target(models.TextChoices):
    """The list by which a proposal goes to its money; `undecided` is no choice of an official."""

    VILLAGE_PLAN = Way.VILLAGE_PLAN.value, gettext_lazy("village plan and budget (RKPDes, APBDes)")
    WARD_PLAN = Way.WARD_PLAN.value, gettext_lazy("ward list (Dana Kelurahan)")
    CLIMBS = Way.CLIMBS.value, gettext_lazy("list to higher levels (DU-RKPDes, sub-district meeting)")
    AGENCY_PLAN = Way.AGENCY_PLAN.value, gettext_lazy("agency's work plan (Renja)")
    OUTSIDE = Way.OUTSIDE.value, gettext_lazy("outside the budget, recorded only")


#: Why: one sentence a row of the table, as a villager reads it.
REASONS = {
    "OUTSIDE_BUDGET": gettext_lazy(
        "No government may pay for this kind of work. It is written down, and looked for at companies (CSR), charities or as self-help."
    ),
    "NATION_AUTHORITY": gettext_lazy(
        "This kind of work is the central government's. It climbs by the sub-district meeting, and the agency proposes it to the ministry."
    ),
    "PROVINCE_AUTHORITY": gettext_lazy(
        "This kind of work is the province's. It climbs by the sub-district meeting, and the kabupaten proposes it to the province."
    ),
    "DISTRICT_ON_MENU": gettext_lazy(
        "This kind of work is the kabupaten's and stands on this year's DAK menu. It climbs by the sub-district meeting; the agency applies."
    ),
    "OTHERS_PROGRAMME": gettext_lazy(
        "This kind of work is the kabupaten's, and it was not asked for by a village: the agency weighs it in its plan."
    ),
    "DISTRICT_AUTHORITY": gettext_lazy(
        "This kind of work is the kabupaten's, so the village may not pay for it. It climbs by DU-RKPDes and the sub-district meeting."
    ),
    "OTHERS_FOR_A_VILLAGE": gettext_lazy(
        "This kind of work is the village's own, but it was not the village that asked: the agency first weighs whether the kabupaten may pay for it."
    ),
    "WARD_AFFORDS": gettext_lazy("A ward has no budget of its own. This fits into its ward fund (Dana Kelurahan), so the ward meeting decides."),
    "WARD_TOO_LARGE": gettext_lazy("It costs more than the ward fund announced for this ward, so it climbs by the sub-district meeting."),
    "WARD_NO_COST": gettext_lazy("It belongs into the ward list. Nobody has written yet what it costs, so whether the ward fund is enough is open."),
    "WARD_NO_CEILING": gettext_lazy(
        "It belongs into the ward list. The ward fund of this ward is not announced yet, so whether it is enough is open."
    ),
    "VILLAGE_AFFORDS": gettext_lazy(
        "It is the village's own authority and fits into the village's announced money: it belongs into RKPDes and APBDes."
    ),
    "VILLAGE_TOO_LARGE": gettext_lazy(
        "It is the village's own authority, but costs more than the village's announced money: it climbs by DU-RKPDes to the sub-district."
    ),
    "VILLAGE_NO_COST": gettext_lazy(
        "It is the village's own authority, so it belongs into RKPDes first. What it costs is not written yet: whether the village can pay is open."
    ),
    "VILLAGE_NO_CEILING": gettext_lazy(
        "It is the village's own authority, so it belongs into RKPDes first. The village's money is not announced yet: whether it is enough is open."
    ),
    "AUTHORITY_UNKNOWN": gettext_lazy("Nobody has said yet whose authority this kind of work is. The planner of the kabupaten says it."),
}
_SHORT = {
    "OUTSIDE_BUDGET": gettext_lazy("outside every government's authority"),
    "NATION_AUTHORITY": gettext_lazy("central authority"),
    "PROVINCE_AUTHORITY": gettext_lazy("province's authority"),
    "DISTRICT_ON_MENU": gettext_lazy("kabupaten's authority, on the DAK menu"),
    "OTHERS_PROGRAMME": gettext_lazy("kabupaten's authority, asked by others"),
    "DISTRICT_AUTHORITY": gettext_lazy("kabupaten's authority"),
    "OTHERS_FOR_A_VILLAGE": gettext_lazy("village's authority, asked by others"),
    "WARD_AFFORDS": gettext_lazy("ward work, within the ward fund"),
    "WARD_TOO_LARGE": gettext_lazy("ward work, above the ward fund"),
    "WARD_NO_COST": gettext_lazy("ward work, cost not known"),
    "WARD_NO_CEILING": gettext_lazy("ward work, ward fund not announced"),
    "VILLAGE_AFFORDS": gettext_lazy("village's authority, affordable"),
    "VILLAGE_TOO_LARGE": gettext_lazy("village's authority, too large for the village"),
    "VILLAGE_NO_COST": gettext_lazy("village's authority, cost not known"),
    "VILLAGE_NO_CEILING": gettext_lazy("village's authority, village money not announced"),
    "AUTHORITY_UNKNOWN": gettext_lazy("authority not set yet"),
}
#: For lists to choose from, in the order of the table.
SHORT = list(_SHORT.items())


def short(code: str) -> str:
    """A row of the table in some words."""
    return str(_SHORT.get(code, code))


def way_word(way: str, asker: Asker = Asker.VILLAGE) -> str:
    """The list by which it goes, by the name it has where it begins."""
    if way == Way.UNDECIDED:
        return _("not decided yet")
    if way == Way.CLIMBS and asker is Asker.VILLAGE:
        return _("DU-RKPDes, then the sub-district meeting")
    if way == Way.CLIMBS:
        return _("sub-district meeting") if asker is Asker.WARD else _("agency forum and district meeting")
    return str(Target(way).label)


def sentence(route: Route) -> str:
    """Why it goes this way, as whoever asked for it reads it."""
    words = str(REASONS[route.code])
    if route.needs_legal_entity:
        words += " " + _("It is a grant to a group: the recipient must be a legal entity (UU 23/2014 Art. 298).")
    return words
