"""Setting a ceiling. What is right is said by the service; the form keeps what was typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Agency
from budgeting.models import Ceiling
from budgeting.sources import CEILING_SOURCES
from frontend.forms.refusable import OfferedField, RefusableForm
from geo.models import Region
from proposals.money import rupiah


class CeilingForm(RefusableForm):
    """How much a region, or an agency's part of it, may plan from one source in one year."""

    plan_year = forms.CharField(label=gettext_lazy("Plan year"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    funding_source = forms.ChoiceField(label=gettext_lazy("Funding source"), choices=CEILING_SOURCES)
    region = forms.ChoiceField(label=gettext_lazy("Region"))
    agency = OfferedField(label=gettext_lazy("Agency"), required=False)
    parent = OfferedField(
        label=gettext_lazy("Part of"), required=False, help_text=gettext_lazy("What a part takes is no longer free in the ceiling above.")
    )
    amount = forms.CharField(label=gettext_lazy("Ceiling (rupiah)"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    reserve = forms.CharField(label=gettext_lazy("Set aside (rupiah)"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    legal_basis = forms.CharField(label=gettext_lazy("Decree or letter"), max_length=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, regions: Sequence[Region], agencies: Sequence[Agency] = (), wholes: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self._offer("region", [(region.pk, region.title) for region in regions])
        self._offer("agency", [("", _("not divided among agencies")), *((str(one.pk), one.name) for one in agencies)])
        self._offer("parent", [("", _("stands on its own")), *((str(one.pk), _whole(one)) for one in wholes)])

        if self["version"].value():
            # A ceiling stays where it is: the heading says which one it is.
            for name in ("plan_year", "funding_source", "region", "agency"):
                self.fields[name].widget = forms.HiddenInput()

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    @property
    def place(self) -> str:
        """Which ceiling is changed, in words."""
        shown = [self._word(name) for name in ("funding_source", "region", "agency")]
        return " · ".join([*(word for word in shown if word), str(self["plan_year"].value() or "")])

    def _word(self, name: str) -> str:
        value, field = str(self[name].value() or ""), self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        return str(dict(field.choices).get(value, value)) if value else ""  # type: ignore[arg-type]

    def as_sent(self) -> dict[str, Any]:
        """The service's own names; a year or key that is none stays one that never was, for the service to refuse."""
        data = self.cleaned_data
        year = data["plan_year"].strip()
        return {
            **{name: data[name] for name in ("funding_source", "amount", "reserve", "legal_basis", "version")},
            "plan_year": int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
            "region_code": data["region"],
            "agency_id": _key(data["agency"]),
            "parent_id": _key(data["parent"]),
        }


def initial_of(ceiling: Ceiling) -> dict[str, Any]:
    """A ceiling as it is typed."""
    return {
        "plan_year": str(ceiling.plan_year),
        "region": ceiling.region_id,
        "funding_source": ceiling.funding_source,
        "agency": str(ceiling.agency_id or ""),
        "parent": str(ceiling.parent_id or ""),
        "amount": f"{ceiling.amount:,}".replace(",", "."),
        "reserve": f"{ceiling.reserve:,}".replace(",", ".") if ceiling.reserve else "",
        "legal_basis": ceiling.legal_basis,
        "version": ceiling.version,
    }


def _key(text: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _whole(one: Any) -> str:
    facts = {
        "year": one.plan_year,
        "source": one.get_funding_source_display(),
        "name": f"{one.region.title}, {one.agency}" if one.agency_id else one.region.title,
        "left": rupiah(one.balance),
    }
    return _("%(year)s · %(source)s · %(name)s · %(left)s free") % facts
