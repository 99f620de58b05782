"""One work of the dictionary. What is right is said by the service; the form keeps what was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from frontend.forms.refusable import RefusableForm
from proposals.models import DictionaryEntry
from proposals.services.dictionary import FIELDS, version_of
from proposals.words import Sector, WorkKind


class WorkForm(RefusableForm):
    """A work that may be proposed, with its unit and price."""

    code = forms.CharField(label=_("Code"), required=False)
    name = forms.CharField(label=_("Name of the work"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("Choose a sector")), *Sector.choices])
    kind = forms.ChoiceField(label=_("Kind of work"), required=False, choices=WorkKind.choices)
    unit = forms.CharField(label=_("Unit, for example m"), required=False)
    unit_price = forms.CharField(
        label=_("Price of one unit (rupiah)"),
        help_text=_("Empty where nobody knows it yet; the village then names its own."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    agency = forms.ChoiceField(label=_("Agency that carries it out"), required=False)
    everyday_words = forms.CharField(
        label=_("Everyday words"), help_text=_("Words by which people here would look for it, for example: becek, lumpur, gang."), required=False
    )
    programme = forms.CharField(label=_("Programme"), required=False)
    activity = forms.CharField(label=_("Activity"), required=False)
    output = forms.CharField(label=_("Output"), required=False)
    group = forms.CharField(label=_("Group"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, agencies: list[Agency], entry: DictionaryEntry | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("No agency")), *((str(agency.pk), str(agency)) for agency in agencies)]
        if entry is not None:
            del self.fields["code"]

    def as_sent(self) -> dict[str, Any]:
        """What was typed, by the service's names."""
        return {name: str(self.data.get(name, "")).strip() for name in self.fields if name != "seen"}


def initial_of(entry: DictionaryEntry) -> dict[str, Any]:
    """An entry as it is typed."""
    kept = {name: getattr(entry, name) for name in FIELDS if name not in ("agency", "unit_price")}
    price = "" if entry.unit_price is None else f"{entry.unit_price:,}".replace(",", ".")
    return {**kept, "unit_price": price, "agency": str(entry.agency_id or ""), "seen": version_of(entry)}
