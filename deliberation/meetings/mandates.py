"""Who speaks for whom, at which stage of which year; and why somebody does not."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Allowed, Answer, Denied, sign_in_first
from accounts.scope import Person
from deliberation.models import Mandate, Meeting
from geo import codes
from geo.codes import Level
from proposals.stages import DELIBERATING, Stage
from proposals.words import STAGE_WORDS

DELEGATE = "delegate"


def mandate_of(user: Person, meeting: Meeting) -> Mandate | None:
    """The mandate with which a person takes part in this meeting: running, for its stage and year, from a region within its own."""
    if not isinstance(user, User) or not user.is_active or not meeting.stage:
        return None
    held = running(meeting).filter(user=user)
    return held.select_related("region").defer("region__boundary", "region__outline", "region__search_text").first()


def may_speak(user: Person, meeting: Meeting) -> Answer:
    """Whether a person takes part as a delegate; a mandate for another stage or year, elsewhere or ended, is told as that."""
    if not isinstance(user, User) or not user.is_active:
        return sign_in_first()
    if mandate_of(user, meeting) is not None:
        return Allowed(DELEGATE)
    others = Mandate.objects.filter(user=user).select_related("cycle", "region").order_by("-cycle__plan_year", "-given_at", "pk")
    return why_not(others.first(), meeting)


def why_not(mandate: Mandate | None, meeting: Meeting) -> Denied:
    """The sentence for a mandate that does not count here, or for none."""
    if mandate is None:
        return Denied(_("You are no delegate of this meeting: no record names you."), code="no_mandate")
    names = {"region": mandate.region.title, "stage": STAGE_WORDS[Stage(mandate.stage)], "year": mandate.cycle.plan_year}
    if mandate.cycle_id != meeting.cycle_id:
        return Denied(_("Your mandate of %(region)s is for the plan year %(year)s, not for this one.") % names, code="other_year")
    if mandate.ended_at is not None:
        sentence = _("Your mandate of %(region)s has ended: %(reason)s") % {**names, "reason": mandate.ended_reason}
        return Denied(sentence, code="mandate_ended")
    if mandate.stage != meeting.stage:
        return Denied(_("Your mandate of %(region)s is for the stage “%(stage)s”, not for this meeting.") % names, code="other_stage")
    return Denied(_("Your mandate of %(region)s is for another region than this meeting's.") % names, code="other_region")


def running(meeting: Meeting) -> QuerySet[Mandate]:
    """The mandates that count in this meeting, in the order of the regions and names."""
    within = Q(region=meeting.region_id) | Q(region__code__startswith=f"{meeting.region_id}.")
    found = Mandate.objects.filter(within, cycle=meeting.cycle_id, stage=meeting.stage or None, ended_at__isnull=True)
    return found.order_by("region_id", "name", "pk")


def stages_for(meeting: Meeting) -> list[Stage]:
    """The stages to which this meeting may send delegates: the deliberating ones of its year above its own level."""
    order = meeting.cycle.order()
    own = order.index(Stage(meeting.stage)) if meeting.stage and Stage(meeting.stage) in order else 0
    lowest = {Level.VILLAGE: 1, Level.SUBDISTRICT: 2}.get(codes.level(meeting.region_id), len(order))
    return [stage for place, stage in enumerate(order) if stage in DELIBERATING and place > own and place >= lowest]


def known(cycle_id: int, region_code: str) -> QuerySet[Mandate]:
    """Every mandate of a region and what lies below it in a year, running ones first."""
    within = Q(region=region_code) | Q(region__code__startswith=f"{region_code}.")
    found = Mandate.objects.filter(within, cycle=cycle_id).select_related("region", "meeting", "user")
    heavy = ("region__boundary", "region__outline", "region__search_text")
    return found.defer(*heavy).order_by("stage", "region_id", "ended_at", "name", "pk")
