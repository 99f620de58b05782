"""The year after the one that runs: opened early as an unverified copy; and a village that has closed its stage."""

from datetime import datetime, timedelta

from accounts import clock
from deliberation.closing.services import close_stage
from deliberation.models import Meeting
from deliberation.words import MeetingState
from musrenbang.demo import people
from musrenbang.demo.cast import Cast
from proposals.models import Cycle, StageWindow
from proposals.services.dictionary import copy_dictionary
from proposals.stages import Stage
from proposals.year.copying import begin_year
from proposals.year.defaults import BY_STAGE

_WHY = "Data contoh: yang belum diputuskan dibahas lagi pada musyawarah tahun depan."


def _give_rules(cycle: Cycle) -> None:
    """The default rules, unverified, but for the papers: a visitor can close a stage without a scanner. Its ceilings are published."""
    for window in StageWindow.objects.filter(cycle=cycle):
        rules = BY_STAGE[Stage(window.stage)].rules
        kept = {name: value for name, value in rules.items() if name != "required_documents" and not getattr(window, name)}
        StageWindow.objects.filter(pk=window.pk).update(**kept, changed_at=clock.now())


def tell(running: Cycle, cast: Cast, now: datetime) -> None:
    """The planner opens next year and takes the dictionary over; a village head closes what is decided."""
    planner = cast.parts["bappeda"]
    _give_rules(running)
    with clock.telling(now - timedelta(days=3)):
        ahead = begin_year(actor=planner, region_code=people.DISTRICT, plan_year=running.plan_year + 1)
        copy_dictionary(cycle_id=ahead.pk, actor=planner)
    _close_one(running, cast, now - timedelta(days=2))


def _close_one(running: Cycle, cast: Cast, at: datetime) -> None:
    held = Meeting.objects.filter(cycle=running, stage=Stage.VILLAGE, state=MeetingState.CLOSED).exclude(region_id=people.VILLAGE)
    village = held.order_by("region_id").values_list("region_id", flat=True).first()
    if village is not None:
        with clock.telling(at):
            close_stage(actor=cast.heads[village], cycle_id=running.pk, stage=Stage.VILLAGE, region_code=village, reason=_WHY)
