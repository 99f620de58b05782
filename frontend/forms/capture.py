"""The form of a proposal. It keeps what was typed; what is right and wrong is said by the register's own services."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal
from frontend.writing import Desk
from proposals.models import Proposal
from proposals.words import LocationSource, Sector

#: `1.250` is written by hand for one thousand two hundred and fifty; programs would read it as a fraction.
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
#: The service's names of fields, where the form has other ones.
_SHOWN_AT = {"location": "lat", "location_source": "lat", "location_accuracy_m": "lat"}
_TEXTS = ("title", "problem", "objective", "sector", "dictionary_entry", "unit", "unit_price", "amount", "locus", "mismatch_reason", "on_behalf_of")


class _Offered(forms.ChoiceField):
    """Offers a list and takes anything: the service says what is wrong with a stranger, in its own words."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002 - as Django asks it
        """Every value."""
        return True


class ProposalForm(forms.Form):
    """One proposal on paper: where, what, how much. Nothing is required here: a draft may be half done."""

    village = _Offered(label=_("Village that asks"), required=False)
    plan_year = _Offered(label=_("Plan year"), required=False)
    lat = forms.CharField(label=_("Latitude"), required=False)
    lon = forms.CharField(label=_("Longitude"), required=False)
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    accuracy = forms.CharField(required=False, widget=forms.HiddenInput)
    mismatch_reason = forms.CharField(
        label=_("Why is the place in another village?"),
        help_text=_("Everybody reads this, for example: the bridge connects both villages."),
        required=False,
    )
    locus = forms.CharField(
        label=_("Hamlet, RT/RW or landmark"),
        help_text=_("For example: Dusun Karya RT 03, from the prayer house to the wooden bridge."),
        required=False,
    )
    title = forms.CharField(
        label=_("What do you propose?"), help_text=_("One short line, for example: Concrete path of Parit Sari, 520 m."), required=False
    )
    problem = forms.CharField(
        label=_("What is the problem?"),
        help_text=_("What happens, since when, and who is affected."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    objective = forms.CharField(label=_("What should be better afterwards?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    on_behalf_of = forms.CharField(
        label=_("Who asks for it?"), help_text=_("If it is not you: for example a group of mothers, or a hamlet meeting."), required=False
    )
    sector = _Offered(label=_("Sector"), required=False)
    dictionary_entry = forms.CharField(label=_("Work from the dictionary"), required=False)
    volume = forms.CharField(label=_("Volume"), required=False)
    unit = forms.CharField(label=_("Unit, for example m"), required=False)
    unit_price = forms.CharField(label=_("Price of one unit (rupiah)"), required=False)
    amount = forms.CharField(label=_("Amount (rupiah)"), help_text=_("Volume times unit price; it may stay empty."), required=False)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self._choices(desk)
        for name in ("lat", "lon", "volume", "unit_price", "amount"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        for name, longest in (
            ("title", 160),
            ("problem", 4000),
            ("objective", 2000),
            ("locus", 200),
            ("on_behalf_of", 120),
            ("mismatch_reason", 300),
        ):
            self.fields[name].widget.attrs["maxlength"] = longest

    def _choices(self, desk: Desk) -> None:
        years = dict.fromkeys(str(cycle.plan_year) for cycle in desk.cycles)
        self._choose("village", [("", _("Choose the village")), *((village.pk, village.title) for village in desk.villages)])
        self._choose("plan_year", [(year, year) for year in years])
        self._choose("sector", [("", _("Choose a sector")), *Sector.choices])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, _Offered)  # noqa: S101 - declared above
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
            "volume": typed["volume"].replace(".", "") if _GROUPED.fullmatch(typed["volume"]) else typed["volume"],
            "location": [lon, lat] if lon or lat else None,
            "location_source": (typed["source"] or LocationSource.TYPED.value) if lon or lat else "",
            "location_accuracy_m": typed["accuracy"],
        }

    def refuse(self, refusal: Refusal) -> None:
        """Put a service's refusal beside the fields it is about."""
        if not refusal.fields:
            self.add_error(None, str(refusal.message))
        for name, sentences in (refusal.fields or {}).items():
            shown = _SHOWN_AT.get(name, name)
            for sentence in sentences:
                self.add_error(shown if shown in self.fields else None, sentence)


def initial_of(proposal: Proposal) -> dict[str, Any]:
    """A stored proposal as it is typed."""
    point, entry = proposal.location, proposal.dictionary_entry
    kept = {name: getattr(proposal, name) for name in _TEXTS if name not in ("dictionary_entry", "unit_price", "amount")}
    return {
        **kept,
        "village": proposal.village_id,
        "plan_year": str(proposal.plan_year),
        "dictionary_entry": entry.code if entry else "",
        "volume": _plain(proposal.volume),
        "unit_price": _grouped(proposal.unit_price),
        "amount": _grouped(proposal.amount),
        "lon": f"{point.x:.6f}" if point else "",
        "lat": f"{point.y:.6f}" if point else "",
        "source": proposal.location_source if point else "",
        "accuracy": "" if proposal.location_accuracy_m is None else str(proposal.location_accuracy_m),
    }


def _plain(number: Any) -> str:
    return "" if number is None else format(number.normalize(), "f").replace(".", ",")


def _grouped(number: int | None) -> str:
    return "" if number is None else f"{number:,}".replace(",", ".")
