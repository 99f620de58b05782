"""Forms of a plan year. What is right is said by the services; the forms keep what was typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.words import DocumentKind
from frontend.forms.refusable import RefusableForm
from proposals.year.rules import GRACE_LONGEST


def _day(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _count(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric"}))


class StageForm(RefusableForm):
    """When a stage takes input and by which rules."""

    name = forms.CharField(label=_("Local name"), required=False, max_length=120, help_text=_("Where it differs from ours, for example Forum OPD."))
    first_day = _day(_("First day"))
    last_day = _day(_("Last day"), _("Input is taken until this day is over. A person closes the stage later."))
    needs_ceilings = forms.BooleanField(label=_("Opens only once the ceilings of the year are published"), required=False)
    late_grace_hours = _count(
        _("Grace for what was captured without signal (hours)"),
        _("What was captured before the end is taken for so long after it, and marked as late."),
    )
    quorum_people = _count(_("Quorum: people present"), _("Empty: no such rule."))
    quorum_regions_percent = _count(_("Quorum: regions represented (percent)"), _("Villages of a sub-district, sub-districts of a kabupaten."))
    quorum_elements = _count(_("Quorum: elements of society"), _("So many different ones, at least."))
    women_percent = _count(_("Share of women (percent)"), _("Reported beside every decision."))
    quota_blocks = forms.BooleanField(
        label=_("A meeting below quorum or share holds the stage open"),
        required=False,
        help_text=_("Otherwise it needs a reason that everybody reads."),
    )
    delegates = _count(_("Delegates that each region sends on"))
    required_documents = forms.MultipleChoiceField(
        label=_("Papers that must be signed before the stage is closed"),
        required=False,
        choices=DocumentKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    legal_basis = forms.CharField(label=_("Rests on"), required=False, max_length=400, help_text=_("Number and date of the decree or letter."))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["late_grace_hours"].widget.attrs["max"] = GRACE_LONGEST

    def as_sent(self) -> dict[str, Any]:
        """The service's own names, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class YearForm(RefusableForm):
    """What holds for the whole year."""

    legal_basis = forms.CharField(label=_("Rests on"), required=False, max_length=400, help_text=_("Number and date of the decree or letter."))
    citizens_may_propose = forms.BooleanField(label=_("Residents may write proposals themselves"), required=False)
    support_first_day = _day(_("Support is given from"))
    support_last_day = _day(_("Support is given until"), _("The last day counts. Empty: no limit."))
    measure_tolerance_percent = _count(
        _("Tolerance of measured volumes (percent)"), _("A drawn length or area may differ by so much before the page warns.")
    )
    duplicate_radius_m = _count(_("Radius of likenesses (metres)"), _("The same work nearer than this is looked at as a possible duplicate."))
    answer_days = _count(_("Days for an answer"), _("So long after the end of a stage everybody should know what was decided, and why."))
    answer_basis = forms.CharField(
        label=_("The days rest on"),
        required=False,
        max_length=400,
        help_text=_("Regulation or service standard. Empty: the figures call them a default."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def as_sent(self) -> dict[str, Any]:
        """The service's own names, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
