"""The form of a programme that comes by another channel than a village's. It keeps what was typed; the services judge it."""

from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.capture import initial_of as initial_of_proposal
from frontend.forms.refusable import OfferedField, RefusableForm
from frontend.programmes import ProgrammeDesk
from proposals.models import Proposal
from proposals.words import LocationSource, Sector

_TEXTS = (
    "channel", "sponsor", "sponsor_reference", "agency", "title", "problem", "objective", "sector", "dictionary_entry", "volume", "unit",
    "unit_price", "amount", "amount_reason", "locus", "mismatch_reason",
)  # fmt: skip


class ProgrammeForm(RefusableForm):
    """Whose programme it is, where, what and how much. Nothing is required here: a draft may be half done."""

    shown_at = MappingProxyType({"location": "lat", "location_source": "lat"})

    channel = OfferedField(label=_("By which channel"), required=False)
    sponsor = forms.CharField(label=_("Whose programme is it?"), help_text=_("Council member and faction, or the body."), required=False)
    sponsor_reference = forms.CharField(
        label=_("What does it rest on?"), help_text=_("The recess, the line of the agency's plan, or the regulation that obliges."), required=False
    )
    agency = OfferedField(label=_("Agency that carries it out"), required=False)
    village = OfferedField(label=_("Village, kecamatan or kabupaten"), required=False)
    plan_year = OfferedField(label=_("Plan year"), required=False)
    locus = forms.CharField(label=_("Place in words"), required=False)
    lat = forms.CharField(label=_("Latitude"), help_text=_("Needed where a village is named."), required=False)
    lon = forms.CharField(label=_("Longitude"), required=False)
    mismatch_reason = forms.CharField(label=_("Why is the place in another village?"), required=False)
    title = forms.CharField(label=_("What is to be done?"), required=False)
    problem = forms.CharField(label=_("What is the problem?"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    objective = forms.CharField(label=_("What should be better afterwards?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sector = OfferedField(label=_("Sector"), required=False)
    dictionary_entry = forms.CharField(label=_("Work from the dictionary"), required=False)
    volume = forms.CharField(label=_("Volume"), required=False)
    unit = forms.CharField(label=_("Unit, for example m"), required=False)
    unit_price = forms.CharField(label=_("Price of one unit (rupiah)"), required=False)
    amount = forms.CharField(label=_("Amount (rupiah)"), help_text=_("Volume times unit price; it may stay empty."), required=False)
    amount_reason = forms.CharField(label=_("Why is the amount another?"), required=False)

    def __init__(self, *args: Any, desk: ProgrammeDesk, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        years = dict.fromkeys(str(cycle.plan_year) for cycle in desk.cycles)
        self._choose("channel", [(channel.value, channel.label) for channel in desk.channels])
        self._choose("agency", [("", _("No agency")), *((str(agency.pk), str(agency)) for agency in desk.agencies)])
        self._choose(
            "village", [("", _("Choose a region")), *((region.pk, f"{'– ' * (region.pk.count('.') - 1)}{region.title}") for region in desk.regions)]
        )
        self._choose("plan_year", [(year, year) for year in years])
        self._choose("sector", [("", _("Choose a sector")), *Sector.choices])
        for name in ("lat", "lon", "volume", "unit_price", "amount"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, OfferedField)  # noqa: S101 - declared above
        field.choices = choices

    def as_sent(self) -> dict[str, Any]:
        """What was typed, under the names and in the shapes that the services read."""
        typed = {name: str(self.data.get(name, "")).strip() for name in self.fields}
        lon, lat = (typed[name].replace("−", "-") for name in ("lon", "lat"))
        year = typed["plan_year"]
        return {
            **{name: typed[name] for name in _TEXTS},
            "village": typed["village"],
            "plan_year": int(year) if year.isascii() and year.isdigit() and len(year) < 5 else year,
            "location": [lon, lat] if lon or lat else None,
            "location_source": LocationSource.TYPED.value if lon or lat else "",
        }


def initial_of(proposal: Proposal) -> dict[str, Any]:
    """A stored programme as it is typed."""
    kept = {name: getattr(proposal, name) for name in ("channel", "sponsor", "sponsor_reference")}
    return {**initial_of_proposal(proposal), **kept, "agency": str(proposal.agency_id or "")}
