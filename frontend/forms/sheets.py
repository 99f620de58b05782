"""Sending a sheet, and asking for a file. What is right is said by the services; the forms keep what was typed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.refusable import RefusableForm
from geo.models import Region

Choices = Sequence[tuple[str, Any]]


class ManyFiles(forms.FileInput):
    """A field that takes a sheet and its photos at once."""

    allow_multiple_selected = True


class _WithoutColons(RefusableForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class SheetForm(_WithoutColons):
    """Which sheet, for where, for which year."""

    region = forms.ChoiceField(label=_("For"))
    plan_year = forms.ChoiceField(label=_("Plan year"))
    file = forms.FileField(
        label=_("Sheet"),
        required=False,
        help_text=_("XLSX or CSV, up to 20 MB. With photos: a ZIP with the sheet and the photos, or all of them chosen together, up to 60 MB."),
        widget=ManyFiles(attrs={"accept": ".xlsx,.xlsm,.csv,.tsv,.txt,.zip,.jpg,.jpeg,.png,.webp"}),
    )
    page = forms.CharField(
        label=_("Worksheet"), required=False, max_length=80, help_text=_("Only where several worksheets of the file hold proposals.")
    )

    def __init__(self, *args: Any, regions: Sequence[Region], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [(region.pk, region.title) for region in regions]  # type: ignore[attr-defined]
        self.fields["plan_year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]


class FileForm(_WithoutColons):
    """Which file, of where, of which year."""

    kind = forms.ChoiceField(
        label=_("File"),
        choices=[
            ("form", _("All data, in the form that can be imported again")),
            ("listing", _("Listing by village, as in SIPD, to print")),
            ("recap", _("Recap by village, as in SIPD, to print")),
        ],
    )
    region = forms.CharField(label=_("Region code"), required=False, max_length=13, help_text=_("For example 61.12; empty for the whole country."))
    plan_year = forms.CharField(label=_("Plan year"), required=False, max_length=4, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    #: The other filters of the list, as they stood in its address.
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
