"""The form in which a ballot is written. What is right is said by the service; the form keeps what was typed."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from deliberation.ballots.services.making import Draft
from deliberation.ballots.words import BallotKind, BallotScope, Secrecy
from deliberation.models import Ballot, Meeting
from frontend import figures
from frontend.forms.refusable import RefusableForm
from geo.models import Region
from geo.zones import zone_of
from proposals.models import Proposal

_MOMENT = "%Y-%m-%dT%H:%M"
_NUMBER = {"inputmode": "numeric"}
LIMITS = ("most", "budget", "points_total", "points_each")


def _moment_field(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class DraftForm(RefusableForm):
    """The question, who answers it, by which rules, when, and who stands."""

    shown_at: ClassVar[dict[str, str]] = {"meeting": "scope", "region": "scope", "plan_year": "scope"}

    title = forms.CharField(label=_("Question, as a heading"), max_length=160)
    purpose = forms.CharField(label=_("What it is about"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    scope = forms.ChoiceField(label=_("Who votes"), choices=BallotScope.choices)
    kind = forms.ChoiceField(label=_("What a voter writes"), choices=BallotKind.choices)
    most = forms.CharField(label=_("At most so many marks or places"), required=False, widget=forms.TextInput(attrs=_NUMBER))
    budget = forms.CharField(
        label=_("Budget (rupiah)"),
        required=False,
        help_text=_("Needed where voters choose within a budget; elsewhere it shows what the money would reach."),
        widget=forms.TextInput(attrs=_NUMBER),
    )
    points_total = forms.CharField(label=_("Points of one voter"), required=False, widget=forms.TextInput(attrs=_NUMBER))
    points_each = forms.CharField(label=_("Points for one candidate, at most"), required=False, widget=forms.TextInput(attrs=_NUMBER))
    secrecy = forms.ChoiceField(
        label=_("Secrecy"),
        choices=Secrecy.choices,
        help_text=_("By name: after publication everybody sees who voted for what, and a vote can be changed."),
    )
    shows_turnout = forms.BooleanField(label=_("Show while it runs how many have voted"), required=False)
    opens_at = _moment_field(_("Takes votes from"))
    closes_at = _moment_field(_("Takes votes until"), _("By the server's clock: a vote that arrives at this very moment is too late."))
    proposals = forms.MultipleChoiceField(label=_("Proposals on the ballot"), required=False, widget=forms.CheckboxSelectMultiple)
    numbers = forms.CharField(
        label=_("Other proposals, by number"), required=False, help_text=_("One number a line."), widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, region: Region, meeting: Meeting | None, offered: list[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.region, self.meeting = region, meeting
        choices = self.fields["proposals"], self.fields["scope"]
        choices[0].choices = [(str(one.pk), f"{one.number} · {one.title} · {one.village.name}") for one in offered]  # type: ignore[attr-defined]
        if meeting is None:
            choices[1].choices = [(BallotScope.RESIDENTS, BallotScope.RESIDENTS.label)]  # type: ignore[attr-defined]

    def draft(self, plan_year: int | None) -> Draft:
        """The service's own shape; what is no date or number goes on for the service to refuse."""
        typed = self.cleaned_data
        meeting = self.meeting if typed["scope"] != BallotScope.RESIDENTS or self.meeting else None
        return Draft(
            **{name: typed[name] for name in ("scope", "kind", "title", "purpose", "secrecy", "shows_turnout")},
            opens_at=self._read(typed["opens_at"]),
            closes_at=self._read(typed["closes_at"]),
            region_code=self.region.pk,
            plan_year=plan_year,
            meeting_id=meeting.pk if meeting else None,
            limits={name: figures.plain(typed[name]) if typed[name] else "" for name in LIMITS},
            proposals=tuple(self._chosen()),
        )

    def _read(self, text: str) -> datetime | None:
        try:
            moment = parse_datetime(text)
        except ValueError:
            return None
        return moment.replace(tzinfo=zone_of(self.region.pk)) if moment else None

    def _chosen(self) -> list[UUID]:
        ticked = [UUID(key) for key in self.cleaned_data["proposals"]]
        numbers = [line.strip() for line in self.cleaned_data["numbers"].splitlines() if line.strip()][:99]
        found = dict(Proposal.objects.public().filter(number__in=numbers).values_list("number", "pk"))
        # a number that is none becomes a key that is none, and the service says so
        return [*ticked, *(found.get(number, UUID(int=0)) for number in numbers if found.get(number) not in ticked)]


def initial_of(ballot: Ballot) -> dict[str, Any]:
    """A draft as it was typed."""
    zone = zone_of(ballot.region_id)
    return {
        **{name: getattr(ballot, name) for name in ("title", "purpose", "scope", "kind", "secrecy", "shows_turnout", *LIMITS)},
        "opens_at": ballot.opens_at.astimezone(zone).strftime(_MOMENT),
        "closes_at": ballot.closes_at.astimezone(zone).strftime(_MOMENT),
        "proposals": [str(key) for key in ballot.candidates.order_by("number").values_list("proposal_id", flat=True)],
    }
