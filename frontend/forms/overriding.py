"""Changing one line of a draft by hand. What is right is said by the service; the form keeps what was typed."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgeting.models import AllocationLine
from frontend import figures
from frontend.forms.refusable import RefusableForm

_FUNDED, _OUT = AllocationLine.Verdict.FUNDED.value, AllocationLine.Verdict.NOT_FUNDED.value


class OverrideForm(RefusableForm):
    """Put in, another amount, or take out; with the reason that everybody reads."""

    #: The form's own key: sent twice, it is one change.
    key = forms.UUIDField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("What is to happen?"), widget=forms.RadioSelect)
    amount = forms.CharField(
        label=_("Amount (rupiah)"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Only where it is given money. Left empty, it is given what it asks for."),
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
        help_text=_("At least 20 characters. Citizens read it beside the line, with your name."),
    )

    def __init__(self, *args: Any, line: AllocationLine, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "initial": {"key": uuid.uuid4(), "verdict": _turned(line)}, **kwargs})
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        into = _("Give it another amount") if line.verdict == _FUNDED else _("Put it in")
        field.choices = [(_FUNDED, into), *([(_OUT, _("Take it out"))] if line.verdict == _FUNDED else [])]

    def as_sent(self) -> dict[str, Any]:
        """The service's own names."""
        data = self.cleaned_data
        # an amount beside "take it out" was typed before the choice changed
        amount = figures.plain(data["amount"]) if data["verdict"] == _FUNDED else None
        return {"override_id": data["key"], "verdict": data["verdict"], "amount": amount, "reason": data["reason"]}


def _turned(line: AllocationLine) -> str:
    return _OUT if line.verdict == _FUNDED else _FUNDED
