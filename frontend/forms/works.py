"""Forms about works. What is right is said by the services; the forms keep what was typed."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import clock
from budgeting.words import PhotoMoment
from budgeting.works.line_fields import CHANGEABLE
from frontend.forms.refusable import RefusableForm


class _Plain(RefusableForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class Days(forms.DateInput):
    """A day as the browser's own calendar gives it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Pictures(forms.FileInput):
    """A field that takes several photos."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several files at once; what they hold is looked at by the service."""

    widget = Pictures

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of them, as one file is cleaned."""
        sent = data if isinstance(data, list | tuple) else [data]
        return [super(PicturesField, self).clean(one, initial) for one in sent if one]


class ReportForm(_Plain):
    """How far a work is. The key makes the report that is sent twice one report."""

    id = forms.CharField(widget=forms.HiddenInput, initial=lambda: str(uuid4()))
    as_of = forms.CharField(label=_("As of which day"), widget=Days(), initial=lambda: clock.today().isoformat())
    physical_percent = forms.CharField(
        label=_("How much is built, in per cent"),
        help_text=_("From 0 to 100, measured at the place."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    paid = forms.CharField(
        label=_("Paid so far, in rupiah"),
        help_text=_("All payments together; 0 where nothing was paid yet."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was done, what hinders. Needed where the progress falls or more is paid than budgeted. Everybody reads it."),
    )
    photo = PicturesField(
        label=_("Photos"),
        required=False,
        help_text=_("JPEG, PNG or WebP. Place and time are kept from the camera, nothing else."),
        # without a wildcard an iPhone turns its own HEIC into a JPEG before it sends
        widget=Pictures(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    moment = forms.ChoiceField(label=_("The photos were taken"), choices=PhotoMoment.choices, initial=PhotoMoment.DURING, required=False)

    @property
    def to_choose_again(self) -> list[str]:
        """The names of the photos that a refused form had: no browser lets a page choose them."""
        return [str(file.name) for file in self.files.getlist("photo")] if self.errors and self.files else []


class HandoverForm(_Plain):
    """To whom, on which day, by which document."""

    shown_at = {"handed_over_on": "on", "handover_document": "document", "handed_over_to": "to"}  # noqa: RUF012 - read only
    on = forms.CharField(label=_("Day of the handover"), widget=Days(), initial=lambda: clock.today().isoformat())
    document = forms.CharField(label=_("Number of the handover record (BAST)"), max_length=80, help_text=_("For example BAST/12/2027."))
    to = forms.CharField(label=_("Handed over to"), max_length=160, help_text=_("For example: Pemerintah Desa Kapur."))


class LineForm(_Plain):
    """Codes, documents and dates of the line, at the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    programme_code = forms.CharField(label=_("Programme code"), required=False, max_length=40, help_text=_("For example 5.01.02."))
    programme = forms.CharField(label=_("Programme"), required=False, max_length=200)
    activity_code = forms.CharField(label=_("Activity code"), required=False, max_length=40, help_text=_("For example 5.01.02.2.01."))
    activity = forms.CharField(label=_("Activity"), required=False, max_length=200)
    sub_activity_code = forms.CharField(
        label=_("Sub-activity code"), required=False, max_length=40, help_text=_("For example 5.01.02.2.01.05; of a village budget 02.03.10.")
    )
    sub_activity = forms.CharField(label=_("Sub-activity"), required=False, max_length=200)
    budget_document = forms.CharField(
        label=_("Budget document (DPA, or line of the APBDes)"),
        required=False,
        max_length=80,
        help_text=_("Its number, for example DPA/A.1/1.03/001/2028."),
    )
    procurement_reference = forms.CharField(
        label=_("Procurement reference (RUP or package)"), required=False, max_length=80, help_text=_("The code of the RUP, or of the package.")
    )
    provider = forms.CharField(label=_("Who builds it"), required=False, max_length=160)
    planned_start = forms.CharField(label=_("Planned start"), required=False, widget=Days())
    planned_end = forms.CharField(label=_("Planned end"), required=False, widget=Days())

    def sent(self) -> dict[str, Any]:
        """The fields that this form knows, for the service; an empty one is emptied."""
        return {name: self.cleaned_data.get(name) or None for name in self.fields if name in CHANGEABLE}


class SheetOfReportsForm(_Plain):
    """A sheet of reports."""

    file = forms.FileField(
        label=_("Sheet"),
        required=False,
        help_text=_("The form, filled in: XLSX or CSV, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
