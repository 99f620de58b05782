"""The form of one requirement of a plan year."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.models import Attachment
from proposals.stages import DELIBERATING
from proposals.words import STAGE_WORDS, Sector, WorkKind


class RequirementForm(forms.Form):
    """Shape only; what may be asked for is the service's business."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    document = forms.ChoiceField(label=_("Document"), choices=Attachment.Kind.choices)
    work_kind = forms.ChoiceField(label=_("For which works"), required=False, choices=[("", _("all kinds of work")), *WorkKind.choices])
    sector = forms.ChoiceField(label=_("For which sector"), required=False, choices=[("", _("all sectors")), *Sector.choices])
    gate_stage = forms.ChoiceField(
        label=_("Must be there before it leaves"),
        help_text=_("Of this stage and every later one. Empty: it is only asked for."),
        required=False,
        choices=[("", _("only asked for")), *((stage.value, STAGE_WORDS[stage]) for stage in DELIBERATING)],
    )
    hint = forms.CharField(
        label=_("What the village should bring"),
        help_text=_("One plain sentence."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
