"""Forms of meetings. What is right is said by the services; the forms keep what was typed."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.models import Meeting
from deliberation.words import Method, Sex
from frontend import figures
from frontend.forms.moves import MoveForm
from frontend.forms.refusable import OfferedField, RefusableForm
from frontend.meetings.convening import Choice, as_options
from geo.zones import zone_of


class PlanForm(RefusableForm):
    """When and where a meeting is held, who leads it, what it is about. The times are by the region's own clock."""

    shown_at: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"starts_at": "day", "ends_at": "until", "kind": "what", "region": "what", "agency": "what"}
    )

    what = OfferedField(label=_("Which meeting"))
    plan_year = OfferedField(label=_("Plan year"))
    title = forms.CharField(label=_("Title"), required=False, max_length=200, help_text=_("Empty: its kind and its region."))
    hamlet = forms.CharField(label=_("Hamlet, RW or RT"), required=False, max_length=100, help_text=_("Only for a hamlet meeting."))
    day = forms.CharField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.CharField(label=_("Begins at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    until = forms.CharField(label=_("Ends at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}), help_text=_("If it is known."))
    place = forms.CharField(label=_("Place"), required=False, max_length=400)
    online_address = forms.CharField(
        label=_("Online room"), required=False, max_length=600, help_text=_("The address of a video call, for those who are not in the hall.")
    )
    purpose = forms.CharField(label=_("What it is about"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    chair_name = forms.CharField(label=_("Chair"), required=False, max_length=200)
    chair = forms.CharField(label=_("User name of the chair"), required=False, max_length=150, help_text=_("Empty if the chair has no account."))
    note_taker_name = forms.CharField(label=_("Note-taker"), required=False, max_length=200)
    note_taker = forms.CharField(
        label=_("User name of the note-taker"),
        required=False,
        max_length=150,
        help_text=_("Whoever is named here writes decisions down in the name of who decides."),
    )
    letter_number = forms.CharField(label=_("Number of the letter of invitation"), required=False, max_length=100)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: list[Choice], years: list[int], standing: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.standing = standing
        if standing is not None:
            # kind, region and year of a meeting never change: its page says them
            for name in ("what", "plan_year"):
                del self.fields[name]
            return
        self.fields["what"].choices = [("", _("Choose one")), *as_options(choices)]  # type: ignore[attr-defined]
        self.fields["plan_year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]

    def as_sent(self) -> dict[str, Any]:
        """The service's own names; times that are none stay away, and the service asks for them."""
        data = self.cleaned_data
        texts = ("title", "hamlet", "place", "online_address", "purpose", "chair_name", "chair", "note_taker_name", "note_taker", "letter_number")
        sent: dict[str, Any] = {name: data[name] for name in texts}
        kind, region, agency = self._frame()
        sent["starts_at"] = _moment(data["day"], data["hour"], region)
        sent["ends_at"] = (_moment(data["day"], data["until"], region) or "") if data["until"] else None
        if self.standing is None:
            sent |= {"kind": kind, "region": region, "agency": agency, "plan_year": figures.whole(data["plan_year"])}
        return sent

    def _frame(self) -> tuple[str, str, int | None]:
        if self.standing is not None:
            return self.standing.kind, self.standing.region_id, self.standing.agency_id
        kind, region, agency = [*self.cleaned_data["what"].split("/"), "", "", ""][:3]
        return kind, region, figures.whole(agency)


def _moment(day: str, hour: str, region: str) -> datetime | None:
    """The moment on the region's clock; None for what is no day and hour."""
    try:
        return datetime.fromisoformat(f"{day.strip()}T{hour.strip().replace('.', ':')}").replace(tzinfo=zone_of(region))
    except ValueError:
        return None


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """A meeting's plan as it is typed."""
    zone = zone_of(meeting.region_id)
    starts = meeting.starts_at.astimezone(zone)
    texts = ("title", "hamlet", "place", "online_address", "purpose", "chair_name", "note_taker_name", "letter_number", "version")
    return {
        **{name: getattr(meeting, name) for name in texts},
        "day": f"{starts:%Y-%m-%d}",
        "hour": f"{starts:%H:%M}",
        "until": f"{meeting.ends_at.astimezone(zone):%H:%M}" if meeting.ends_at else "",
        "chair": meeting.chair.username if meeting.chair else "",
        "note_taker": meeting.note_taker.username if meeting.note_taker else "",
    }


class DecisionForm(MoveForm):
    """A move as the meeting's decision: with how it was reached, under a UUID of its own."""

    decision = forms.UUIDField(widget=forms.HiddenInput)
    proposal_id = forms.UUIDField(widget=forms.HiddenInput)
    method = forms.ChoiceField(label=_("How it was decided"), choices=Method.choices, initial=Method.CONSENSUS)


class DelegateForm(RefusableForm):
    """Whom a meeting sends on."""

    stage = OfferedField(label=_("Sent to"))
    attendance = OfferedField(label=_("From the roll"), required=False)
    name = forms.CharField(label=_("Name"), required=False, max_length=150, help_text=_("Only for somebody who is not on the roll."))
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", _("As on the roll")), *Sex.choices])
    institution = forms.CharField(label=_("Group or office"), required=False, max_length=150)
    user = forms.CharField(label=_("User name"), required=False, max_length=150, help_text=_("With an account the delegate takes part online."))
    basis = forms.CharField(
        label=_("Record of the meeting"), required=False, max_length=200, help_text=_("Number and date. Empty: the record of this meeting.")
    )

    def __init__(self, *args: Any, stages: list[tuple[str, str]], roll: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "id_utusan_%s", **kwargs})
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]
        self.fields["attendance"].choices = [("", _("Not on the roll")), *roll]  # type: ignore[attr-defined]
        if not roll:
            del self.fields["attendance"]
            self.fields["name"].help_text = ""


class PaperDelegateForm(RefusableForm):
    """A delegate of a region below, from a record on paper."""

    region = OfferedField(label=_("Speaks for"))
    name = forms.CharField(label=_("Name"), required=False, max_length=150)
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", _("Choose one")), *Sex.choices])
    institution = forms.CharField(label=_("Group or office"), required=False, max_length=150)
    user = forms.CharField(label=_("User name"), required=False, max_length=150)
    basis = forms.CharField(
        label=_("Record of the meeting"), required=False, max_length=200, help_text=_("Number and date of the record that names the delegate.")
    )

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "id_surat_%s", **kwargs})
        self.fields["region"].choices = [("", _("Choose one")), *regions]  # type: ignore[attr-defined]
