"""Setting a ceiling. What is right is said by the service; the form keeps what was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting.models import Ceiling
from budgeting.models.ceiling import FundingSource
from frontend.forms.refusable import RefusableForm
from geo.models import Region


class CeilingForm(RefusableForm):
    """How much a region may plan from one source in one year."""

    plan_year = forms.CharField(label=_("Plan year"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    region = forms.ChoiceField(label=_("Region"))
    funding_source = forms.ChoiceField(label=_("Funding source"), choices=FundingSource.choices)
    amount = forms.CharField(label=_("Ceiling (rupiah)"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    reserve = forms.CharField(label=_("Set aside (rupiah)"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    legal_basis = forms.CharField(label=_("Decree or letter"), max_length=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, regions: list[Region], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(region.pk, region.title) for region in regions]

    def as_sent(self) -> dict[str, Any]:
        """The service's own names; a year that is none stays text for the service to refuse."""
        data = self.cleaned_data
        year = data["plan_year"].strip()
        return {
            **{name: data[name] for name in ("funding_source", "amount", "reserve", "legal_basis", "version")},
            "plan_year": int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
            "region_code": data["region"],
        }


def initial_of(ceiling: Ceiling) -> dict[str, Any]:
    """A ceiling as it is typed."""
    return {
        "plan_year": str(ceiling.plan_year),
        "region": ceiling.region_id,
        "funding_source": ceiling.funding_source,
        "amount": f"{ceiling.amount:,}".replace(",", "."),
        "reserve": f"{ceiling.reserve:,}".replace(",", ".") if ceiling.reserve else "",
        "legal_basis": ceiling.legal_basis,
        "version": ceiling.version,
    }
