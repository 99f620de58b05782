"""Where a person may propose, and what stands in the way: read before the form of a new proposal is shown."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import clock, scope
from accounts.models import Residency, User
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle, DictionaryEntry
from proposals.policy import VILLAGE_WRITERS
from proposals.stages import Stage
from proposals.windows import closed_because


@dataclass(frozen=True)
class Desk:
    """The villages a person may write for and the plan years there. Without villages, `obstacle` says what to do first."""

    villages: list[Region] = field(default_factory=list)
    cycles: list[Cycle] = field(default_factory=list)
    #: Whether the newest plan year has a dictionary of works to choose from.
    has_works: bool = False
    obstacle: str = ""
    #: Why nothing can be sent in now; drafts can be kept all the same.
    closed: str = ""


def desk_of(user: Any) -> Desk:
    """What a person finds when writing, in a constant number of queries."""
    if not isinstance(user, User):
        return Desk(obstacle="sign_in")
    villages = _villages(user)
    if not villages:
        return Desk(obstacle=_obstacle(user))
    cycles = _cycles(villages)
    if not cycles:
        return Desk(villages, obstacle="no_year")
    has_works = DictionaryEntry.objects.filter(cycle__in=cycles).exists()
    return Desk(villages, cycles, has_works, closed=_closed(cycles[0]))


def _villages(user: User) -> list[Region]:
    asked = Q(pk__in=[])
    for role in VILLAGE_WRITERS:
        for code in scope.regions_of(user, role):
            asked |= Q(pk=code) | Q(pk__startswith=f"{code}.")
    if home := scope.residence_of(user):
        asked |= Q(pk=home)
    found = Region.objects.light().in_force().at(Level.VILLAGE).filter(asked)
    return list(found.select_related("parent").defer("parent__boundary", "parent__outline").order_by("parent_id", "name", "pk"))


def _obstacle(user: User) -> str:
    pending = Residency.objects.filter(user=user, status=Residency.Status.PENDING).exists()
    return "pending" if pending else "no_village"


def _cycles(villages: list[Region]) -> list[Cycle]:
    districts = {village.pk[: len(settings.HOME_REGION)] for village in villages}
    return list(Cycle.objects.filter(region__in=districts).prefetch_related("windows").begun_first())


def _closed(cycle: Cycle) -> str:
    denied = closed_because(cycle.window(Stage.VILLAGE), Stage.VILLAGE, clock.now())
    return "" if denied is None else str(denied.reason)


def obstacle_words(obstacle: str) -> tuple[str, str]:
    """What stands in the way, and what to do: two sentences for the page."""
    return {
        "pending": (
            _("Your village has not confirmed you yet."),
            _("The facilitator confirms at the village office who lives there. Until then you can read, and comment as a guest of the village."),
        ),
        "no_village": (
            _("Proposals are written by residents and by the facilitator of a village."),
            _("Tell us on your own page in which village you live; its facilitator confirms it. Or bring your proposal to the village office."),
        ),
        "no_year": (_("No planning is open in your kabupaten."), _("Ask the village office when the next one begins.")),
    }.get(obstacle, ("", ""))
