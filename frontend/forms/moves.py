"""A form for each move that a person may make: only the fields that this row of the law asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.refusals import Refusal
from frontend import figures
from proposals.models import Proposal
from proposals.papers.checklist import DOCUMENT_WORDS
from proposals.services import answers
from proposals.stages import Move, Outcome
from proposals.words import ReasonCode


class MoveForm(forms.Form):
    """Shape only; what the law and the register think of it is the service's business."""

    move = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason_code = forms.ChoiceField(label=_("Kind of reason"), required=False)
    target = forms.CharField(label=_("Number of the proposal it joins"), required=False, max_length=24)
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none(), required=False, empty_label=_("Choose one"))
    volume = forms.CharField(label=_("Volume"), required=False, max_length=20)
    amount = forms.CharField(label=_("Amount in rupiah"), required=False, max_length=24)
    responsible = forms.CharField(
        label=_("Body responsible"), required=False, max_length=160, help_text=_("Whom villagers can turn to. Empty: your own office.")
    )
    refused_answers = forms.MultipleChoiceField(
        label=_("Answers that do not hold"),
        help_text=_("The village said that these are not applicable. Tick what must be brought after all; your reason says why."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, law: Move, proposal: Proposal, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"move": law.name, "version": proposal.version, **_standing(law, proposal)})
        super().__init__(*args, **{"auto_id": f"id_{law.name}_%s", **kwargs})
        self.law, self.proposal = law, proposal
        self._offer()
        self._drop()

    def _offer(self) -> None:
        self.fields["reason_code"].choices = [("", _("Choose one")), *ReasonCode.choices]  # type: ignore[attr-defined]
        district = self.proposal.cycle.region_id
        # the one that it stands with is no choice: the register would only refuse it
        self.fields["agency"].queryset = Agency.objects.filter(region_id=district).exclude(pk=self.proposal.agency_id or 0)  # type: ignore[attr-defined]
        self.fields["volume"].label = _("Volume (%(unit)s)") % {"unit": self.proposal.unit}
        # never filled in beforehand: an amount that stays behind a new volume would be a decision nobody made
        self.fields["amount"].help_text = _("Empty: the volume times the unit price.")
        self._offer_answers()
        if self.law.needs_reason:
            self.fields["reason"].help_text = _("At least 20 characters. Citizens read it.")

    def _offer_answers(self) -> None:
        """What the village called not applicable, for who returns the proposal; without any there is no such field."""
        standing = answers.standing(self.proposal) if self.law.outcome is Outcome.RETURNED else []
        if not standing:
            del self.fields["refused_answers"]
            return
        choices = [(row.document, f"{DOCUMENT_WORDS[row.document]}: {row.reason}") for row in standing]
        self.fields["refused_answers"].choices = choices  # type: ignore[attr-defined]

    def _drop(self) -> None:
        law = self.law
        asked = {"reason_code": law.needs_code, "responsible": law.needs_code, "target": law.needs_target, "agency": law.needs_agency}
        asked |= {"volume": law.needs_change, "amount": law.needs_change, "reason": law.needs_reason}
        for name, wanted in asked.items():
            if not wanted:
                del self.fields[name]

    def said(self) -> dict[str, Any]:
        """What was typed, as `proposals.services.move` takes it; words that are no numbers go on as they are and are refused there."""
        data = self.cleaned_data
        said: dict[str, Any] = {name: data[name] for name in ("reason_code", "reason", "responsible", "refused_answers") if data.get(name)}
        if data.get("volume"):
            said["volume"] = figures.plain(data["volume"])
        if data.get("amount"):
            said["amount"] = figures.plain(data["amount"])
        if data.get("agency"):
            said["agency_id"] = data["agency"].pk
        if data.get("target"):
            target = Proposal.objects.public().filter(number=data["target"].strip()).first()
            said["target_id"] = target.pk if target else None
        return said

    def clean_target(self) -> str:
        """A number that nobody has is told as such: the register would only hear that none was named."""
        number = str(self.cleaned_data.get("target") or "").strip()
        if number and not Proposal.objects.public().filter(number=number).exists():
            raise forms.ValidationError(_("There is no proposal with this number."))
        return number

    def take(self, refusal: Refusal) -> None:
        """Show a refusal beside the fields it names, or above them all."""
        names = {"target_id": "target", "agency_id": "agency"}
        for name, sentences in (refusal.fields or {}).items():
            own = names.get(name, name)
            self.add_error(own if own in self.fields and not self.fields[own].widget.is_hidden else None, sentences)
        if not refusal.fields:
            self.add_error(None, str(refusal.message))


def _standing(law: Move, proposal: Proposal) -> dict[str, str]:
    """What stands now, for the decider to change."""
    if not law.needs_change:
        return {}
    return {"volume": figures.number(proposal.volume)}
