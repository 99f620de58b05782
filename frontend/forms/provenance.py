"""Saying where a line comes from, pointing at a proposal, choosing another route, setting an authority. The services judge."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting.models.ceiling import FundingSource
from budgeting.models.grant import LegalForm
from budgeting.provenance.stating import STATED
from budgeting.routes.words import Authority, Target
from frontend.forms.refusable import OfferedField, RefusableForm
from proposals.words import Sector


class _Form(RefusableForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class StatementForm(_Form):
    """Where a line without a proposal comes from."""

    origin = OfferedField(label=_("Where it comes from"), choices=[(origin.value, origin.label) for origin in STATED])
    reference = forms.CharField(
        label=_("What the origin rests on"), help_text=_("The line of the plan, the recess or the regulation."), max_length=200
    )
    words = forms.CharField(
        label=_("Explanation that everybody reads"), help_text=_("At least 20 characters."), widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ClaimForm(_Form):
    """Which proposal a line is."""

    proposal = forms.CharField(
        label=_("Number of the proposal"),
        help_text=_("For example 6112-2028-0417."),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "usulan-dekat", "autocomplete": "off"}),
    )
    words = forms.CharField(label=_("Why it is this proposal"), help_text=_("At least 20 characters."), widget=forms.Textarea(attrs={"rows": 3}))


class RouteForm(_Form):
    """Another route for a proposal."""

    target = OfferedField(label=_("By which list"), choices=Target.choices)
    funding_source = OfferedField(label=_("From whose money"), choices=FundingSource.choices)
    reason = forms.CharField(
        label=_("Reason that the village reads"), help_text=_("At least 20 characters."), widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RecipientForm(_Form):
    """Who receives the grant."""

    name = forms.CharField(
        label=_("Name of the recipient"), help_text=_("The group or body as its papers name it, never a person's own data."), max_length=160
    )
    form = OfferedField(label=_("Before the law it is a"), choices=LegalForm.choices)
    registration = forms.CharField(
        label=_("Number of the decree or deed"),
        help_text=_("For example AHU-0012345.AH.01.04 of 2026; empty where it is no legal entity yet."),
        required=False,
        max_length=120,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AuthorityForm(_Form):
    """Whose authority a work or a sector is."""

    sector = OfferedField(label=_("Sector"), required=False, choices=[("", _("as the work has it")), *Sector.choices])
    work_code = forms.CharField(label=_("Code of the work"), help_text=_("Empty: it holds for the whole sector."), required=False, max_length=40)
    authority = OfferedField(label=_("Whose authority"), choices=Authority.choices)
    on_menu = forms.BooleanField(label=_("Stands on this year's DAK menu"), required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), help_text=_("Regulation or decree, with its article."), max_length=300)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
