"""The form of a proposal. It keeps what was typed; what is right and wrong is said by the register's own services."""

import re
from types import MappingProxyType
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Invalid
from frontend.forms import drawn
from frontend.forms.refusable import OfferedField, RefusableForm
from frontend.writing import Desk
from proposals.models import Proposal
from proposals.services import marks
from proposals.services.entries import Unreadable
from proposals.words import LandOwner, LocationSource, Sector

#: `1.250` is written by hand for one thousand two hundred and fifty; programs would read it as a fraction.
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
_TEXTS = (
    "title",
    "problem",
    "objective",
    "sector",
    "dictionary_entry",
    "unit",
    "unit_price",
    "amount",
    "amount_reason",
    "locus",
    "mismatch_reason",
    "on_behalf_of",
    "pre_meeting",
    "land_owner",
)
_POINT, _LINE = "point", "line"
#: Longest texts, as the services know them.
_LONGEST = {
    "title": 160,
    "problem": 4000,
    "objective": 2000,
    "locus": 200,
    "on_behalf_of": 120,
    "mismatch_reason": 300,
    "amount_reason": 300,
    "pre_meeting": 160,
}


class ProposalForm(RefusableForm):
    """One proposal on paper: where, what, how much. Nothing is required here: a draft may be half done."""

    shown_at = MappingProxyType({"location": "lat", "location_source": "lat", "location_accuracy_m": "lat"})

    village = OfferedField(label=_("Village that asks"), required=False)
    plan_year = OfferedField(label=_("Plan year"), required=False)
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
    shape_kind = OfferedField(label=_("What does the place look like?"), required=False, widget=forms.RadioSelect)
    shape = forms.CharField(
        label=_("Points of the line or area"),
        help_text=_("One point a line: latitude, then longitude, for example -0.0893, 109.4021. GeoJSON can be pasted as well."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    shape_file = forms.FileField(
        label=_("Or a recorded track"),
        help_text=_("A GPX or GeoJSON file from an app, at most 2 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".gpx,.geojson,.json,application/gpx+xml,application/geo+json"}),
    )
    land_owner = OfferedField(
        label=_("Whose land is it?"), help_text=_("Land that is not clear is the commonest reason for a refusal later."), required=False
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
    sector = OfferedField(label=_("Sector"), required=False)
    dictionary_entry = forms.CharField(label=_("Work from the dictionary"), required=False)
    volume = forms.CharField(label=_("Volume"), required=False)
    unit = forms.CharField(label=_("Unit, for example m"), required=False)
    unit_price = forms.CharField(label=_("Price of one unit (rupiah)"), required=False)
    amount = forms.CharField(label=_("Amount (rupiah)"), help_text=_("Volume times unit price; it may stay empty."), required=False)
    amount_reason = forms.CharField(
        label=_("Why is the amount another than volume times unit price?"),
        help_text=_("At least 20 characters; everybody reads it, for example: transport by boat costs more than the list price."),
        required=False,
    )
    raised_by_women = forms.BooleanField(label=_("women"), required=False)
    raised_by_youth = forms.BooleanField(label=_("young people"), required=False)
    raised_by_disabled = forms.BooleanField(label=_("people with disabilities"), required=False)
    raised_by_poor = forms.BooleanField(label=_("poor households"), required=False)
    pre_meeting = forms.CharField(
        label=_("At which meeting?"), help_text=_("For example: women's musrenbang in Dusun Karya, 12 January."), required=False
    )
    beneficiaries_female = forms.CharField(label=_("Women and girls"), required=False)
    beneficiaries_male = forms.CharField(label=_("Men and boys"), required=False)
    beneficiary_households = forms.CharField(label=_("Households"), required=False)
    poor_households = forms.CharField(label=_("Poor households among them"), required=False)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self._unread: str = ""
        self._choices(desk)
        for name in ("lat", "lon", "volume", "unit_price", "amount"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        for name in marks.COUNTS:
            self.fields[name].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
        for name, longest in _LONGEST.items():
            self.fields[name].widget.attrs["maxlength"] = longest
        if self.is_bound:
            self._typed = QueryDict(mutable=True)
            self._typed.update(self.data)
            self.data = self._typed
            self._take_file()

    def _choices(self, desk: Desk) -> None:
        years = dict.fromkeys(str(cycle.plan_year) for cycle in desk.cycles)
        self._choose("village", [("", _("Choose the village")), *((village.pk, village.title) for village in desk.villages)])
        self._choose("plan_year", [(year, year) for year in years])
        self._choose("sector", [("", _("Choose a sector")), *Sector.choices])
        self._choose("land_owner", [("", _("Not said")), *LandOwner.choices])
        self._choose(
            "shape_kind", [(_POINT, _("one spot")), (_LINE, _("a line: road, channel, pipe")), (drawn.AREA, _("an area: field, yard, pond"))]
        )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, OfferedField)  # noqa: S101 - declared above
        field.choices = choices

    def _take_file(self) -> None:
        """A track that came as a file is shown as the points it holds, so that they can be seen and corrected."""
        file = self.files.get("shape_file")
        if not file:
            return
        try:
            self._typed["shape"] = drawn.uploaded(file, is_area=self._is_area)
        except Unreadable as error:
            self._unread = error.sentence

    @property
    def _is_area(self) -> bool:
        return bool(self.data.get("shape_kind") == drawn.AREA)

    def swap(self) -> None:
        """Latitude and longitude the other way round, where they are swapped."""
        lat, lon = (str(self.data.get(name, "")) for name in ("lat", "lon"))
        if drawn.is_point_swapped(lat, lon):
            self._typed["lat"], self._typed["lon"] = lon, lat
        if other := drawn.turned(str(self.data.get("shape", "")), is_area=self._is_area):
            self._typed["shape"] = other

    @property
    def offers_swap(self) -> bool:
        """Whether what was typed is in Indonesia only the other way round."""
        if not self.is_bound:
            return False
        swapped = drawn.is_point_swapped(str(self.data.get("lat", "")), str(self.data.get("lon", "")))
        return swapped or bool(drawn.turned(str(self.data.get("shape", "")), is_area=self._is_area))

    def as_sent(self) -> dict[str, Any]:
        """What was typed, under the names and in the shapes that the services read. Raises Invalid for a file that is none."""
        if self._unread:
            raise Invalid({"shape_file": [self._unread]})
        typed = {name: str(self.data.get(name, "")).strip() for name in self.fields}
        lon, lat = (typed[name].replace("−", "-") for name in ("lon", "lat"))
        year = typed["plan_year"]
        shape = drawn.as_geometry(typed["shape"], is_area=self._is_area)
        return {
            **{name: typed[name] for name in (*_TEXTS, *marks.RAISED_BY)},
            **{name: _ungrouped(typed[name]) for name in ("volume", *marks.COUNTS)},
            "village": typed["village"],
            "plan_year": int(year) if year.isascii() and year.isdigit() and len(year) < 5 else year,
            "location": [lon, lat] if lon or lat else None,
            "location_source": (typed["source"] or LocationSource.TYPED.value) if lon or lat or shape else "",
            "location_accuracy_m": typed["accuracy"],
            "shape": shape,
        }

    @property
    def is_people_open(self) -> bool:
        """Whether the folded part about people holds anything, or anything wrong."""
        return self._holds(*marks.RAISED_BY, *marks.COUNTS, "pre_meeting", "on_behalf_of")

    @property
    def is_shape_open(self) -> bool:
        """Whether a line or an area was drawn or refused."""
        return self._holds("shape", "shape_file")

    def _holds(self, *names: str) -> bool:
        return any(self[name].errors or self[name].value() for name in names)


def initial_of(proposal: Proposal) -> dict[str, Any]:
    """A stored proposal as it is typed."""
    point, entry, shape = proposal.location, proposal.dictionary_entry, proposal.shape
    kept = {name: getattr(proposal, name) for name in _TEXTS if name not in ("dictionary_entry", "unit_price", "amount")}
    return {
        **kept,
        **{name: getattr(proposal, name) for name in (*marks.RAISED_BY, *marks.COUNTS)},
        "village": proposal.village_id,
        "plan_year": str(proposal.plan_year),
        "shape": drawn.as_typed(shape),
        "shape_kind": _POINT if shape is None else _LINE if shape.geom_type == "LineString" else drawn.AREA,
        "dictionary_entry": entry.code if entry else "",
        "volume": _plain(proposal.volume),
        "unit_price": _grouped(proposal.unit_price),
        "amount": _grouped(proposal.amount),
        "lon": f"{point.x:.6f}" if point else "",
        "lat": f"{point.y:.6f}" if point else "",
        "source": proposal.location_source if point else "",
        "accuracy": "" if proposal.location_accuracy_m is None else str(proposal.location_accuracy_m),
    }


def _ungrouped(typed: str) -> str:
    return typed.replace(".", "") if _GROUPED.fullmatch(typed) else typed


def _plain(number: Any) -> str:
    return "" if number is None else format(number.normalize(), "f").replace(".", ",")


def _grouped(number: int | None) -> str:
    return "" if number is None else f"{number:,}".replace(",", ".")
