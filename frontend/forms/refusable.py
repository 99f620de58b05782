"""Forms that leave the judging to a service, and what they do with its refusal."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms

from accounts.refusals import Refusal


class OfferedField(forms.ChoiceField):
    """Offers a list and takes anything: the service says what is wrong with a stranger, in its own words."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002 - as Django asks it
        """Every value."""
        return True


class RefusableForm(forms.Form):
    """Keeps what was typed, with the service's sentences beside the fields they are about."""

    #: Fields of the service that this form asks for under another name.
    shown_at: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def refuse(self, refusal: Refusal) -> None:
        """Put each sentence beside its field; what belongs to no field of this form stands above them all."""
        if not refusal.fields:
            self.add_error(None, str(refusal.message))
        for name, sentences in (refusal.fields or {}).items():
            shown = self.shown_at.get(name, name)
            for sentence in sentences:
                self.add_error(shown if shown in self.fields else None, sentence)
