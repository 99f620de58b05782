"""The form about two proposals that look alike: the same, related, or what differs."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refusal
from frontend import figures
from proposals.models import Resemblance, Verdict


class JudgementForm(forms.Form):
    """Shape only; `from` says to which page the answer leads back: `check` or `compare`."""

    other = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    back = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label=_("What are the two to each other?"), choices=Verdict.choices, widget=forms.RadioSelect)
    difference = forms.CharField(
        label=_("What differs, or how they belong together"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("At least 20 characters where they are different works. Others read it."),
    )

    def said(self) -> dict[str, Any]:
        """What was typed, as the service takes it; what has no shape is refused there, in its words."""
        return {
            "other_id": _uuid(self.data.get("other", "")),
            "verdict": self.data.get("verdict", ""),
            "difference": self.data.get("difference", ""),
            "seen": figures.whole(self.data.get("seen", "")),
        }

    def take(self, refusal: Refusal) -> None:
        """Show a refusal beside the fields it names, or above them all."""
        self.full_clean()
        self.errors.clear()  # the service has looked at everything, in its own words
        for name, sentences in (refusal.fields or {}).items():
            self.add_error(name if name in ("verdict", "difference") else None, sentences)
        if not refusal.fields:
            self.add_error(None, str(refusal.message))


def form_about(other_id: UUID, judgement: Resemblance | None, back: str, tried: JudgementForm | None = None) -> JudgementForm:
    """An empty form about one pair, or the refused one as it was typed, with the judgement that is on the page now."""
    if tried is not None and tried.data.get("other", "") == str(other_id):
        tried.data = {**tried.data.dict(), "seen": str(judgement.pk) if judgement else ""}  # type: ignore[attr-defined]
        return tried
    first = {"other": other_id, "seen": judgement.pk if judgement else "", "back": back}
    return JudgementForm(initial=first, auto_id=f"id_{other_id}_%s")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
