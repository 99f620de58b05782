"""The page of delegates: those who take part here, those whom the meeting elected, and the forms of who runs it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from deliberation.meetings import mandates, policy
from deliberation.models import Attendance, Mandate, Meeting
from frontend.forms.meetings import DelegateForm, PaperDelegateForm
from frontend.forms.refusable import RefusableForm
from geo.models import Region
from proposals.words import STAGE_WORDS

#: Lines of the roll that the form offers to choose from.
ROLL_AT_MOST = 300


@dataclass(frozen=True)
class Forms:
    """The forms on the page; `sent` is the one that was posted."""

    elect: DelegateForm | None
    paper: PaperDelegateForm | None
    from_paper: bool = False

    @property
    def sent(self) -> RefusableForm | None:
        """The posted form, bound."""
        found: RefusableForm | None = self.paper if self.from_paper else self.elect
        return found if found is not None and found.is_bound else None


def forms_of(request: HttpRequest, meeting: Meeting, *, posted: bool | None = None) -> Forms:
    """What this person may fill in; nothing for everybody else, whose post the service refuses with its reason."""
    posted = request.method == "POST" if posted is None else posted
    if not policy.may_run(request.user, meeting) or not policy.not_over(meeting):
        if posted:
            (policy.may_run(request.user, meeting) and policy.not_over(meeting)).or_refuse()
        return Forms(None, None)
    from_paper = posted and request.POST.get("form") == "paper"
    data = request.POST if posted else None
    return Forms(_elect(meeting, None if from_paper else data), _paper(meeting, data if from_paper else None), from_paper)


def _elect(meeting: Meeting, data: Any) -> DelegateForm | None:
    stages = [(stage.value, str(STAGE_WORDS[stage])) for stage in mandates.stages_for(meeting)]
    if not stages:
        return None
    rows = Attendance.objects.filter(meeting=meeting, struck_at__isnull=True).order_by("name", "number").values_list("pk", "name", "institution")
    roll = [(str(key), f"{name}, {institution}" if institution else name) for key, name, institution in rows[:ROLL_AT_MOST]]
    return DelegateForm(data, stages=stages, roll=roll)


def _paper(meeting: Meeting, data: Any) -> PaperDelegateForm | None:
    if not meeting.stage:
        return None
    below = Region.objects.filter(parent=meeting.region_id, valid_until__isnull=True).order_by("name", "code")
    regions = [(region.pk, region.title) for region in below.only("code", "name", "kind", "level")]
    return PaperDelegateForm(data, regions=regions) if regions else None


def context_of(meeting: Meeting, forms: Forms, **refused: Any) -> dict[str, Any]:
    """Who takes part here, by region, and whom the meeting sends on, ended mandates last; three queries."""
    heavy = ("region__boundary", "region__outline", "region__search_text")
    here = mandates.running(meeting).select_related("region", "meeting", "user").defer(*heavy) if meeting.stage else []
    elected = Mandate.objects.filter(meeting=meeting).select_related("region", "user").defer(*heavy).order_by("ended_at", "stage", "name", "pk")
    return {"here": list(here), "elected": list(elected), "form": forms.elect, "paper": forms.paper, **refused}
