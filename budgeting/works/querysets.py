"""Questions about works, in the words of the town hall."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from accounts import clock
from proposals.stages import Realisation

#: Works that are not said to be done yet: only these can be late or silent.
RUNNING = (Realisation.NONE.value, Realisation.UNDER_WAY.value)
#: Works that the village may judge.
DONE = (Realisation.REPORTED_DONE.value, Realisation.CONFIRMED.value, Realisation.DISPUTED.value)
_KABUPATEN = 5


def silent_before() -> date:
    """Who was last heard of before this day is silent."""
    return clock.today() - timedelta(days=settings.WORK_SILENT_DAYS)


def is_late() -> Q:
    """Not reported as done although the planned end has passed."""
    return Q(realisation__in=RUNNING, planned_end__lt=clock.today())


def is_silent() -> Q:
    """Not reported as done, and nothing was heard for longer than the limit."""
    return Q(realisation__in=RUNNING, heard_on__lt=silent_before())


#: Disputed by villagers, and nobody has answered yet.
OWES_AN_ANSWER = Q(realisation=Realisation.DISPUTED.value, answer_due_on__isnull=False)


class FundedWorkQuerySet(models.QuerySet):
    """`FundedWork.objects.within("61.12").late()`."""

    def within(self, code: str) -> "FundedWorkQuerySet":
        """Works of the region and everything below it; the empty code is the nation."""
        if not code:
            return self.all()
        if len(code) < _KABUPATEN:
            return self.filter(Q(region_id=code) | Q(region__code__startswith=code + "."))
        # every kabupaten is asked for by the five signs that the indexes begin with
        rows = self.filter(Exact(Left("region_id", _KABUPATEN), code[:_KABUPATEN]))
        return rows if len(code) == _KABUPATEN else rows.filter(Q(region_id=code) | Q(region__code__startswith=code + "."))

    def late(self) -> "FundedWorkQuerySet":
        """Not reported as done although the planned end has passed."""
        return self.filter(is_late())

    def silent(self) -> "FundedWorkQuerySet":
        """Not reported as done, and nothing was heard for longer than the limit."""
        return self.filter(is_silent())

    def owing_an_answer(self) -> "FundedWorkQuerySet":
        """Disputed by villagers, and nobody has answered yet."""
        return self.filter(OWES_AN_ANSWER)

    def for_cards(self, *, drawn: bool = False) -> "FundedWorkQuerySet":
        """With what a card names, and without outlines; `drawn`: with that of the region itself."""
        heavy = [f"{path}{name}" for path in ("region__", "region__parent__") for name in ("boundary", "outline", "search_text")]
        if drawn:
            heavy.remove("region__outline")
        return self.select_related("region__parent", "agency", "proposal").defer(
            *heavy, "proposal__problem", "proposal__objective", "proposal__shape"
        )
